import { quote, shorten } from '../../nodes/api/quote';

const circle: { self?: object } = {};
circle.self = circle;

describe('quote', () => {
	it.each<[value: unknown, quoted: string]>([
		['abc', '"abc"'],
		['', '""'],
		['two\nlines', '"two\\nlines"'],
		[0.5, '0.5'],
		[NaN, 'NaN'],
		[-Infinity, '-Infinity'],
		[true, 'true'],
		[undefined, 'undefined'],
		[null, 'null'],
		[['a', 1], '["a",1]'],
		[{ a: null }, '{"a":null}'],
		[{ toString: 1 }, '{"toString":1}'],
		['a'.repeat(100), `"${'a'.repeat(59)}…`],
		[circle, 'a value that cannot be shown'],
		[{ toJSON: () => undefined }, 'a value that cannot be shown'],
	])('%p', (value, quoted) => expect(quote(value)).toBe(quoted));

	it('truncates to the requested length', () => expect(quote([1, 2, 3], 4)).toBe('[1,2…'));
});

it('shortens only longer texts', () => {
	expect([shorten('abc', 3), shorten('abcd', 3)]).toEqual(['abc', 'abc…']);
});
