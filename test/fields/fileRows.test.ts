import type { IDataObject } from 'n8n-workflow';
import { readInputFiles } from '../../nodes/fields/fileRows';
import { itemContext, itemWith } from './itemContext';

const item = itemWith({ data: 'fox.png', mask: 'mask.png' });
const rows = (file: unknown) =>
	readInputFiles(itemContext({ inputFiles: { file } as IDataObject }, { items: [item] }), 0);
const binaryOf = (field: string) => ({ binary: item.binary![field]!, field });

it.each<[what: string, inputFiles: unknown]>([
	['no rows', undefined],
	['an empty collection', {}],
	['null', null],
])('%s are no files', (_what, inputFiles) => {
	const context = itemContext({ inputFiles: inputFiles as IDataObject }, { items: [item] });
	expect(readInputFiles(context, 0)).toEqual([]);
});

it('a row is a file of the item for a field of the model, or for Automatic', () => {
	expect(
		rows([{ binaryField: 'data' }, { parameter: ' mask_image ', binaryField: ' mask ' }]),
	).toEqual([
		{ parameter: '', source: binaryOf('data') },
		{ parameter: 'mask_image', source: binaryOf('mask') },
	]);
});

it('several names separated by commas are several files', () => {
	expect(rows([{ parameter: 'images', binaryField: 'data, mask,' }])).toEqual([
		{ parameter: 'images', source: binaryOf('data') },
		{ parameter: 'images', source: binaryOf('mask') },
	]);
});

it('an expression may give the file itself', () => {
	const binary = item.binary!.data!;
	expect(rows([{ binaryField: binary }])).toEqual([
		{ parameter: '', source: { binary, field: null } },
	]);
});

it('a file on the web is known by its address', () => {
	expect(rows([{ source: 'url', url: ' https://a/fox.png ', binaryField: 'nothing' }])).toEqual([
		{ parameter: '', source: { url: 'https://a/fox.png' } },
	]);
});

it.each<[what: string, file: unknown, message: string]>([
	['no list', 'data', 'Input Files must be rows of files'],
	['a row that is none', [null], 'Input Files must be rows of files'],
	['another source', [{ source: 'disk' }], 'Input Files: Source must be one of binary, url'],
	[
		'a field that is not there',
		[{ binaryField: 'dta' }],
		'the item has no file in the field "dta"',
	],
	['an empty name', [{ binaryField: ' , ' }], 'the item has no file in the field ""'],
	['a name every object has', [{ binaryField: 'constructor' }], 'has no file in the field'],
	['an address without https', [{ source: 'url', url: 'a/fox.png' }], 'Input Files: URL must be'],
	['two addresses', [{ source: 'url', url: 'https://a https://b' }], 'Input Files: URL must be'],
	['no address', [{ source: 'url' }], 'Input Files: URL must be'],
	['a list as a field', [{ parameter: ['image'] }], 'Input Files: Model Field must be'],
	['a path as a field', [{ parameter: '../image' }], 'Input Files: Model Field must be'],
	['an address as a field', [{ parameter: 'https://a' }], 'Input Files: Model Field must be'],
	['a field every object has', [{ parameter: 'toString' }], 'Input Files: Model Field must be'],
	['a whole text as a field', [{ parameter: 'x'.repeat(101) }], 'Input Files: Model Field must be'],
])('%s is refused', (_what, file, message) => {
	expect(() => rows(file)).toThrow(message);
});
