import { languageText, plainText } from './answerText';
import { findFiles, parseContainer } from './findFiles';
import { filesOfText, identityOf, type OutputFile } from './outputFile';
import { mainFirst } from './outputRole';
import { Pace, type Steps } from './slices';

/** The contents of a finished answer, whatever its format. */
export interface Outputs {
	/** Each file once, the main one first. */
	files: OutputFile[];
	/** The text of a language model, or a plain-text output. */
	text: string | null;
	/** The answer of a model that returns data rather than files; files in it are only named. */
	result: unknown;
}

/** Texts shorter than this hold no file, in characters. */
const MIN_FILE = 20;
/** Base64 texts longer than this are certainly files, in characters. */
const MAX_INLINE = 1_000;

/**
 * Reads the outputs of a v2 result or of the answer of a v1 call: all its files, in documented places and elsewhere,
 * its text, and its data.
 * @param sent the request's inputs: a file that is merely echoed is not a result
 */
export function* readOutputs(body: unknown, sent?: unknown): Steps<Outputs> {
	const given = isObject(body) ? body.output : body;
	const output = yield* unpacked(given);
	// Avoids unpacking the output again; to copy a wide object takes long.
	const found = yield* findFiles(
		output === given ? body : isObject(body) ? { ...body, output } : output,
	);
	const files = mainFirst(yield* deduplicated(found.files, sent), mainOf(output));
	const text = textIn(body, output, files.length > 0);
	// Other data in an object with files is kept.
	const otherData = files.length > 0 && !isObject(output) ? null : (output ?? body ?? null);
	// A file that is merely mentioned is returned with the text that mentions it.
	const keepsMentions = found.mentions.every((mention) => text?.text.includes(mention));
	const data = found.isTruncated || !keepsMentions ? body : text ? text.source : otherData;
	return { files, text: text?.text ?? null, result: yield* withoutFiles(data, files) };
}

/** The value with inline files replaced by a note: items must not contain base64. */
export function* withoutFiles(root: unknown, files: readonly OutputFile[] = []): Steps<unknown> {
	const found = new Set(files.map(({ base64 }) => base64));
	const pace = new Pace();
	const clean = function* (value: unknown): Steps<unknown> {
		if (isPlain(value)) return value;
		if (typeof value === 'string') return yield* cleanText(value);
		// Most lists and objects hold no file, and are not copied.
		if (Array.isArray(value)) {
			let cleaned: unknown[] | undefined;
			for (let at = 0; at < value.length; at++) {
				const inner: unknown = value[at];
				if (pace.isDue(inner)) yield;
				if (isPlain(inner)) continue;
				const kept = yield* clean(inner);
				if (kept !== inner) (cleaned ??= [...(value as unknown[])])[at] = kept;
			}
			return cleaned ?? value;
		}
		const changed: Array<readonly [string, unknown]> = [];
		for (const key of Object.keys(value as object)) {
			const inner = (value as Record<string, unknown>)[key];
			if (pace.isDue(inner)) yield;
			if (isPlain(inner)) continue;
			const kept = yield* clean(inner);
			if (kept !== inner) changed.push([key, kept]);
		}
		return changed.length ? { ...(value as object), ...Object.fromEntries(changed) } : value;
	};
	const cleanText = function* (text: string): Steps<unknown> {
		const [file] = filesOfText(text);
		const isFile = file?.isCertain || found.has(file?.base64) || text.length > MAX_INLINE;
		if (file?.base64 !== undefined && isFile) return `(a file, ${text.length} characters)`;
		const mayHideFile = !file && /^\s*[{["]/.test(text.slice(0, 100)) && hasLongBase64(text);
		const inner = mayHideFile ? yield* parseContainer(text) : undefined;
		return inner === undefined ? text : yield* clean(inner);
	};
	return yield* clean(root);
}

/** Parses JSON that arrives as text. */
function* unpacked(output: unknown): Steps<unknown> {
	const inner = typeof output === 'string' ? yield* parseContainer(output) : undefined;
	return inner === undefined ? output : inner;
}

/**
 * The text of an answer, with the data it is part of; undefined without text. An empty text counts only if there is
 * nothing else.
 */
function textIn(
	body: unknown,
	output: unknown,
	hasFiles: boolean,
): { text: string; source: unknown } | undefined {
	// A text that was unpacked is no text.
	const places = typeof body === 'string' ? [output] : [output, body];
	const languageTexts = places.flatMap((source) => {
		const text = languageText(source);
		return text === undefined ? [] : [{ text, source }];
	});
	const plainTexts = places.flatMap((place) => {
		const text = typeof place === 'string' ? place : plainText(place);
		// A file is not text, however it is encoded.
		if (text === undefined || filesOfText(text).length) return [];
		return [{ text, source: typeof place === 'string' || hasFiles ? null : place }];
	});
	const texts = [...languageTexts, ...plainTexts];
	return texts.find(({ text }) => text.trim()) ?? (hasFiles ? undefined : texts[0]);
}

/** The URL in `output`, which is the main file's. Source: Segmind documentation "Async inference". */
function mainOf(output: unknown): string | null {
	const first: unknown = Array.isArray(output) ? output[0] : output;
	return typeof first === 'string' ? (filesOfText(first)[0]?.url ?? null) : null;
}

/** Each file once, merging what all its mentions say about it, without files that were sent. */
function* deduplicated(files: OutputFile[], sent: unknown): Steps<OutputFile[]> {
	const known = new Map<string, OutputFile>();
	const sentFiles = new Set<string>();
	const pace = new Pace();
	for (const text of textsIn(sent)) {
		if (pace.isDue(text)) yield;
		for (const file of filesOfText(text)) sentFiles.add(identityOf(file));
	}
	for (const file of files) {
		if (pace.isDue(file.url)) yield;
		const id = identityOf(file);
		if (sentFiles.has(id)) continue;
		const earlier = known.get(id);
		known.set(id, earlier ? mergeMentions(earlier, file) : file);
	}
	return [...known.values()];
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function mergeMentions(file: OutputFile, duplicate: OutputFile): OutputFile {
	return {
		...file,
		contentType: file.contentType ?? duplicate.contentType,
		fileName: file.fileName ?? duplicate.fileName,
		fileSize: file.fileSize ?? duplicate.fileSize,
		role:
			[file.role, duplicate.role].find((role) => role !== null && role !== 'output') ?? file.role,
	};
}

/**
 * Whether a text contains a run of about MAX_INLINE characters of base64: such a run fully covers some block of half
 * that length.
 */
function hasLongBase64(text: string): boolean {
	const block = MAX_INLINE / 2;
	for (let at = 0; at + block <= text.length; at += block) {
		if (/^[A-Za-z0-9+/]*$/.test(text.slice(at, at + block))) return true;
	}
	return false;
}

/** A value that cannot contain a file. */
function isPlain(value: unknown): boolean {
	if (typeof value === 'string') return value.length < MIN_FILE;
	return typeof value !== 'object' || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
