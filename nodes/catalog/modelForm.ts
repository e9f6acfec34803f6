import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { readCatalogUrl } from './catalogUrl';
import { formFields } from './form';
import { liveModels } from './liveModels';
import { findModel } from './models';
import { readModelSlug } from './modelSlug';
import { parameterTable } from './parameters';

/** The form of the model that is chosen in the editor right now, or why there is none. */
export async function modelForm(
	context: ILoadOptionsFunctions,
	model: unknown,
): Promise<ResourceMapperFields> {
	const reading = readModelSlug(model);
	if ('problem' in reading) {
		return {
			fields: [],
			emptyFieldsNotice: `${reading.problem}. Choose a model to see its fields, or give them in the option More Parameters (JSON)`,
		};
	}
	const table = parameterTable(reading.slug);
	if (table) return { fields: formFields(table) };
	const live = await liveModels(context, await readCatalogUrl(context));
	const entry = live.find(({ slug }) => slug === reading.slug);
	return { fields: formFields(undefined, entry?.parameters, findModel(reading.slug)?.kind) };
}
