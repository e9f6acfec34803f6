import type { INodeProperties } from 'n8n-workflow';

import {
	binaryField,
	checkParameters,
	concurrency,
	count,
	estimateOnly,
	fileName,
	includeInputFields,
	includeRawResponse,
	jsonParameters,
	kind,
	maxCost,
	maxFileSize,
	maxJobs,
	maxRetries,
	mode,
	outputItems,
	reuseDays,
	seed,
	sendFilesAs,
	timeout,
	videoTimeout,
} from './optionFields';

/** A node's Options collection; the editor lists them in this order, sorted by label. */
export function optionsField(options: INodeProperties[]): INodeProperties {
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
	estimateOnly,
	fileName,
	includeInputFields,
	includeRawResponse,
	maxCost,
	maxFileSize,
	maxJobs,
	maxRetries,
	mode,
	jsonParameters,
	count,
	outputItems,
	binaryField({ '/output': ['file'] }),
	reuseDays,
	seed,
	sendFilesAs,
	timeout,
]);

export const videoOptions = optionsField([
	checkParameters,
	concurrency,
	estimateOnly,
	fileName,
	includeInputFields,
	includeRawResponse,
	maxCost,
	maxFileSize,
	maxJobs,
	maxRetries,
	jsonParameters,
	outputItems,
	binaryField({ '/output': ['file'] }),
	reuseDays,
	seed,
	sendFilesAs,
	videoTimeout,
]);

export const audioOptions = optionsField([
	checkParameters,
	concurrency,
	estimateOnly,
	fileName,
	includeInputFields,
	includeRawResponse,
	maxCost,
	maxFileSize,
	maxJobs,
	maxRetries,
	jsonParameters,
	outputItems,
	binaryField({ '/output': ['file'] }),
	reuseDays,
	seed,
	sendFilesAs,
	timeout,
]);

export const submitOptions = optionsField([
	checkParameters,
	concurrency,
	estimateOnly,
	includeInputFields,
	maxCost,
	maxRetries,
	jsonParameters,
	count,
	reuseDays,
	seed,
	sendFilesAs,
]);

export const flowOptions = optionsField([
	concurrency,
	fileName,
	includeRawResponse,
	maxFileSize,
	maxJobs,
	maxRetries,
	sendFilesAs,
	timeout,
]);

export const checkStatusOptions = optionsField([
	concurrency,
	fileName,
	includeInputFields,
	includeRawResponse,
	kind,
	maxFileSize,
	maxRetries,
	outputItems,
	binaryField({ '/download': [true] }),
	timeout,
]);

export const uploadOptions = optionsField([concurrency, maxFileSize, maxRetries]);
