import { SegmindFailure } from '../api/failure';

/**
 * Throws a failure, before anything is sent, for an empty name and for one that may be lost or changed on its way: n8n's
 * copying of items and parameters drops some, and others exist in every JavaScript object.
 */
export function expectFieldName(label: string, name: string): void {
	if (!name.trim()) {
		throw new SegmindFailure(`${label}: a field has no name`, {
			description: 'Nothing was sent. Write its name between the quotation marks, or remove it',
		});
	}
	if (!isUnsafeName(name)) return;
	throw new SegmindFailure(`${label}: "${name}" cannot be the name of a field`, {
		description:
			'Nothing was sent. n8n would lose or confuse such a name: remove it, or rename the input in the PixelFlow',
	});
}

/** Whether a name might not reach the model unchanged. */
export function isUnsafeName(name: string): boolean {
	return name in {} || name === 'prototype';
}
