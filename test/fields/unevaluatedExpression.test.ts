import {
	hasUnevaluatedExpression,
	unfilledTextHints,
} from '../../nodes/fields/unevaluatedExpression';

it.each([
	['{{ $json.prompt }}', true],
	['a fox on {{$now}}', true],
	["{{ $('Form').item.json.text }}", true],
	['https://a.test/{{%20$json.a%20}}', true],
	['a {{name}} of a template', false],
	['{ $5 }', false],
	['', false],
])('%s: %p', (text, isLeft) => expect(hasUnevaluatedExpression(text)).toBe(isLeft));

it('names the fields that an expression did not fill', () => {
	const body = { prompt: 'look: [object Object]', seed: 7, style: '{{ $json.a }}', other: 'a fox' };
	expect(unfilledTextHints(body)).toEqual([
		expect.stringMatching(
			/^"prompt" holds \[object Object\]: an expression in it returns an object/,
		),
		expect.stringMatching(/^"style" holds an expression that n8n has not evaluated: switch/),
	]);
});
