import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { looksLikeUrl, readModelSlug } from './modelSlug';
import { outputType, type ListedModel } from './models';
import { nearNames } from './nearNames';
import { parameterTable } from './parameters';
import { canonical, matchRank } from './searchText';

const PAGE_SIZE = 50;

/** First in every list: a picture in seconds for half a cent. */
const FIRST = 'fast-flux-schnell';

/**
 * One page (from 0, 50 rows each) of the models that fit what the user typed: words of slug, name, kind or purpose, or
 * the address of a model's page. Best match first; models whose fields are known come before others.
 */
export function searchModels(
	models: readonly ListedModel[],
	{ query, imageOnly, page }: { query: string; imageOnly: boolean; page: number },
): INodeListSearchResult {
	const shown = models.filter(({ kind }) => !imageOnly || (kind && outputType(kind) === 'image'));
	const found = looksLikeUrl(query) ? byUrl(shown, query) : byWords(shown, query);
	const end = (page + 1) * PAGE_SIZE;
	return {
		results: found.slice(page * PAGE_SIZE, end).map(toRow),
		...(end < found.length ? { paginationToken: String(page + 1) } : {}),
	};
}

function byUrl(models: ListedModel[], url: string): ListedModel[] {
	const reading = readModelSlug(url);
	return models.filter(({ slug }) => 'slug' in reading && slug === reading.slug);
}

function byWords(models: ListedModel[], query: string): ListedModel[] {
	const wanted = canonical(query);
	const ranked = models
		.map((model) => ({ model, rank: wanted ? matchRank(model, wanted) : 0 }))
		.filter((entry): entry is { model: ListedModel; rank: number } => entry.rank !== undefined)
		.sort((a, b) => a.rank - b.rank || usualOrder(a.model, b.model));
	if (ranked.length > 0) return ranked.map(({ model }) => model);
	const bySlug = new Map(models.map((model) => [model.slug, model]));
	return nearNames(query, bySlug.keys(), 10).flatMap((slug) => bySlug.get(slug) ?? []);
}

function usualOrder(a: ListedModel, b: ListedModel): number {
	return prominence(a) - prominence(b) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
}

function prominence({ slug }: ListedModel): number {
	if (slug === FIRST) return 0;
	return parameterTable(slug) ? 1 : 2;
}

/** n8n's list shows a row's name alone, so all that helps to choose stands in it; it cuts long rows, and a name often tells the kind. */
function toRow({
	slug,
	name,
	kind,
	averageCostUsd,
	averageSeconds,
}: ListedModel): INodeListSearchItems {
	const facts = [name, priceText(averageCostUsd), secondsText(averageSeconds), kind];
	return {
		name: facts.filter((fact) => fact !== null).join(' · '),
		value: slug,
		url: `https://www.segmind.com/models/${slug}`,
	};
}

function priceText(usd: number | null): string | null {
	if (usd === null) return null;
	return `~$${usd < 0.1 ? Number(usd.toPrecision(2)) : usd.toFixed(2)}`;
}

function secondsText(seconds: number | null): string | null {
	if (seconds === null) return null;
	if (seconds >= 120) return `~${Math.round(seconds / 60)} min`;
	return `~${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
}
