import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readCatalogUrl } from './catalogUrl';
import { mergeLive } from './liveList';
import { liveModels } from './liveModels';
import { allModels } from './models';
import { searchModels } from './search';

/** A page of the models that fit the query, the bundled and the live list together; from the first page without a token. */
export async function listModels(
	context: ILoadOptionsFunctions,
	imageOnly: boolean,
	query = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const live = await liveModels(context, await readCatalogUrl(context));
	const page = Math.max(0, Math.trunc(Number(paginationToken)) || 0);
	return searchModels(mergeLive(allModels(), live), { query, imageOnly, page });
}
