import { mediaText, whyNotMedia } from '../../nodes/catalog/mediaValue';

const BASE64 =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** As mail programs and shells break it. */
const broken = (text: string) => text.replace(/.{20}/g, '$&\r\n');

it.each<[given: string, text: string]>([
	[' https://a.test/my photo.png\n', 'https://a.test/my%20photo.png'],
	['https://a.test/a.png?x=1', 'https://a.test/a.png?x=1'],
	[`data:image/png;base64,${broken(BASE64)}`, `data:image/png;base64,${BASE64}`],
	[`data:image/png;base64, ${BASE64}`, `data:image/png;base64,${BASE64}`],
	[broken(BASE64), BASE64],
	['data:image/svg+xml,<svg a="b c">', 'data:image/svg+xml,<svg a="b c">'],
	['a red fox', 'a red fox'],
	['"https://a.test/a.png",', 'https://a.test/a.png'],
	['<https://a.test/a.png>', 'https://a.test/a.png'],
])('%j becomes %j', (given, text) => expect(mediaText(given)).toBe(text));

it.each<[value: unknown]>([
	['https://a.test/a.png'],
	['HTTP://a.test/a'],
	['s3://bucket/a.png'],
	['gs://bucket/a.png'],
	['data:image/png;base64,AAAA'],
	['data:image/svg+xml,<svg/>'],
	[BASE64],
	// A JPEG as base64 begins like a path.
	[`/9j/4AAQSkZJRgABAQ${'A'.repeat(60)}`],
	['A'.repeat(100_000)],
	[7],
	[null],
	[{ url: 'https://a.test/a.png' }],
])('%j may be a file', (value) => expect(whyNotMedia(value)).toBeUndefined());

it.each<[value: unknown, why: RegExp]>([
	['data', /^is "data", which is not a URL .*for a file of the item use Input Files$/],
	['photo.png', /^is "photo.png", which is not a URL/],
	['www.a.test/a.png', /which is not a URL/],
	['https://', /which is not a URL/],
	['data:image/png;base64,', /which is not a URL/],
	['iVBORw0KGgo=', /which is not a URL/],
	['[object Object]', /which is not a URL/],
	[mediaText('https://a.test/a.png https://a.test/b.png'), /which is more than one URL/],
	['https://a.test/a.png\nhttps://a.test/b.png', /which is more than one URL/],
	['filesystem-v2', /^is "filesystem-v2", n8n’s description of a file/],
	['filesystem-v2:workflows/1/executions/2/binary_data/3', /n8n’s description of a file/],
	['database', /n8n’s description of a file/],
	['s3:workflows/1', /n8n’s description of a file/],
	['/tmp/a.png', /^is "\/tmp\/a.png", a path on a computer/],
	['./a.png', /a path on a computer/],
	['~/a.png', /a path on a computer/],
	['C:\\Users\\me\\a.png', /a path on a computer/],
	['file:///etc/passwd', /a path on a computer/],
	[{ mimeType: 'image/png', fileName: 'a.png', fileSize: '1 kB' }, /n8n’s description of a file/],
])('%j is none', (value, why) => expect(whyNotMedia(value)).toMatch(why));
