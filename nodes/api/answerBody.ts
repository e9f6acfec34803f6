import { typeOfBytes } from './magicNumber';
import { typeOfHeader } from './mediaType';

/** How many bytes are examined to tell text from binary. */
const SAMPLE_BYTES = 512;
/** Starts a terminal colour code, as found in logs. */
const ESCAPE = 27;

/**
 * Whether an answer is a file. Binary data always is, whatever the header says; text is one only in a file format that
 * the header or its first characters identify (SVG, OBJ, glTF). Base64 counts as text.
 */
export function isFile(firstBytes: Buffer, headers: Record<string, string>): boolean {
	if (!firstBytes.length) return false;
	const magic = typeOfBytes(firstBytes);
	if (magic === 'text/plain') return false;
	const declared = typeOfHeader(headers['content-type']);
	if (!isText(firstBytes, magic === undefined ? headers['content-type'] : '')) return true;
	const start = firstBytes.subarray(0, SAMPLE_BYTES).toString().trim();
	if (declared === undefined || declared === 'text/plain' || declared === 'application/json')
		return false;
	if (declared === 'model/gltf+json') return /"(asset|scenes?|nodes|buffers|meshes)"/.test(start);
	if (magic !== undefined) return !/^[{[]/.test(start);
	return declared.startsWith('model/') && /\s/.test(start) && !/^([{[<]|https?:|data:)/.test(start);
}

/** Decodes an answer's bytes as text, without the byte order mark. */
export function textOfBytes(bytes: Buffer): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le');
	if (first === 0xfe && second === 0xff && bytes.length % 2 === 0) {
		return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
	}
	return bytes.toString().replace(/^\uFEFF/, '');
}

/**
 * True without control characters and, unless the header declares some kind of text, for valid UTF-8; the sample may
 * end mid-character.
 */
function isText(bytes: Buffer, contentType = ''): boolean {
	const sample = bytes.subarray(0, SAMPLE_BYTES);
	if (sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== ESCAPE))) return false;
	const isDeclaredText = /^(text\/|application\/([\w.+-]*\+)?(json|xml))/i.test(contentType);
	return isDeclaredText || !sample.toString().slice(0, -1).includes('\uFFFD');
}
