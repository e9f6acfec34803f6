import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isRequestId } from '../api/requestId';
import type { JobCheck } from '../jobs/checkJob';
import { badValue } from './value';

export const requestIdField: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	default: '={{ $json.request_id }}',
	required: true,
	placeholder: 'e.g. 8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10',
	description: 'The request_id that Segmind Submit Async returned',
	builderHint: { propertyHint: 'Keep the default after Segmind Submit Async.' },
};

export const waitForCompletionField: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: true,
	description: 'Whether to wait until the job has finished instead of checking it once',
	builderHint: { propertyHint: 'Keep true instead of building a loop with Wait and If.' },
};

/** The model and prompt of the run that the input item represents; null where it does not say. */
export function requestedRunOfItem(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<JobCheck, 'model' | 'prompt'> {
	const { model, prompt } = context.getInputData()[itemIndex]?.json ?? {};
	return {
		model: typeof model === 'string' && model ? model : null,
		prompt: typeof prompt === 'string' && prompt ? prompt : null,
	};
}

/** Reads the ID of the job that one item refers to, and what the item says about it. */
export function readJob(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<JobCheck, 'requestId' | 'model' | 'prompt' | 'seed' | 'submittedAt'> {
	const received = context.getNodeParameter('requestId', itemIndex, '') as unknown;
	const requestId = typeof received === 'string' ? received.trim() : '';
	if (!isRequestId(requestId)) {
		throw badValue('Request ID', 'the request_id of a submitted job', received ?? '');
	}
	// Submit Async adds them to its item: they improve polling and file names.
	const { seed, submitted_at: submittedAt } = context.getInputData()[itemIndex]?.json ?? {};
	const time = typeof submittedAt === 'string' ? Date.parse(submittedAt) : NaN;
	return {
		requestId,
		...requestedRunOfItem(context, itemIndex),
		seed: typeof seed === 'number' || typeof seed === 'string' ? seed : null,
		submittedAt: Number.isNaN(time) ? undefined : time,
	};
}
