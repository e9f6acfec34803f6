import type { IDataObject } from 'n8n-workflow';

import { findModel } from '../catalog/models';
import { requestedImages } from '../catalog/portable/count';
import type { ModelCall } from '../jobs/modelCall';
import type { ItemOptions } from './itemOptions';

/** What a call's price and duration depend on, and the options that concern them. */
export function callFacts(
	slug: string,
	body: IDataObject,
	{ estimateOnly, reuseDays }: ItemOptions,
): Pick<
	ModelCall,
	'averageSeconds' | 'averageUsd' | 'images' | 'hasRandomSeed' | 'estimateOnly' | 'reuseDays'
> {
	const model = findModel(slug);
	return {
		averageSeconds: model?.averageSeconds ?? null,
		averageUsd: model?.averageCostUsd ?? null,
		images: requestedImages(body),
		hasRandomSeed: isRandom(body.seed),
		estimateOnly,
		reuseDays,
	};
}

/** Whether a seed stands for a random one. */
export function isRandom(seed: unknown): boolean {
	return (typeof seed === 'number' || typeof seed === 'string') && Number(seed) === -1;
}
