import { mergeLive, parseLiveList } from '../../nodes/catalog/liveList';
import { readLiveParameters } from '../../nodes/catalog/liveParameters';
import { allModels } from '../../nodes/catalog/models';

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
	'gives an empty list for %j',
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

	it('doubts an unlisted model no longer that the live list names', () => {
		const doubted = (live: Parameters<typeof mergeLive>[1]) =>
			mergeLive(bundled, live).find(({ slug }) => slug === 'bria-reimagine')?.unlisted;
		expect(doubted([])).toBe(true);
		expect(doubted([alive('kling-2')])).toBe(true);
		expect(doubted([alive('bria-reimagine')])).toBeUndefined();
	});

	it('drops what is marked as retired, new or old, even by a short list', () => {
		const merged = slugsOf(
			mergeLive(bundled, [
				{ ...alive('kling-2'), retired: true },
				{ ...alive('new-one'), retired: true },
			]),
		);
		expect(merged).toEqual(slugsOf([...bundled]).filter((slug) => slug !== 'kling-2'));
	});

	it('drops what a whole list no longer names, but not what a part of a list leaves out', () => {
		const most = bundled.slice(10).map(({ slug }) => alive(slug));
		expect(slugsOf(mergeLive(bundled, most))).toEqual(slugsOf(bundled.slice(10)));
		const few = bundled.slice(0, 100).map(({ slug }) => alive(slug));
		expect(mergeLive(bundled, few)).toHaveLength(bundled.length);
		const strangers = bundled.map(({ slug }) => alive(`other-${slug}`));
		expect(mergeLive(bundled, strangers)).toHaveLength(bundled.length * 2);
	});
});

describe('parameters of a live entry', () => {
	const steps = { name: 'steps', type: 'integer', required: false, default: 4, min: 1, max: 8 };

	it.each<[form: string, value: unknown]>([
		['a list', [{ ...steps }]],
		['descriptions by name', { steps: { type: 'int', default: 4, min: 1, max: 8 } }],
		[
			'a JSON schema',
			{
				properties: { steps: { type: 'integer', default: 4, minimum: 1, maximum: 8 } },
				required: [],
			},
		],
	])('are read from %s', (_form, value) => {
		expect(readLiveParameters(value)).toEqual([steps]);
	});

	it('are read from samples, which are no defaults', () => {
		expect(readLiveParameters({ prompt: 'a fox', steps: 4, base64: false, images: ['u'] })).toEqual(
			[
				{ name: 'prompt', type: 'string', required: false },
				{ name: 'steps', type: 'number', required: false },
				{ name: 'base64', type: 'boolean', required: false },
				{ name: 'images', type: 'array', required: false, media: 'image' },
			],
		);
	});

	/** Segmind's list for a model whose schema it does not have, as its pages print it. */
	const placeholder = {
		prompt: { type: 'string', required: true },
		width: { type: 'integer', default: 512, min: 256, max: 1024 },
		height: { type: 'integer', default: 512, min: 256, max: 1024 },
		steps: { type: 'integer', default: 25, min: 1, max: 100 },
		guidance_scale: { type: 'number', default: 7.5, min: 1, max: 20 },
		negative_prompt: { type: 'string' },
		scheduler: { type: 'string', default: 'DDIM' },
		seed: { type: 'integer', default: -1, min: -1, max: 2147483647 },
	};
	const { seed, ...oneLess } = placeholder;

	it('are none in Segmind’s placeholder list, in any form', () => {
		const rows = Object.entries(placeholder).map(([name, row]) => ({ name, ...row }));
		const samples = { ...placeholder, prompt: 'a fox', negative_prompt: '' };
		expect(readLiveParameters(placeholder)).toEqual([]);
		expect(readLiveParameters(rows)).toEqual([]);
		expect(readLiveParameters({ properties: placeholder, required: ['prompt'] })).toEqual([]);
		expect(
			readLiveParameters({ ...samples, width: 512, height: 512, steps: 25, seed: -1 }),
		).toEqual([]);
	});

	it.each<[difference: string, list: object, count: number]>([
		['one field less', oneLess, 7],
		['one field more', { ...oneLess, seed, image: { type: 'string' } }, 9],
		['another default', { ...placeholder, steps: { type: 'integer', default: 8 } }, 8],
		['another field', { ...oneLess, samples: { type: 'integer', default: -1 } }, 8],
	])('are real in a list like the placeholder but for %s', (_difference, list, count) => {
		expect(readLiveParameters(list)).toHaveLength(count);
	});

	it('know a file by the field’s name', () => {
		const media = readLiveParameters({ driving_video: 'u', input_image: 'u', mask: true, fps: 8 });
		expect(media.map((field) => [field.name, field.media])).toEqual([
			['driving_video', 'video'],
			['input_image', 'image'],
			['mask', undefined],
			['fps', undefined],
		]);
	});

	it('are none in what is too long for a list of fields, and each once', () => {
		const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, at]));
		expect(readLiveParameters(many)).toEqual([]);
		expect(readLiveParameters([steps, { ...steps, default: 5 }])).toHaveLength(1);
	});

	it.each([
		undefined,
		null,
		{},
		[],
		'x',
		{ 0: 'a', 1: 'b' },
		[null, 1],
		{ 'bad name': { type: 'string' } },
		{ a: null },
	])('are none in %j', (value) => {
		expect(readLiveParameters(value)).toEqual([]);
	});
});
