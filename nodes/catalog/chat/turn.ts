/** A file within a conversation: at a URL, or the file itself as base64. */
export interface ChatFile {
	/** Null where nothing tells: it is taken for a picture. */
	mimeType: string | null;
	fileName: string | null;
	content: { url: string } | { base64: string };
}

export type ChatPart = { text: string } | { file: ChatFile };

/** What one side said, in no family's format. */
export interface Turn {
	role: 'user' | 'assistant';
	parts: ChatPart[];
}

/** A whole conversation, the latest turn last. */
export interface Conversation {
	/** Empty for none. */
	system: string;
	turns: Turn[];
}

/** A data URI as its type and base64; undefined for any other text. */
export function readDataUri(uri: string): { mimeType: string; base64: string } | undefined {
	const [, mimeType, base64] =
		/^data:([\w.+-]+\/[\w.+-]+)(?:;[^,]*)?;base64,(.*)$/s.exec(uri) ?? [];
	return mimeType === undefined || base64 === undefined ? undefined : { mimeType, base64 };
}

/** All that the conversation says in words. */
export function wordsOf({ system, turns }: Conversation): string {
	const texts = turns.flatMap(({ parts }) =>
		parts.flatMap((part) => ('text' in part ? [part.text] : [])),
	);
	return [system, ...texts].join('\n');
}
