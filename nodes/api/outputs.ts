import { languageText, plainText } from './answerText';
import { findFiles, parseContainer } from './findFiles';
import { filesOfText, identityOf, type OutputFile } from './outputFile';
import { mainFirst } from './outputRole';

/** The contents of a finished answer, whatever its format. */
export interface Outputs {
	/** Each file once, the main one first. */
	files: OutputFile[];
	/** The text of a language model, or a plain-text output. */
	text: string | null;
	/** The answer of a model that returns data rather than files; files in it are only named. */
	result: unknown;
}

/** Shorter texts hold no file, in characters. */
const MIN_FILE = 20;
/** Longer base64 texts are certainly files, in characters. */
const MAX_INLINE = 1_000;

/**
 * Reads the outputs of a v2 result or of the answer of a v1 call: all its files, in documented places and elsewhere,
 * its text, and its data.
 * @param sent the request's inputs: a file that is merely echoed is not a result
 */
export function readOutputs(body: unknown, sent?: unknown): Outputs {
	const output = unpacked(isObject(body) ? body.output : body);
	// Avoids unpacking the output again.
	const found = findFiles(isObject(body) ? { ...body, output } : output);
	const files = mainFirst(eachOnce(found.files, sent), mainOf(output));
	const text = textIn(body, output, files.length > 0);
	// Other data in an object with files is kept.
	const beside = files.length > 0 && !isObject(output) ? null : (output ?? body ?? null);
	// A file that is merely mentioned is returned with the text that mentions it.
	const isMentionKept = found.mentions.every((mention) => text?.text.includes(mention));
	const data = found.isCut || !isMentionKept ? body : text ? text.of : beside;
	return { files, text: text?.text ?? null, result: withoutFiles(data, files) };
}

/** The value with inline files replaced by a note: items must not contain base64. */
export function withoutFiles(value: unknown, files: readonly OutputFile[] = []): unknown {
	const found = new Set(files.map(({ base64 }) => base64));
	const clean = (one: unknown): unknown => {
		if (typeof one === 'string') return cleanText(one);
		if (Array.isArray(one)) {
			if (one.every(isPlain)) return one;
			const cleaned = one.map(clean);
			return cleaned.every((inner, at) => inner === one[at]) ? one : cleaned;
		}
		if (!isObject(one)) return one;
		// Most objects hold no file, and are not copied.
		const changed = Object.entries(one).flatMap(([key, inner]) => {
			const cleaned = clean(inner);
			return cleaned === inner ? [] : [[key, cleaned] as const];
		});
		return changed.length ? { ...one, ...Object.fromEntries(changed) } : one;
	};
	const cleanText = (text: string): unknown => {
		if (text.length < MIN_FILE) return text;
		const [file] = filesOfText(text);
		const isFile = file?.isCertain || found.has(file?.base64) || text.length > MAX_INLINE;
		if (file?.base64 !== undefined && isFile) return `(a file, ${text.length} characters)`;
		const mayHide = !file && /^\s*[{["]/.test(text.slice(0, 100)) && hasLongBase64(text);
		const inner = mayHide ? parseContainer(text) : undefined;
		return inner === undefined ? text : clean(inner);
	};
	return clean(value);
}

/** Parses JSON that arrives as text. */
function unpacked(output: unknown): unknown {
	const inner = typeof output === 'string' ? parseContainer(output) : undefined;
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
): { text: string; of: unknown } | undefined {
	const spoken = [output, body].flatMap((of) => {
		const text = languageText(of);
		return text === undefined ? [] : [{ text, of }];
	});
	const plain = [output, body].flatMap((place) => {
		const text = typeof place === 'string' ? place : plainText(place);
		// A file is not text, however it is encoded.
		if (text === undefined || filesOfText(text).length) return [];
		return [{ text, of: typeof place === 'string' || hasFiles ? null : place }];
	});
	const texts = [...spoken, ...plain];
	return texts.find(({ text }) => text.trim()) ?? (hasFiles ? undefined : texts[0]);
}

/** The URL in `output`, which is the main file's. Source: Segmind documentation "Async inference". */
function mainOf(output: unknown): string | null {
	const first: unknown = Array.isArray(output) ? output[0] : output;
	return typeof first === 'string' ? (filesOfText(first)[0]?.url ?? null) : null;
}

/** Each file once, merging what all its mentions say about it, without files that were sent. */
function eachOnce(files: OutputFile[], sent: unknown): OutputFile[] {
	const known = new Map<string, OutputFile>();
	const given = new Set(textsIn(sent).flatMap(filesOfText).map(identityOf));
	for (const file of files) {
		const id = identityOf(file);
		if (given.has(id)) continue;
		const before = known.get(id);
		known.set(id, before ? merged(before, file) : file);
	}
	return [...known.values()];
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function merged(one: OutputFile, other: OutputFile): OutputFile {
	return {
		...one,
		contentType: one.contentType ?? other.contentType,
		fileName: one.fileName ?? other.fileName,
		fileSize: one.fileSize ?? other.fileSize,
		role: [one.role, other.role].find((role) => role !== null && role !== 'output') ?? one.role,
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
	return typeof value === 'number' || typeof value === 'boolean' || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
