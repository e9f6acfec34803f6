import { SEPARATORS } from '../api/addressList';
import { quote } from '../api/quote';
import { strip } from '../api/strip';

/** Base64 texts shorter than this hold no file, in characters: a word is valid base64 too. */
const MIN_BASE64 = 64;

/** How much of a text is examined to tell its form, in characters: it may be a whole video. */
const SAMPLE = 1_000;

/**
 * A file's text in the form servers understand: a URL without surrounding punctuation and with its spaces encoded, a data
 * URI or base64 without line breaks.
 */
export function mediaText(value: string): string {
	const text = value.trim();
	// People and language models put URLs in quotation marks or angle brackets, or a comma after them.
	const bare = strip(text, SEPARATORS);
	if (/^https?:/i.test(bare)) return bare.replace(/[ \t](?!https?:)/g, '%20');
	const isInline = /^data:[^,]*;base64,/i.test(text.slice(0, SAMPLE)) || isBase64(text);
	return isInline && /\s/.test(text) ? text.replace(/\s/g, '') : text;
}

/**
 * Why a value cannot be a file's URL, data URI or base64, as half a sentence with what to do instead; undefined if it
 * may be one. Other schemes, such as s3://, pass: reading them is up to the model.
 */
export function whyNotMedia(value: unknown): string | undefined {
	if (typeof value === 'object' && value !== null && 'mimeType' in value) {
		return `is ${OF_N8N}`;
	}
	if (typeof value !== 'string' || isBase64(value)) return undefined;
	const start = value.slice(0, SAMPLE);
	const shown = quote(value);
	if (/^(filesystem|database|s3)(-v\d)?(:(?!\/\/)|$)/.test(start)) return `is ${shown}, ${OF_N8N}`;
	if (/^(\.{0,2}\/|~\/|[a-z]:[\\/]|\\\\|file:)/i.test(start)) {
		return `is ${shown}, a path on a computer, which Segmind cannot read: choose the file in Input Files, or enter its URL`;
	}
	if (/^https?:\S*\s+https?:/i.test(start)) {
		return `is ${shown}, which is more than one URL: enter only one, or use Input Files`;
	}
	if (/^[a-z][a-z0-9+.-]*:\/\/\S/i.test(start) || /^data:[^,]*,./is.test(start)) return undefined;
	return `is ${shown}, which is not a URL (https://...), data URI or base64: for a file of the item use Input Files`;
}

const OF_N8N =
	'n8n’s description of a file, not the file itself: choose the file in Input Files instead';

/** Judged by its start. */
function isBase64(text: string): boolean {
	const start = text.slice(0, SAMPLE).trimEnd();
	return text.length >= MIN_BASE64 && /^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(start);
}
