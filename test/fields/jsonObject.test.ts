import { asBody, readJsonObject } from '../../nodes/fields/jsonObject';

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

it('a value that no program can walk through is refused, with the name of its field', () => {
	const circle: { self?: object } = {};
	circle.self = circle;
	expect(() => asBody('Inputs', { good: [[[1]]], bad: circle as never })).toThrow(
		'Inputs: the value of "bad" is nested more than 100 levels deep',
	);
});
