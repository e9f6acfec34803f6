/** A file in a conversation: at a URL, or inline as base64. */
export interface ChatFile {
	/** Null if unknown: it is treated as an image. */
	mimeType: string | null;
	fileName: string | null;
	content: { url: string } | { base64: string };
}

export type ChatPart = { text: string } | { file: ChatFile };

/** One side's turn, independent of any family's format. */
export interface Turn {
	role: 'user' | 'assistant';
	parts: ChatPart[];
}

/** A whole conversation, the latest turn last. */
export interface Conversation {
	/** Empty if not set. */
	system: string;
	turns: Turn[];
}

/** Splits a data URI into type and base64; undefined for any other text. */
export function readDataUri(uri: string): { mimeType: string; base64: string } | undefined {
	const [, mimeType, base64] =
		/^data:([\w.+-]+\/[\w.+-]+)(?:;[^,]*)?;base64,(.*)$/s.exec(uri) ?? [];
	return mimeType === undefined || base64 === undefined ? undefined : { mimeType, base64 };
}

/** All text in the conversation. */
export function allText({ system, turns }: Conversation): string {
	const texts = turns.flatMap(({ parts }) =>
		parts.flatMap((part) => ('text' in part ? [part.text] : [])),
	);
	return [system, ...texts].join('\n');
}
