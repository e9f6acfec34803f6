import { readItemOptions } from '../../nodes/fields/itemOptions';
import { flowOutputSettings, readOutputSettings } from '../../nodes/fields/output';
import { contextWith, itemWith } from './contextWith';

const item = itemWith({ data: 'a.png' });
const settings = (binaryField: unknown, download = true, given = item) => {
	const context = contextWith(
		{ options: { binaryField: binaryField as string } },
		{ items: [given] },
	);
	return readOutputSettings(context, 0, download, readItemOptions(context, 0));
};

it.each([
	['result', 'result'],
	[' my-file_2 ', 'my-file_2'],
	[undefined, 'data'],
])('a file goes to the field %j', (given, field) => {
	expect(settings(given)).toMatchObject({
		binaryField: field,
		download: true,
		inputBinary: item.binary,
	});
});

it.each([[''], ['2nd'], ['a.b'], ['a b'], ['__proto__'], ['constructor'], [7], ['x'.repeat(101)]])(
	'a field called %j is refused',
	(given) => {
		expect(() => settings(given)).toThrow(
			/^Put Output File in Field must be a field name of letters/,
		);
	},
);

it('ignores the value of an unused field, and its replacement displaces no file', () => {
	expect(settings('a b', false, { json: {} }).binaryField).toBe('data');
	expect(settings('a b', false).binaryField).toBe('segmind_data');
	const taken = itemWith({ data_1: 'a.png', segmind_data: 'b.png' });
	expect(settings('a b', false, taken).binaryField).toBe('segmind_segmind_data');
});

it('a PixelFlow’s files go to fields with a prefix', () => {
	const context = contextWith({}, { items: [item] });
	const options = readItemOptions(context, 0);
	expect(flowOutputSettings(context, 0, 'flow_', false, options)).toMatchObject({
		binaryField: 'flow_',
		download: false,
		inputBinary: item.binary,
		outputItems: 'perFile',
	});
});
