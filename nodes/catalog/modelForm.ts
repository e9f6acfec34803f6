import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { formFields } from './form';
import { knownFields } from './knownFields';
import { findModel } from './models';
import { readModelSlug } from './modelSlug';

/**
 * The form of the model currently selected in the editor, or a notice saying why there is none. n8n shows the notice as
 * HTML.
 */
export async function modelForm(
	context: ILoadOptionsFunctions,
	model: unknown,
): Promise<ResourceMapperFields> {
	const reading = readModelSlug(model);
	if ('problem' in reading) {
		return {
			fields: [],
			emptyFieldsNotice: `${escapeHtml(reading.problem)}. Choose a model to see its fields. With a model from an expression, enter them in <b>Options > More Parameters (JSON)</b>.`,
		};
	}
	const { slug } = reading;
	const table = await knownFields(context, slug);
	const fields = table ? formFields(table) : [];
	if (fields.length > 0) return { fields };
	const name = escapeHtml(findModel(slug)?.name ?? slug);
	const page = `<a href="https://www.segmind.com/models/${slug}/api" target="_blank">API tab of its page</a>`;
	return {
		fields,
		emptyFieldsNotice: table
			? `No other fields of ${name} are known to this node. See the ${page}.`
			: `The fields of ${name} are not known to this node. Look them up on the ${page} and enter them in <b>Options > More Parameters (JSON)</b>.`,
	};
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
