import { mergeLive, parseLiveList as parseLiveListInSteps } from '../../nodes/catalog/liveList';
import { allModels } from '../../nodes/catalog/models';
import { atOnce } from '../api/atOnce';

const parseLiveList = atOnce(parseLiveListInSteps);

const entry = {
	title: 'New One',
	slug: 'new-one',
	type: 'textToImage',
	parameters: {},
	model_id: 'x',
};
const read = {
	slug: 'new-one',
	name: 'New One',
	kind: 'Text to Image',
	retired: false,
	parameters: [],
};

it.each<[shape: string, body: unknown]>([
	['under a title', { 'Inference Segmind Model Information List With Details': [entry] }],
	['under models', { models: [entry] }],
	['after other keys', { ok: true, count: 1, models: [entry] }],
	['bare', [entry]],
	['twice', [entry, { ...entry, title: 'Again' }]],
])('reads a list %s', (_shape, body) => {
	expect(parseLiveList(body)).toEqual([read]);
});

it.each<[row: unknown, expected: object | undefined]>([
	[
		{ model_id: 'by-id', name: 'Name' },
		{ slug: 'by-id', name: 'Name', kind: null },
	],
	[{ id: 'by-id' }, { slug: 'by-id', name: 'by-id' }],
	[{ slug: '', id: 'by-id' }, { slug: 'by-id' }],
	[{ slug: 'a/b', model_id: 'good' }, { slug: 'good' }],
	[{ slug: 'x', type: 'imageTOImage' }, { kind: 'Image to Image' }],
	[{ slug: 'x', type: 'telepathy' }, { kind: null }],
	[{ slug: 'x', is_depreciated: true }, { retired: true }],
	[{ slug: 'x', is_deprecated: true }, { retired: true }],
	[{ slug: 'x', title: ' Two\r\nlines ' }, { name: 'Two lines' }],
	[{ model_id: '65f0a1b2c3d4e5f6a7b8c9d0' }, undefined],
	[{ model_id: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10' }, undefined],
	// A fine-tuned model.
	[
		{ slug: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10-face' },
		{ slug: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10-face' },
	],
	[{ slug: '../evil' }, undefined],
	[{ slug: 'requests' }, undefined],
	[{ slug: 42 }, undefined],
	[{}, undefined],
	[null, undefined],
	['text', undefined],
	[[], undefined],
])('reads the entry %j', (row, expected) => {
	expect(parseLiveList([row])).toEqual(expected ? [expect.objectContaining(expected)] : []);
});

it.each([undefined, null, 'x', 7, {}, { a: {} }, '<html>', [[[]]], { models: 'none' }])(
	'returns an empty list for %j',
	(body) => {
		expect(parseLiveList(body)).toEqual([]);
	},
);

describe('merging', () => {
	const bundled = allModels();
	const alive = (slug: string) => ({ ...read, slug, kind: null });
	const slugsOf = (models: Array<{ slug: string }>) => models.map(({ slug }) => slug);

	it('changes nothing when there is no live list', () => {
		expect(mergeLive(bundled, [])).toEqual(bundled);
	});

	it('adds new models, without averages', () => {
		expect(mergeLive(bundled, parseLiveList([entry])).at(-1)).toEqual({
			slug: 'new-one',
			name: 'New One',
			kind: 'Text to Image',
			averageCostUsd: null,
			averageSeconds: null,
		});
	});

	it('adds at most 1000, keeping every bundled model', () => {
		const many = Array.from({ length: 38_000 }, (_, at) => alive(`filler-${at}`));
		expect(mergeLive(bundled, [...many, alive('kling-2')])).toHaveLength(bundled.length + 1000);
	});

	it('trusts an unlisted model that is in the live list', () => {
		const doubted = (live: Parameters<typeof mergeLive>[1]) =>
			mergeLive(bundled, live).find(({ slug }) => slug === 'bria-reimagine')?.unlisted;
		expect(doubted([])).toBe(true);
		expect(doubted([alive('kling-2')])).toBe(true);
		expect(doubted([alive('bria-reimagine')])).toBeUndefined();
	});

	it('drops models marked as retired, new or old, even in a short list', () => {
		const merged = slugsOf(
			mergeLive(bundled, [
				{ ...alive('kling-2'), retired: true },
				{ ...alive('new-one'), retired: true },
			]),
		);
		expect(merged).toEqual(slugsOf([...bundled]).filter((slug) => slug !== 'kling-2'));
	});

	it('drops models missing from a complete list, but not from a partial one', () => {
		const most = bundled.slice(10).map(({ slug }) => alive(slug));
		expect(slugsOf(mergeLive(bundled, most))).toEqual(slugsOf(bundled.slice(10)));
		const few = bundled.slice(0, 100).map(({ slug }) => alive(slug));
		expect(mergeLive(bundled, few)).toHaveLength(bundled.length);
		const strangers = bundled.map(({ slug }) => alive(`other-${slug}`));
		expect(mergeLive(bundled, strangers)).toHaveLength(bundled.length * 2);
	});
});
