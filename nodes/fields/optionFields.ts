import type { INodeProperties } from 'n8n-workflow';

/** Options of the whole run: read from the first item. */

export const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'Maximum number of concurrent requests. Applies to the whole run.',
};

export const maxJobs: INodeProperties = {
	displayName: 'Max Jobs',
	name: 'maxJobs',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: 20,
	description:
		'Maximum number of jobs that run at Segmind at the same time. Applies to the whole run.',
};

export const maxRetries: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 10 },
	default: 4,
	description:
		'How many times a request is retried after a temporary error. Paid requests are only repeated when it is certain that Segmind did not accept them. Applies to the whole run.',
};

export const maxCost: INodeProperties = {
	displayName: 'Max Cost (USD)',
	name: 'maxCost',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 4 },
	default: 0,
	description:
		'The most the whole run may cost, in US dollars; 0 for no limit. Items that could exceed it are not sent. Estimates are average prices, so requests in progress may cost a little more.',
};

/** Options of one item. */

export const estimateOnly: INodeProperties = {
	displayName: 'Estimate Only',
	name: 'estimateOnly',
	type: 'boolean',
	default: false,
	description:
		'Whether to return only the average price and duration of a request and the fields that would be sent, without sending anything',
};

export const mode: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Async',
			value: 'async',
			description: 'Start a job and wait for it; it can also be collected later',
		},
		{
			name: 'Auto',
			value: 'auto',
			description: 'One request for quick models, a job for all others',
		},
		{
			name: 'Sync',
			value: 'sync',
			description: 'One request that stays open until the image is ready',
		},
	],
	default: 'auto',
	description: 'How to run the model. Output URL always uses a job.',
};

export const jsonParameters: INodeProperties = {
	displayName: 'More Parameters (JSON)',
	name: 'jsonParameters',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "seed": 42 }',
	description:
		'More fields of the model, as listed on the API tab of its page on segmind.com. They override the fields set above.',
};

export const count: INodeProperties = {
	displayName: 'Number of Images',
	name: 'count',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'How many images one request generates. Each one is billed.',
};

export const seed: INodeProperties = {
	displayName: 'Seed',
	name: 'seed',
	type: 'number',
	typeOptions: { minValue: -1 },
	default: -1,
	description: 'The same number gives the same result again; -1 for a random one',
};

export const sendFilesAs: INodeProperties = {
	displayName: 'Send Files As',
	name: 'sendFilesAs',
	type: 'options',
	options: [
		{ name: 'Automatic', value: '', description: 'Whatever the model accepts' },
		{ name: 'Base64', value: 'base64', description: 'The file itself as text' },
		{ name: 'Data URI', value: 'dataUri', description: 'The file itself as text, with its type' },
		{ name: 'URL', value: 'url', description: 'Uploaded to Segmind first' },
	],
	default: '',
	description: 'How the input files are sent to the model',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86400 },
	default: 600,
	description:
		'How many seconds to wait for one job. A job that takes longer continues at Segmind and can be collected with Segmind Check Status.',
};

/** Videos take longer. */
export const videoTimeout: INodeProperties = { ...timeout, default: 1800 };

export const checkParameters: INodeProperties = {
	displayName: 'Check Parameters',
	name: 'checkParameters',
	type: 'options',
	options: [
		{ name: 'Error', value: 'error', description: 'Stop before anything is sent' },
		{ name: 'Off', value: 'off', description: 'Send the fields as they are' },
		{ name: 'Warn', value: 'warn', description: 'Send, and show a hint on the node' },
	],
	default: 'warn',
	description: 'What to do when a field does not match what is known about the model',
};

/** Where the output file goes; `shownWhen` is the node setting that requests a file. */
export function binaryField(
	shownWhen: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties {
	return {
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. result',
		description:
			'Name of the output field for the file. A file with this name in the input item is replaced; all others are kept.',
		displayOptions: { show: shownWhen },
	};
}

export const outputItems: INodeProperties = {
	displayName: 'Output Items',
	name: 'outputItems',
	type: 'options',
	options: [
		{
			name: 'Main File Only',
			value: 'mainFile',
			description: 'One item; the URLs of the other files are in other_files',
		},
		{ name: 'One per File', value: 'perFile', description: 'Several files become several items' },
		{ name: 'One per Input Item', value: 'perInput', description: 'One item with all files' },
	],
	default: 'perFile',
	description: 'How to return several files from one run',
};

export const reuseDays: INodeProperties = {
	displayName: 'Reuse Results (Days)',
	name: 'reuseDays',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 7 },
	default: 0,
	description:
		'Reuse the result of an identical request from up to this many days ago instead of paying again; 0 to never reuse one',
};

export const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.title }}',
	description:
		'Name of the file; the right extension is added. Leave empty for a name made from the model and the seed.',
};

export const maxFileSize: INodeProperties = {
	displayName: 'Max File Size (MB)',
	name: 'maxFileSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Largest file to store, or to fetch from a URL in order to send it, in megabytes; 0 for any size',
};

export const includeInputFields: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description: 'Whether to keep the fields of the input item alongside those of the result',
};

export const includeRawResponse: INodeProperties = {
	displayName: 'Include Raw Response',
	name: 'includeRawResponse',
	type: 'boolean',
	default: false,
	description: 'Whether to add Segmind’s full response, as raw_response',
};

export const kind: INodeProperties = {
	displayName: 'Kind',
	name: 'kind',
	type: 'options',
	options: [
		{ name: 'Model Job', value: 'model', description: 'Started by Segmind Submit Async' },
		{ name: 'PixelFlow', value: 'pixelFlow', description: 'Started by Segmind Run PixelFlow' },
	],
	default: 'model',
	description: 'What kind of run the request ID belongs to',
};
