import type { IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { readModelSlug } from '../catalog/modelSlug';
import { readWords } from './words';

/**
 * The slug of the model that one item refers to; throws a failure, before anything is sent, for a value that names
 * none.
 */
export function readSlug(context: IExecuteFunctions, itemIndex: number): string {
	return slugOf(context.getNodeParameter('model', itemIndex, ''));
}

/**
 * The slug that a text field asks for, written in any way in which a model can be named; empty for all models. Throws a
 * failure for a text that names none: no request would ever match it.
 */
export function readModelFilter(label: string, value: unknown): string {
	const text = readWords(label, value).trim();
	return text && slugOf(text);
}

function slugOf(value: unknown): string {
	const read = readModelSlug(value);
	if ('slug' in read) return read.slug;
	throw new SegmindFailure(`Model: ${read.problem}`, { description: 'Nothing was sent' });
}
