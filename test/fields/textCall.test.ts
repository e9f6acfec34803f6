import type { IDataObject } from 'n8n-workflow';
import { readItemOptions } from '../../nodes/fields/itemOptions';
import { readTextCall } from '../../nodes/fields/textCall';
import { contextWith, refusal } from './contextWith';

function read(parameters: IDataObject, options: IDataObject = {}) {
	const context = contextWith({ model: 'gpt-5.4-mini', ...parameters, options });
	return readTextCall(context, 0, readItemOptions(context, 0));
}
const system = (content: string) => ({ role: 'system', content });
const user = (content: string) => ({ role: 'user', content });

it.each<[what: string, parameters: IDataObject, options: IDataObject, body: object]>([
	['a prompt', { prompt: 'Hi' }, {}, { prompt: 'Hi' }],
	[
		'a system message',
		{ prompt: 'Hi', systemMessage: 'Be short' },
		{},
		{ messages: [system('Be short'), user('Hi')] },
	],
	[
		'settings',
		{ prompt: 'Hi' },
		{ temperature: 0.5, maxTokens: 9 },
		{ prompt: 'Hi', temperature: 0.5, max_tokens: 9 },
	],
	[
		'JSON over Prompt and options',
		{ prompt: 'Hi' },
		{ maxTokens: 9, jsonParameters: '{"prompt": "Ho", "max_tokens": 5}' },
		{ prompt: 'Ho', max_tokens: 5 },
	],
	[
		'Claude’s format',
		{ model: 'claude-4-sonnet', prompt: 'Hi', systemMessage: 'Be short' },
		{},
		{ messages: [user('Hi')], instruction: 'Be short' },
	],
	[
		'a model that nobody knows',
		{ model: 'no-such-model', prompt: 'Hi', systemMessage: 'Be short' },
		{},
		{ prompt: 'Be short\n\nHi' },
	],
])('%s', (_what, parameters, options, body) => {
	expect(read(parameters, options).body).toEqual(body);
});

it('says what was overruled, and what was asked for in words', () => {
	const call = read({ prompt: 'Hi' }, { jsonParameters: '{"prompt": "Ho"}' });
	expect(call.prompt).toBe('Ho');
	expect(call.warnings).toEqual([
		'"prompt" is set in Prompt or System Message and in More Parameters (JSON): the latter was sent',
	]);
});

it('a wish for JSON goes with the call', () => {
	expect(read({ prompt: 'Hi' }).json).toBeUndefined();
	expect(read({ prompt: 'Hi', outputFormat: 'json' }).json).toEqual({ schema: undefined });
});

it('is another call for other words, and the same one for the same', () => {
	const keys = ['Hi', 'Ho', 'Hi'].map((prompt) => read({ prompt }).key);
	expect(keys[2]).toBe(keys[0]);
	expect(keys[1]).not.toBe(keys[0]);
});

it('refuses a model that makes files, unless it is not to check', () => {
	const flux = { model: 'fast-flux-schnell', prompt: 'Hi' };
	expect(refusal(() => read(flux))).toMatch(/^Model: .* makes images, not text$/);
	expect(read(flux, { checkParameters: 'off' }).body).toEqual({ prompt: 'Hi' });
});
