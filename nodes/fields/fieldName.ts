import { SegmindFailure } from '../api/failure';

/**
 * Throws a failure, before anything is sent, for a name that n8n's copying of items and parameters drops, or that every
 * object of JavaScript has, so that it may be lost on its way or become another.
 */
export function expectFieldName(label: string, name: string): void {
	if (!isLostName(name)) return;
	throw new SegmindFailure(`${label}: "${name}" cannot be the name of a field`, {
		description:
			'Nothing was sent. n8n loses such a name or mixes it up: take it out, or rename the input in the PixelFlow',
	});
}

/** Whether a name would not reach the model as it is. */
export function isLostName(name: string): boolean {
	return name in {} || name === 'prototype';
}
