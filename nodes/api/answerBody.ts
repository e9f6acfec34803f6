import { typeOfBytes } from './magicNumber';
import { typeOfHeader } from './mediaType';

/** How many bytes decide whether an answer is text. */
const SAMPLE = 512;
/** Colours of a terminal, in a log. */
const ESCAPE = 27;

/**
 * Whether an answer that may be a file is one. Bytes that are no text are a file whatever the header says; text is one
 * only where it is written in a format of files that the header or its beginning names (SVG, OBJ, glTF). Base64 is text.
 */
export function isFile(firstBytes: Buffer, headers: Record<string, string>): boolean {
	if (!firstBytes.length) return false;
	const magic = typeOfBytes(firstBytes);
	if (magic === 'text/plain') return false;
	const said = typeOfHeader(headers['content-type']);
	if (!isText(firstBytes, magic === undefined ? headers['content-type'] : '')) return true;
	const start = firstBytes.subarray(0, SAMPLE).toString().trim();
	if (said === undefined || said === 'text/plain' || said === 'application/json') return false;
	if (said === 'model/gltf+json') return /"(asset|scenes?|nodes|buffers|meshes)"/.test(start);
	if (magic !== undefined) return !/^[{[]/.test(start);
	return said.startsWith('model/') && /\s/.test(start) && !/^([{[<]|https?:|data:)/.test(start);
}

/** An answer's bytes as text, without the mark of its encoding. */
export function textOfBytes(bytes: Buffer): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le');
	if (first === 0xfe && second === 0xff && bytes.length % 2 === 0) {
		return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
	}
	return bytes.toString().replace(/^\uFEFF/, '');
}

/** No control characters, and UTF-8 unless the header says that it is text of some kind; a sample may end within a character. */
function isText(bytes: Buffer, contentType = ''): boolean {
	const sample = bytes.subarray(0, SAMPLE);
	if (sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== ESCAPE))) return false;
	const isSaid = /^(text\/|application\/([\w.+-]*\+)?(json|xml))/i.test(contentType);
	return isSaid || !sample.toString().slice(0, -1).includes('\uFFFD');
}
