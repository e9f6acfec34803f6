import { matchRank, textOf } from '../../nodes/catalog/matchRank';
import type { ListedModel } from '../../nodes/catalog/models';
import { canonical } from '../../nodes/catalog/searchText';
import type { SearchQuery } from '../../nodes/catalog/searchQuery';

const model = (slug: string, name: string, kind: ListedModel['kind'] = null): ListedModel => ({
	slug,
	name,
	kind,
	averageCostUsd: null,
	averageSeconds: null,
});
const flux = model('fast-flux-schnell', 'Fast Flux.1 Schnell', 'Text to Image');

const wish = (query: string, more: Partial<SearchQuery> = {}): SearchQuery => {
	const text = canonical(query);
	const words = text.split(' ').filter(Boolean);
	return { text, purposes: [], words, allWords: words, ...more };
};

it('compares slug, name and kind', () => {
	expect(textOf(flux)).toEqual({
		slug: 'fast flux schnell',
		name: 'fast flux 1 schnell',
		all: ' fast flux schnell | fast flux 1 schnell | text to image ',
		joined: 'fastfluxschnellfastflux1schnell',
	});
	expect(textOf(flux)).toBe(textOf(flux));
});

it.each<[query: string, rank: number | undefined]>([
	['fast-flux-schnell', 0],
	['Fast Flux.1 Schnell', 0],
	['fast flux', 1],
	['flux schnell', 2],
	['schnell fast', 3],
	['schn fas', 3],
	['text to image', 2],
	['hnell', 4],
	['schnell lux', 4],
	['fastflux', 4],
	// A letter or two are part of nearly every name.
	['fast ux', undefined],
	['fast kling', undefined],
	['kling', undefined],
])('%j: %p', (query, rank) => expect(matchRank(flux, wish(query))).toBe(rank));

describe('a purpose', () => {
	const eraser = model('bg-removal-v2', 'Background Removal', 'Image to Image');
	const purposes = [/background remove/];

	it.each<[what: string, model: ListedModel, wish: SearchQuery, rank: number | undefined]>([
		['is met by what does it', eraser, wish('cutout', { purposes, words: [] }), 3],
		['is not met by others', flux, wish('cutout', { purposes, words: [] }), undefined],
		['leaves words to be found', eraser, wish('cutout v2', { purposes, words: ['v2'] }), 3],
		['alone prefers no name', eraser, wish('background', { purposes, words: [] }), 3],
		['may be in the name itself', flux, wish('fast flux', { purposes }), 1],
	])('%s', (_what, candidate, wanted, rank) => expect(matchRank(candidate, wanted)).toBe(rank));
});
