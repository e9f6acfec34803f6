import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readCatalogUrl } from './catalogUrl';
import { mergeLive, type LiveModel } from './liveList';
import { liveModels } from './liveModels';
import { allModels, type ListedModel, type OutputType } from './models';
import { searchModels } from './search';

const merged = new WeakMap<LiveModel[], ListedModel[]>();

/**
 * A page of the models that match the query, from the bundled and the live list together; the first page without a
 * token. With a requested output type, only models that produce it or are of an unknown kind.
 */
export async function listModels(
	context: ILoadOptionsFunctions,
	output?: OutputType,
	query = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const live = await liveModels(context, await readCatalogUrl(context));
	const models = merged.get(live) ?? mergeLive(allModels(), live);
	// The list searches on every keystroke.
	merged.set(live, models);
	const page = Math.max(0, Math.trunc(Number(paginationToken)) || 0);
	return searchModels(models, { query, output, page });
}
