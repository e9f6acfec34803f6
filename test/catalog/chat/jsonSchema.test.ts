import type { IDataObject } from 'n8n-workflow';
import { schemaOf } from '../../../nodes/catalog/chat/jsonSchema';
import { mismatches } from '../../../nodes/catalog/chat/schemaCheck';

const ofType = (type: string) => ({ type });

it.each<[what: string, given: IDataObject]>([
	['with $schema', { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'array' }],
	['of type object with properties', { type: 'object', properties: { a: {} } }],
])('a schema %s is one', (_, given) => expect(schemaOf(given)).toBe(given));

it.each<[example: IDataObject, schema: object]>([
	[{}, { type: 'object', properties: {}, required: [] }],
	[
		{ type: 'object' },
		{ type: 'object', properties: { type: ofType('string') }, required: ['type'] },
	],
	[
		{ a: 'x', b: 1, c: true, d: null },
		{
			type: 'object',
			properties: { a: ofType('string'), b: ofType('number'), c: ofType('boolean'), d: {} },
			required: ['a', 'b', 'c', 'd'],
		},
	],
	[
		{ list: ['x'], mixed: ['x', 1], none: [], rows: [{ a: 1 }] },
		{
			type: 'object',
			properties: {
				list: { type: 'array', items: ofType('string') },
				mixed: { type: 'array' },
				none: { type: 'array' },
				rows: {
					type: 'array',
					items: { type: 'object', properties: { a: ofType('number') }, required: ['a'] },
				},
			},
			required: ['list', 'mixed', 'none', 'rows'],
		},
	],
])('the example %j makes all its keys required', (example, schema) => {
	expect(schemaOf(example)).toEqual(schema);
});

const object = (more: object) => ({ type: 'object', ...more });

it.each<[schema: unknown, value: unknown, problems: string[]]>([
	[{}, 7, []],
	[true, 7, []],
	[{ type: 'string' }, 'a', []],
	[{ type: 'string' }, 7, ['the answer must be text, but is 7']],
	[{ type: ['string', 'null'] }, null, []],
	[{ type: ['string', 'null'] }, 7, ['the answer must be text or null, but is 7']],
	[{ type: 'integer' }, 7.5, ['the answer must be a whole number, but is 7.5']],
	[{ type: 'integer' }, '12345678901234567890', []],
	[{ type: 'number' }, 7.5, []],
	[{ type: 'number' }, '7', ['the answer must be a number, but is "7"']],
	[{ type: 'date' }, 7, []],
	[{ enum: ['a', 1] }, 1, []],
	[{ enum: ['a', 'b'] }, 'c', ['the answer is "c", but must be one of "a", "b"']],
	[{ const: 'a' }, 'b', ['the answer is "b", but must be "a"']],
	[object({ required: ['a', 'b'] }), { a: 1 }, ['"b" is missing']],
	[object({ required: ['toString'] }), {}, ['"toString" is missing']],
	[object({}), [], ['the answer must be an object, but is []']],
	[object({}), null, ['the answer must be an object, but is null']],
	[object({ properties: { a: { type: 'string' } } }), { a: 7 }, ['"a" must be text, but is 7']],
	[object({ properties: { a: {} } }), { a: 1, b: 2 }, []],
	[
		object({ properties: { a: {} }, additionalProperties: false }),
		{ a: 1, b: 2 },
		['"b" is not allowed'],
	],
	[
		object({ additionalProperties: { type: 'number' } }),
		{ a: 'x' },
		['"a" must be a number, but is "x"'],
	],
	[
		object({ properties: { rows: { type: 'array', items: object({ required: ['a'] }) } } }),
		{ rows: [{ a: 1 }, {}] },
		['"rows[1].a" is missing'],
	],
	[{ type: 'array', items: { enum: [1] } }, [1, 2], ['"[1]" is 2, but must be 1']],
])('by %j %j has these problems', (schema, value, problems) => {
	expect(mismatches(schema, value)).toEqual(problems);
});
