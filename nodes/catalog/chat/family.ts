import type { ParameterTable } from '../parameters';

/** Whose request format a chat model takes. Source: "API Format" on the model pages. */
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
 * The family of a model, by its slug, else by its table: a model of unknown make with a list of messages takes OpenAI's
 * format. Undefined for one that takes a text and files in fields of their own.
 */
export function chatFamily(slug: string, table?: ParameterTable): ChatFamily | undefined {
	const known = FAMILIES.find(([, pattern]) => pattern.test(slug));
	if (known) return known[0];
	const messages = table?.parameters.find(({ name }) => name === 'messages');
	if (!messages) return undefined;
	return messages.type === 'object' ? 'gemini' : 'openai';
}

/** What a file is, as far as a chat model cares. */
export type ChatFileKind = 'image' | 'pdf' | 'audio' | 'video';

/**
 * Models that read nothing but words. Source: their makers' own model pages.
 */
const READS_WORDS_ONLY =
	/^(deepseek-(chat|reasoner)|llama-v3(p1)?-|mixtral|gpt-4$|o3-mini|kimi-k2-instruct|qwen3-coder|qwen3-max|qwen-(flash|plus)|qwq)/i;

/** The parts that each format has for files; OpenAI's has none for films, and Anthropic's for sound and films is not published. */
const READ_KINDS: Record<ChatFamily, readonly ChatFileKind[]> = {
	openai: ['image', 'pdf', 'audio'],
	anthropic: ['image', 'pdf'],
	gemini: ['image', 'pdf', 'audio', 'video'],
};

/** The kinds of files that can be sent to a chat model; none for one that is known to read words only. */
export function fileKindsOf(slug: string, family: ChatFamily): readonly ChatFileKind[] {
	return READS_WORDS_ONLY.test(slug) ? [] : READ_KINDS[family];
}

/** The kind of a file by its MIME type; undefined for one that no chat model reads. */
export function chatFileKind(mimeType: string): ChatFileKind | undefined {
	if (mimeType === 'application/pdf') return 'pdf';
	const kind = mimeType.split('/')[0];
	return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : undefined;
}

/** Whether a file can be given by its URL: OpenAI's format has URLs for pictures only. */
export function canBeUrl(family: ChatFamily, kind: ChatFileKind | undefined): boolean {
	return family !== 'openai' || kind === undefined || kind === 'image';
}
