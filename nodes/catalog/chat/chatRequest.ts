import type { IDataObject } from 'n8n-workflow';

import type { ChatFamily } from './family';
import type { JsonSchema } from './jsonSchema';
import { messageFields } from './messages';
import { jsonInstruction } from './responseFormat';
import type { ChatFile, Conversation } from './turn';

/** What a chat model is given. */
export interface ChatInput {
	/** Empty if not set. */
	system: string;
	/** Empty if the earlier turns or files suffice. */
	prompt: string;
	earlier: Conversation;
	files: readonly ChatFile[];
	/** Set for a JSON answer; without a schema any object will do. */
	json?: { schema: JsonSchema | undefined };
}

/**
 * The input as request fields in the family's format. A prompt alone is sent as a flat `prompt`, which every chat
 * model accepts. Source: Segmind changelog, June 2026.
 */
export function chatRequest(family: ChatFamily, input: ChatInput): IDataObject {
	const { prompt, json } = input;
	const conversation = conversationOf(input);
	if (!json) return isPlain(input) ? { prompt } : messageFields(family, conversation);
	const { fields, instruction } = jsonInstruction(family, json.schema, conversation);
	const system = joinTexts(conversation.system, instruction);
	return { ...messageFields(family, { ...conversation, system }), ...fields };
}

function conversationOf({ system, prompt, earlier, files }: ChatInput): Conversation {
	// Images precede the question, as Anthropic and Google advise.
	const parts = [...files.map((file) => ({ file })), ...(prompt ? [{ text: prompt }] : [])];
	return {
		system: joinTexts(system, earlier.system),
		turns: [...earlier.turns, ...(parts.length ? [{ role: 'user' as const, parts }] : [])],
	};
}

function isPlain({ system, earlier, files }: ChatInput): boolean {
	return !system && !earlier.system && !earlier.turns.length && !files.length;
}

function joinTexts(...texts: string[]): string {
	return texts.filter(Boolean).join('\n\n');
}
