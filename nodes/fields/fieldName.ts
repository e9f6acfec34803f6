import { SegmindFailure } from '../api/failure';

/**
 * Throws a failure, before anything is sent, for a name that n8n's copying of items and parameters drops, or that every
 * object of JavaScript has, so that it may be lost on its way or become another; and for an empty one.
 */
export function expectFieldName(label: string, name: string): void {
	if (!name.trim()) {
		throw new SegmindFailure(`${label}: a field has no name`, {
			description: 'Nothing was sent. Write its name between the quotation marks, or take it out',
		});
	}
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
