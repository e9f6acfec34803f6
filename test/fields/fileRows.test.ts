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
	['all files', { source: 'allBinaries' }, [ofItem('data'), ofItem('mask')]],
	[
		'all files beside a name that counts no more',
		{ source: 'allBinaries', binaryField: 'gone' },
		[ofItem('data'), ofItem('mask')],
	],
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
		'Input Files: Source must be one of binary, allBinaries, url, but is "ftp"',
	],
	[
		'an empty source',
		{ source: '' },
		'Input Files: Source must be one of binary, allBinaries, url, but is ""',
	],
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

it('is refused with all files of an item that has none', () => {
	const context = contextWith({ inputFiles: { file: [{ source: 'allBinaries' }] } });
	expect(refusal(() => readInputFiles(context, 0))).toBe('Input Files: the item has no files');
});

/** A row with an expression: what it gives, and what was typed. */
const typedRow = (given: IDataObject, typed: IDataObject, fileName = 'a.png', files = binary) =>
	contextWith({ inputFiles: { file: [given] } } as IDataObject, {
		items: [{ json: { url: null, file_name: fileName }, binary: files }],
		typed: { inputFiles: { file: [typed] } },
	});
const urlRow = (url: unknown, typed: string, fileName?: string, files?: IBinaryKeyData) =>
	typedRow({ source: 'url', url } as IDataObject, { source: 'url', url: typed }, fileName, files);

describe('what tells of the file of an item', () => {
	const single = { photo: file('a.png') };

	it.each<[what: string, url: unknown, typed: string]>([
		['null', null, '={{ $json.url }}'],
		['an empty text', '', '={{ $json.url }}'],
		['nothing', undefined, '={{$json["url"]}}'],
		['not asked for, but the name', 'a.png', '={{ $json.file_name }}'],
		['null, in brackets', null, "= {{ $json['url'] }} "],
	])('means the file that it names: a URL that is %s', (_what, url, typed) => {
		const [row] = readInputFiles(urlRow(url, typed, 'a.png', single), 0);
		expect(row?.source).toEqual({ binary: single.photo, field: 'photo' });
	});

	it('means the one that the item names, of several', () => {
		const [row] = readInputFiles(urlRow(null, '={{ $json.url }}', 'b.png'), 0);
		expect(row?.source).toEqual(ofItem('mask'));
	});

	it('is no file without a name, as behind a run that failed', () => {
		const context = urlRow(null, '={{ $json.url }}', undefined, single);
		delete context.getInputData()[0]!.json.file_name;
		expect(refusal(() => readInputFiles(context, 0))).toMatch(/^Input Files: URL must be/);
	});

	it('is the URL where there is one', () => {
		const [row] = readInputFiles(urlRow('https://a.test', '={{ $json.url }}'), 0);
		expect(row?.source).toEqual({ url: 'https://a.test' });
	});

	it.each<[what: string, typed: string, fileName: string, files: IBinaryKeyData]>([
		['of several files that none is named of', '={{ $json.url }}', 'c.png', binary],
		['of an item without files', '={{ $json.url }}', 'a.png', {}],
		['where another file is there, as in a failed item', '={{ $json.url }}', 'c.png', single],
		['under another key', '={{ $json.link }}', 'a.png', single],
		['in a longer text', '=https://a.test/{{ $json.url }}', 'a.png', single],
		['that is not an expression', '', 'a.png', single],
	])('is missing %s', (_what, typed, fileName, files) => {
		expect(refusal(() => readInputFiles(urlRow('', typed, fileName, files), 0))).toMatch(
			/^Input Files: URL must be a URL that begins/,
		);
	});
});

describe('a name with an expression that was dragged behind it', () => {
	const named = (given: string, typed: string) =>
		refusal(() => readInputFiles(typedRow({ binaryField: given }, { binaryField: typed }), 0));

	it.each<[given: string, typed: string, message: string]>([
		['data ', '=data {{ $json.url }}', 'Input Files: the expression beside "data" returns nothing'],
		[
			' data',
			"={{ $('Draw').item.json.url }} data",
			'Input Files: the expression beside "data" returns nothing',
		],
		[
			'data https://a.test/b.png',
			'=data {{ $json.url }}',
			'Input Files: "data https://a.test/b.png" contains a URL, not only the name of an input field',
		],
	])('is refused: "%s"', (given, typed, message) => {
		expect(named(given, typed)).toBe(message);
	});

	it.each<[given: string, typed: string]>([
		['data ', '={{ $json.field }} '],
		['data', "={{ 'data' }}"],
		['mask', '={{ $json.start }}sk'],
		[' data ', ' data '],
		['data, ', '=data, '],
		['data, ', '=data, {{ $json.second }}'],
	])('is taken where the name is whole: "%s"', (given, typed) => {
		expect(named(given, typed)).toBeUndefined();
	});
});
