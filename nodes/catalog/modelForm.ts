import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { readCatalogUrl } from './catalogUrl';
import { formFields } from './form';
import { liveModels } from './liveModels';
import { findModel } from './models';
import { readModelSlug } from './modelSlug';
import { parameterTable, type ModelParameter, type ParameterTable } from './parameters';

/** The form of the model that is chosen in the editor right now, or why there is none. n8n shows the notice as HTML. */
export async function modelForm(
	context: ILoadOptionsFunctions,
	model: unknown,
): Promise<ResourceMapperFields> {
	const reading = readModelSlug(model);
	if ('problem' in reading) {
		return {
			fields: [],
			emptyFieldsNotice: `${escaped(reading.problem)}. Choose a model to see its fields. With a model from an expression, give them in <b>Options > More Parameters (JSON)</b>.`,
		};
	}
	const { slug } = reading;
	const table = await knownFields(context, slug);
	const fields = table ? formFields(table) : [];
	if (fields.length > 0) return { fields };
	const name = escaped(findModel(slug)?.name ?? slug);
	const page = `<a href="https://www.segmind.com/models/${slug}/api" target="_blank">API tab of its page</a>`;
	return {
		fields,
		emptyFieldsNotice: table
			? `${name} has no other fields that are known here. See the ${page}.`
			: `The fields of ${name} are not known here. Look them up on the ${page} and give them in <b>Options > More Parameters (JSON)</b>.`,
	};
}

/** The bundled table; what the live list says beside it where the table may have gaps, or alone where there is none. */
async function knownFields(
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

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
