import { MAIN_TEXT_NAMES, mainTextField } from './mainText';
import { parameterTable } from './parameters';

/**
 * The prompt among the inputs of an earlier request: in the field that the model's table names, else in a field with a
 * common name, else in the last turn of a conversation; null if there is none.
 */
export function promptOf(model: string | null, inputs: Record<string, unknown>): string | null {
	const table = model === null ? undefined : parameterTable(model);
	const field = table && mainTextField(table);
	const names = [...(field ? [field.name] : []), ...MAIN_TEXT_NAMES];
	const text = names.map((name) => inputs[name]).find((value) => typeof value === 'string');
	return (typeof text === 'string' && text) || lastTurn(inputs.messages);
}

/** The text of the last message, in the formats of OpenAI, Anthropic and Gemini. */
function lastTurn(messages: unknown): string | null {
	const { contents = messages } = (messages ?? {}) as { contents?: unknown };
	const last: unknown = Array.isArray(contents) ? contents.at(-1) : undefined;
	const { content, parts = content } = (last ?? {}) as { content?: unknown; parts?: unknown };
	if (typeof parts === 'string') return parts;
	const texts = (Array.isArray(parts) ? parts : []).map((part: unknown) => {
		const { text } = (part ?? {}) as { text?: unknown };
		return typeof text === 'string' ? text : '';
	});
	return texts.filter(Boolean).join('\n') || null;
}
