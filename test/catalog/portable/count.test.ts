import type { ModelParameter } from '../../../nodes/catalog/parameters';
import { countFields } from '../../../nodes/catalog/portable/count';
import { field, modelWith } from './field';

it.each<[what: string, count: number, fields: ModelParameter[], sent: object]>([
	['a number of images', 3, [field('samples', { type: 'integer', max: 4 })], { samples: 3 }],
	[
		'a series',
		2,
		[
			field('max_images', { type: 'integer' }),
			field('sequential_image_generation', { choices: ['disabled', 'auto'] }),
		],
		{ max_images: 2, sequential_image_generation: 'auto' },
	],
	[
		'a series of one',
		1,
		[
			field('max_images', { type: 'integer' }),
			field('sequential_image_generation', { choices: ['disabled', 'auto'] }),
		],
		{ max_images: 1 },
	],
	['a number as a text', 2, [field('num_images')], { num_images: '2' }],
	['a number among choices', 2, [field('n', { choices: ['1', '2'] })], { n: '2' }],
	['one image of a model that makes one', 1, [field('prompt')], {}],
])('%s', (_what, count, fields, sent) => {
	expect(countFields(count, modelWith(...fields))).toEqual({
		fields: sent,
		hints: [],
		problems: [],
	});
});

it.each<[what: string, count: number, fields: ModelParameter[], problem: RegExp]>([
	['too many images', 20, [field('samples', { type: 'integer', max: 4 })], /20 images.*at most 4/],
	['several of a model that makes one', 2, [field('prompt')], /one image per request/],
])('stops the item: %s', (_what, count, fields, problem) => {
	expect(countFields(count, modelWith(...fields))).toEqual({
		fields: {},
		hints: [],
		problems: [expect.stringMatching(problem)],
	});
});
