import type { KnownModel } from './models';

interface Shape {
	slug: RegExp;
	answer(text: string, tokens: { input: number; output: number }, model: string): object;
}

/** Who answers how: the gateway passes the provider's own JSON on. The last row takes everything else. */
const SHAPES: Shape[] = [
	{
		slug: /^claude/i,
		answer: (text, tokens, model) => ({
			id: 'msg_simulated',
			type: 'message',
			role: 'assistant',
			model,
			content: [{ type: 'text', text }],
			stop_reason: 'end_turn',
			usage: { input_tokens: tokens.input, output_tokens: tokens.output },
		}),
	},
	{
		slug: /llava/i,
		answer: (text) => ({ response: text }),
	},
	{
		slug: /^gemini/i,
		answer: (text, tokens) => ({
			candidates: [
				{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 },
			],
			usageMetadata: {
				promptTokenCount: tokens.input,
				candidatesTokenCount: tokens.output,
				totalTokenCount: tokens.input + tokens.output,
			},
		}),
	},
	{
		slug: /./,
		answer: (text, tokens, model) => ({
			id: 'chatcmpl-simulated',
			object: 'chat.completion',
			model,
			choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
			usage: {
				prompt_tokens: tokens.input,
				completion_tokens: tokens.output,
				total_tokens: tokens.input + tokens.output,
			},
		}),
	},
];

/** The provider's native JSON for a body with `messages` or a `prompt`. */
export function chatAnswer(model: KnownModel, body: Record<string, unknown>): object {
	const question = questionOf(body);
	const text = `Simulated answer to: ${question}`;
	const tokens = { input: wordsIn(question), output: wordsIn(text) };
	const shape = SHAPES.find(({ slug }) => slug.test(model.slug));
	return shape?.answer(text, tokens, model.slug) ?? {};
}

function questionOf(body: Record<string, unknown>): string {
	if (typeof body.prompt === 'string') return body.prompt;
	const messages: unknown[] = Array.isArray(body.messages) ? body.messages : [];
	const last = messages.at(-1) as { content?: unknown } | undefined;
	if (typeof last?.content === 'string') return last.content;
	const parts = Array.isArray(last?.content) ? (last.content as Array<{ text?: unknown }>) : [];
	return parts
		.map((part) => (typeof part?.text === 'string' ? part.text : ''))
		.join(' ')
		.trim();
}

function wordsIn(text: string): number {
	return text.split(/\s+/).length;
}
