import { addressList } from './addressList';
import { typeOfBytes } from './magicNumber';
import { isMedia, typeOfName } from './mediaType';

/** One file of an answer: at a URL, or as base64 text. */
export interface OutputFile {
	url: string | null;
	base64?: string;
	contentType: string | null;
	fileName: string | null;
	/** Bytes, as claimed by the API: only a hint. */
	fileSize: number | null;
	/** The answer's field it came from, such as image, video or last_frame; null if there was none. */
	role: string | null;
}

/** A text in an answer that, as a whole, is a file. */
export interface FileText {
	url: string | null;
	base64?: string;
	/** The type according to the text itself. */
	contentType: string | null;
	/** True if the URL's extension, or the bytes, are those of a media file. */
	isCertain: boolean;
}

/** Base64 texts shorter than this cannot hold an image; a word such as "ok" is valid base64 too. */
const MIN_BASE64 = 64;
/** How much of a base64 text is examined before all of it is decoded, in characters. */
const SAMPLE = 1_024;
/** How many places in the middle of a long text are sampled. */
const SAMPLES = 256;
/** Types of files besides media that models make: archives, documents and subtitles. */
const OTHER_FILES = new Set([
	'application/zip',
	'application/pdf',
	'application/x-subrip',
	'text/vtt',
]);
/** URLs of the API itself, where a job is polled; source: Segmind documentation "Async inference". */
const POLL_PATH = /\/v[12]\/requests\/|\/workflows\/request\//;

/** The files in a text that consists of nothing else: one or more URLs, a data URI, base64, or SVG markup. */
export function filesOfText(untrimmed: string): FileText[] {
	// Copied only if there is something to trim: the text may be a whole video.
	const text = /^\s|\s$/.test(untrimmed.slice(0, 1) + untrimmed.slice(-1))
		? untrimmed.trim()
		: untrimmed;
	const start = text.slice(0, SAMPLE);
	if (/^https?:\/\//i.test(start)) return urlsIn(text);
	if (/^data:/i.test(start)) return dataUri(text);
	if (/^<(\?xml|svg|!--|!doctype svg)/i.test(start)) return svgMarkup(text);
	return base64(text);
}

/** Two mentions with the same identity are the same file: host and path, or the content. */
export function identityOf({ url, base64: content }: Pick<OutputFile, 'url' | 'base64'>): string {
	if (url === null) return content ?? '';
	if (!URL.canParse(url)) return url;
	const { host, pathname, search } = new URL(url);
	// The query identifies the file only if the path has no file name.
	return `${host}${pathname}${typeOfName(pathname) ? '' : search}`;
}

function urlsIn(text: string): FileText[] {
	const urls = addressList(text).map(asUrl);
	return urls.every((url) => url !== undefined) ? urls : [];
}

function asUrl(part: string): FileText | undefined {
	const text = part.trim();
	// A space is part of a URL only if the text ends in a file extension; otherwise a sentence goes on.
	const isUrl = !/\s/.test(text) || (!/[\r\n]/.test(text) && isMedia(typeOfName(text)));
	const url = text.replace(/\s/g, '%20');
	if (!isUrl || !URL.canParse(url) || POLL_PATH.test(url)) return undefined;
	const type = typeOfName(url);
	return {
		url,
		contentType: null,
		isCertain: isMedia(type) || OTHER_FILES.has(type ?? ''),
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

/** Raw SVG markup. */
function svgMarkup(text: string): FileText[] {
	const isWhole = /<\/svg>\s*$/i.test(text.slice(-SAMPLE));
	if (!isWhole || typeOfBytes(Buffer.from(text.slice(0, SAMPLE))) !== 'image/svg+xml') return [];
	const content = Buffer.from(text).toString('base64');
	return [{ url: null, base64: content, contentType: 'image/svg+xml', isCertain: true }];
}

/** Excludes words and hexadecimal digits, which use the same characters. */
function base64(text: string): FileText[] {
	if (text.length < MIN_BASE64) return [];
	const ends = [text.slice(0, SAMPLE), text.slice(-SAMPLE)];
	if (!ends.every((part) => /^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(part))) return [];
	const [start = ''] = ends;
	if (/^[0-9a-f\r\n-]+$/i.test(start)) return [];
	const magic = typeOfBytes(Buffer.from(start, 'base64'));
	const isCertain = magic !== undefined && magic !== 'text/plain';
	if (!isCertain && !mayBeBinary(start)) return [];
	const isWhole = samplesOf(text).every((part) => /^[A-Za-z0-9+/_\r\n-]*$/.test(part));
	return isWhole ? [{ url: null, base64: text, contentType: null, isCertain }] : [];
}

/** Without a known signature a text must at least not look like a path, a slug or a long word. */
function mayBeBinary(text: string): boolean {
	const isWord = /^[A-Za-z][a-z]*=*$/.test(text);
	return !isWord && /[A-Z]/.test(text) && /[a-z]/.test(text) && !/[-_]/.test(text);
}

/** Samples from the middle of a text: checking every character of a video would block n8n's event loop. */
function samplesOf(text: string): string[] {
	const step = Math.max(SAMPLE, Math.floor(text.length / SAMPLES));
	const parts: string[] = [];
	for (let at = SAMPLE; at < text.length - SAMPLE; at += step) {
		parts.push(text.slice(at, Math.min(at + SAMPLE, text.length - SAMPLE)));
	}
	return parts;
}
