import type { INodeProperties } from 'n8n-workflow';

export const workflowField: INodeProperties = {
	displayName: 'PixelFlow',
	name: 'workflow',
	type: 'resourceLocator',
	default: { mode: 'url', value: '' },
	required: true,
	description: 'The PixelFlow to run: the URL on the API tab of its page, or the last part of it',
	modes: [
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://api.segmind.com/workflows/0123456789abcdef01234567-v1',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 0123456789abcdef01234567-v1',
			hint: 'The part of the API URL after /workflows/',
		},
	],
};

export const inputsField: INodeProperties = {
	displayName: 'Inputs',
	name: 'inputs',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "Prompt": "a red fox" }',
	description: 'The inputs of the PixelFlow by name, as shown on the API tab of its page',
	builderHint: {
		propertyHint: 'The author of the PixelFlow chose the names: ask for them, never guess.',
	},
};

/** The files go to fields named after their outputs, so only a prefix can be chosen. */
export const prefixField: INodeProperties = {
	displayName: 'Output Field Prefix',
	name: 'binaryField',
	type: 'string',
	default: '',
	placeholder: 'e.g. flow_',
	description: 'Each file goes into a field named after its output, with this text before the name',
	displayOptions: { show: { download: [true] } },
};
