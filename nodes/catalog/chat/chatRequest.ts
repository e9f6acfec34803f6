import type { IDataObject } from 'n8n-workflow';

import type { ChatFamily } from './family';
import type { JsonSchema } from './jsonSchema';
import { messageFields } from './messages';
import { jsonWish } from './responseFormat';
import type { ChatFile, Conversation } from './turn';

/** What is asked of a chat model. */
export interface ChatQuestion {
	/** Empty for none. */
	system: string;
	/** Empty where the earlier turns or files say all. */
	prompt: string;
	earlier: Conversation;
	files: readonly ChatFile[];
	/** Set for an answer in JSON; without a schema any object will do. */
	json?: { schema: JsonSchema | undefined };
}

/**
 * The question as fields of the request, in the family's own format. A prompt alone is sent as a flat `prompt`, which
 * every chat model takes. Source: Segmind changelog, June 2026.
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
	// Pictures before the question, as Anthropic and Google advise.
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
