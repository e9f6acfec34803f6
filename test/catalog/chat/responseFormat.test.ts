import type { JsonSchema } from '../../../nodes/catalog/chat/jsonSchema';
import { jsonWish } from '../../../nodes/catalog/chat/responseFormat';

const schema: JsonSchema = {
	type: 'object',
	properties: { items: { type: 'array', items: { type: 'object', properties: { a: {} } } } },
};
const silent = { system: '', turns: [] };
const says = (text: string) => ({
	system: '',
	turns: [{ role: 'user' as const, parts: [{ text }] }],
});
const named = (one: object) => ({
	response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: one } },
});

// Source: segmind-python 1.3.0, changelog: OpenAI's models refuse json_object where no message says "json".
it.each<[text: string, words: string]>([
	['Hello', 'Answer with JSON only.'],
	['Answer in Json', ''],
])('OpenAI’s are told where %j does not', (text, words) => {
	const fields = { response_format: { type: 'json_object' } };
	expect(jsonWish('openai', undefined, says(text))).toEqual({ fields, words });
	expect(jsonWish('openai', undefined, { ...silent, system: text })).toEqual({ fields, words });
});

it('a schema goes as it is', () => {
	expect(jsonWish('openai', schema, says('json')).fields).toEqual(named(schema));
	expect(jsonWish('gemini', schema, silent)).toEqual({ fields: named(schema), words: '' });
});

it('Gemini takes any object without a word', () => {
	const fields = { response_format: { type: 'json_object' } };
	expect(jsonWish('gemini', undefined, silent)).toEqual({ fields, words: '' });
});

// Claude refuses json_object, and an object that does not say that it has no other keys.
it('Claude takes a closed schema only', () => {
	const inner = { type: 'object', properties: { a: {} }, additionalProperties: false };
	const closed = {
		type: 'object',
		properties: { items: { type: 'array', items: inner } },
		additionalProperties: false,
	};
	expect(jsonWish('anthropic', schema, silent)).toEqual({ fields: named(closed), words: '' });
	expect(jsonWish('anthropic', undefined, silent).fields).toEqual(named({ type: 'object' }));
	const either = { anyOf: [{ type: 'object', properties: {} }, { type: 'null' }] };
	expect(jsonWish('anthropic', either, silent).fields).toEqual(
		named({
			anyOf: [{ type: 'object', properties: {}, additionalProperties: false }, { type: 'null' }],
		}),
	);
	const open = { type: 'object', properties: {}, additionalProperties: true };
	expect(jsonWish('anthropic', open, silent).fields).toEqual(named(open));
});

it('a model of unknown make is asked in words', () => {
	expect(jsonWish(undefined, undefined, silent)).toEqual({
		fields: {},
		words: 'Answer with JSON only.',
	});
	const { fields, words } = jsonWish(undefined, { type: 'object' }, says('json'));
	expect(fields).toEqual({});
	expect(words).toBe('Answer with JSON only. It must fit this JSON schema: {"type":"object"}');
});
