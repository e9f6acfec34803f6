import { checkParameters } from '../../../nodes/catalog/check';
import { allModels, findModel, outputType } from '../../../nodes/catalog/models';
import {
	parameterTable,
	type ModelParameter,
	type ParameterTable,
} from '../../../nodes/catalog/parameters';
import { readRatio } from '../../../nodes/catalog/portable/ratio';
import {
	translateSettings,
	untranslatedSettings,
	type PortableSettings,
} from '../../../nodes/catalog/portable/settings';

const field = (name: string, more: Partial<ModelParameter> = {}): ModelParameter => ({
	name,
	type: 'string',
	required: false,
	...more,
});
const table = (...parameters: ModelParameter[]): ParameterTable => ({
	trusted: true,
	complete: true,
	parameters,
});
const translate = (settings: PortableSettings, ...parameters: ModelParameter[]) =>
	translateSettings(settings, { name: 'Model', table: table(...parameters) });

const sides = (more: Partial<ModelParameter> = {}) => [
	field('width', { type: 'integer', ...more }),
	field('height', { type: 'integer', ...more }),
];

describe('a ratio', () => {
	it.each<[string, string, ModelParameter[], object]>([
		[
			'as it is',
			'16:9',
			[field('aspect_ratio', { choices: ['1:1', '16:9'] })],
			{ aspect_ratio: '16:9' },
		],
		['as free text', '4:5', [field('aspect_ratio')], { aspect_ratio: '4:5' }],
		[
			'in the spelling of the model',
			'16:9',
			[field('aspect_ratio', { choices: ['1x1', '16x9'] })],
			{ aspect_ratio: '16x9' },
		],
		[
			'as a size that is called a ratio',
			'16:9',
			[field('ratio', { choices: ['1280:720', '720:1280'] })],
			{ ratio: '1280:720' },
		],
		[
			'as a size',
			'3:2',
			[field('size', { choices: ['1024x1024', '1536x1024'] })],
			{ size: '1536x1024' },
		],
		[
			'as a word',
			'9:16',
			[field('image_size', { choices: ['square_hd', 'portrait_16_9'] })],
			{ image_size: 'portrait_16_9' },
		],
		['as sides of the usual area', '16:9', sides(), { width: 1344, height: 768 }],
		[
			"as sides of the model's own area",
			'1:1',
			sides({ default: 512 }),
			{ width: 512, height: 512 },
		],
		['as sides within its limits', '21:9', sides({ max: 1024 }), { width: 1024, height: 448 }],
		['as sides of its step', '16:9', sides({ multipleOf: 32 }), { width: 1376, height: 768 }],
		[
			'as sides among its choices',
			'4:3',
			sides({ choices: [512, 768, 1024] }),
			{ width: 1024, height: 768 },
		],
		[
			'as sides that a word switches on',
			'4:5',
			[field('size', { choices: ['2K', 'custom'] }), ...sides()],
			{ size: 'custom', width: 896, height: 1152 },
		],
	])('%s (%s)', (_, aspectRatio, parameters, fields) => {
		expect(translate({ aspectRatio }, ...parameters)).toEqual({ fields, hints: [], problems: [] });
	});

	it.each<[string, ModelParameter[]]>([
		['no such field', [field('prompt')]],
		['other choices', [field('aspect_ratio', { choices: ['1:1', '4:3'] })]],
		[
			'choices not all of which are known',
			[field('aspect_ratio', { choices: ['1:1'], choicesOpen: true })],
		],
		['fixed sides', sides({ choices: [1024] })],
		['a size field of which nothing is known', [field('size')]],
		[
			'a field of sizes of which only the default is known',
			[field('ratio', { default: '1280:720' })],
		],
	])('is left out with a hint: %s', (_, parameters) => {
		const { fields, hints, problems } = translate({ aspectRatio: '16:9' }, ...parameters);
		expect([fields, problems]).toEqual([{}, []]);
		expect(hints).toEqual([expect.stringMatching(/Model.*16:9.*left out/)]);
	});
});

describe('a size', () => {
	const size = { width: 1200, height: 800 };

	it.each<[string, ModelParameter[], object, number]>([
		['as sides', sides(), { width: 1200, height: 800 }, 0],
		[
			'as a choice',
			[field('size', { choices: ['800x1200', '1200x800'] })],
			{ size: '1200x800' },
			0,
		],
		[
			'as a ratio, which is told',
			[field('aspect_ratio', { choices: ['1:1', '3:2'] })],
			{ aspect_ratio: '3:2' },
			1,
		],
		['not at all, which is told', sides({ max: 1024 }), {}, 1],
		['not at all off its step', sides({ multipleOf: 64 }), {}, 1],
	])('%s', (_, parameters, fields, hints) => {
		const made = translate({ size }, ...parameters);
		expect([made.fields, made.hints.length, made.problems]).toEqual([fields, hints, []]);
	});
});

describe('what changes the price is met', () => {
	it.each<[string, PortableSettings, ModelParameter[], object]>([
		[
			'seconds as a number',
			{ duration: 7 },
			[field('duration', { type: 'integer', min: 2, max: 15 })],
			{ duration: 7 },
		],
		[
			'seconds as a text',
			{ duration: 5 },
			[field('duration', { choices: ['5', '10'] })],
			{ duration: '5' },
		],
		[
			'seconds with their unit',
			{ duration: 8 },
			[field('duration', { choices: ['8s', '4s'] })],
			{ duration: '8s' },
		],
		[
			'half seconds',
			{ duration: 0.5 },
			[field('duration_seconds', { type: 'number', min: 0.5, max: 22 })],
			{ duration_seconds: 0.5 },
		],
		[
			'lines',
			{ resolution: '720p' },
			[field('resolution', { choices: ['480p', '720p'] })],
			{ resolution: '720p' },
		],
		[
			'lines in capitals',
			{ resolution: '1080p' },
			[field('resolution', { choices: ['720P', '1080P'] })],
			{ resolution: '1080P' },
		],
		[
			'lines in a field named quality',
			{ resolution: '720p' },
			[field('quality', { choices: ['540p', '720p'] })],
			{ quality: '720p' },
		],
		[
			'lines as a size',
			{ resolution: '720p', aspectRatio: '9:16' },
			[field('size', { choices: ['720x1280', '1280x720', '1024x1792'] })],
			{ size: '720x1280' },
		],
		[
			'a number of images',
			{ count: 3 },
			[field('samples', { type: 'integer', max: 4 })],
			{ samples: 3 },
		],
		[
			'a series',
			{ count: 2 },
			[
				field('max_images', { type: 'integer' }),
				field('sequential_image_generation', { choices: ['disabled', 'auto'] }),
			],
			{ max_images: 2, sequential_image_generation: 'auto' },
		],
		['one image of a model that makes one', { count: 1 }, [field('prompt')], {}],
	])('%s', (_, settings, parameters, fields) => {
		expect(translate(settings, ...parameters)).toEqual({ fields, hints: [], problems: [] });
	});
});

describe('what changes the price and cannot be met stops the item', () => {
	it.each<[string, PortableSettings, ModelParameter[], RegExp]>([
		[
			'seconds that are not offered',
			{ duration: 7 },
			[field('duration', { choices: [5, 10], type: 'integer' })],
			/7 seconds.*5, 10/,
		],
		[
			'seconds out of range',
			{ duration: 20 },
			[field('duration', { type: 'integer', min: 2, max: 15 })],
			/20 seconds.*2 to 15/,
		],
		['half seconds', { duration: 2.5 }, [field('duration', { type: 'integer' })], /2\.5 seconds/],
		['seconds without a field', { duration: 5 }, [field('prompt')], /no setting for the duration/],
		[
			'lines that are not offered',
			{ resolution: '4k' },
			[field('resolution', { choices: ['480p', '720p'] })],
			/4k.*480p, 720p/,
		],
		['lines without a field', { resolution: '4k' }, [field('prompt')], /no setting.*4k/],
		[
			'lines where the field means something else',
			{ resolution: '720p' },
			[field('quality', { choices: ['low', 'high'] })],
			/no setting.*720p/,
		],
		[
			'too many images',
			{ count: 20 },
			[field('samples', { type: 'integer', max: 4 })],
			/20 images.*at most 4/,
		],
		['several of a model that makes one', { count: 2 }, [field('prompt')], /one image per request/],
	])('%s', (_, settings, parameters, problem) => {
		const made = translate(settings, ...parameters);
		expect([made.fields, made.hints]).toEqual([{}, []]);
		expect(made.problems).toEqual([expect.stringMatching(problem)]);
	});
});

describe('a seed', () => {
	it.each<[string, number, ModelParameter[], object, number]>([
		['is sent', 42, [field('seed', { type: 'integer' })], { seed: 42 }, 0],
		['as a text where the model wants one', 42, [field('seed')], { seed: '42' }, 0],
		['-1 is sent on', -1, [field('seed', { type: 'integer', min: 100 })], { seed: -1 }, 0],
		['out of range is left out', 5, [field('seed', { type: 'integer', min: 100 })], {}, 1],
		['is left out without a field', 42, [field('prompt')], {}, 1],
	])('%s', (_, seed, parameters, fields, hints) => {
		const made = translate({ seed }, ...parameters);
		expect([made.fields, made.hints.length, made.problems]).toEqual([fields, hints, []]);
	});
});

describe('without a table', () => {
	it('seed and ratio go under their usual names, with a hint', () => {
		expect(untranslatedSettings({ seed: 1, aspectRatio: '4:5', count: 1 }, 'Model')).toEqual({
			fields: { seed: 1, aspect_ratio: '4:5' },
			hints: [expect.stringMatching(/"aspect_ratio" and "seed"/)],
			problems: [],
		});
	});

	it.each<[PortableSettings, RegExp]>([
		[{ count: 2 }, /Number of Images/],
		[{ duration: 5 }, /Duration/],
		[{ resolution: '720p' }, /Resolution/],
		[{ size: { width: 512, height: 512 } }, /Width and Height/],
	])('%p stops the item', (settings, problem) => {
		expect(untranslatedSettings(settings, 'Model').problems).toEqual([
			expect.stringMatching(problem),
		]);
	});
});

describe('on every table', () => {
	const WISHES: PortableSettings[] = [
		...['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '21:9'].map(
			(aspectRatio) => ({ aspectRatio }),
		),
		...[
			[512, 512],
			[1024, 576],
			[1200, 800],
			[4096, 4096],
			[333, 777],
		].map(([width = 0, height = 0]) => ({ size: { width, height } })),
		...[1, 3, 5, 7, 8, 10, 60, 2.5].map((duration) => ({ duration })),
		...['480p', '720p', '1080p', '4k'].map((resolution) => ({ resolution })),
		...[1, 2, 4, 20].map((count) => ({ count })),
		// -1 stands for a random one: it is made concrete, within the field's limits, before it is sent.
		...[0, 42, 2 ** 40].map((seed) => ({ seed })),
	];
	const known = allModels().filter(({ slug }) => parameterTable(slug));
	const made = known.flatMap(({ slug, name }) => {
		const own = parameterTable(slug) as ParameterTable;
		return WISHES.map((wish) => ({
			slug,
			own,
			wish,
			...translateSettings(wish, { name, table: own }),
		}));
	});

	it('nothing outside the type, range, step or choices of a field is sent', () => {
		expect(known.length).toBeGreaterThan(300);
		const wrong = made.flatMap(({ slug, own, wish, fields }) =>
			checkParameters(own, fields, { modelName: slug })
				.problems.filter(({ parameter }) => Object.hasOwn(fields, parameter))
				.map(({ message }) => `${slug} ${JSON.stringify(wish)}: ${message}`),
		);
		expect(wrong).toEqual([]);
		const offStep = made.flatMap(({ slug, own, fields }) =>
			own.parameters
				.filter(
					({ name, multipleOf }) =>
						multipleOf && Object.hasOwn(fields, name) && Number(fields[name]) % multipleOf !== 0,
				)
				.map(({ name }) => `${slug} ${name}`),
		);
		expect(offStep).toEqual([]);
	});

	it('16:9 gives a size within 6 % of 1.78, or a hint', () => {
		const off = made.filter(({ wish, fields, hints }) => {
			if (wish.aspectRatio !== '16:9' || hints.length) return false;
			const [width, height] = ['width', 'height'].map(
				(side) => Object.entries(fields).find(([name]) => name.endsWith(side))?.[1],
			);
			const ratio =
				width && height
					? Number(width) / Number(height)
					: Object.values(fields)
							.map((value) => readRatio(value)?.value)
							.find(Boolean);
			return !ratio || Math.abs(ratio / (16 / 9) - 1) > 0.06;
		});
		expect(off.map(({ slug, fields }) => `${slug} ${JSON.stringify(fields)}`)).toEqual([]);
	});

	it.each([
		['fast-flux-schnell', { aspectRatio: '16:9' }, { aspect_ratio: '16:9' }],
		['flux-kontext-pro', { aspectRatio: '4:5' }, { aspect_ratio: '4:5' }],
		['seedream-4.5', { count: 4 }, { max_images: 4, sequential_image_generation: 'auto' }],
		['runway-gen4-turbo', { aspectRatio: '9:16' }, { ratio: '720:1280' }],
		['sora-2', { resolution: '720p', aspectRatio: '16:9' }, { size: '1280x720' }],
		['kling-3-standard-text2video', { duration: 5 }, { duration: '5' }],
	])('%s', (slug, wish, fields) => {
		const model = {
			name: findModel(slug)?.name ?? slug,
			table: parameterTable(slug) as ParameterTable,
		};
		expect(translateSettings(wish, model).fields).toEqual(fields);
	});

	it('most image models take a ratio or a size', () => {
		const images = made.filter(
			({ slug, wish }) =>
				wish.aspectRatio === '16:9' && outputType(findModel(slug)?.kind ?? 'Text') === 'image',
		);
		const takes = images.filter(({ own }) =>
			own.parameters.some(({ name }) => /aspect_ratio|^ratio$|width$/.test(name)),
		);
		const without = takes
			.filter(({ fields }) => !Object.keys(fields).length)
			.map(({ slug }) => slug);
		// These are made for fixed sizes, or list ratios of their own.
		expect(without.length).toBeLessThan(takes.length / 10);
	});
});
