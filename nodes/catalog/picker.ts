import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readCatalogUrl } from './catalogUrl';
import { mergeLive, type LiveModel } from './liveList';
import { liveModels } from './liveModels';
import { allModels, type ListedModel, type OutputType } from './models';
import { searchModels } from './search';

const merged = new WeakMap<LiveModel[], ListedModel[]>();

/**
 * A page of the models that fit the query, the bundled and the live list together; from the first page without a token.
 * Only models that put out what is asked for, and those of a kind that is not known here; all of them without it.
 */
export async function listModels(
	context: ILoadOptionsFunctions,
	output?: OutputType,
	query = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const live = await liveModels(context, await readCatalogUrl(context));
	const models = merged.get(live) ?? mergeLive(allModels(), live);
	// The list asks at every key press.
	merged.set(live, models);
	const page = Math.max(0, Math.trunc(Number(paginationToken)) || 0);
	return searchModels(models, { query, output, page });
}
