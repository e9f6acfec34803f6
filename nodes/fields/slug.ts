import type { IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { readModelSlug } from '../catalog/modelSlug';
import { readTextParameter } from './textParameter';

/**
 * The slug of the model that one item refers to; throws a failure, before anything is sent, for a value that names
 * none.
 */
export function readSlug(context: IExecuteFunctions, itemIndex: number): string {
	return slugOf(context.getNodeParameter('model', itemIndex, ''));
}

/**
 * The slug in a filter field, which may name the model in any way; empty for all models. Throws a failure for a text that
 * names no model: no request would ever match it.
 */
export function readModelFilter(label: string, value: unknown): string {
	const text = readTextParameter(label, value).trim();
	return text && slugOf(text);
}

function slugOf(value: unknown): string {
	const reading = readModelSlug(value);
	if ('slug' in reading) return reading.slug;
	throw new SegmindFailure(`Model: ${reading.problem}`, { description: 'Nothing was sent' });
}
