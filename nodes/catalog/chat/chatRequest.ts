import type { IDataObject } from 'n8n-workflow';

import type { ChatFamily } from './family';
import type { JsonSchema } from './jsonSchema';
import { messageFields } from './messages';
import { jsonWish } from './responseFormat';
import type { ChatFile, Conversation } from './turn';

/** A question to a chat model. */
export interface ChatQuestion {
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
 * The question as request fields in the family's format. A prompt alone is sent as a flat `prompt`, which every chat
 * model accepts. Source: Segmind changelog, June 2026.
 */
export function chatRequest(family: ChatFamily, question: ChatQuestion): IDataObject {
	const { prompt, json } = question;
	const conversation = conversationOf(question);
	if (!json) return isPlain(question) ? { prompt } : messageFields(family, conversation);
	const { fields, words } = jsonWish(family, json.schema, conversation);
	const system = joined(conversation.system, words);
	return { ...messageFields(family, { ...conversation, system }), ...fields };
}

function conversationOf({ system, prompt, earlier, files }: ChatQuestion): Conversation {
	// Images precede the question, as Anthropic and Google advise.
	const parts = [...files.map((file) => ({ file })), ...(prompt ? [{ text: prompt }] : [])];
	return {
		system: joined(system, earlier.system),
		turns: [...earlier.turns, ...(parts.length ? [{ role: 'user' as const, parts }] : [])],
	};
}

function isPlain({ system, earlier, files }: ChatQuestion): boolean {
	return !system && !earlier.system && !earlier.turns.length && !files.length;
}

function joined(...texts: string[]): string {
	return texts.filter(Boolean).join('\n\n');
}
