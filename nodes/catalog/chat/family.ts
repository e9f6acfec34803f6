import type { ParameterTable } from '../parameters';

/** The provider whose request format a chat model uses. Source: "API Format" on the model pages. */
export type ChatFamily = 'openai' | 'anthropic' | 'gemini';

const FAMILIES: Array<[family: ChatFamily, slug: RegExp]> = [
	['anthropic', /^claude/i],
	['gemini', /^gemini/i],
	[
		'openai',
		/^(gpt|chatgpt|o\d|deepseek|llama|qwen|qwq|qvq|mi[sx]tral|kimi|glm|minimax-m\d|nemotron|grok|gemma|phi)(?![a-z])/i,
	],
];

/**
 * The family of a model, by its slug, else by its table: a model from an unknown maker that takes a list of messages uses
 * OpenAI's format. Undefined for a model with separate fields for text and files.
 */
export function chatFamily(slug: string, table?: ParameterTable): ChatFamily | undefined {
	const known = FAMILIES.find(([, pattern]) => pattern.test(slug));
	if (known) return known[0];
	const messages = table?.parameters.find(({ name }) => name === 'messages');
	if (!messages) return undefined;
	return messages.type === 'object' ? 'gemini' : 'openai';
}

/** The file kinds that matter to a chat model. */
export type ChatFileKind = 'image' | 'pdf' | 'audio' | 'video';

/** Text-only models. Source: their makers' own model pages. */
const TEXT_ONLY =
	/^(deepseek-(chat|reasoner)|llama-v3(p1)?-|mixtral|gpt-4$|o3-mini|kimi-k2-instruct|qwen3-coder|qwen3-max|qwen-(flash|plus)|qwq)/i;

/**
 * The file kinds each format supports; OpenAI's has no video part, and Anthropic's audio and video parts are
 * unpublished.
 */
const SUPPORTED_KINDS: Record<ChatFamily, readonly ChatFileKind[]> = {
	openai: ['image', 'pdf', 'audio'],
	anthropic: ['image', 'pdf'],
	gemini: ['image', 'pdf', 'audio', 'video'],
};

/** The kinds of files that can be sent to a chat model; none for a text-only one. */
export function fileKindsOf(slug: string, family: ChatFamily): readonly ChatFileKind[] {
	return TEXT_ONLY.test(slug) ? [] : SUPPORTED_KINDS[family];
}

/** The kind of a file by its MIME type; undefined if no chat model reads it. */
export function chatFileKind(mimeType: string): ChatFileKind | undefined {
	if (mimeType === 'application/pdf') return 'pdf';
	const kind = mimeType.split('/')[0];
	return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : undefined;
}

/** Whether a file can be sent by URL: OpenAI's format supports URLs only for images. */
export function acceptsUrl(family: ChatFamily, kind: ChatFileKind | undefined): boolean {
	return family !== 'openai' || kind === undefined || kind === 'image';
}
