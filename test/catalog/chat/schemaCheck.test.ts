import { mismatches } from '../../../nodes/catalog/chat/schemaCheck';

const product = {
	type: 'object',
	properties: {
		title: { type: 'string' },
		price: { type: 'number' },
		sizes: { type: 'array', items: { type: 'integer' } },
		kind: { enum: ['shoe', 'hat'] },
	},
	required: ['title'],
	additionalProperties: false,
};

// Expected by the rules of JSON Schema.
it.each<[what: string, schema: unknown, value: unknown]>([
	['all that is wanted', product, { title: 'a', price: 1.5, sizes: [1, 2], kind: 'hat' }],
	['what is required', product, { title: 'a' }],
	['a whole number written as 1.0', { type: 'integer' }, 1.0],
	['a whole number for a number', { type: 'number' }, 1],
	['one of several types', { type: ['string', 'null'] }, null],
	['any value', true, { a: 1 }],
	['no type', {}, 'a'],
	['a type that is not known', { type: 'date' }, 5],
	['one known type beside an unknown one', { type: ['string', 'date'] }, 5],
	['a constant object', { const: { a: 1 } }, { a: 1 }],
	['other keys', { type: 'object', properties: {} }, { a: 1 }],
	['other keys of a type', { additionalProperties: { type: 'number' } }, { a: 1 }],
	['required, but no object', { required: ['a'] }, 'text'],
	// Read as the text of its digits, since JavaScript would round it.
	['a long number', { type: 'integer' }, '12345678901234567890'],
	['what is not checked', { type: 'string', pattern: '^a' }, 'b'],
])('fits: %s', (_what, schema, value) => expect(mismatches(schema, value)).toEqual([]));

it.each<[schema: unknown, value: unknown, sentences: string[]]>([
	[product, {}, ['"title" is missing']],
	[product, [], ['the answer must be an object, but is []']],
	[product, { title: 5 }, ['"title" must be text, but is 5']],
	[product, { title: null }, ['"title" must be text, but is null']],
	[product, { title: 'a', color: 1 }, ['"color" is not allowed']],
	[product, { title: 'a', sizes: [1, 2.5] }, ['"sizes[1]" must be a whole number, but is 2.5']],
	[product, { title: 'a', kind: 'bag' }, ['"kind" is "bag", but must be one of "shoe", "hat"']],
	[{ const: 1 }, 2, ['the answer is 2, but must be 1']],
	[{ type: 'number' }, '5', ['the answer must be a number, but is "5"']],
	[{ type: 'boolean' }, 'true', ['the answer must be true or false, but is "true"']],
	[{ type: ['array', 'null'] }, 'a', ['the answer must be a list or null, but is "a"']],
	[
		{ properties: { a: { properties: { b: { type: 'null' } } } } },
		{ a: { b: 1 } },
		['"a.b" must be null, but is 1'],
	],
	[{ additionalProperties: { type: 'number' } }, { a: 'x' }, ['"a" must be a number, but is "x"']],
	// Inherited names are no fields of the answer.
	[{ required: ['toString'] }, {}, ['"toString" is missing']],
	[false, 1, ['the answer is not allowed']],
])('%j for %j: %j', (schema, value, sentences) => {
	expect(mismatches(schema, value)).toEqual(sentences);
});

it('tells five at most', () => {
	const required = ['a', 'b', 'c', 'd', 'e', 'f'];
	expect(mismatches({ required }, {})).toHaveLength(5);
});
