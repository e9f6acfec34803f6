import { parseJson } from './json';
import { asNumber } from './number';

/** One file of an answer: at a URL, or as base64 text. */
export interface OutputFile {
	url: string | null;
	base64?: string;
	contentType: string | null;
	fileName: string | null;
	/** Bytes. */
	fileSize: number | null;
	/** The field of the answer that the file came from; null where it was the answer itself. */
	role?: string | null;
}

/** What a finished answer holds, whichever of the documented shapes it has. */
export interface Outputs {
	files: OutputFile[];
	/** The text of a language model, or a plain-text output. */
	text: string | null;
	/** The parsed `output` of a model whose answer is data rather than files. */
	result: unknown;
}

/** Fields that hold media objects or arrays of them. Source: Segmind documentation "Async inference", MediaObject. */
const MEDIA_KEYS = ['images', 'image', 'video', 'videos', 'audio', 'audios', 'mesh', 'model_mesh'];
/** Spellings under which an object names its file. Source: model pages, and what public clients guard against. */
const URL_KEYS = ['url', 'image_url', 'video_url', 'audio_url', 'output_url', 'file_url'];
/** Shorter base64 texts hold no picture; a word such as "ok" is valid base64 too. */
const MIN_BASE64 = 64;

/** Reads the outputs of a v2 result or of the JSON answer of a v1 call. */
export function readOutputs(body: unknown): Outputs {
	if (!isObject(body)) return readOutput(body);
	for (const key of MEDIA_KEYS) {
		const files = filesIn(body[key]);
		if (files.length) return { files, text: null, result: null };
	}
	const text = languageText(body) ?? transcript(body);
	if (text !== undefined) return { files: [], text, result: body };
	if (body.output !== undefined && body.output !== null) return readOutput(body.output);
	const files = filesIn(body);
	return { files, text: null, result: files.length ? null : body };
}

/**
 * The text of a language model's answer, of OpenAI's, Anthropic's or Gemini's shape; undefined for anything else.
 * Source: segmind-python chat.py.
 */
export function languageText(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const choice = first(body.choices);
	if (isObject(choice)) {
		return textOf(isObject(choice.message) ? choice.message.content : choice.text);
	}
	const candidate = first(body.candidates);
	if (isObject(candidate) && isObject(candidate.content)) return textOf(candidate.content.parts);
	return Array.isArray(body.content) ? textOf(body.content) : undefined;
}

/** What models that listen to speech heard. Source: their providers' answers, which hold it beside words and times. */
function transcript(body: unknown): string | undefined {
	return isObject(body) && typeof body.text === 'string' ? body.text : undefined;
}

/** `output` itself: a URL, base64, JSON as text (language models, PixelFlow), plain text, an array or an object. */
function readOutput(output: unknown): Outputs {
	if (typeof output === 'string') {
		const parsed = parseContainer(output);
		if (parsed !== undefined) return readOutput(parsed);
	}
	const files = filesIn(output);
	if (files.length) return { files, text: null, result: null };
	if (typeof output === 'string') return { files, text: output, result: null };
	const text = languageText(output) ?? transcript(output);
	if (text !== undefined) return { files, text, result: output };
	if (isObject(output)) {
		const inner = readMedia(output);
		if (inner.length) return { files: inner, text: null, result: output };
	}
	return { files, text: null, result: output ?? null };
}

function readMedia(body: Record<string, unknown>): OutputFile[] {
	return MEDIA_KEYS.flatMap((key) => filesIn(body[key]));
}

function filesIn(value: unknown): OutputFile[] {
	if (Array.isArray(value)) return value.flatMap(filesIn);
	if (typeof value === 'string') {
		const file = fileOfText(value.trim());
		return file ? [file] : [];
	}
	if (!isObject(value)) return [];
	const source = [...URL_KEYS, 'data', 'b64_json', 'base64']
		.map((key) => value[key])
		.find((text) => typeof text === 'string');
	const file = typeof source === 'string' ? fileOfText(source.trim()) : undefined;
	return file
		? [
				{
					...file,
					contentType: asText(value.content_type) ?? file.contentType,
					fileName: asText(value.file_name),
					fileSize: asNumber(value.file_size),
				},
			]
		: [];
}

function fileOfText(text: string): OutputFile | undefined {
	const nothing = { contentType: null, fileName: null, fileSize: null };
	if (/^https?:\/\/\S+$/.test(text)) return { url: text, ...nothing };
	const dataUri = /^data:([^;,]*)(?:;[^,]*)?;base64,([\s\S]*)$/.exec(text);
	if (dataUri)
		return { url: null, base64: dataUri[2], ...nothing, contentType: dataUri[1] || null };
	const isBase64 = text.length >= MIN_BASE64 && /^[A-Za-z0-9+/\r\n]+={0,2}$/.test(text);
	return isBase64 ? { url: null, base64: text, ...nothing } : undefined;
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : ''))
		.join('');
}

function parseContainer(text: string): unknown {
	return /^\s*[{["]/.test(text) ? parseJson(text) : undefined;
}

function first(value: unknown): unknown {
	return Array.isArray(value) ? (value[0] as unknown) : undefined;
}

function asText(value: unknown): string | null {
	return typeof value === 'string' && value ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
