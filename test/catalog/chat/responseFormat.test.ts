import type { JsonSchema } from '../../../nodes/catalog/chat/jsonSchema';
import { jsonInstruction } from '../../../nodes/catalog/chat/responseFormat';

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
it.each<[text: string, instruction: string]>([
	['Hello', 'Answer with JSON only.'],
	['Answer in Json', ''],
])('OpenAI’s are told where %j does not', (text, instruction) => {
	const fields = { response_format: { type: 'json_object' } };
	expect(jsonInstruction('openai', undefined, says(text))).toEqual({ fields, instruction });
	expect(jsonInstruction('openai', undefined, { ...silent, system: text })).toEqual({
		fields,
		instruction,
	});
});

it('a schema goes as it is', () => {
	expect(jsonInstruction('openai', schema, says('json')).fields).toEqual(named(schema));
	expect(jsonInstruction('gemini', schema, silent)).toEqual({
		fields: named(schema),
		instruction: '',
	});
});

it('Gemini takes any object without a word', () => {
	const fields = { response_format: { type: 'json_object' } };
	expect(jsonInstruction('gemini', undefined, silent)).toEqual({ fields, instruction: '' });
});

// Claude refuses json_object, and an object that does not say that it has no other keys.
it('Claude takes a closed schema only', () => {
	const inner = { type: 'object', properties: { a: {} }, additionalProperties: false };
	const closed = {
		type: 'object',
		properties: { items: { type: 'array', items: inner } },
		additionalProperties: false,
	};
	expect(jsonInstruction('anthropic', schema, silent)).toEqual({
		fields: named(closed),
		instruction: '',
	});
	expect(jsonInstruction('anthropic', undefined, silent).fields).toEqual(named({ type: 'object' }));
	const either = { anyOf: [{ type: 'object', properties: {} }, { type: 'null' }] };
	expect(jsonInstruction('anthropic', either, silent).fields).toEqual(
		named({
			anyOf: [{ type: 'object', properties: {}, additionalProperties: false }, { type: 'null' }],
		}),
	);
	const open = { type: 'object', properties: {}, additionalProperties: true };
	expect(jsonInstruction('anthropic', open, silent).fields).toEqual(named(open));
});

it('a model of unknown make is asked in words', () => {
	expect(jsonInstruction(undefined, undefined, silent)).toEqual({
		fields: {},
		instruction: 'Answer with JSON only.',
	});
	const { fields, instruction } = jsonInstruction(undefined, { type: 'object' }, says('json'));
	expect(fields).toEqual({});
	expect(instruction).toBe(
		'Answer with JSON only. It must fit this JSON schema: {"type":"object"}',
	);
});
