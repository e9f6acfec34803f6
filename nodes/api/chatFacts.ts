import { asNumber } from './number';

/** What a language model's answer reports besides its text; null for what it leaves out. */
export interface ChatFacts {
	/** As the provider spells it. */
	finishReason: string | null;
	inputTokens: number | null;
	outputTokens: number | null;
	/** The answer was cut off at its token limit. */
	isTruncated: boolean;
	/** Why the model, or a filter in front of it, refused; undefined if nothing was refused. */
	refusal: string | undefined;
}

const TRUNCATED = /^(length|max_tokens|model_length|max_output_tokens)$/i;
const REFUSED =
	/^(refusal|content_filter|safety|recitation|prohibited_content|blocklist|spii|image_safety|language)$/i;

/**
 * Reads the formats of OpenAI, Anthropic and Gemini. Source: segmind-python chat.py; the finish reasons are the
 * providers' own.
 */
export function chatFacts(body: unknown): ChatFacts {
	const answer = objectOf(body);
	const choice = firstOf(answer.choices);
	const candidate = firstOf(answer.candidates);
	const reason =
		choice.finish_reason ?? answer.stop_reason ?? candidate.finishReason ?? answer.finish_reason;
	const usage = objectOf(answer.usage);
	const metadata = objectOf(answer.usageMetadata);
	const finishReason = typeof reason === 'string' ? reason : null;
	return {
		finishReason,
		inputTokens: firstNumber(usage.prompt_tokens, usage.input_tokens, metadata.promptTokenCount),
		outputTokens: firstNumber(
			usage.completion_tokens,
			usage.output_tokens,
			withThoughts(metadata.candidatesTokenCount, metadata.thoughtsTokenCount),
		),
		isTruncated: TRUNCATED.test(finishReason ?? ''),
		refusal: refusalOf(
			objectOf(choice.message).refusal,
			objectOf(answer.promptFeedback),
			finishReason,
		),
	};
}

/** Whether an answer has one of the providers' formats, and so must contain text. */
export function isChatAnswer(body: unknown): boolean {
	const answer = objectOf(body);
	return ['choices', 'candidates', 'promptFeedback', 'stop_reason'].some((key) => key in answer);
}

function refusalOf(
	modelRefusal: unknown,
	{ blockReason }: Record<string, unknown>,
	finishReason: string | null,
): string | undefined {
	if (typeof modelRefusal === 'string' && modelRefusal.trim()) return modelRefusal.trim();
	if (typeof blockReason === 'string') return `the prompt was blocked (${blockReason})`;
	return finishReason && REFUSED.test(finishReason)
		? `the answer ended with "${finishReason}"`
		: undefined;
}

/** Gemini counts thinking tokens separately; both are billed as output. */
function withThoughts(answerTokens: unknown, thoughtTokens: unknown): number | null {
	const tokens = asNumber(answerTokens);
	return tokens === null ? null : tokens + (asNumber(thoughtTokens) ?? 0);
}

function firstNumber(...values: unknown[]): number | null {
	return values.map(asNumber).find((number) => number !== null) ?? null;
}

function firstOf(list: unknown): Record<string, unknown> {
	return objectOf(Array.isArray(list) ? list[0] : undefined);
}

function objectOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: {};
}
