import type { IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { readModelSlug } from '../catalog/modelSlug';

/**
 * The slug of the model that one item refers to; throws a failure, before anything is sent, for a value that names
 * none.
 */
export function readSlug(context: IExecuteFunctions, itemIndex: number): string {
	const read = readModelSlug(context.getNodeParameter('model', itemIndex, ''));
	if ('slug' in read) return read.slug;
	throw new SegmindFailure(`Model: ${read.problem}`, { description: 'Nothing was sent' });
}
