import { typeOfBytes } from '../../nodes/api/magicNumber';
import { typeOfHeader, typeOfName } from '../../nodes/api/mediaType';
import { determineType, hasExtensionOf } from '../../nodes/media/fileType';
import { glb, mp3, wav } from '../simulator/media';
import { picture } from '../simulator/pictures';
import { mp4 } from '../simulator/video';

const NOTHING = Buffer.alloc(0);
const hex = (digits: string) => Buffer.from(digits.replace(/\s/g, ''), 'hex');
const text = (content: string) => Buffer.from(content, 'latin1');
const ftyp = (brand: string) => Buffer.concat([hex('00000018'), text(`ftyp${brand}`)]);

describe('magic numbers', () => {
	it.each<[mimeType: string, bytes: Buffer]>([
		['image/jpeg', hex('ffd8ffe0 00104a46')],
		['image/jpeg', hex('ffd8ffe1')],
		['image/png', hex('89504e47 0d0a1a0a 0000000d')],
		['image/gif', text('GIF89a')],
		['image/gif', text('GIF87a')],
		['image/webp', text('RIFF\x10\x20\x30\x40WEBPVP8 ')],
		['audio/wav', text('RIFF\x10\x20\x30\x40WAVEfmt ')],
		['video/x-msvideo', text('RIFF\x10\x20\x30\x40AVI LIST')],
		['image/bmp', hex('424d 36000300 00000000 36000000')],
		['image/tiff', hex('49492a00 08000000')],
		['image/tiff', hex('4d4d002a 00000008')],
		['image/x-icon', hex('00000100 0100')],
		['image/avif', ftyp('avif')],
		['image/heic', ftyp('heic')],
		['image/heic', ftyp('mif1')],
		['audio/mp4', ftyp('M4A ')],
		['video/quicktime', ftyp('qt  ')],
		['video/mp4', ftyp('isom')],
		['video/mp4', ftyp('mp42')],
		[
			'video/webm',
			hex('1a45dfa3 01000000 0000001f 4286810142f7810142f2810442f381084282847765626d'),
		],
		['video/x-matroska', Buffer.concat([hex('1a45dfa3 a3428288'), text('matroska')])],
		['audio/ogg', text('OggS\0')],
		['audio/flac', text('fLaC\0')],
		['audio/mpeg', text('ID3\x04\0')],
		['audio/mpeg', hex('fffb9064')],
		['audio/mpeg', hex('fff3')],
		['audio/aac', hex('fff15080')],
		['audio/aac', hex('fff9')],
		['model/gltf-binary', text('glTF\x02\0\0\0')],
		['application/zip', text('PK\x03\x04')],
		['application/pdf', text('%PDF-1.7')],
		['image/svg+xml', text('<svg xmlns="http://www.w3.org/2000/svg">')],
		['image/svg+xml', text('<?xml version="1.0"?>\n<!-- a -->\n<svg width="1">')],
	])('%s', (mimeType, bytes) => {
		expect(typeOfBytes(bytes)).toBe(mimeType);
	});

	it.each<[what: string, bytes: Buffer]>([
		['nothing', NOTHING],
		['one byte', hex('ff')],
		['half a signature', hex('8950')],
		['RIFF of another kind', text('RIFF\x10\x20\x30\x40ABCD')],
		['a word that begins like a bitmap', text('BMW is a car')],
		['text', text('A red fox')],
		['JSON', text('{"error": "x"}')],
		['a page', text('<!doctype html><html>')],
		['a page with a drawing', text('<html><body><svg>')],
	])('not in %s', (_what, bytes) => {
		expect(typeOfBytes(bytes)).toBeUndefined();
	});
});

it('recognises real files', async () => {
	const request = { prompt: 'a', seed: 1, width: 64, height: 64 };
	const types = await Promise.all(
		(['jpeg', 'png', 'webp'] as const).map(async (format) =>
			typeOfBytes(await picture({ ...request, format })),
		),
	);
	expect(types).toEqual(['image/jpeg', 'image/png', 'image/webp']);
	expect([mp4(1), mp3(), wav(1), glb()].map(typeOfBytes)).toEqual([
		'video/mp4',
		'audio/mpeg',
		'audio/wav',
		'model/gltf-binary',
	]);
});

describe('headers', () => {
	it.each<[header: string | null | undefined, mimeType: string | undefined]>([
		['image/png', 'image/png'],
		['IMAGE/PNG; charset=binary', 'image/png'],
		['image/jpg', 'image/jpeg'],
		['audio/mp3', 'audio/mpeg'],
		['audio/x-wav', 'audio/wav'],
		['application/octet-stream', undefined],
		['text/html', undefined],
		['constructor', undefined],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('%p: %p', (header, mimeType) => {
		expect(typeOfHeader(header)).toBe(mimeType);
	});
});

describe('names', () => {
	it.each<[name: string | null, mimeType: string | undefined]>([
		['a.png', 'image/png'],
		['a.JPEG', 'image/jpeg'],
		['a.b.mp4', 'video/mp4'],
		['https://images.segmind.com/a.webp?width=10#top', 'image/webp'],
		['/generations/a.mp3', 'audio/mpeg'],
		['captions.vtt', 'text/vtt'],
		['captions.srt', 'application/x-subrip'],
		['stream.ts', 'video/mp2t'],
		['a.constructor', undefined],
		['png', undefined],
		['v1.5', undefined],
		['a.', undefined],
		['', undefined],
		[null, undefined],
	])('%p: %p', (name, mimeType) => {
		expect(typeOfName(name)).toBe(mimeType);
	});

	it('may end in any of a type’s extensions', () => {
		const jpeg = { mimeType: 'image/jpeg', extension: 'jpg' };
		expect(['a.jpg', 'a.jpeg', 'a.png', 'a'].map((name) => hasExtensionOf(jpeg, name))).toEqual([
			true,
			true,
			false,
			false,
		]);
	});
});

describe('bytes before header before name', () => {
	const png = hex('89504e47 0d0a1a0a');

	it.each<[why: string, bytes: Buffer, header: string | null, name: string | null, type: string]>([
		['the bytes say it', png, null, null, 'image/png png'],
		['the header is wrong', png, 'image/jpeg', 'a.webp', 'image/png png'],
		['an audio page that says image/jpeg', mp3(), 'image/jpeg', null, 'audio/mpeg mp3'],
		['the header says it', text('v 0 0 0'), 'model/obj', 'a.zip', 'model/obj obj'],
		[
			'the header says nothing',
			text('v 0 0 0'),
			'application/octet-stream',
			'a.obj',
			'model/obj obj',
		],
		['a packed scene by its name', hex('504b0304 00'), null, 'a.usdz', 'model/vnd.usdz+zip usdz'],
		[
			'a packed scene by its header',
			hex('504b0304'),
			'model/vnd.usdz+zip',
			null,
			'model/vnd.usdz+zip usdz',
		],
		['a zip by any other name', hex('504b0304'), 'image/png', 'a.stl', 'application/zip zip'],
		['a shape without a magic number', text('??'), null, 'https://host/a.stl?x=1', 'model/stl stl'],
		['nobody knows', text('??'), 'application/x-new', 'a.new', 'application/octet-stream bin'],
		['nothing is given', NOTHING, null, null, 'application/octet-stream bin'],
	])('%s', (_why, bytes, header, name, type) => {
		const { mimeType, extension } = determineType(bytes, header, name);
		expect(`${mimeType} ${extension}`).toBe(type);
	});
});
