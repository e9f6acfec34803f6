import { isTooDeep, MAX_KEYS, MAX_LEVELS, parseJson, parseJsonInSteps } from '../../nodes/api/json';
import { atOnce } from './atOnce';

const lists = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const circle: { self?: object } = {};
circle.self = circle;

describe('isTooDeep', () => {
	it.each<[what: string, value: unknown, expected: boolean]>([
		['a text', 'a', false],
		['null', null, false],
		['nothing', undefined, false],
		['an empty object', {}, false],
		['a wide list', Array.from({ length: 10_000 }, () => [1]), false],
		['as many levels as allowed', JSON.parse(lists(MAX_LEVELS)), false],
		['one level more', JSON.parse(lists(MAX_LEVELS + 1)), true],
		['one level more in objects', { a: 1, b: { c: JSON.parse(lists(MAX_LEVELS - 1)) } }, true],
		['a circle', circle, true],
	])('%s: %#', (_what, value, expected) => expect(isTooDeep(value)).toBe(expected));
});

describe('parseJson', () => {
	it.each<[text: string, value: unknown]>([
		['{"a": [1]}', { a: [1] }],
		['null', null],
		['"a"', 'a'],
		['\uFEFF{"a": 1}', { a: 1 }],
		['', undefined],
		['{', undefined],
		['<html>', undefined],
	])('%s', (text, value) => expect(parseJson(text)).toEqual(value));

	it('rejects JSON that is nested too deep', () => {
		expect(parseJson(lists(100_000))).toBeUndefined();
		expect(parseJson('{"output":'.repeat(100_000) + '1' + '}'.repeat(100_000))).toBeUndefined();
	});
});

it('reads a long text up to as many keys per object as n8n’s event loop can bear', () => {
	const read = atOnce(parseJsonInSteps);
	const objectOf = (keys: number) =>
		Object.fromEntries(
			Array.from({ length: keys }, (_, index) => [`a rather long key ${index}`, 1]),
		);
	const most = [objectOf(MAX_KEYS), objectOf(MAX_KEYS)];
	expect(read(JSON.stringify(most))).toEqual(most);
	expect(read(JSON.stringify([objectOf(MAX_KEYS + 1)]))).toBeUndefined();
});

describe('integers that JavaScript would round', () => {
	it.each<[json: string, value: unknown]>([
		['{"seed": 12345678901234567890}', { seed: '12345678901234567890' }],
		['{"seed":-12345678901234567890}', { seed: '-12345678901234567890' }],
		['[1, 12345678901234567890]', [1, '12345678901234567890']],
		['{"seed": 9007199254740991}', { seed: 9007199254740991 }],
		['{"seed": 9007199254740993}', { seed: '9007199254740993' }],
		['{"a": 0.12345678901234567890}', { a: 0.12345678901234568 }],
		['{"a": "id: 12345678901234567890, or so"}', { a: 'id: 12345678901234567890, or so' }],
		[
			'{"a": "1, 12345678901234567890, 2", "seed": 12345678901234567890}',
			{ a: '1, 12345678901234567890, 2', seed: '12345678901234567890' },
		],
	])('become strings of digits: %s', (json, value) => {
		expect(parseJson(json)).toEqual(value);
	});

	it('are found at the end of a text full of base64', () => {
		const json = `{"image": "${'A'.repeat(3_000_000)}", "seed": 12345678901234567890}`;
		expect(parseJson(json)).toMatchObject({ seed: '12345678901234567890' });
	});
});
