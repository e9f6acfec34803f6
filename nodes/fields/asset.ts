import type { INodeProperties } from 'n8n-workflow';

export const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{
			name: 'Data URI',
			value: 'dataUri',
			description: 'Text that starts with data: and contains a whole file',
		},
		{
			name: 'File of the Item',
			value: 'binary',
			description: 'Files from the previous node',
		},
		{
			name: 'URL',
			value: 'url',
			description: 'Files on the web: fetched, then stored at Segmind',
		},
	],
	default: 'binary',
	description: 'Where the files are',
};

export const assetFields: INodeProperties[] = [
	sourceField,
	{
		displayName: 'Input Data Field Name',
		name: 'binaryFields',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data, mask',
		hint: 'The name of the input field that contains the file; separate several names with commas',
		displayOptions: { show: { source: ['binary'] } },
	},
	{
		displayName: 'URLs',
		name: 'urls',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: 'One URL per line, or a list from an expression',
		typeOptions: { rows: 2 },
		displayOptions: { show: { source: ['url'] } },
	},
	{
		displayName: 'Data URIs',
		name: 'dataUris',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. data:image/png;base64,iVBORw0KGgo...',
		description: 'One data URI per line, or a list from an expression',
		typeOptions: { rows: 2 },
		displayOptions: { show: { source: ['dataUri'] } },
	},
];
