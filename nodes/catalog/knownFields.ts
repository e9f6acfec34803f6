import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { readCatalogUrl } from './catalogUrl';
import { liveModels } from './liveModels';
import { parameterTable, type ModelParameter, type ParameterTable } from './parameters';

/** The bundled table, completed by the live list if it may have gaps, or replaced by it if there is none. */
export async function knownFields(
	context: ILoadOptionsFunctions,
	slug: string,
): Promise<ParameterTable | undefined> {
	const table = parameterTable(slug);
	if (table?.complete) return table;
	const live = await liveModels(context, await readCatalogUrl(context));
	const listed = live.find((model) => model.slug === slug)?.parameters ?? [];
	return withLiveFields(table, listed);
}

function withLiveFields(
	table: ParameterTable | undefined,
	listed: ModelParameter[],
): ParameterTable | undefined {
	const { parameters = [] } = table ?? {};
	const names = new Set(parameters.map(({ name }) => name));
	const added = listed.filter(({ name }) => !names.has(name));
	if (added.length === 0) return table;
	return { trusted: false, complete: false, parameters: [...parameters, ...added] };
}
