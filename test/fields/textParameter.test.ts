import { DateTime, Duration } from 'luxon';
import { readTextParameter } from '../../nodes/fields/textParameter';

const NOON = '2026-11-25T12:00:00.000Z';

it.each<[what: string, value: unknown, text: string]>([
	['nothing', undefined, ''],
	['null', null, ''],
	['a text', ' a fox ', ' a fox '],
	['a number', 0, '0'],
	['a switch', false, 'false'],
	['a date', new Date(NOON), NOON],
	['$now', DateTime.fromISO(NOON, { zone: 'utc' }), NOON],
	['a time span', Duration.fromObject({ hours: 2 }), 'PT2H'],
])('takes %s', (_what, value, text) => expect(readTextParameter('Prompt', value)).toBe(text));

it.each<[what: string, value: unknown, message: string, advice: RegExp]>([
	['a list', ['a', 'b'], 'Prompt must be text, but is ["a","b"]', /\.join\(", "\)/],
	[
		'an object',
		{ text: 'a fox', n: 1 },
		'Prompt must be text, but is {"text":"a fox","n":1}',
		/Its keys are text, n: add the one with the text to the expression, such as \.text$/,
	],
	['an empty object', {}, 'Prompt must be text, but is {}', /Does the previous node/],
	['a date that is none', new Date(NaN), 'Prompt must be text, but is null', /^Nothing was sent/],
	['a map', new Map(), 'Prompt must be text, but is {}', /^Nothing was sent/],
])('refuses %s, and says what to do', (_what, value, message, advice) => {
	const read = () => readTextParameter('Prompt', value);
	expect(read).toThrow(
		expect.objectContaining({ message, details: { description: expect.stringMatching(advice) } }),
	);
});
