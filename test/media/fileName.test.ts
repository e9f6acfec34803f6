import { outputFileName, safeName } from '../../nodes/media/fileName';

const JPEG = { mimeType: 'image/jpeg', extension: 'jpg' };
const MP4 = { mimeType: 'video/mp4', extension: 'mp4' };
const OCTETS = { mimeType: 'application/octet-stream', extension: 'bin' };
const one = { model: 'segmind-vega', seedOrId: '42', index: 0, count: 1 };

describe('a name made of model and seed or job', () => {
	it.each<[facts: Partial<Parameters<typeof outputFileName>[2]>, name: string]>([
		[{}, 'segmind-vega-42.jpg'],
		[{ seedOrId: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10' }, 'segmind-vega-8b3c5b6e-2a5.jpg'],
		[{ seedOrId: null }, 'segmind-vega.jpg'],
		[{ model: null }, 'segmind-42.jpg'],
		[{ model: 'sdxl1.0-newreality-lightning' }, 'sdxl1.0-newreality-lightning-42.jpg'],
		// The end of a slug may look like an extension.
		[{ model: 'make.mp4', seedOrId: null }, 'make.jpg'],
		[{ count: 2 }, 'segmind-vega-42-1.jpg'],
		[{ count: 2, index: 1 }, 'segmind-vega-42-2.jpg'],
	])('%j: %s', (facts, name) => {
		expect(outputFileName('', JPEG, { ...one, ...facts })).toBe(name);
	});
});

describe('a name chosen by the user', () => {
	it.each<[wanted: string, type: typeof JPEG, count: number, name: string]>([
		['fox', JPEG, 1, 'fox.jpg'],
		['fox.jpg', JPEG, 1, 'fox.jpg'],
		['fox.jpeg', JPEG, 1, 'fox.jpeg'],
		['fox.JPG', JPEG, 1, 'fox.JPG'],
		// The bytes decide, whatever was asked for.
		['fox.png', JPEG, 1, 'fox.jpg'],
		['fox.png', MP4, 1, 'fox.mp4'],
		['fox.png', OCTETS, 1, 'fox.bin'],
		['fox v1.5', JPEG, 1, 'fox v1.5.jpg'],
		['fox.jpeg', JPEG, 3, 'fox-1.jpg'],
		['fox', JPEG, 3, 'fox-1.jpg'],
		['Füchse 🦊', JPEG, 1, 'Füchse 🦊.jpg'],
		['../../etc/passwd', JPEG, 1, '_.._etc_passwd.jpg'],
		['  ', JPEG, 1, 'segmind-vega-42.jpg'],
		['...', JPEG, 1, 'segmind-vega-42.jpg'],
	])('%j as %j of %i: %s', (wanted, type, count, name) => {
		expect(outputFileName(wanted, type, { ...one, count })).toBe(name);
	});

	// File systems take 255 bytes, and a character that was cut in two would be none.
	it.each(['x', 'x.jpg ', '狐', '🦊', 'x🦊', 'xx🦊', 'xxx🦊'])('shortens many %j', (part) => {
		const name = outputFileName(part.repeat(500), JPEG, { ...one, count: 20, index: 19 });
		expect(name).toMatch(/-20\.jpg$/);
		expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		expect(Buffer.from(name).toString()).toBe(name);
		expect(name).not.toContain('\uFFFD');
	});
});

describe('safeName', () => {
	it.each<[name: string, safe: string]>([
		['a red fox', 'a red fox'],
		['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
		['line\nbreak\0', 'line_break_'],
		['.hidden', 'hidden'],
		['  fox  ', 'fox'],
		['', ''],
	])('%j: %j', (name, safe) => {
		expect(safeName(name)).toBe(safe);
	});
});
