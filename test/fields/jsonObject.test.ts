import { asBody, readBodyFields, readJsonObject } from '../../nodes/fields/jsonObject';

it.each<[json: unknown, expected: object]>([
	[undefined, {}],
	[null, {}],
	['', {}],
	[' \n', {}],
	['{}', {}],
	['{ "seed": 42 }', { seed: 42 }],
	[{ seed: 42 }, { seed: 42 }],
])('%j is %j', (json, expected) => {
	expect(readJsonObject('Inputs', json)).toEqual(expected);
});

it.each<[json: unknown, message: RegExp]>([
	['{ seed: 42 }', /^Inputs is not valid JSON: /],
	['{"seed": 42', /^Inputs is not valid JSON: /],
	['[1]', /^Inputs must be an object such as { "seed": 42 }, but is \[1\]$/],
	['null', /^Inputs must be an object .* but is null$/],
	['42', /^Inputs must be an object .* but is 42$/],
	[[1], /^Inputs must be an object .* but is \[1\]$/],
	[true, /^Inputs must be an object .* but is true$/],
])('%j is refused before anything is sent', (json, message) => {
	const read = () => readJsonObject('Inputs', json);
	expect(read).toThrow(message);
	expect(read).toThrow(
		expect.objectContaining({
			details: { description: expect.stringMatching(/^Nothing was sent/) },
		}),
	);
});

it('refuses a value that is nested too deep, naming its field', () => {
	const circle: { self?: object } = {};
	circle.self = circle;
	expect(() => asBody('Inputs', { good: [[[1]]], bad: circle as never })).toThrow(
		'Inputs: the value of "bad" is nested more than 100 levels deep',
	);
});

it.each<[string, unknown]>([
	['twenty digits in a text', '{"seed": 12345678901234567890}'],
	['sixteen digits beyond what is exact', '{"seed": 9007199254740993}'],
	['deeper inside', '{"a": [{"b": 12345678901234567890}]}'],
	['a number that an expression has rounded', { seed: 2 ** 60 + 1 }],
])('refuses a number that would be rounded: %s', (_what, json) => {
	expect(() => readJsonObject('Inputs', json)).toThrow(
		/^Inputs: the number in "(seed|a)" is too long to be sent exactly$/,
	);
});

it.each<[string, unknown]>([
	['fifteen digits', { seed: 999_999_999_999_999 }],
	['the largest exact one', { seed: Number.MAX_SAFE_INTEGER }],
	['digits in quotation marks', { seed: '12345678901234567890' }],
	['a fraction', { scale: 0.1 }],
])('takes %s', (_what, json) => {
	expect(readJsonObject('Inputs', json)).toEqual(json);
});

it.each<[what: string, json: string]>([
	['between lines of backticks', '```json\n{ "seed": 42 }\n```'],
	['written as JSON twice', JSON.stringify('{ "seed": 42 }')],
	['with a byte order mark', '\ufeff{ "seed": 42 }'],
])('reads JSON %s', (_what, json) => {
	expect(readJsonObject('Inputs', json)).toEqual({ seed: 42 });
});

it.each<[what: string, json: unknown]>([
	['NaN from an expression', { seed: NaN }],
	['infinity deep inside', { a: [{ seed: -Infinity }] }],
	['a number too large', '{"seed": 1e999}'],
])('refuses %s, which would be sent as null', (_what, json) => {
	expect(() => readJsonObject('Inputs', json)).toThrow(
		/^Inputs: "(seed|a)" holds an impossible number/,
	);
});

it('refuses a field without a name', () => {
	expect(() => readJsonObject('Inputs', '{" ": 1}')).toThrow('Inputs: a field has no name');
});

it.each<[json: object]>([
	[{ method: 'POST', url: 'https://a.test', body: { prompt: 'a' } }],
	[{ headers: { 'x-api-key': 'a' }, json: { prompt: 'a' } }],
	[{ method: 'post', data: '{"prompt": "a"}' }],
])('a whole HTTP request is told from its body: %j', (json) => {
	expect(() => readBodyFields('JSON', json)).toThrow('JSON is a whole HTTP request');
});

it.each<[json: object]>([
	[{ body: 'a round body', method: 'canny' }],
	[{ data: { a: 1 }, prompt: 'a' }],
	[{ method: 'POST', prompt: 'a' }],
])('%j is a body', (json) => {
	expect(readBodyFields('JSON', json)).toEqual(json);
});
