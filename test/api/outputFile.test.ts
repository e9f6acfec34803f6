import { filesOfText, identityOf } from '../../nodes/api/outputFile';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(60)]);
const BASE64 = PNG.toString('base64');
const LONG = Buffer.concat([PNG, Buffer.alloc(3_001)]).toString('base64');
const URL = 'https://images.segmind.com/a.png';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>';

it.each<[what: string, text: string, files: object[]]>([
	['an address', URL, [{ url: URL, isCertain: true }]],
	['an address among blanks', ` ${URL}\n`, [{ url: URL, isCertain: true }]],
	['an address without an ending', 'https://a.com/x', [{ isCertain: false }]],
	['several', `${URL}\nhttps://images.segmind.com/b.png`, [{ url: URL }, { isCertain: true }]],
	[
		'an address with a blank in it',
		'https://a.com/my photo.png',
		[{ url: 'https://a.com/my%20photo.png' }],
	],
	['a sentence that begins with one', 'https://a.com/x is where it is', []],
	['where to look for a job', 'https://api.segmind.com/v2/requests/1/status', []],
	['where to look for a PixelFlow', 'https://api.segmind.com/workflows/request/1', []],
	[
		'a data URI',
		`data:image/png;base64,${BASE64}`,
		[{ url: null, base64: BASE64, contentType: 'image/png', isCertain: true }],
	],
	[
		'a data URI that is escaped',
		'data:image/svg+xml,%3Csvg%2F%3E',
		[{ base64: Buffer.from('<svg/>').toString('base64'), contentType: 'image/svg+xml' }],
	],
	['a data URI without data', 'data:image/png;base64,', []],
	['a drawing', SVG, [{ contentType: 'image/svg+xml', isCertain: true }]],
	['a drawing that is cut', SVG.slice(0, -6), []],
	['base64 of a picture', BASE64, [{ url: null, base64: BASE64, isCertain: true }]],
	['base64 with something else inside', `${BASE64.slice(0, 70)}!${BASE64.slice(70)}`, []],
	[
		'a long base64 text with something else inside',
		`${LONG.slice(0, 2_000)}!${LONG.slice(2_000)}`,
		[],
	],
	['a long base64 text', LONG, [{ base64: LONG }]],
	['a short word', 'okay', []],
	['a long word', 'a'.repeat(100), []],
	['hexadecimal digits', '0123456789abcdefABCDEF'.repeat(5), []],
	['a path', 'Generations/2026/November/my-first-picture/'.repeat(3), []],
	['words', 'A fox in the snow', []],
	['nothing', '', []],
])('%s', (_what, text, files) => {
	expect(filesOfText(text)).toEqual(files.map((file) => expect.objectContaining(file) as object));
});

it.each<[one: object, other: object, isSame: boolean]>([
	[{ url: URL }, { url: `${URL}?signature=1` }, true],
	[{ url: URL }, { url: URL.replace('a.png', 'b.png') }, false],
	[{ url: URL }, { url: URL.replace('images', 'storage') }, false],
	[{ url: 'https://a.com/file?id=1' }, { url: 'https://a.com/file?id=2' }, false],
	[{ url: null, base64: 'AAAA' }, { url: null, base64: 'AAAA' }, true],
	[{ url: null, base64: 'AAAA' }, { url: null, base64: 'AAAB' }, false],
])('%j and %j are the same file: %p', (one, other, isSame) => {
	const [first, second] = [one, other].map((file) => identityOf({ url: null, ...file }));
	expect(first === second).toBe(isSame);
});
