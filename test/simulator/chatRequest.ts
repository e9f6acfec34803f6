import type { KnownModel } from './models';

type Json = Record<string, unknown>;

/** What a language model reads in a body. */
export interface ChatRead {
	/** The words of the last turn. */
	question: string;
	/** The types of all files, in their order; "url" for one that is only named. */
	files: string[];
	/** All words of all turns. */
	words: string;
	/** Set where JSON is wanted; the schema where one is given. */
	json: { schema: unknown } | undefined;
}

/** Why a model cannot run with a body. */
class Refusal extends Error {}

/** Whose format a model takes. Source: "API Format" on the model pages. */
function formatOf({ slug }: KnownModel): 'anthropic' | 'gemini' | 'openai' {
	if (/^claude/i.test(slug)) return 'anthropic';
	return /^gemini/i.test(slug) ? 'gemini' : 'openai';
}

/** Why a chat model refuses a body; undefined when it likes it. */
export function chatError(model: KnownModel, body: Json): string | undefined {
	try {
		readChat(model, body);
		return undefined;
	} catch (thrown) {
		return (thrown as Error).message;
	}
}

/** Reads a body as the model's provider does; throws for one that it refuses. */
export function readChat(model: KnownModel, body: Json): ChatRead {
	const format = formatOf(model);
	const turns = turnsOf(format, body);
	const words = [...turns.map(({ text }) => text), String(body.instruction ?? '')].join('\n');
	const pictures = [body.images, body.image].flat().filter((one) => typeof one === 'string');
	return {
		question: turns.at(-1)?.text.trim() ?? '',
		files: [...pictures.map((one) => typeOf(one)), ...turns.flatMap(({ files }) => files)],
		words,
		json: jsonWish(model, body.response_format, words),
	};
}

interface Turn {
	text: string;
	files: string[];
}

function turnsOf(format: ReturnType<typeof formatOf>, { messages, prompt }: Json): Turn[] {
	if (messages === undefined) {
		return typeof prompt === 'string' ? [{ text: prompt, files: [] }] : [];
	}
	if (format === 'gemini') return geminiTurns(messages);
	if (!Array.isArray(messages) || !messages.length) {
		throw new Refusal('messages: Input should be a valid list');
	}
	return messages.map((message: unknown, at) => {
		const { role, content } = asObject(message, `messages.${at}`);
		const roles = format === 'anthropic' ? ['user', 'assistant'] : ['system', 'user', 'assistant'];
		if (!roles.includes(String(role))) {
			throw new Refusal(`messages.${at}: Unexpected role "${String(role)}"`);
		}
		if (typeof content === 'string') return { text: content, files: [] };
		if (!Array.isArray(content))
			throw new Refusal(`messages.${at}.content: Input should be a list`);
		const part = format === 'anthropic' ? anthropicBlock : openAiPart;
		return joined(content.map((one: unknown) => part(asObject(one, `messages.${at}.content`))));
	});
}

function geminiTurns(messages: unknown): Turn[] {
	const { contents, system_instruction: instruction } = asObject(messages, 'messages');
	if (!Array.isArray(contents) || !contents.length) throw new Refusal('contents is required');
	const turns = contents.map((content: unknown) => {
		const { role, parts } = asObject(content, 'contents');
		if (role !== 'user' && role !== 'model')
			throw new Refusal('Please use a valid role: user, model.');
		if (!Array.isArray(parts) || !parts.length)
			throw new Refusal('contents.parts must not be empty');
		return joined(parts.map((part: unknown) => geminiPart(asObject(part, 'parts'))));
	});
	const system = instruction as { parts?: { text?: string } } | undefined;
	return [...(system?.parts?.text ? [{ text: system.parts.text, files: [] }] : []), ...turns];
}

function openAiPart({ type, text, image_url: image, input_audio: audio, file }: Json): Turn {
	if (type === 'text' && typeof text === 'string') return { text, files: [] };
	const url = (image as { url?: unknown } | undefined)?.url;
	if (type === 'image_url' && typeof url === 'string') return ofFile(typeOf(url));
	const { data, format } = (audio ?? {}) as Json;
	if (type === 'input_audio' && isBase64(data)) return ofFile(`audio/${String(format)}`);
	const { file_data: content } = (file ?? {}) as Json;
	if (type === 'file' && typeof content === 'string') return ofFile(typeOf(content));
	throw new Refusal(`Invalid content part: ${JSON.stringify(type)}`);
}

function anthropicBlock({ type, text, source }: Json): Turn {
	if (type === 'text' && typeof text === 'string') return { text, files: [] };
	const { type: kind, media_type: mediaType, data, url } = (source ?? {}) as Json;
	if (type === 'image' || type === 'document') {
		if (kind === 'base64' && isBase64(data)) return ofFile(String(mediaType));
		if (kind === 'url' && typeof url === 'string') return ofFile('url');
	}
	throw new Refusal(`Input tag ${JSON.stringify(type)} found using 'type' does not match`);
}

function geminiPart({ text, inlineData, fileData }: Json): Turn {
	if (typeof text === 'string') return { text, files: [] };
	const { mimeType, data } = (inlineData ?? {}) as Json;
	if (typeof mimeType === 'string' && isBase64(data)) return ofFile(mimeType);
	if (typeof (fileData as Json | undefined)?.fileUri === 'string') return ofFile('url');
	throw new Refusal('Invalid value at contents.parts');
}

/** Source: segmind-python 1.3.0, changelog. */
function jsonWish(model: KnownModel, format: unknown, words: string): ChatRead['json'] {
	const inWords = /JSON schema: (\{.*\})\s*$/s.exec(words)?.[1];
	if (format === undefined) {
		if (inWords) return { schema: JSON.parse(inWords) as unknown };
		return /Answer with JSON only/.test(words) ? { schema: undefined } : undefined;
	}
	const { type, json_schema: schema } = asObject(format, 'response_format');
	if (type === 'json_schema') {
		const { name, schema: inner } = asObject(schema, 'response_format.json_schema');
		if (typeof name !== 'string') throw new Refusal('response_format.json_schema.name is required');
		return { schema: inner };
	}
	if (type !== 'json_object') throw new Refusal(`response_format.type ${JSON.stringify(type)}`);
	if (formatOf(model) === 'anthropic') {
		throw new Refusal('response_format json_object is not supported: use json_schema');
	}
	if (/^(gpt|o\d|deepseek)/i.test(model.slug) && !/json/i.test(words)) {
		throw new Refusal(
			"'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
		);
	}
	return { schema: undefined };
}

/** An answer in JSON that fits the schema. */
export function jsonAnswer(schema: unknown, text: string, name = 'answer'): unknown {
	if (typeof schema !== 'object' || schema === null) return { answer: text };
	const { type, enum: choices, properties, items } = schema as Json;
	if (Array.isArray(choices)) return choices[0];
	if (type === 'object' || properties) {
		const inner = Object.entries((properties ?? {}) as Json);
		return Object.fromEntries(inner.map(([key, one]) => [key, jsonAnswer(one, text, key)]));
	}
	if (type === 'array') return [jsonAnswer(items ?? { type: 'string' }, text, name)];
	if (type === 'boolean') return true;
	return type === 'number' || type === 'integer' ? 1 : `Simulated ${name}`;
}

function joined(turns: Turn[]): Turn {
	const texts = turns.map(({ text }) => text).filter(Boolean);
	return { text: texts.join(' '), files: turns.flatMap(({ files }) => files) };
}

function ofFile(type: string): Turn {
	return { text: '', files: [type] };
}

function typeOf(address: string): string {
	return /^data:([^;,]+)/.exec(address)?.[1] ?? 'url';
}

function isBase64(data: unknown): boolean {
	return typeof data === 'string' && data.length > 0 && !/[^A-Za-z0-9+/=]/.test(data);
}

function asObject(value: unknown, name: string): Json {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
	throw new Refusal(`${name}: Input should be an object`);
}
