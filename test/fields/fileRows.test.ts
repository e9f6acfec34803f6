import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { readInputFiles } from '../../nodes/fields/fileRows';
import { contextWith, refusal } from './contextWith';

const NO_NAME = 'Input Files: the name of the input field with the file is missing';

const file = (fileName: string): IBinaryData => ({ data: '', mimeType: 'image/png', fileName });
const binary: IBinaryKeyData = { data: file('a.png'), mask: file('b.png') };
const rows = (...given: unknown[]) =>
	contextWith({ inputFiles: { file: given } } as IDataObject, { items: [{ json: {}, binary }] });
const read = (...given: unknown[]) => readInputFiles(rows(...given), 0);
const ofItem = (field: string) => ({ binary: binary[field], field });

it.each<[what: string, row: IDataObject, sources: unknown[]]>([
	['a name', { binaryField: 'mask' }, [ofItem('mask')]],
	['several names', { binaryField: 'mask, data' }, [ofItem('mask'), ofItem('data')]],
	[
		'names with nothing between commas',
		{ binaryField: ' ,mask,, data,' },
		[ofItem('mask'), ofItem('data')],
	],
	['the same name twice', { binaryField: 'data,data' }, [ofItem('data'), ofItem('data')]],
	[
		'the file itself',
		{ binaryField: binary.data as unknown as IDataObject },
		[{ binary: binary.data, field: null }],
	],
	['a URL', { source: 'url', url: ' https://a.test/b.png ' }, [{ url: 'https://a.test/b.png' }]],
	['a source by its label', { source: ' url ', url: 'http://a.test' }, [{ url: 'http://a.test' }]],
	['the other label', { source: 'File of the Item', binaryField: 'mask' }, [ofItem('mask')]],
	[
		'a URL beside a name that counts no more',
		{ source: 'url', url: 'http://a.test', binaryField: 'gone' },
		[{ url: 'http://a.test' }],
	],
])('a row with %s', (_what, row, sources) => {
	expect(read({ parameter: ' image ', ...row })).toEqual(
		sources.map((source) => ({ parameter: 'image', source })),
	);
});

it('keeps the order of rows, and treats an unset field as Automatic', () => {
	expect(read({ binaryField: 'mask' }, { parameter: '', binaryField: 'data' })).toEqual([
		{ parameter: '', source: ofItem('mask') },
		{ parameter: '', source: ofItem('data') },
	]);
});

it.each([undefined, null, {}, { file: [] }])('%j has no rows', (inputFiles) => {
	expect(readInputFiles(contextWith({ inputFiles } as IDataObject), 0)).toEqual([]);
});

it.each(['data', ['data'], [{ binaryField: 'data' }], { binaryField: 'data' }, 7])(
	'%j instead of all rows is refused: ignored, the file would be missed',
	(inputFiles) => {
		const context = contextWith({ inputFiles } as IDataObject);
		expect(refusal(() => readInputFiles(context, 0))).toMatch(/^Input Files must be rows of files/);
	},
);

it.each<[what: string, row: unknown, message: string]>([
	['an empty name', { binaryField: '' }, NO_NAME],
	['commas alone', { binaryField: ' , ,' }, NO_NAME],
	[
		'one wrong name',
		{ binaryField: 'data,maks' },
		'Input Files: the item has no file in the field "maks"',
	],
	[
		'a name of every object',
		{ binaryField: 'constructor' },
		'Input Files: the item has no file in the field "constructor"',
	],
	['a number', { binaryField: 7 }, 'Input Files: the item has no file in the field 7'],
	['no name at all', {}, NO_NAME],
	[
		'another source',
		{ source: 'ftp', url: 'https://a.test' },
		'Input Files: Source must be one of binary, url, but is "ftp"',
	],
	['an empty source', { source: '' }, 'Input Files: Source must be one of binary, url, but is ""'],
	...['', 'a.test/b.png', 'ftp://a.test/b.png', 'https://', 'file:///etc/passwd'].map(
		(url): [string, unknown, string] => [
			`the URL ${url}`,
			{ source: 'url', url },
			`Input Files: URL must be a URL that begins with https://, but is ${JSON.stringify(url)}`,
		],
	),
	[
		'a list with a gap',
		{ source: 'url', url: ['https://a.test', null] },
		'Input Files: URL: the list has no URL at position 2',
	],
	['nothing', null, 'Input Files must be rows of files, but is [null]'],
])('a row with %s is refused', (_what, row, message) => {
	expect(refusal(() => read(row))).toBe(message);
});

it.each([7, ['image'], '/etc/passwd', 'https://a.test', '__proto__', 'toString', 'a'.repeat(101)])(
	'rejects %p as a model field',
	(parameter) => {
		expect(refusal(() => read({ parameter, binaryField: 'data' }))).toMatch(
			/^Input Files: Model Field must be the name of a field of the model, but is /,
		);
	},
);
