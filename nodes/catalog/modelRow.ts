import type { INodeListSearchItems } from 'n8n-workflow';

import type { ListedModel } from './models';
import { priceText } from './price';

/**
 * n8n's list shows only a row's name, so everything that helps to choose must be in it; long rows are truncated, and
 * the name often implies the kind.
 */
export function modelRow(model: ListedModel): INodeListSearchItems {
	const { slug, name, kind, averageCostUsd, averageSeconds, unlisted } = model;
	const facts = [
		name,
		averageCostUsd === null ? null : `~${priceText(averageCostUsd)}`,
		secondsText(averageSeconds),
		unlisted ? 'may be retired' : null,
		kind,
	];
	return {
		name: facts.filter((fact) => fact !== null).join(' · '),
		value: slug,
		url: `https://www.segmind.com/models/${slug}`,
	};
}

function secondsText(seconds: number | null): string | null {
	if (seconds === null) return null;
	if (seconds >= 120) return `~${Math.round(seconds / 60)} min`;
	return `~${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
}
