import type { IDataObject } from 'n8n-workflow';

import { chatFileKind, type ChatFamily, type ChatFileKind } from './family';
import type { ChatFile, ChatPart, Conversation, Turn } from './turn';

/** The conversation as request fields in the family's format. Source: the model pages; see each function. */
export function messageFields(family: ChatFamily, conversation: Conversation): IDataObject {
	const fields = { openai: openAi, anthropic, gemini }[family](conversation);
	return fields as IDataObject;
}

/** `messages` with the system text as the first one; files as parts. */
function openAi({ system, turns }: Conversation): object {
	const first = system ? [{ role: 'system', content: system }] : [];
	return { messages: [...first, ...turns.map((turn) => turnMessage(turn, openAiPart))] };
}

function openAiPart(part: ChatPart): object {
	if ('text' in part) return { type: 'text', text: part.text };
	const { file } = part;
	const { mimeType, fileName, content } = file;
	const url = 'url' in content ? content.url : `data:${mimeType};base64,${content.base64}`;
	const kind = kindOf(file);
	if (kind === 'pdf') {
		const filename = fileName ?? 'document.pdf';
		return { type: 'file', file: { filename, file_data: url } };
	}
	if (kind === 'audio' && 'base64' in content) {
		return {
			type: 'input_audio',
			input_audio: { data: content.base64, format: audioFormat(file) },
		};
	}
	return { type: 'image_url', image_url: { url } };
}

/** OpenAI's names for its two formats, else the subtype. */
function audioFormat({ mimeType }: ChatFile): string {
	return mimeType === 'audio/mpeg' ? 'mp3' : (mimeType?.split('/')[1] ?? 'mp3').replace(/^x-/, '');
}

/** `messages`, with the system text in `instruction`; files as blocks. */
function anthropic({ system, turns }: Conversation): object {
	return {
		messages: turns.map((turn) => turnMessage(turn, anthropicBlock)),
		...(system ? { instruction: system } : {}),
	};
}

function anthropicBlock(part: ChatPart): object {
	if ('text' in part) return { type: 'text', text: part.text };
	const { mimeType, content } = part.file;
	const source =
		'url' in content
			? { type: 'url', url: content.url }
			: { type: 'base64', media_type: mimeType, data: content.base64 };
	return { type: kindOf(part.file) === 'pdf' ? 'document' : 'image', source };
}

/** `messages` is an object with the system text and the `contents`. */
function gemini({ system, turns }: Conversation): object {
	const contents = turns.map(({ role, parts }) => ({
		role: role === 'assistant' ? 'model' : 'user',
		parts: parts.map(geminiPart),
	}));
	const instruction = system ? { system_instruction: { parts: { text: system } } } : {};
	return { messages: { ...instruction, contents } };
}

function geminiPart(part: ChatPart): object {
	if ('text' in part) return { text: part.text };
	const { mimeType, content } = part.file;
	return 'url' in content
		? { fileData: { ...(mimeType ? { mimeType } : {}), fileUri: content.url } }
		: { inlineData: { mimeType, data: content.base64 } };
}

/** A text-only turn has its text as its content, as on every model page. */
function turnMessage({ role, parts }: Turn, convertPart: (part: ChatPart) => object): object {
	const [onlyPart] = parts;
	const isPlain = parts.length === 1 && onlyPart && 'text' in onlyPart;
	return { role, content: isPlain ? onlyPart.text : parts.map(convertPart) };
}

function kindOf({ mimeType }: ChatFile): ChatFileKind | undefined {
	return mimeType === null ? 'image' : chatFileKind(mimeType);
}
