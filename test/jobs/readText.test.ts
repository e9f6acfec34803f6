import type { Result } from '../../nodes/api/result';
import type { SegmindFailure } from '../../nodes/api/failure';
import { truncationHint, readText, type ExpectedText } from '../../nodes/jobs/readText';

const result = (more: Partial<Result>): Result => ({
	model: 'gpt-5',
	requestId: 'r',
	isJob: true,
	seed: null,
	metrics: { cost: 0.01, remaining_credits: 5, inference_time: 2 },
	files: [],
	text: null,
	data: null,
	raw: { a: 1 },
	...more,
});
const chat = (text: string, finish_reason = 'stop', message: object = {}) =>
	result({ text, data: { choices: [{ message: { content: text, ...message }, finish_reason }] } });
const wanted: ExpectedText = { prompt: 'Hi', includeRawResponse: false, inputBinary: undefined };
const anyJson = { ...wanted, json: { schema: undefined } };
const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
const withSchema = { ...wanted, json: { schema } };

it.each<[what: string, answer: Result, wish: ExpectedText, json: object]>([
	['words', chat('Hello!'), wanted, { text: 'Hello!', json: null, finish_reason: 'stop' }],
	['words that are cut', chat('Hel', 'length'), wanted, { text: 'Hel', finish_reason: 'length' }],
	['JSON', chat('{"b":1}'), anyJson, { text: '{"b":1}', json: { b: 1 } }],
	['JSON in a fence', chat('```json\n{"a":1}\n```'), withSchema, { json: { a: 1 } }],
	[
		'the object itself',
		result({ data: { a: 1 } }),
		withSchema,
		{ text: '{"a":1}', json: { a: 1 } },
	],
	[
		'an object that has more than its text',
		result({ text: 'A cat', data: { text: 'A cat', a: 1 } }),
		withSchema,
		{ text: 'A cat', json: { text: 'A cat', a: 1 } },
	],
	[
		'a text with its facts',
		result({ text: 'Hi', data: { text: 'Hi', words: [{ start: 0 }] } }),
		wanted,
		{ text: 'Hi', json: { text: 'Hi', words: [{ start: 0 }] } },
	],
	['a text alone', result({ text: 'Hi', data: { text: 'Hi' } }), wanted, { json: null }],
	[
		'what is not understood',
		result({ data: { label: 'cat' } }),
		wanted,
		{ text: '{"label":"cat"}' },
	],
])('%s', (_what, answer, wish, json) => {
	expect(readText(answer, wish)).toEqual([
		{
			json: expect.objectContaining({
				status: 'COMPLETED',
				model: 'gpt-5',
				prompt: 'Hi',
				request_id: 'r',
				cost: 0.01,
				...json,
			}) as object,
		},
	]);
});

it('keeps the item’s files, and the answer where it is asked for', () => {
	const inputBinary = { data: { data: 'AAAA', mimeType: 'image/png' } };
	const [item] = readText(chat('Hi'), { ...wanted, inputBinary, includeRawResponse: true });
	expect([item?.binary, item?.json.raw_response]).toEqual([inputBinary, { a: 1 }]);
	expect(readText(chat('Hi'), wanted)[0]?.json).not.toHaveProperty('raw_response');
});

const file = {
	url: 'https://a.test/a.png',
	contentType: null,
	fileName: null,
	fileSize: null,
	role: null,
};

it.each<[what: string, answer: Result, wish: ExpectedText, message: RegExp]>([
	[
		'a refusal',
		chat('', 'stop', { refusal: 'I cannot do that' }),
		wanted,
		/^The model refused: I cannot/,
	],
	['nothing but its limit', chat('', 'length'), wanted, /used up its token limit.*\(length\)/],
	['an empty answer', chat(' '), wanted, /without a result/],
	['an error with a good status', result({ data: { error: 'overloaded' } }), wanted, /overloaded/],
	['files instead of words', result({ files: [file] }), wanted, /returned files and no text/],
	['cut JSON', chat('{"a":1}', 'length'), anyJson, /cut off at its token limit \(length\)/],
	['no JSON', chat('Hello!'), anyJson, /^The answer is not JSON$/],
	['JSON that is no object', chat('[1]'), anyJson, /must be an object/],
	[
		'other JSON',
		chat('{"a":"x"}'),
		withSchema,
		/does not match the JSON Schema: "a" must be a number/,
	],
])('is a failure that says it was billed: %s', (_what, answer, wish, message) => {
	expect(() => readText(answer, wish)).toThrow(
		expect.objectContaining({
			message: expect.stringMatching(message) as string,
			details: expect.objectContaining<SegmindFailure['details']>({
				requestId: 'r',
				mayBeBilled: true,
				billed: 'yes',
				rawResponse: { a: 1 },
			}) as object,
		}),
	);
});

it.each<[reason: string | null, hints: number]>([
	['length', 1],
	['max_tokens', 1],
	['MAX_TOKENS', 1],
	['stop', 0],
	['end_turn', 0],
	[null, 0],
])('an answer that ended by %j has %i hints', (finish_reason, hints) => {
	const told = truncationHint({ json: { finish_reason, request_id: 'r' } });
	expect(told).toHaveLength(hints);
	expect(told.filter((hint) => !/answer r was cut off.*Max Tokens/.test(hint))).toEqual([]);
});
