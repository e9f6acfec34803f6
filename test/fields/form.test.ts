import type { ParameterTable } from '../../nodes/catalog/parameters';
import { readForm } from '../../nodes/fields/form';

const table: ParameterTable = {
	trusted: true,
	complete: true,
	parameters: [
		{ name: 'steps', type: 'integer', required: false },
		{ name: 'images', type: 'array', required: false, media: 'image' },
		{ name: 'extra', type: 'object', required: false },
		{ name: 'caption', type: 'string', required: false },
	],
};
const form = (value: object | null, schema?: object[]) => readForm({ value, schema }, table);

it.each<[what: string, parameters: unknown]>([
	['nothing', undefined],
	['null', null],
	['a new node’s', { mappingMode: 'defineBelow', value: null }],
	['empty fields', { value: { steps: null, caption: '' } }],
])('%s sets nothing', (_what, parameters) => {
	expect(readForm(parameters, table)).toEqual({});
});

it('sets what the user set, false and 0 included', () => {
	const value = { steps: 0, caption: 'a fox', base64: false };
	expect(form(value)).toEqual(value);
});

it('does not take a switch for set that the user never added', () => {
	const schema = [
		{ id: 'base64', removed: true },
		{ id: 'safe', removed: false },
	];
	expect(form({ base64: false, safe: false }, schema)).toEqual({ safe: false });
	expect(form({ base64: true }, schema)).toEqual({ base64: true });
});

it('reads lists and objects from its text fields, and leaves other texts as they are', () => {
	expect(
		form({ images: '["https://a/1.png"]', extra: '{"a": 1}', caption: '[not a list]' }),
	).toEqual({ images: ['https://a/1.png'], extra: { a: 1 }, caption: '[not a list]' });
	expect(form({ images: 'https://a/1.png' })).toEqual({ images: ['https://a/1.png'] });
});

it('reads JSON where the type of a field is not known', () => {
	const values = { list: '[1, 2]', object: '{"a": 1}', text: '[half', number: '7' };
	expect(readForm({ value: values }, undefined)).toEqual({
		...values,
		list: [1, 2],
		object: { a: 1 },
	});
});

it.each([['text'], [7], [['a']]])('a value of %j is no form', (value) => {
	expect(() => form(value as never)).toThrow(/^Parameters must be fields with their values/);
});
