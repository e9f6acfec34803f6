import type { INodeProperties } from 'n8n-workflow';

export const downloadField: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'boolean',
	default: true,
	description: 'Whether to download the finished files; their URLs are valid for only seven days',
};

export const imageOutputField = outputField(
	'The picture itself',
	'Its public URL, valid for seven days; always async',
);
export const videoOutputField = outputField(
	'The video itself',
	'Its public URL, valid for seven days',
);
export const audioOutputField = outputField(
	'The audio itself',
	'Its public URL, valid for seven days',
);

function outputField(file: string, url: string): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'File', value: 'file', description: file },
			{ name: 'URL', value: 'url', description: url },
		],
		default: 'file',
		description: 'What the output items contain',
		builderHint: { propertyHint: 'The key url is in both; url alone gives no binary data.' },
	};
}

export const routingField: INodeProperties = {
	displayName: 'Routing',
	name: 'routing',
	type: 'options',
	options: [
		{
			name: 'Single Output',
			value: 'single',
			description: 'A failed or unknown job is an error',
		},
		{
			name: 'By Status',
			value: 'byStatus',
			description: 'Three outputs: Completed, In Progress, Failed',
		},
	],
	default: 'single',
	description: 'Where the items go',
	builderHint: {
		propertyHint: 'byStatus has three main outputs: 0 Completed, 1 In Progress, 2 Failed.',
	},
};
