import { parseQuery } from '../../nodes/catalog/searchQuery';

const known = new Set(['flux', 'seedream', 'kling', 'schnell', 'fast', 'background', 'live']);
const read = (query: string) => {
	const { purposes, words, order } = parseQuery(query, known);
	return { purposes: purposes.length, words, order };
};

it.each<[query: string, wish: { purposes: number; words: string[]; order?: string }]>([
	['flux schnell', { purposes: 0, words: ['flux', 'schnell'] }],
	['cheap flux', { purposes: 0, words: ['flux'], order: 'price' }],
	['the fastest kling model', { purposes: 0, words: ['kling'], order: 'seconds' }],
	['cheap', { purposes: 0, words: [], order: 'price' }],
	['remove background', { purposes: 1, words: [] }],
	['remove the background from a photo', { purposes: 1, words: [] }],
	['upscale video', { purposes: 1, words: ['video'] }],
	['live portrait', { purposes: 1, words: ['live'] }],
	['seedreem', { purposes: 0, words: ['seedream'] }],
	// Still being typed, or unlike anything: as it is.
	['seedr', { purposes: 0, words: ['seedr'] }],
	['zebra', { purposes: 0, words: ['zebra'] }],
	['sd15', { purposes: 0, words: ['sd15'] }],
])('reads %s as %j', (query, wish) => {
	expect(read(query)).toEqual({ order: undefined, ...wish });
});
