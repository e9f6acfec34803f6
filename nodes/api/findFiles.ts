import { MAX_LEVELS, parseJsonInSteps } from './json';
import { isMedia, typeOfHeader, typeOfName } from './mediaType';
import { asNumber } from './number';
import { filesOfText, type FileText, type OutputFile } from './outputFile';
import {
	isMediaRole,
	isNeverResult,
	isOpaque,
	isReference,
	leadsToFiles,
	roleUnder,
} from './outputRole';
import { Pace, type Steps } from './slices';
import { stripEnd } from './strip';

/** Maximum number of values searched, far more than any real answer has, so that no answer blocks n8n's event loop. */
const MAX_VALUES = 10_000;
/** Levels of JSON inside strings inside JSON: language models and PixelFlows nest one level. */
const MAX_JSON_NESTING = 4;
/** Texts longer than this that are not files are not parsed as JSON, in characters. */
const MAX_JSON_TEXT = 10 * 1024 * 1024;

/** Keys under which an object holds the file it describes. */
const OWN_FILE = ['url', 'uri', 'data', 'b64_json', 'base64', 'src', 'href'];

/** Keys under which an object holds its file's MIME type; `type` may also be another word. */
const TYPE_KEYS =
	'content_type contentType mime_type mimeType mimetype mime media_type mediaType type'.split(' ');
const MIME_TYPE = /^\s*[a-z]+\/[\w.+-]+/i;

/** Where a value sits in an answer. */
interface Place {
	role: string | null;
	/** The outermost key: the fallback role when no key describes the file. */
	outermost: string | null;
	/** Reached only through wrappers and media words: whatever is found here is a file. */
	isKnown: boolean;
	/** The surrounding object, whose other keys describe the file. */
	about: Record<string, unknown> | undefined;
	innerJson: number;
	/** How many lists and objects are around it. */
	level: number;
	/** Merely mentioned: not a result. */
	isReference: boolean;
}

/** A file, and whether it was found where the documentation puts files. */
interface Found {
	file: OutputFile;
	isKnown: boolean;
}

/** What was found in an answer. */
export interface Findings {
	files: OutputFile[];
	/** Texts that merely mention media files. */
	mentions: string[];
	/** The answer was too large to search completely. */
	isTruncated: boolean;
}

/**
 * All files in an answer, documented places first: URLs, data URIs, base64 and SVG, wherever the place, name, type or
 * bytes identify media. Files that were sent and polling URLs are skipped.
 */
export function* findFiles(body: unknown): Steps<Findings> {
	const found: Found[] = [];
	const mentions: string[] = [];
	const pace = new Pace();
	let budget = MAX_VALUES;
	const walk = function* (value: unknown, place: Place): Steps<void> {
		if (place.level > MAX_LEVELS || budget-- <= 0) return;
		if (pace.isDue(value)) yield;
		if (typeof value === 'string') {
			const files = filesAt(value, place);
			if (!place.isReference) found.push(...files);
			else mentions.push(...files.flatMap(({ file }) => file.url ?? []));
			if (files.length) return;
			const inner = place.innerJson < MAX_JSON_NESTING ? yield* parseContainer(value) : undefined;
			if (inner !== undefined)
				yield* walk(inner, { ...place, innerJson: place.innerJson + 1, level: 0 });
			else if (mentionsMedia(value)) mentions.push(value);
		} else if (Array.isArray(value)) {
			for (const entry of value) {
				yield* walk(entry, { ...place, level: place.level + 1 });
				// A list of a million numbers is not walked to its end.
				if (budget < 0) break;
			}
		} else if (typeof value === 'object' && value !== null) {
			const about = value as Record<string, unknown>;
			for (const key of Object.keys(about)) {
				if (!isNeverResult(key)) yield* walk(about[key], placeUnder(key, place, about));
				if (budget < 0) break;
			}
		}
	};
	yield* walk(body, ROOT);
	const sorted = [true, false].flatMap((known) => found.filter(({ isKnown }) => isKnown === known));
	return { files: sorted.map(({ file }) => file), mentions, isTruncated: budget < 0 };
}

const ROOT: Place = {
	role: null,
	outermost: null,
	isKnown: true,
	about: undefined,
	innerJson: 0,
	level: 0,
	isReference: false,
};

/** Texts longer than this are not searched for URLs, in characters. */
const MAX_PROSE = 100_000;

function mentionsMedia(text: string): boolean {
	if (text.length > MAX_PROSE || !text.includes('://')) return false;
	const urls = text.match(/https?:\/\/[^\s"'<>()[\]\\]+/gi) ?? [];
	return urls.some((url) => isMedia(typeOfName(stripEnd(url, '.,;:!?'))));
}

/** Parses a text that is a JSON object, list or string. */
export function* parseContainer(text: string): Steps<unknown> {
	if (text.length > MAX_JSON_TEXT || !/^\s*[{["]/.test(text.slice(0, 100))) return undefined;
	return yield* parseJsonInSteps(text);
}

function placeUnder(key: string, place: Place, about: Record<string, unknown>): Place {
	const role = roleUnder(key, place.role);
	return {
		role,
		outermost: place.outermost ?? key,
		isKnown: place.isKnown && leadsToFiles(key),
		// An object's facts are about its own file, not about a companion such as a video's last frame.
		about:
			role !== place.role && OWN_FILE.some((ownKey) => typeof about[ownKey] === 'string')
				? undefined
				: about,
		innerJson: place.innerJson,
		level: place.level + 1,
		isReference: place.isReference || isReference(key),
	};
}

function filesAt(text: string, { role, outermost, isKnown, about = {} }: Place): Found[] {
	const declared = declaredType(about);
	const files = filesOfText(text);
	if (!files.length) return [];
	const isExpected =
		isKnown ||
		isMediaRole(role) ||
		isMedia(declared?.toLowerCase()) ||
		isMediaRole(asText(about.type)?.toLowerCase() ?? null);
	return files
		.filter(({ isCertain, url }) => isCertain || (isExpected && (url !== null || !isOpaque(role))))
		.map((file) => ({
			isKnown,
			file: {
				url: file.url,
				...(file.base64 === undefined ? {} : { base64: file.base64 }),
				...factsOf(about, file, declared),
				role: role ?? outermost,
			},
		}));
}

/** The surrounding object's facts about a file, unless they are about another file: each has its own URL. */
function factsOf(about: Record<string, unknown>, file: FileText, declared: string | null) {
	const fileName = asText(about.file_name) ?? asText(about.filename) ?? asText(about.fileName);
	const type = typeOfName(file.url) ?? file.contentType;
	const describesOther = declared !== null && type !== null && kindOf(type) !== kindOf(declared);
	return {
		contentType: describesOther ? file.contentType : (declared ?? file.contentType),
		fileName: describesOther ? null : fileName,
		fileSize: describesOther ? null : asNumber(about.file_size ?? about.fileSize),
	};
}

function declaredType(about: Record<string, unknown>): string | null {
	const types = TYPE_KEYS.map((key) => asText(about[key]));
	return types.find((type) => type !== null && MIME_TYPE.test(type)) ?? null;
}

function kindOf(type: string): string {
	return (typeOfHeader(type) ?? type).split('/')[0] ?? '';
}

function asText(value: unknown): string | null {
	return typeof value === 'string' && value ? value : null;
}
