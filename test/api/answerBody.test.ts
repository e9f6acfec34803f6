import { isFile, textOfBytes } from '../../nodes/api/answerBody';
import { fileOf } from '../engine/sampleFiles';

const base64 = fileOf('png', 600).toString('base64');

describe('isFile', () => {
	it.each<[what: string, bytes: Buffer, type: string | undefined, expected: boolean]>([
		['a picture', fileOf('png'), 'image/png', true],
		['a picture called text', fileOf('jpg'), 'text/plain', true],
		['bytes of no known type', fileOf('none'), undefined, true],
		['SVG', Buffer.from('<svg></svg>'), 'image/svg+xml', true],
		['an OBJ shape', Buffer.from('v 0 0 0\nv 1 0 0\n'), 'model/obj', true],
		['glTF', Buffer.from('{"asset": {"version": "2.0"}}'), 'model/gltf+json', true],
		['an error under a shape’s type', Buffer.from('{"error": "busy"}'), 'model/gltf+json', false],
		['JSON', Buffer.from('{"a": 1}'), 'application/json', false],
		['JSON under an image type', Buffer.from('{"a": 1}'), 'image/png', false],
		['JSON with a mark', Buffer.from('\ufeff{"a": 1}'), 'application/json', false],
		['base64 under an image type', Buffer.from(base64), 'image/png', false],
		['a page under an image type', Buffer.from('<!doctype html>'), 'image/png', false],
		['an umlaut', Buffer.from('Über'), 'text/plain', false],
		['an umlaut without a type', Buffer.from('Über'), undefined, false],
		['Latin-1', Buffer.from('\xdcber', 'latin1'), 'text/plain', false],
		['Chinese', Buffer.from('狐'.repeat(400)), 'text/plain', false],
		['UTF-16', Buffer.from('\ufefftext', 'utf16le'), 'text/plain', false],
		['nothing', Buffer.alloc(0), 'image/png', false],
	])('%s', (_what, bytes, type, expected) => {
		expect(isFile(bytes.subarray(0, 512), type ? { 'content-type': type } : {})).toBe(expected);
	});
});

it.each([
	['UTF-8', Buffer.from('Ü{')],
	['UTF-8 with a mark', Buffer.from('\ufeffÜ{')],
	['UTF-16, little end first', Buffer.from('\ufeffÜ{', 'utf16le')],
	['UTF-16, big end first', Buffer.from('\ufeffÜ{', 'utf16le').swap16()],
])('reads %s', (_encoding, bytes) => {
	expect(textOfBytes(bytes)).toBe('Ü{');
});
