import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { quote } from '../api/quote';
import type { JobKind } from '../jobs/jobKind';
import type { RunOptions } from '../jobs/run';

const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'How many requests may be on their way at the same time',
};

const maxJobs: INodeProperties = {
	displayName: 'Max Jobs',
	name: 'maxJobs',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: 20,
	description: 'How many async jobs may run at Segmind at the same time',
};

const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86400 },
	default: 600,
	description:
		'How many seconds to wait for one job. A job that takes longer goes on at Segmind and can be collected with Segmind Check Status.',
};

const maxRetries: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 10 },
	default: 4,
	description:
		'How often a request is sent again after a passing fault. Paid requests are only repeated when it is certain that Segmind did not accept them.',
};

const checkParameters: INodeProperties = {
	displayName: 'Check Parameters',
	name: 'checkParameters',
	type: 'options',
	options: [
		{ name: 'Error', value: 'error', description: 'Stop before anything is sent' },
		{ name: 'Off', value: 'off', description: 'Send the fields as they are' },
		{ name: 'Warn', value: 'warn', description: 'Send, and show a hint on the node' },
	],
	default: 'warn',
	description: 'What to do when a field does not fit what is known of the model',
};

const outputItemsOption: INodeProperties = {
	displayName: 'Output Items',
	name: 'outputItems',
	type: 'options',
	options: [
		{ name: 'One per File', value: 'perFile' },
		{ name: 'One per Input Item', value: 'perInput' },
	],
	default: 'perFile',
	description: 'Whether several files of one run become several items or one',
};

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.title }}',
	description:
		'Name of the file; the extension is added by its real type. Leave empty for a name made of model and seed.',
};

const maxFileSize: INodeProperties = {
	displayName: 'Max File Size (MB)',
	name: 'maxFileSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Largest file to store, in megabytes; 0 for any size',
};

const includeRawResponse: INodeProperties = {
	displayName: 'Include Raw Response',
	name: 'includeRawResponse',
	type: 'boolean',
	default: false,
	description: 'Whether to add what Segmind answered, as raw_response',
};

const kind: INodeProperties = {
	displayName: 'Kind',
	name: 'kind',
	type: 'options',
	options: [
		{ name: 'Model Job', value: 'model', description: 'Started by Segmind Submit Async' },
		{ name: 'PixelFlow', value: 'pixelFlow', description: 'Started by Segmind Run PixelFlow' },
	],
	default: 'model',
	description: 'What the request ID belongs to',
};

/** A node's Options collection with the named options, in the order of their labels. */
function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}

export const generateOptions = optionsField([
	checkParameters,
	concurrency,
	fileName,
	includeRawResponse,
	maxFileSize,
	maxJobs,
	maxRetries,
	outputItemsOption,
	timeout,
]);

export const submitOptions = optionsField([checkParameters, concurrency, maxRetries]);

export const flowOptions = optionsField([
	concurrency,
	fileName,
	includeRawResponse,
	maxFileSize,
	maxJobs,
	maxRetries,
	timeout,
]);

export const checkStatusOptions = optionsField([
	concurrency,
	fileName,
	includeRawResponse,
	kind,
	maxFileSize,
	maxRetries,
	outputItemsOption,
	timeout,
]);

export const uploadOptions = optionsField([concurrency, maxFileSize, maxRetries]);

/** The options of the whole run; a value out of range is a failure before anything is sent. */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	return {
		concurrency: Math.floor(readNumber(options, concurrency)),
		maxJobs: Math.floor(readNumber(options, maxJobs)),
		maxRetries: Math.floor(readNumber(options, maxRetries)),
	};
}

/** What holds for one item. */
export interface ItemOptions {
	timeoutMs: number;
	outputItems: 'perFile' | 'perInput';
	fileName: string;
	includeRawResponse: boolean;
	/** Bytes. */
	maxBytes: number;
	checkParameters: 'warn' | 'error' | 'off';
}

/** The options of one item; a value out of range is a failure before anything is sent for it. */
export function readItemOptions(context: IExecuteFunctions, itemIndex: number): ItemOptions {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return {
		timeoutMs: readNumber(options, timeout) * 1000,
		outputItems: readChoice(options, outputItemsOption) as ItemOptions['outputItems'],
		fileName: readText(options, fileName),
		includeRawResponse: options.includeRawResponse === true,
		maxBytes: readNumber(options, maxFileSize) * 1024 * 1024 || Infinity,
		checkParameters: readChoice(options, checkParameters) as ItemOptions['checkParameters'],
	};
}

/** What the request id of one item belongs to. */
export function readJobKind(context: IExecuteFunctions, itemIndex: number): JobKind {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return readChoice(options, kind) as JobKind;
}

function readNumber(
	options: IDataObject,
	{ name, displayName, default: standard, typeOptions }: INodeProperties,
): number {
	const value = options[name] ?? standard;
	const number = typeof value === 'string' && value.trim() ? Number(value) : value;
	const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
	if (typeof number !== 'number' || !(number >= minValue && number <= maxValue)) {
		throw badValue(displayName, `a number from ${minValue} to ${maxValue}`, value);
	}
	return number;
}

function readChoice(
	options: IDataObject,
	{ name, displayName, default: standard, options: choices = [] }: INodeProperties,
) {
	const value = options[name] ?? standard;
	const values = choices.map((choice) => ('value' in choice ? choice.value : undefined));
	if (!values.includes(value as string))
		throw badValue(displayName, `one of ${values.join(', ')}`, value);
	return value as string;
}

function readText(options: IDataObject, { name, displayName }: INodeProperties): string {
	const value = options[name] ?? '';
	if (typeof value === 'object') throw badValue(displayName, 'a text', value);
	return String(value);
}

/** The failure for a parameter with an unusable value: names it and shows what was received. */
export function badValue(displayName: string, wanted: string, received: unknown): SegmindFailure {
	return new SegmindFailure(`${displayName} must be ${wanted}, but is ${quote(received, 200)}`, {
		description: 'Nothing was sent',
	});
}
