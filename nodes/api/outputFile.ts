import { addressList } from './addressList';
import { typeOfBytes } from './magicNumber';
import { isMedia, typeOfName } from './mediaType';

/** One file of an answer: at a URL, or as base64 text. */
export interface OutputFile {
	url: string | null;
	base64?: string;
	contentType: string | null;
	fileName: string | null;
	/** Bytes by the API's own word: a hint. */
	fileSize: number | null;
	/** The field of the answer that it came from, such as image, video, last_frame; null where there was none. */
	role: string | null;
}

/** What a text of an answer is when it is a file as a whole. */
export interface FileText {
	url: string | null;
	base64?: string;
	/** What the text itself says of the type. */
	contentType: string | null;
	/** True where the address' own ending, or the bytes, are those of a media file. */
	isCertain: boolean;
}

/** Shorter base64 texts hold no picture; a word such as "ok" is valid base64 too. */
const MIN_BASE64 = 64;
/** How much of a base64 text is looked at before it is decoded as a whole, in characters. */
const SAMPLE = 1_024;
/** How many places in the middle of a long one are looked at. */
const SAMPLES = 256;
/** Addresses of the API itself, where a job is looked at; source: Segmind documentation "Async inference". */
const POLL_PATH = /\/v[12]\/requests\/|\/workflows\/request\//;

/** The files that a text is: an address or several of them, a data URI, base64, or the markup of a drawing. */
export function filesOfText(given: string): FileText[] {
	// Copied only where there is something to trim: a text may be a whole film.
	const text = /^\s|\s$/.test(given.slice(0, 1) + given.slice(-1)) ? given.trim() : given;
	const start = text.slice(0, SAMPLE);
	if (/^https?:\/\//i.test(start)) return addressesIn(text);
	if (/^data:/i.test(start)) return dataUri(text);
	if (/^<(\?xml|svg|!--|!doctype svg)/i.test(start)) return drawing(text);
	return base64(text);
}

/** Under what two mentions of a file are known to be the same one: host and path, or the content. */
export function identityOf({ url, base64: content }: Pick<OutputFile, 'url' | 'base64'>): string {
	if (url === null) return content ?? '';
	if (!URL.canParse(url)) return url;
	const { host, pathname, search } = new URL(url);
	// Only a path without a file name leaves it to the query to say which file is meant.
	return `${host}${pathname}${typeOfName(pathname) ? '' : search}`;
}

function addressesIn(text: string): FileText[] {
	const addresses = addressList(text).map(asAddress);
	return addresses.every((address) => address !== undefined) ? addresses : [];
}

function asAddress(part: string): FileText | undefined {
	const text = part.trim();
	// A blank belongs to an address only if it ends as a file's name does; else it is the next word of a sentence.
	const isOne = !/\s/.test(text) || (!/[\r\n]/.test(text) && isMedia(typeOfName(text)));
	const url = text.replace(/\s/g, '%20');
	if (!isOne || !URL.canParse(url) || POLL_PATH.test(url)) return undefined;
	const type = typeOfName(url);
	return {
		url,
		contentType: null,
		isCertain: isMedia(type) || type === 'application/zip' || type === 'application/pdf',
	};
}

function dataUri(text: string): FileText[] {
	const comma = text.indexOf(',');
	const head = text.slice(0, comma);
	if (comma < 0 || comma > SAMPLE) return [];
	const contentType = /^data:([^;,]*)/i.exec(head)?.[1]?.trim() || null;
	const content = text.slice(comma + 1).trim();
	if (!content) return [];
	const found = { url: null, contentType, isCertain: true };
	if (/;\s*base64\s*$/i.test(head)) return [{ ...found, base64: content }];
	try {
		return [{ ...found, base64: Buffer.from(decodeURIComponent(content)).toString('base64') }];
	} catch {
		return [{ ...found, base64: Buffer.from(content).toString('base64') }];
	}
}

/** SVG as it is. */
function drawing(text: string): FileText[] {
	const isWhole = /<\/svg>\s*$/i.test(text.slice(-SAMPLE));
	if (!isWhole || typeOfBytes(Buffer.from(text.slice(0, SAMPLE))) !== 'image/svg+xml') return [];
	const content = Buffer.from(text).toString('base64');
	return [{ url: null, base64: content, contentType: 'image/svg+xml', isCertain: true }];
}

/** Neither words nor hexadecimal digits, though both are written in the same characters. */
function base64(text: string): FileText[] {
	if (text.length < MIN_BASE64) return [];
	const ends = [text.slice(0, SAMPLE), text.slice(-SAMPLE)];
	if (!ends.every((part) => /^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(part))) return [];
	const [start = ''] = ends;
	if (/^[0-9a-f\r\n-]+$/i.test(start)) return [];
	const magic = typeOfBytes(Buffer.from(start, 'base64'));
	const isCertain = magic !== undefined && magic !== 'text/plain';
	// Without a known beginning it must at least not read like a path, a slug or a long word.
	if (!isCertain && !(/[A-Z]/.test(start) && /[a-z]/.test(start) && !/[-_]/.test(start))) return [];
	const isWhole = samplesOf(text).every((part) => /^[A-Za-z0-9+/_\r\n-]*$/.test(part));
	return isWhole ? [{ url: null, base64: text, contentType: null, isCertain }] : [];
}

/** Parts of a text between its ends: to look at every character of a film would hold n8n's loop. */
function samplesOf(text: string): string[] {
	const step = Math.max(SAMPLE, Math.floor(text.length / SAMPLES));
	const parts: string[] = [];
	for (let at = SAMPLE; at < text.length - SAMPLE; at += step) {
		parts.push(text.slice(at, Math.min(at + SAMPLE, text.length - SAMPLE)));
	}
	return parts;
}
