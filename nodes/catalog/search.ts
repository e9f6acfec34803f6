import type { INodeListSearchResult } from 'n8n-workflow';

import { FEATURED } from './featured';
import { matchRank, textOf } from './matchRank';
import { modelRow } from './modelRow';
import { outputType, type ListedModel, type OutputType } from './models';
import { looksLikeUrl, readModelSlug } from './modelSlug';
import { hasParameterTable } from './parameters';
import { parseQuery, type Order } from './searchQuery';

const PAGE_SIZE = 50;

export interface ModelSearch {
	query: string;
	/** Only models with this output; undefined for all. */
	output?: OutputType;
	/** From 0. */
	page: number;
}

/**
 * One page (50 rows) of the models that match what the user typed: words of slug, name or kind, a purpose in the user's
 * own words, "cheap" or "fast", or the URL of a model's page. Best match first, ties by price; without words,
 * well-known models first. No match yields no rows. Models of an unknown kind are in every list, last.
 */
export function searchModels(
	models: readonly ListedModel[],
	{ query, output, page }: ModelSearch,
): INodeListSearchResult {
	const candidates = models.filter(({ kind }) => !output || !kind || outputType(kind) === output);
	const found = looksLikeUrl(query)
		? byUrl(candidates, query)
		: byWords(candidates, query, vocabularyOf(models));
	const end = (page + 1) * PAGE_SIZE;
	return {
		results: found.slice(page * PAGE_SIZE, end).map(modelRow),
		...(end < found.length ? { paginationToken: String(page + 1) } : {}),
	};
}

function byUrl(models: ListedModel[], url: string): ListedModel[] {
	const reading = readModelSlug(url);
	return models.filter(({ slug }) => 'slug' in reading && slug === reading.slug);
}

function byWords(
	models: ListedModel[],
	query: string,
	modelWords: ReadonlySet<string>,
): ListedModel[] {
	if (!query.trim()) return sorted(models, [prominence, alphabet]);
	const parsed = parseQuery(query, modelWords);
	if (!parsed.text) return [];
	const ranks = new Map(models.map((model) => [model, matchRank(model, parsed)]));
	const rank: Compare = (a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0);
	const found = models.filter((model) => ranks.get(model) !== undefined);
	if (parsed.order) return sorted(found, [exactFirst(ranks), cheapest(parsed.order), alphabet]);
	const wellKnown: Compare[] = parsed.purposes.length ? [] : [featured];
	return sorted(found, [rank, uncertainLast, ...wellKnown, cheapest('price'), alphabet]);
}

const vocabularies = new WeakMap<readonly ListedModel[], Set<string>>();

/** All words of all models, computed once per list, which may have thousands of rows. */
function vocabularyOf(models: readonly ListedModel[]): Set<string> {
	const known =
		vocabularies.get(models) ?? new Set(models.flatMap((model) => textOf(model).all.split(' ')));
	vocabularies.set(models, known);
	return known;
}

type Compare = (a: ListedModel, b: ListedModel) => number;

function sorted(models: ListedModel[], by: Compare[]): ListedModel[] {
	return [...models].sort((a, b) => {
		for (const compare of by) {
			const order = compare(a, b);
			if (order) return order;
		}
		return 0;
	});
}

const featuredRanks = new Map(FEATURED.map((slug, rank) => [slug, rank]));
const rankOf = ({ slug }: ListedModel) => featuredRanks.get(slug) ?? FEATURED.length;
const featured: Compare = (a, b) => rankOf(a) - rankOf(b);

/** Higher for a model of an unknown kind, or one no longer in the directory. */
const uncertainty = ({ kind, unlisted }: ListedModel) =>
	Number(kind === null) * 2 + Number(unlisted ?? 0);
const uncertainLast: Compare = (a, b) => uncertainty(a) - uncertainty(b);

const prominence: Compare = (a, b) =>
	uncertainLast(a, b) ||
	featured(a, b) ||
	Number(hasParameterTable(b.slug)) - Number(hasParameterTable(a.slug));

const alphabet: Compare = (a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);

/** "fast flux schnell" is a name too. */
const exactFirst =
	(ranks: Map<ListedModel, number | undefined>): Compare =>
	(a, b) =>
		Math.min(ranks.get(a) ?? 2, 2) - Math.min(ranks.get(b) ?? 2, 2);

/** By price or seconds; unknown values come last. */
function cheapest(order: Order): Compare {
	const valueOf = (model: ListedModel) =>
		(order === 'price' ? model.averageCostUsd : model.averageSeconds) ?? Number.MAX_VALUE;
	return (a, b) => valueOf(a) - valueOf(b);
}
