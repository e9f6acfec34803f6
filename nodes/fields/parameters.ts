import type { ILoadOptionsFunctions, INodeProperties, ResourceMapperFields } from 'n8n-workflow';

import { readCatalogUrl } from '../catalog/catalogUrl';
import { formFields } from '../catalog/form';
import { liveModels } from '../catalog/liveModels';
import { findModel } from '../catalog/models';
import { readModelSlug } from '../catalog/modelSlug';
import { parameterTable } from '../catalog/parameters';

/** What is sent to the model: the prompt, and its other fields as a form or as JSON. */
export const parameterFields: INodeProperties[] = [
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. A red fox in fresh snow, soft morning light',
		description: 'What to make, in words. Leave it empty for models that take none.',
	},
	{
		displayName: 'Parameter Mode',
		name: 'parameterMode',
		type: 'options',
		options: [
			{
				name: 'Form',
				value: 'form',
				description: 'Choose among the documented fields of the model',
			},
			{ name: 'JSON', value: 'json', description: 'Give any fields, documented here or not' },
		],
		default: 'form',
		description: 'How to give the other fields of the model',
	},
	{
		displayName: 'Parameters',
		name: 'parameters',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'The fields of the chosen model. Only what you set is sent; the model fills in the rest.',
		typeOptions: {
			loadOptionsDependsOn: ['model.value'],
			resourceMapper: {
				resourceMapperMethod: 'getModelParameters',
				mode: 'add',
				valuesLabel: 'Parameters',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				supportAutoMap: false,
				noFieldsError: 'This model has no other parameters than the prompt',
			},
		},
		displayOptions: { show: { parameterMode: ['form'] } },
	},
	{
		displayName: 'Parameters (JSON)',
		name: 'jsonParameters',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "seed": 42 }',
		description:
			'An object with the other fields of the model, as on the API tab of its page on segmind.com',
		displayOptions: { show: { parameterMode: ['json'] } },
	},
];

/** n8n's hook for the form: the fields of the model that is chosen in the editor right now. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const reading = readModelSlug(this.getCurrentNodeParameter('model'));
	if ('problem' in reading) {
		return {
			fields: [],
			emptyFieldsNotice: `${reading.problem}. Choose a model to see its fields, or switch Parameter Mode to JSON`,
		};
	}
	const table = parameterTable(reading.slug);
	if (table) return { fields: formFields(table) };
	const live = await liveModels(this, await readCatalogUrl(this));
	const entry = live.find(({ slug }) => slug === reading.slug);
	return { fields: formFields(undefined, entry?.parameters, findModel(reading.slug)?.kind) };
}
