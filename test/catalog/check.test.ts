import type { IDataObject } from 'n8n-workflow';
import { checkParameters } from '../../nodes/catalog/check';
import { parameterTable, type ParameterTable } from '../../nodes/catalog/parameters';

const check = (slug: string, body: IDataObject) =>
	checkParameters(parameterTable(slug)!, body, { modelName: 'The model' });
const messages = (slug: string, body: IDataObject) =>
	check(slug, body).problems.map(({ message }) => message);

describe('a problem that is certain', () => {
	it.each<[slug: string, body: IDataObject, message: string]>([
		['segmind-vega', {}, 'Prompt is empty, but The model needs text'],
		['segmind-vega', { prompt: '' }, 'Prompt is empty, but The model needs text'],
		['segmind-vega', { prompt: ' \n' }, 'Prompt is empty, but The model needs text'],
		['sound-generation', { text: '' }, 'Prompt is empty, but The model needs text'],
		[
			'instantid',
			{ prompt: 'x' },
			'The model needs the field "face_image" (image), which is empty',
		],
		['segmind-vega', { prompt: 'x', samples: 5 }, '"samples" is 5, but The model takes 1-4'],
		[
			'segmind-vega',
			{ prompt: 'x', seed: -2 },
			'"seed" is -2, but The model takes -1 to 999999999999999',
		],
		[
			'segmind-vega',
			{ prompt: 'x', samples: 'two' },
			'"samples" must be a whole number, not "two"',
		],
		['segmind-vega', { prompt: 'x', samples: 1.5 }, '"samples" must be a whole number, not 1.5'],
		[
			'flux-schnell',
			{ prompt: 'x', width: 1020 },
			'"width" is 1020, but The model takes multiples of 8',
		],
		['segmind-vega', { prompt: 'x', samples: NaN }, '"samples" must be a whole number, not NaN'],
		['segmind-vega', { prompt: 'x', base64: 'yes' }, '"base64" must be true or false, not "yes"'],
		['segmind-vega', { prompt: ['x'] }, '"prompt" must be text, not ["x"]'],
		['segmind-vega', { prompt: true }, '"prompt" must be text, not true'],
		[
			'segmind-vega',
			{ prompt: 'x', img_width: 512 },
			'"img_width" is 512, but The model takes 1024',
		],
		[
			'segmind-vega',
			{ prompt: 'x', scheduler: 7.5, samples: [] },
			'"samples" must be a whole number, not []',
		],
		[
			'fast-flux-schnell',
			{ prompt: 'x', aspect_ratio: '16x9' },
			'"aspect_ratio" is "16x9", but The model takes 1:1, 16:9, 21:9, 2:3, 3:2, 4:5, 5:4, 9:16, 9:21; did you mean "16:9"?',
		],
		[
			'segmind-vega',
			{ prompt: 'x', steps: 25 },
			'The model has no field "steps"; did you mean "num_inference_steps"?',
		],
		[
			'fast-flux-schnell',
			{ prompt: 'x', num_inference_steps: 4 },
			'The model has no field "num_inference_steps"; did you mean "steps"?',
		],
		[
			'segmind-vega',
			{ prompt: 'x', width: 1024 },
			'The model has no field "width"; did you mean "img_width"?',
		],
		[
			'segmind-vega',
			{ prompt: 'x', base_64: true },
			'The model has no field "base_64"; did you mean "base64"?',
		],
		[
			'segmind-vega',
			{ prompt: 'x', negativ_prompt: 'y' },
			'The model has no field "negativ_prompt"; did you mean "negative_prompt"?',
		],
		['segmind-vega', { prompt: 'x', zebra: 1 }, 'The model has no field "zebra"'],
		[
			'nano-banana',
			{ prompt: 'x', image_url: 'https://a.test/u.png' },
			'The model has no field "image_url"; did you mean "image_urls"?',
		],
		[
			'esrgan',
			{ image_url: 'https://a.test/u.png', image: 'https://a.test/u.png' },
			'The model has no field "image_url"; did you mean "image"?',
		],
	])('%s %j', (slug, body, message) => {
		const told = check(slug, body).problems.find((problem) => problem.message === message);
		expect([messages(slug, body), told?.certain]).toEqual([
			expect.arrayContaining([message]),
			true,
		]);
	});
});

describe('a problem that stops nothing', () => {
	it.each<[why: string, slug: string, body: IDataObject, parameter: string]>([
		['the page hides choices', 'segmind-vega', { prompt: 'x', scheduler: 'UniPC' }, 'scheduler'],
		['calls were seen with others', 'seedance-2.0', { prompt: 'x', duration: 7 }, 'duration'],
		['the field has a default', 'qwen-image', { prompt: 'x' }, 'steps'],
		[
			'the table is not sure',
			'sdxl1.0-newreality-lightning',
			{ prompt: 'x', samples: 9 },
			'samples',
		],
		[
			'the table is not complete',
			'consistent-character-AI-neolemon-v2',
			{ prompt: 'x' },
			'ip_image',
		],
	])('because %s: %s', (_why, slug, body, parameter) => {
		expect(check(slug, body).problems).toEqual([
			{ parameter, message: expect.any(String), certain: false },
		]);
	});

	it('unless an open choice has the wrong type altogether', () => {
		const { problems } = check('segmind-vega', { prompt: 'x', scheduler: ['DDIM'] });
		expect(problems).toMatchObject([{ parameter: 'scheduler', certain: true }]);
	});
});

it('ignores an unknown field if the list of fields is incomplete and no name is similar', () => {
	expect(check('qwen-image-fast', { prompt: 'x', zebra: 1 }).problems).toEqual([]);
	expect(messages('qwen-image-fast', { prompt: 'x', base_64: true })).toEqual([
		'The model has no field "base_64"; did you mean "base64"?',
	]);
});

describe('a good body', () => {
	it.each<[slug: string, body: IDataObject]>([
		['fast-flux-schnell', { prompt: 'x', aspect_ratio: '16:9', seed: 1, steps: 4, base64: true }],
		['segmind-vega', { prompt: 'x', num_inference_steps: 20, guidance_scale: 25, seed: -1 }],
		['face-to-sticker', {}],
		['gpt-image-2', { prompt: 'x', image: null }],
		['nano-banana', { prompt: 'x', image_urls: ['https://a.example/1.png'] }],
		['runway-gen4-turbo', { promptText: 'x', promptImage: 'https://a.test/u.png', duration: 5 }],
		['hunyuan-3d-2', { image: 'https://a.test/u.png' }],
	])('of %s passes unchanged: %j', (slug, body) => {
		expect(check(slug, body)).toEqual({ body, problems: [] });
	});
});

describe('an empty main text', () => {
	const fatal = (slug: string, body: IDataObject) =>
		check(slug, body).problems.filter((problem) => problem.fatal);

	it.each<[why: string, slug: string, body: IDataObject, count: number]>([
		['a trusted page requires it', 'segmind-vega', {}, 1],
		['of another name', 'runway-gen4-turbo', { promptImage: 'https://a.test/u.png' }, 1],
		['it is there', 'segmind-vega', { prompt: 'x' }, 0],
		['only another field is empty', 'instantid', { prompt: 'x' }, 0],
		['the page does not require it', 'face-to-sticker', {}, 0],
		['the page was cut', 'veo-3.1', {}, 0],
	])('stops the item even at Warn, but only if certainly needed: %s', (_why, slug, body, count) => {
		expect(fatal(slug, body)).toHaveLength(count);
	});
});

it('accepts an integer choice as text, and a choice of digits as a number', () => {
	expect(check('kling-1.6-text2video', { prompt: 'x', duration: '5' }).problems).toEqual([]);
	expect(check('kling-3-standard-text2video', { prompt: 'x', duration: 5 }).problems).toEqual([]);
	expect(messages('kling-1.6-text2video', { prompt: 'x', duration: '7' })).toEqual([
		'"duration" is 7, but The model takes 5, 10',
	]);
});

describe('values written as text', () => {
	const table: ParameterTable = {
		trusted: true,
		complete: true,
		parameters: (
			[
				['text', 'string'],
				['whole', 'integer'],
				['ratio', 'number'],
				['flag', 'boolean'],
				['list', 'array'],
				['thing', 'object'],
			] as const
		).map(([name, type]) => ({ name, type, required: false })),
	};
	const files: ParameterTable = {
		...table,
		parameters: [{ name: 'list', type: 'array', required: false, media: 'image' }],
	};

	it.each<[before: IDataObject, after: IDataObject]>([
		[{ text: '42' }, { text: '42' }],
		[{ text: 'true' }, { text: 'true' }],
		[{ text: '["a"]' }, { text: '["a"]' }],
		[{ text: 42 }, { text: '42' }],
		[{ whole: ' 25 ' }, { whole: 25 }],
		[{ whole: '25.0' }, { whole: 25 }],
		[{ whole: '-1' }, { whole: -1 }],
		[{ ratio: '.5' }, { ratio: 0.5 }],
		[{ ratio: '1e-3' }, { ratio: 0.001 }],
		[{ flag: 'TRUE' }, { flag: true }],
		[{ flag: 'false' }, { flag: false }],
		[{ list: '["a", "b"]' }, { list: ['a', 'b'] }],
		[{ thing: '{"a": 1}' }, { thing: { a: 1 } }],
	])('%j becomes %j', (before, after) => {
		expect(checkParameters(table, before, { modelName: 'M' })).toEqual({
			body: after,
			problems: [],
		});
	});

	it.each<[before: IDataObject]>([
		[{ whole: '0x10' }],
		[{ whole: '12345678901234567890' }],
		[{ whole: 'Infinity' }],
		[{ whole: '25%' }],
		[{ whole: true }],
		[{ ratio: ' ' }],
		[{ flag: '1' }],
		[{ flag: 1 }],
		[{ list: 'a' }],
		[{ list: '[broken' }],
		[{ thing: '[1]' }],
		[{ thing: [1] }],
	])('leaves %j unchanged and reports it', (before) => {
		const { body, problems } = checkParameters(table, before, { modelName: 'M' });
		expect(body).toEqual(before);
		expect(problems).toHaveLength(1);
	});

	const [one, two] = ['https://a.example/1.png', 'https://a.example/2,3.png'];

	it.each([
		['one', one, [one]],
		['lines', `${one}\n${two}\n`, [one, two]],
		['commas', `${two}, ${one},${two}`, [two, one, two]],
		['JSON', JSON.stringify([one, two]), [one, two]],
		['a data URI', 'data:image/png;base64,iVBORw0=', ['data:image/png;base64,iVBORw0=']],
	])('makes a list of URLs: %s', (_way, text, list) => {
		const { body } = checkParameters(files, { list: text }, { modelName: 'M' });
		expect(body).toEqual({ list });
	});
});

it('does not quote a large value in full', () => {
	const [problem] = check('segmind-vega', { prompt: 'x', samples: 'A'.repeat(1e6) }).problems;
	expect(problem!.message.length).toBeLessThan(200);
});

it('handles names of properties of every object', () => {
	const body = JSON.parse('{"prompt":"x","__proto__":{"samples":9},"constructor":1,"toString":2}');
	const checked = check('segmind-vega', body as IDataObject);
	expect(checked.problems.map(({ parameter }) => parameter)).toEqual([
		'__proto__',
		'constructor',
		'toString',
	]);
	expect(Object.keys(checked.body)).toEqual(['prompt', '__proto__', 'constructor', 'toString']);
	expect(checked.body.samples).toBeUndefined();
	expect(({} as IDataObject).samples).toBeUndefined();
});
