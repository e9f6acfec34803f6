import { isTooDeep, parseJson } from './json';
import { isMedia, typeOfHeader, typeOfName } from './mediaType';
import { asNumber } from './number';
import { filesOfText, type FileText, type OutputFile } from './outputFile';
import { isMediaRole, isNoResult, isReference, leadsToFiles, roleUnder } from './outputRole';

/** More than any answer with files has; what lies beyond is not searched, so that no answer holds n8n's loop. */
const MAX_VALUES = 10_000;
/** JSON within a text within JSON: language models do it once, and so do PixelFlows. */
const MAX_INNER_JSON = 4;
/** Longer texts that are no file are not looked into for JSON, in characters. */
const MAX_JSON_TEXT = 10 * 1024 * 1024;

/** Under which an object holds the file that it describes. */
const OWN_FILE = ['url', 'uri', 'data', 'b64_json', 'base64', 'src', 'href'];

/** Where a value stands in an answer. */
interface Place {
	role: string | null;
	/** The outermost key, the role of what no key describes. */
	outermost: string | null;
	/** Only wrappers and words for media lead here: what is found is a file, whatever it looks like. */
	isKnown: boolean;
	/** What the object around says of the file. */
	about: Record<string, unknown> | undefined;
	innerJson: number;
	/** Only spoken of: no result. */
	isReference: boolean;
}

/** A file, and whether it stood where the documentation puts files. */
interface Found {
	file: OutputFile;
	isKnown: boolean;
}

/** What an answer holds. */
export interface Findings {
	files: OutputFile[];
	/** Texts that only speak of media files, their own or those of others. */
	mentions: string[];
	/** There was more than could be searched. */
	isCut: boolean;
}

/**
 * All files in an answer, documented places first: addresses, data URIs, base64 and drawings, each where its place, its
 * name, its type or its bytes say that it is media. What was sent, and where to look for the job, is passed over.
 */
export function findFiles(body: unknown): Findings {
	const found: Found[] = [];
	const mentions: string[] = [];
	let left = MAX_VALUES;
	const walk = (value: unknown, place: Place) => {
		if (left-- <= 0) return;
		if (typeof value === 'string') {
			const files = filesAt(value, place);
			if (!place.isReference) found.push(...files);
			else mentions.push(...files.flatMap(({ file }) => file.url ?? []));
			if (files.length) return;
			const inner = place.innerJson < MAX_INNER_JSON ? parseContainer(value) : undefined;
			if (inner !== undefined) walk(inner, { ...place, innerJson: place.innerJson + 1 });
			else if (mentionsMedia(value)) mentions.push(value);
		} else if (Array.isArray(value)) {
			for (const one of value) {
				walk(one, place);
				// A list of a million numbers is not walked to its end.
				if (left < 0) break;
			}
		} else if (typeof value === 'object' && value !== null) {
			const about = value as Record<string, unknown>;
			for (const [key, inner] of Object.entries(about)) {
				if (!isNoResult(key)) walk(inner, placeUnder(key, place, about));
			}
		}
	};
	if (!isTooDeep(body)) walk(body, ROOT);
	const sorted = [true, false].flatMap((known) => found.filter(({ isKnown }) => isKnown === known));
	return { files: sorted.map(({ file }) => file), mentions, isCut: left < 0 };
}

const ROOT: Place = {
	role: null,
	outermost: null,
	isKnown: true,
	about: undefined,
	innerJson: 0,
	isReference: false,
};

/** Longer texts are not looked through for addresses, in characters. */
const MAX_PROSE = 100_000;

function mentionsMedia(text: string): boolean {
	if (text.length > MAX_PROSE || !text.includes('://')) return false;
	const addresses = text.match(/https?:\/\/[^\s"'<>()[\]\\]+/gi) ?? [];
	return addresses.some((address) => isMedia(typeOfName(address.replace(/[.,;:!?]+$/, ''))));
}

/** A text that holds an object, a list or another text as JSON. */
export function parseContainer(text: string): unknown {
	if (text.length > MAX_JSON_TEXT || !/^\s*[{["]/.test(text.slice(0, 100))) return undefined;
	return parseJson(text);
}

function placeUnder(key: string, place: Place, about: Record<string, unknown>): Place {
	const role = roleUnder(key, place.role);
	return {
		role,
		outermost: place.outermost ?? key,
		isKnown: place.isKnown && leadsToFiles(key),
		// What an object says is about its own file, not about one that goes with it, such as a film's last frame.
		about:
			role !== place.role && OWN_FILE.some((own) => typeof about[own] === 'string')
				? undefined
				: about,
		innerJson: place.innerJson,
		isReference: place.isReference || isReference(key),
	};
}

function filesAt(text: string, { role, outermost, isKnown, about = {} }: Place): Found[] {
	const said = typeSaid(about);
	const isFile = (file: FileText) =>
		file.isCertain || isKnown || isMediaRole(role) || isMedia(typeOfHeader(said));
	return filesOfText(text)
		.filter(isFile)
		.map((file) => ({
			isKnown,
			file: {
				url: file.url,
				...(file.base64 === undefined ? {} : { base64: file.base64 }),
				...factsOf(about, file, said),
				role: role ?? outermost,
			},
		}));
}

/** What the object around a file says of it, unless it is about another file: each of them has an address of its own. */
function factsOf(about: Record<string, unknown>, file: FileText, said: string | null) {
	const fileName = asText(about.file_name) ?? asText(about.filename) ?? asText(about.fileName);
	const type = typeOfName(file.url) ?? file.contentType;
	const isOther = said !== null && type !== null && kindOf(type) !== kindOf(said);
	return {
		contentType: isOther ? file.contentType : (said ?? file.contentType),
		fileName: isOther ? null : fileName,
		fileSize: isOther ? null : asNumber(about.file_size ?? about.fileSize),
	};
}

function typeSaid(about: Record<string, unknown>): string | null {
	const keys = ['content_type', 'contentType', 'mime_type', 'mimeType', 'media_type'];
	return keys.map((key) => asText(about[key])).find((type) => type !== null) ?? null;
}

function kindOf(type: string): string {
	return (typeOfHeader(type) ?? type).split('/')[0] ?? '';
}

function asText(value: unknown): string | null {
	return typeof value === 'string' && value ? value : null;
}
