import type { ModelParameter } from '../../../nodes/catalog/parameters';
import { durationFields } from '../../../nodes/catalog/portable/duration';
import { field, modelWith } from './field';

it.each<[what: string, duration: number, fields: ModelParameter[], sent: object]>([
	[
		'seconds as a number',
		7,
		[field('duration', { type: 'integer', min: 2, max: 15 })],
		{ duration: 7 },
	],
	['seconds as a text', 5, [field('duration', { choices: ['5', '10'] })], { duration: '5' }],
	[
		'seconds with their unit',
		8,
		[field('duration', { choices: ['8s', '4s'] })],
		{ duration: '8s' },
	],
	[
		'half seconds',
		0.5,
		[field('duration_seconds', { type: 'number', min: 0.5, max: 22 })],
		{ duration_seconds: 0.5 },
	],
])('%s', (_what, duration, fields, sent) => {
	expect(durationFields(duration, modelWith(...fields))).toEqual({
		fields: sent,
		hints: [],
		problems: [],
	});
});

it.each<[what: string, duration: number, fields: ModelParameter[], problem: RegExp]>([
	[
		'seconds that are not offered',
		7,
		[field('duration', { choices: [5, 10], type: 'integer' })],
		/7 seconds.*5, 10/,
	],
	[
		'seconds out of range',
		20,
		[field('duration', { type: 'integer', min: 2, max: 15 })],
		/20 seconds.*2 to 15/,
	],
	['half seconds', 2.5, [field('duration', { type: 'integer' })], /2\.5 seconds/],
	['seconds without a field', 5, [field('prompt')], /no setting for the duration/],
])('stops the item: %s', (_what, duration, fields, problem) => {
	expect(durationFields(duration, modelWith(...fields))).toEqual({
		fields: {},
		hints: [],
		problems: [expect.stringMatching(problem)],
	});
});
