/** Keys used for text by models that follow none of the providers' formats. Source: public clients, August 2025. */
const TEXT_KEYS = [
	'text',
	'response',
	'content',
	'answer',
	'generated_text',
	'caption',
	'transcription',
];

/**
 * The text of a language model's answer in OpenAI's, Anthropic's or Gemini's format; undefined for anything else.
 * Source: segmind-python chat.py.
 */
export function languageText(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const choice = firstEntry(body.choices);
	if (isObject(choice)) {
		return textOf(isObject(choice.message) ? choice.message.content : choice.text);
	}
	const candidate = firstEntry(body.candidates);
	if (isObject(candidate)) {
		return textOf(isObject(candidate.content) ? candidate.content.parts : candidate.content);
	}
	if (isObject(body.message)) return textOf(body.message.content);
	return Array.isArray(body.content) ? textOf(body.content) : undefined;
}

/**
 * The text of a speech or vision model's answer, which comes alongside word timings and the like; undefined if there is
 * none.
 */
export function plainText(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const texts = TEXT_KEYS.map((key) => body[key]).filter((text) => typeof text === 'string');
	return texts.find((text) => text.trim()) ?? texts[0];
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return (
		content
			// Gemini's thoughts are not part of its answer.
			.map((part) =>
				isObject(part) && typeof part.text === 'string' && part.thought !== true ? part.text : '',
			)
			.join('')
	);
}

function firstEntry(value: unknown): unknown {
	return Array.isArray(value) ? (value[0] as unknown) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
