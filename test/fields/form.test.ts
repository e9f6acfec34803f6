import type { IDataObject } from 'n8n-workflow';
import { parameterTable, type ParameterTable } from '../../nodes/catalog/parameters';
import { readForm } from '../../nodes/fields/form';
import { refusal } from './contextWith';

const listTable: ParameterTable = {
	trusted: true,
	complete: true,
	parameters: [
		{ name: 'images', type: 'array', required: false, media: 'image' },
		{ name: 'seed', type: 'integer', required: false },
	],
};
const stored = (value: unknown, schema?: unknown) => ({
	mappingMode: 'defineBelow',
	value,
	...(schema === undefined ? {} : { schema }),
});

it.each<[what: string, parameters: unknown, fields: IDataObject]>([
	['nothing', undefined, {}],
	['null', null, {}],
	['an untouched form', stored(null), {}],
	['what is set', stored({ seed: 0, base64: false, a: 'x' }), { seed: 0, base64: false, a: 'x' }],
	['not what is empty', stored({ a: null, b: '', c: undefined }), {}],
	[
		'not a switch that an old editor stored unasked',
		stored({ on: true, off: false, mine: false }, [
			{ id: 'off', removed: true },
			{ id: 'mine', removed: false },
		]),
		{ on: true, mine: false },
	],
	[
		'a list that is written as one address',
		stored({ images: 'https://a.test/b' }),
		{ images: ['https://a.test/b'] },
	],
	['a list that is written as JSON', stored({ images: '["a", "b"]' }), { images: ['a', 'b'] }],
	['a number as it is: the check mends it', stored({ seed: '7' }), { seed: '7' }],
	['an odd schema', stored({ a: 1 }, ['x', null]), { a: 1 }],
	['an odd schema that is no list', stored({ a: 1 }, 'x'), { a: 1 }],
])('reads %s', (_what, parameters, fields) => {
	expect(readForm(parameters, listTable)).toEqual(fields);
});

it('reads a list by its type in the form for a model without a table', () => {
	const parameters = stored({ refs: '["a"]' }, [{ id: 'refs', type: 'array' }]);
	expect(parameterTable('no-such-model')).toBeUndefined();
	expect(readForm(parameters, undefined)).toEqual({ refs: ['a'] });
});

it.each([['a text'], [[1]], [7]])('refuses %p in place of the fields', (value) => {
	expect(refusal(() => readForm(stored(value), undefined))).toMatch(
		/^Parameters must be fields with their values, but is /,
	);
});
