import type { ILoadOptionsFunctions, INodeProperties, ResourceMapperFields } from 'n8n-workflow';

export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. A red fox in fresh snow, soft morning light',
	description: 'A description of the image to generate. Leave it empty for models that take none.',
};

export const videoPromptField: INodeProperties = {
	...promptField,
	placeholder: 'e.g. A red fox runs through fresh snow, the camera follows',
	description: 'A description of the video to generate. Leave it empty for models that take none.',
};

export const audioPromptField: INodeProperties = {
	...promptField,
	displayName: 'Text or Prompt',
	placeholder: 'e.g. Welcome to our shop! What can I do for you today?',
	description:
		'The text to speak, or a description of the music or sound to generate. Leave it empty for models that take none.',
};

export const parametersField: INodeProperties = {
	displayName: 'Parameters',
	name: 'parameters',
	type: 'resourceMapper',
	noDataExpression: true,
	builderHint: {
		propertyHint:
			'Only fields of the chosen model by their API names, as { mappingMode: "defineBelow", value: { steps: 8 } }. No prompt, no files: these have parameters of their own.',
	},
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'The fields of the chosen model; a star marks the fields that its page calls required. Only what you set is sent; the model fills in the rest.',
	typeOptions: {
		loadOptionsDependsOn: ['model.value'],
		resourceMapper: {
			resourceMapperMethod: 'getModelParameters',
			mode: 'add',
			valuesLabel: 'Parameters',
			fieldWords: { singular: 'parameter', plural: 'parameters' },
			supportAutoMap: false,
			noFieldsError: 'This model has no fields other than the prompt',
		},
	},
};

/** n8n's hook for the form: the fields of the model currently selected in the editor. */
export async function getModelParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	// Loaded only when someone opens the form, since n8n loads every node on startup.
	const { modelForm } = await import('../catalog/modelForm');
	return await modelForm(this, this.getCurrentNodeParameter('model'));
}
