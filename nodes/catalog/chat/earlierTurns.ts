import { quote } from '../../api/quote';
import { isObject } from './jsonValue';
import { readDataUri, type ChatFile, type ChatPart, type Conversation, type Turn } from './turn';

type Parsed<T> = { value: T } | { problem: string };

type Value = Record<string, unknown>;

/** Role names in all three formats. */
const ROLES = new Map<unknown, Turn['role'] | 'system'>([
	['user', 'user'],
	['human', 'user'],
	['assistant', 'assistant'],
	['model', 'assistant'],
	['ai', 'assistant'],
	['system', 'system'],
	['developer', 'system'],
]);

/**
 * Reads earlier turns in any family's format: OpenAI's and Anthropic's list of `{role, content}`, Gemini's of `{role,
 * parts}`, or Gemini's object with `contents`. A conversation can thus be continued with a model of another family.
 */
export function readEarlierTurns(messages: unknown): Parsed<Conversation> {
	const { entries, system } = entriesOf(messages);
	if (!Array.isArray(entries)) {
		return {
			problem: `must be a list of earlier turns such as [{ "role": "user", "content": "Hello" }], but is ${quote(messages, 200)}`,
		};
	}
	const systemTexts = [system];
	const turns: Turn[] = [];
	for (const [index, entry] of (entries as unknown[]).entries()) {
		const role = ROLES.get(isObject(entry) ? entry.role : undefined);
		if (!isObject(entry) || !role) {
			return {
				problem: `entry ${index + 1} must have a role (user, assistant or system), but is ${quote(entry, 200)}`,
			};
		}
		const parts = readParts(entry.content ?? entry.parts);
		if ('problem' in parts) return { problem: `entry ${index + 1} ${parts.problem}` };
		if (role === 'system') systemTexts.push(textOf(parts.value));
		else turns.push({ role, parts: parts.value });
	}
	return { value: { system: systemTexts.filter(Boolean).join('\n\n'), turns } };
}

function entriesOf(messages: unknown): { entries: unknown; system: string } {
	if (!isObject(messages) || !('contents' in messages)) return { entries: messages, system: '' };
	const instruction = messages.system_instruction ?? messages.systemInstruction;
	const parts = readParts(isObject(instruction) ? instruction.parts : instruction);
	return { entries: messages.contents, system: 'value' in parts ? textOf(parts.value) : '' };
}

function readParts(content: unknown): Parsed<ChatPart[]> {
	if (content === null || content === undefined) return { problem: 'has no content' };
	const parts: ChatPart[] = [];
	for (const part of [content].flat() as unknown[]) {
		const chatPart = typeof part === 'string' ? { text: part } : isObject(part) && readPart(part);
		if (!chatPart) {
			return {
				problem: `has a part in an unknown format: ${quote(part, 200)}. To send messages as they are, put them into "messages" in More Parameters (JSON)`,
			};
		}
		parts.push(chatPart);
	}
	return { value: parts };
}

function readPart(part: Value): ChatPart | undefined {
	const { text, source, file, input_audio: audio } = part;
	if (typeof text === 'string') return { text };
	const image = isObject(part.image_url) ? part.image_url.url : part.image_url;
	if (typeof image === 'string') return fromUrl(image, null);
	if (isObject(source)) return fromSource(source);
	const inline = part.inlineData ?? part.inline_data;
	if (isObject(inline)) return fromBase64(inline.data, inline.mimeType ?? inline.mime_type);
	const remote = part.fileData ?? part.file_data;
	if (isObject(remote)) return fromUrl(remote.fileUri ?? remote.file_uri, mimeTypeOf(remote));
	if (isObject(file)) return fromUrl(file.file_data, null, file.filename);
	return isObject(audio) ? fromBase64(audio.data, `audio/${String(audio.format)}`) : undefined;
}

/** Anthropic's image or document block. */
function fromSource(source: Value): ChatPart | undefined {
	return source.type === 'url'
		? fromUrl(source.url, null)
		: fromBase64(source.data, source.media_type);
}

function mimeTypeOf({ mimeType, mime_type: snakeType }: Value): string | null {
	const type = mimeType ?? snakeType;
	return typeof type === 'string' ? type : null;
}

function fromUrl(url: unknown, mimeType: string | null, name?: unknown): ChatPart | undefined {
	if (typeof url !== 'string') return undefined;
	const fileName = typeof name === 'string' ? name : null;
	const inline = readDataUri(url);
	const file: ChatFile = inline
		? { mimeType: inline.mimeType, fileName, content: { base64: inline.base64 } }
		: { mimeType, fileName, content: { url } };
	return { file };
}

function fromBase64(base64: unknown, mimeType: unknown): ChatPart | undefined {
	if (typeof base64 !== 'string' || typeof mimeType !== 'string') return undefined;
	return { file: { mimeType, fileName: null, content: { base64 } } };
}

function textOf(parts: readonly ChatPart[]): string {
	return parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
}
