import type { ModelParameter } from '../../../nodes/catalog/parameters';
import { aspectRatioFields, customSizeFields } from '../../../nodes/catalog/portable/aspectRatio';
import { field, modelWith, sides } from './field';

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
		expect(aspectRatioFields(aspectRatio, modelWith(...parameters))).toEqual({
			fields,
			hints: [],
			problems: [],
		});
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
		const { fields, hints, problems } = aspectRatioFields('16:9', modelWith(...parameters));
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
		const made = customSizeFields(size, modelWith(...parameters));
		expect([made.fields, made.hints.length, made.problems]).toEqual([fields, hints, []]);
	});

	it('is not another one of the same area', () => {
		const model = modelWith(field('size', { choices: ['1722x1720'] }));
		expect(customSizeFields({ width: 1763, height: 1680 }, model).fields).toEqual({});
	});
});
