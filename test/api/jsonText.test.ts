import { jsonInSteps, jsonPieces } from '../../nodes/api/jsonText';
import { atOnce } from './atOnce';

const write = atOnce(jsonInSteps);
const many = <T>(make: (index: number) => T) =>
	Array.from({ length: 5_000 }, (_, index) => make(index));

it.each<[what: string, value: unknown]>([
	['nothing', null],
	['a text', 'a "quoted" text\n'],
	['an empty list', []],
	['an empty object', {}],
	['numbers', many((index) => index)],
	['words', many(() => 'cat')],
	['nothings', many(() => null)],
	['undefined in a list', many(() => undefined)],
	['objects', many((index) => ({ id: index, box: [1, 2], label: 'cat', none: undefined }))],
	['long texts', many(() => 'x'.repeat(2_000)).slice(0, 300)],
	// The pieces of a long text have a round number of characters: once the pairs begin at even places, once at odd ones.
	['a long text', '"\\\n😀'.repeat(50_000)],
	['the same text, one character later', `x${'"\\\n😀'.repeat(50_000)}`],
	['long halves of pairs', { text: '\ud83d'.repeat(120_000) }],
	['lists of long lists', [many(() => 1), [], many(() => ({})), 'end']],
	['fields', Object.fromEntries(many((index) => [`k${index}`, index]))],
	[
		'undefined fields',
		Object.fromEntries(many((index) => [`k${index}`, index % 2 ? 1 : undefined])),
	],
	['only undefined fields', Object.fromEntries(many((index) => [`k${index}`, undefined]))],
	['deep data', { a: { b: { c: many(() => ({ d: [{ e: {} }] })) } }, z: [] }],
])('writes %s as JSON.stringify does', (_what, value) => {
	expect(write(value)).toBe(JSON.stringify(value));
});

it('may be interrupted while it writes, and stopped after a beginning', () => {
	const value = { list: many((index) => ({ index, text: 'cat' })) };
	expect([...jsonInSteps(value)].length).toBeGreaterThan(1);
	const [first] = jsonPieces(value);
	expect(first).toBe('{"list":');
});

it('writes what is small in a single step, so that nobody waits for it', () => {
	const small = { message: 'Not enough credits', list: many((index) => index).slice(0, 300) };
	expect([...jsonInSteps(small)]).toEqual([]);
});

it('changes keys and values, and a long text as a whole', () => {
	const word = 'cat-and-dog-and-so-on';
	// One of them lies across the end of every piece, wherever that is.
	const long = word.repeat(20_000);
	const value = { [word]: word, list: many(() => word), long };
	const hidden = write(value, (text: string) => text.split(word).join('*'));
	const stars = { '*': '*', list: many(() => '*'), long: '*'.repeat(20_000) };
	expect(hidden).toBe(JSON.stringify(stars));
});
