import { promptOf } from '../../nodes/catalog/promptOf';

it.each<
	[what: string, model: string | null, inputs: Record<string, unknown>, prompt: string | null]
>([
	['the usual field', 'fast-flux-schnell', { prompt: 'a fox', seed: 1 }, 'a fox'],
	['the field of its table', 'myshell-tts', { text: 'Hello', language: 'EN' }, 'Hello'],
	['a usual field of an unknown model', 'new-model', { text: 'Hello' }, 'Hello'],
	['a usual field, the model unknown', null, { positivePrompt: 'a fox' }, 'a fox'],
	['the last turn', 'gpt-4o', { messages: [{ content: 'a' }, { content: 'b' }] }, 'b'],
	[
		'the text of the last turn’s parts',
		'claude-4-sonnet',
		{ messages: [{ content: [{ type: 'image' }, { type: 'text', text: 'What is it?' }] }] },
		'What is it?',
	],
	[
		'a turn in Gemini’s form',
		'gemini-2.5-flash',
		{ messages: { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] } },
		'Hello',
	],
	['no text', 'bg-removal-v2', { image: 'https://a/b.png' }, null],
	['an empty text', 'fast-flux-schnell', { prompt: '' }, null],
	['no text at its place', 'fast-flux-schnell', { prompt: 5, messages: 'x' }, null],
])('is %s', (_what, model, inputs, prompt) => {
	expect(promptOf(model, inputs)).toBe(prompt);
});
