/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { UploadFile } from '../../nodes/api/storage';
import {
	base64Of,
	findBinary,
	hashOf,
	inputType,
	nameOfSource,
	openInputFile,
} from '../../nodes/media/inputFile';
import { contextWith, itemWith } from '../fields/contextWith';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

it.each<[firstBytes: Buffer, claimed: string, name: string | null, type: string]>([
	// Bytes before claim and name.
	[PNG, 'image/jpeg', 'fox.gif', 'image/png'],
	[Buffer.from('plain'), 'image/svg+xml', null, 'image/svg+xml'],
	[Buffer.from('plain'), 'text/plain', 'fox.obj', 'model/obj'],
	// A type that no model answers with is still a type.
	[Buffer.from('??'), 'font/woff2', null, 'font/woff2'],
	[Buffer.from('??'), 'a type; with "quotes"', null, 'application/octet-stream'],
])('inputType of %p, claimed %s, named %s: %s', (firstBytes, claimed, name, type) => {
	expect(inputType(firstBytes, claimed, name)).toBe(type);
});

describe('findBinary', () => {
	const item = itemWith({ data: 'fox.png' });
	const find = (field: unknown, items = [item]) =>
		findBinary(contextWith({}, { items }), 0, field, 'Input Files');

	it('finds a field by its name, and accepts the file returned by an expression', () => {
		expect(find(' data ')).toBe(item.binary!.data);
		const { id, ...described } = item.binary!.data!;
		expect(find({ id, ...described })).toEqual(item.binary!.data);
	});

	it.each<[what: string, field: unknown, items: unknown, message: string, description: string]>([
		['another field', 'dta', [item], 'has no file in the field "dta"', 'Its files are in: data'],
		[
			'no files',
			'data',
			[{ json: {} }],
			'has no file in the field "data"',
			'The item has no files: put a node before this one',
		],
		[
			'a name every object has',
			'constructor',
			[item],
			'has no file in the field',
			'Its files are in',
		],
	])('%s', (_what, field, items, message, description) => {
		expect(() => find(field, items as never)).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(`Input Files: the item ${message}`),
				details: { description: expect.stringContaining(`Nothing was sent. ${description}`) },
			}),
		);
	});

	describe('what a Code node may give as a file', () => {
		const png = PNG.toString('base64');
		const made = (data: unknown) => find('data', [{ json: {}, binary: { data } } as never]);

		it.each<[what: string, file: object]>([
			['base64 alone', { data: png }],
			['a type that is no text', { data: png, mimeType: 7 }],
			['a data URI', { data: `data:image/png;base64,${png}` }],
			['a Buffer', { data: PNG }],
			['a Buffer as JSON', { data: JSON.parse(JSON.stringify(PNG)) as object }],
		])('%s is read', (_what, file) => {
			expect(made(file)).toMatchObject({ data: png, mimeType: 'image/png' });
		});

		it.each<[what: string, file: unknown]>([
			['null', null],
			['undefined', undefined],
			['a text', png],
			['a list', [{ data: png, mimeType: 'image/png' }]],
			['a type alone', { mimeType: 'image/png' }],
			['an URL as content', { data: 'https://a.test/a.png', mimeType: 'image/png' }],
			['numbers that are no bytes', { data: [1, 256], mimeType: 'image/png' }],
		])('%s has no content', (_what, file) => {
			expect(() => made(file)).toThrow('Input Files: the file in the field "data" has no content');
		});
	});

	describe('what is entered in place of a field’s name', () => {
		it.each<[field: unknown, message: string, advice: string]>([
			[undefined, 'the name of the input field with the file is missing', 'Its files are in: data'],
			[null, 'the name of the input field with the file is missing', 'Its files are in: data'],
			['', 'the name of the input field with the file is missing', 'Its files are in: data'],
			[
				'https://x.io/fox.png',
				'"https://x.io/fox.png" is a URL, not the name of an input field',
				'Set Source to URL',
			],
			['data:image/png;base64,iVBO', 'this is a data URI, not the name of', 'own field'],
			['/home/me/fox.png', '"/home/me/fox.png" is a path on a disk', 'Read/Write Files from Disk'],
			['C:\\fox.png', 'is a path on a disk', 'Read/Write Files from Disk'],
			['file:///fox.png', 'is a path on a disk', 'Read/Write Files from Disk'],
		])('%j', (field, message, advice) => {
			expect(() => find(field, [item] as never)).toThrow(
				expect.objectContaining({
					message: expect.stringContaining(message),
					details: { description: expect.stringMatching(`^Nothing was sent. .*${advice}`) },
				}),
			);
		});
	});
});

it('names a file in messages by its location', () => {
	const { data: binary } = itemWith({ data: 'fox.png' }).binary!;
	expect(nameOfSource({ binary: binary!, field: 'photo' })).toBe('the file in the field "photo"');
	expect(nameOfSource({ binary: binary!, field: null })).toBe('the file fox.png');
	expect(nameOfSource({ url: `https://a/${'x'.repeat(500)}` })).toHaveLength(
		'the file at '.length + 201,
	);
});

describe('openInputFile', () => {
	let opened: Readable[] = [];
	const context = (bytes: Buffer) =>
		({
			helpers: {
				getBinaryMetadata: async () => ({ fileSize: bytes.length }),
				getBinaryStream: async () => {
					const stream = Readable.from([bytes], { objectMode: false });
					opened.push(stream);
					return stream;
				},
			},
		}) as unknown as IExecuteFunctions;
	const onDisk = {
		id: 'filesystem-v2:1',
		data: 'filesystem-v2',
		mimeType: 'image/jpeg',
		fileName: 'a.png',
	};

	beforeEach(() => (opened = []));

	it.each<[where: string, open: () => Promise<UploadFile>]>([
		['on disk', async () => await openInputFile(context(PNG), onDisk, 'data')],
		[
			'in memory',
			async () =>
				await openInputFile(
					context(Buffer.alloc(0)),
					{ data: PNG.toString('base64'), mimeType: 'image/jpeg', fileName: 'a.png' },
					'data',
				),
		],
	])('a file %s can be read as often as needed', async (_where, open) => {
		const file = await open();
		expect(file).toMatchObject({
			field: 'data',
			fileName: 'a.png',
			mimeType: 'image/png',
			size: 16,
		});
		for (let time = 0; time < 2; time++) {
			expect(await base64Of(file)).toBe(PNG.toString('base64'));
			expect(await hashOf(file)).toBe(createHash('sha256').update(PNG).digest('hex'));
		}
	});

	it('leaves no file open after reading its beginning', async () => {
		await openInputFile(context(PNG), onDisk, 'data');
		expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
	});

	it('refuses an empty file', async () => {
		await expect(openInputFile(context(Buffer.alloc(0)), onDisk, 'data')).rejects.toThrow(
			'The file a.png in the field "data" is empty',
		);
		expect(opened).toEqual([]);
	});
});
