import { chatBody } from '../../nodes/fields/chatBody';
import type { TextInput } from '../../nodes/fields/textInput';
import { refusal } from './contextWith';
import { inputWith, photo, silent, tableOf } from './textInputs';

const ask = (given: Partial<TextInput>) => chatBody({ ...inputWith(given), family: 'openai' });
const turn = (role: 'user' | 'assistant') => ({
	...silent,
	earlier: { system: '', turns: [{ role, parts: [{ text: 'Hi' }] }] },
});
const messages = [{ role: 'user', content: 'mine' }];

it.each<[what: string, given: Partial<TextInput>, body: object]>([
	['a prompt alone', { fields: { prompt: 'Hello' } }, { prompt: 'Hello' }],
	['a number as prompt', { fields: { prompt: 5 } }, { prompt: '5' }],
	[
		'a system message',
		{ fields: { prompt: 'Hello', instruction: 'Be short' } },
		{
			messages: [
				{ role: 'system', content: 'Be short' },
				{ role: 'user', content: 'Hello' },
			],
		},
	],
	[
		'other fields beside it',
		{ fields: { prompt: 'Hello', temperature: 0 } },
		{ prompt: 'Hello', temperature: 0 },
	],
	[
		'turns that end with a question',
		{ settings: turn('user') },
		{ messages: [{ role: 'user', content: 'Hi' }] },
	],
	['messages as they are', { fields: { messages } }, { messages }],
	[
		'messages beside their instruction',
		{ fields: { messages, instruction: 'Be short' } },
		{ messages, instruction: 'Be short' },
	],
	// The user's own format wins over the one that Output Format stands for.
	[
		'an own response_format',
		{
			fields: { prompt: 'json', response_format: { type: 'text' } },
			settings: { ...silent, json: { schema: undefined } },
		},
		{ messages: [{ role: 'user', content: 'json' }], response_format: { type: 'text' } },
	],
])('%s', (_what, given, body) => expect(ask(given).body).toEqual(body));

it('is asked for files when they are known', () => {
	const request = ask({ fields: { prompt: 'What is it?' }, rows: [photo] });
	expect(request.inputFiles).toMatchObject([{ source: photo.source, sendAs: 'base64' }]);
	const file = { mimeType: 'image/png', fileName: null, content: { base64: 'AAAA' } };
	expect(request.bodyWith?.([file])).toEqual({
		messages: [
			{
				role: 'user',
				content: [
					{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
					{ type: 'text', text: 'What is it?' },
				],
			},
		],
	});
	const film = { ...file, mimeType: 'video/mp4' };
	expect(() => request.bodyWith?.([film])).toThrow('cannot read a file (video/mp4)');
});

it.each<[what: string, given: Partial<TextInput>, message: string]>([
	['no words', {}, 'Prompt is empty, but Model needs text'],
	['turns that end with an answer', { settings: turn('assistant') }, 'end with an answer'],
	['files beside messages', { fields: { messages }, rows: [photo] }, 'Input Files cannot be added'],
])('refused: %s', (_what, given, message) => {
	expect(refusal(() => ask(given))).toContain(message);
});

it('tells what own messages leave no place for', () => {
	const settings = {
		...turn('user'),
		prompt: 'Hello',
		system: 'Be short',
		json: { schema: undefined },
	};
	expect(ask({ fields: { messages }, settings }).warnings).toEqual([
		expect.stringMatching(/without Prompt, System Message, Earlier Turns, Output Format JSON$/),
	]);
	expect(ask({ fields: { messages } }).warnings).toEqual([]);
});

it('looks for mistakes in settings, and not in the conversation', () => {
	const table = tableOf('messages', 'mood');
	const fields = { prompt: 'Hello', instruction: 'Be short', moood: 'x' };
	expect(ask({ table, fields }).warnings).toEqual([expect.stringContaining('moood')]);
});
