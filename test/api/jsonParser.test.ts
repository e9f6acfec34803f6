import { parseInSteps } from '../../nodes/api/jsonParser';
import { randomFrom } from '../simulator/random';
import { atOnce } from './atOnce';

const parse = atOnce(parseInSteps);
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** The value, or the kind of error. */
function outcome(read: () => unknown): unknown {
	try {
		return { value: read() };
	} catch (thrown) {
		return (thrown as Error).name;
	}
}

it.each([
	'null',
	' true ',
	'-0',
	'0.5e-3',
	'1E+2',
	'"a"',
	'""',
	'"\\u00e9 \\"quoted\\" \\\\"',
	'"ends with a backslash \\\\"',
	'[]',
	'{}',
	'[ 1 , [ ] , { } ]',
	'{"a":{"b":[1,"2",null,false]},"c":"\\n"}',
	'{"a":1,"a":2}',
	'{"__proto__":{"polluted":true},"constructor":1}',
	'{"\\u0061":1}',
	'\t\n\r [1]\n',
	// Not JSON.
	'',
	' ',
	'nul',
	'nulll',
	'constructor',
	'01',
	'1.',
	'.5',
	'+1',
	'-',
	'1e',
	'NaN',
	"'a'",
	'"a',
	'"a\\"',
	'"line\nbreak"',
	'"\\x"',
	'[1,]',
	'[,1]',
	'[1 2]',
	'[1}',
	'{"a"}',
	'{"a":}',
	'{"a":1,}',
	'{a:1}',
	'{"a":1]',
	'[1]]',
	'[1',
	'{',
	'1 2',
	'\u00a0 1',
	'\uFEFF1',
])('reads %j as JSON.parse does', (text) => {
	expect(outcome(() => parse(text))).toEqual(outcome(() => JSON.parse(text)));
});

it('keeps a key that would set the prototype as an ordinary one', () => {
	const value = parse('{"__proto__":{"a":1}}') as object;
	expect(Object.keys(value)).toEqual(['__proto__']);
	expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

it('reads broken and whole texts as JSON.parse does', () => {
	const random = randomFrom(14);
	const pick = <T>(things: readonly T[]): T => things[Math.floor(random() * things.length)] as T;
	const value = (level: number): unknown => {
		const kind = level > 3 ? 0 : Math.floor(random() * 3);
		if (kind === 1) return Array.from({ length: Math.floor(random() * 4) }, () => value(level + 1));
		if (kind === 2) {
			const keys = Array.from({ length: Math.floor(random() * 4) }, () =>
				pick(['a', 'b', 'é', '']),
			);
			return Object.fromEntries(keys.map((key) => [key, value(level + 1)]));
		}
		return pick([0, -1.5e300, 12, true, null, '', 'é\u2028', '\\"', '{"a":[1]}', '\u0000']);
	};
	for (let round = 0; round < 2000; round++) {
		const text = JSON.stringify(value(0), null, pick([0, 1]));
		const at = Math.floor(random() * text.length);
		const junk = pick(['', ',', '"', '\\', ']', '{', '0', ' ', 'e']);
		for (const one of [text, text.slice(0, at) + junk + text.slice(at + Math.round(random()))]) {
			expect([one, outcome(() => parse(one))]).toEqual([one, outcome(() => JSON.parse(one))]);
		}
	}
});

// The JSON.parse of Node 26.10 itself takes one key with an escape for another, so it is no measure here.
it('reads keys with escapes', () => {
	const text = '{"\\\\":{"\\u0000":"\\\\"},"\\"":[{"\\"":1}],"\\u0000":{}}';
	expect(parse(text)).toEqual({ '\\': { '\0': '\\' }, '"': [{ '"': 1 }], '\0': {} });
});

it('keeps the digits of integers that would be rounded, where asked to', () => {
	const text = '{"seed":12345678901234567890,"all":[-12345678901234567890,9007199254740991,1e20]}';
	expect(parse(text, { keepsDigits: true })).toEqual({
		seed: '12345678901234567890',
		all: ['-12345678901234567890', 9007199254740991, 1e20],
	});
	expect(parse(text)).toEqual(JSON.parse(text));
});

it('refuses lists and objects nested more than the levels allowed', () => {
	expect(parse(nested(3), { maxLevels: 3 })).toEqual([[[]]]);
	expect(() => parse(nested(4), { maxLevels: 3 })).toThrow(RangeError);
	expect(() => parse('['.repeat(100_000), { maxLevels: 100 })).toThrow(RangeError);
});

it('refuses an object of more keys than allowed, wherever it stands', () => {
	const keys = (count: number) =>
		Object.fromEntries(Array.from({ length: count }, (_, at) => [at, 0]));
	const limits = { maxKeys: 3 };
	const wide = { list: [1, 2, 3, 4], a: keys(3), b: keys(3) };
	expect(parse(JSON.stringify(wide), limits)).toEqual(wide);
	expect(() => parse(JSON.stringify(keys(4)), limits)).toThrow(RangeError);
	expect(() => parse(JSON.stringify({ a: [keys(4)] }), limits)).toThrow(RangeError);
});

it.each<[what: string, text: string]>([
	['numbers', `[${'1,'.repeat(9_999)}1]`],
	['texts', `[${'"cat",'.repeat(9_999)}"dog"]`],
	['lists', `[${'[],'.repeat(9_999)}[]]`],
	['fields', `{${Array.from({ length: 10_000 }, (_, index) => `"k${index}":0`).join()}}`],
	['quotation marks in a text', `"${'\\"'.repeat(10_000)}"`],
])('may be interrupted often while it reads ten thousand %s', (_what, text) => {
	const steps = [...parseInSteps(text)];
	expect(steps.length).toBeGreaterThanOrEqual(10);
});
