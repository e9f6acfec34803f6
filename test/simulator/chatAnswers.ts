import { chatError, jsonAnswer, readChat } from './chatRequest';
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
	// A job that finds its body wrong fails, and its answer is never seen.
	if (chatError(model, body) !== undefined) return {};
	const { question, words, files, json } = readChat(model, body);
	const seen = files.length ? ` (saw ${files.length}: ${files.join(', ')})` : '';
	const said = `Simulated answer to: ${question}${seen}`;
	const data = JSON.stringify(jsonAnswer(json?.schema, said), null, 2);
	// Asked in words only, models like to put it into a fence.
	const inJson = body.response_format === undefined ? `\`\`\`json\n${data}\n\`\`\`` : data;
	const text = json ? inJson : said;
	const tokens = { input: wordsIn(words.trim()), output: wordsIn(text) };
	const shape = SHAPES.find(({ slug }) => slug.test(model.slug));
	return shape?.answer(text, tokens, model.slug) ?? {};
}

function wordsIn(text: string): number {
	return text.split(/\s+/).length;
}
