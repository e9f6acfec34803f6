import type { IDataObject } from 'n8n-workflow';
import { readAssetSource } from '../../nodes/fields/assetSource';
import { contextWith, itemWith } from './contextWith';

const source = (parameters: IDataObject) =>
	readAssetSource(
		contextWith(parameters, { items: [itemWith({ data: 'a.png', mask: 'b.png' })] }),
		0,
	);
const GIF = 'data:image/gif;base64,R0lGODlh';

it.each<[what: string, parameters: IDataObject, expected: object]>([
	['a field', { binaryFields: 'data' }, { fields: ['data'] }],
	['several fields', { binaryFields: 'data , mask' }, { fields: ['data', 'mask'] }],
	['a list of fields', { binaryFields: ['data', 'mask'] }, { fields: ['data', 'mask'] }],
	['an address', { source: 'url', urls: 'https://a/1.png' }, { urls: ['https://a/1.png'] }],
	[
		'addresses in lines or with commas between them',
		{ source: 'url', urls: ' https://a/1.png\nhttps://b/2,3.png, https://c ' },
		{ urls: ['https://a/1.png', 'https://b/2,3.png', 'https://c'] },
	],
	['data URIs', { source: 'dataUri', dataUris: `${GIF}\n${GIF}` }, { dataUris: [GIF, GIF] }],
	[
		'a data URI with parameters',
		{ source: 'dataUri', dataUris: 'data:text/plain;charset=utf-8;base64,YQ==' },
		{ dataUris: ['data:text/plain;charset=utf-8;base64,YQ=='] },
	],
])('%s', (_what, parameters, expected) => {
	expect(source(parameters)).toEqual({
		fields: [],
		urls: [],
		dataUris: [],
		maxBytes: Infinity,
		...expected,
	});
});

it.each<[what: string, parameters: IDataObject, message: string]>([
	['no field', { binaryFields: ' ' }, 'Input Data Field Name must be text or a list of texts'],
	[
		'a field without a file',
		{ binaryFields: 'data,msk' },
		'the item has no file in the field "msk"',
	],
	['an address without https', { source: 'url', urls: 'a.png' }, 'URLs must be a URL'],
	['another kind of address', { source: 'url', urls: 'ftp://a/1.png' }, 'URLs must be a URL'],
	['no address', { source: 'url', urls: '' }, 'URLs must be a URL'],
	['numbers', { source: 'url', urls: [1, 2] }, 'URLs must be a URL'],
	[
		'a data URI that is not base64',
		{ source: 'dataUri', dataUris: 'data:,a' },
		'Data URIs must be',
	],
	[
		'one without content',
		{ source: 'dataUri', dataUris: 'data:image/gif;base64,' },
		'Data URIs must be',
	],
	['one that was cut off', { source: 'dataUri', dataUris: `${GIF}A` }, 'Data URIs must be'],
	['one with other characters', { source: 'dataUri', dataUris: `${GIF}AA-_` }, 'Data URIs must be'],
	['one padded in its middle', { source: 'dataUri', dataUris: `${GIF}A===` }, 'Data URIs must be'],
])('refuses %s', (_what, parameters, message) => {
	expect(() => source(parameters)).toThrow(message);
});

it('does not quote a whole file when refusing it', () => {
	const dataUris = `data:image/png;base64,${'A'.repeat(1_000_001)}`;
	const read = () => source({ source: 'dataUri', dataUris });
	expect(read).toThrow(/^Data URIs must be complete data URIs .{1,200}$/);
});
