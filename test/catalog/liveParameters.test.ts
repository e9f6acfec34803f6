import { readLiveParameters } from '../../nodes/catalog/liveParameters';

describe('fields of a live entry', () => {
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

	it('are read from samples, which are not used as defaults', () => {
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

	it('are empty for Segmind’s placeholder list, in any format', () => {
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
	])('are read from a list that differs from the placeholder by %s', (_difference, list, count) => {
		expect(readLiveParameters(list)).toHaveLength(count);
	});

	it('recognise a file by the field’s name', () => {
		const media = readLiveParameters({ driving_video: 'u', input_image: 'u', mask: true, fps: 8 });
		expect(media.map((field) => [field.name, field.media])).toEqual([
			['driving_video', 'video'],
			['input_image', 'image'],
			['mask', undefined],
			['fps', undefined],
		]);
	});

	it('are ignored in an overlong list, and deduplicated', () => {
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
	])('are empty for %j', (value) => {
		expect(readLiveParameters(value)).toEqual([]);
	});
});
