import type { IDataObject } from 'n8n-workflow';
import { readCall } from '../../nodes/fields/call';
import { readItemOptions } from '../../nodes/fields/itemOptions';
import { itemContext, itemWith } from './itemContext';

const slug = 'fast-flux-schnell';
function call(parameters: IDataObject, options: IDataObject = {}) {
	const item = itemWith({ data: 'fox.png' });
	const context = itemContext({ model: slug, ...parameters, options }, { items: [item] });
	return readCall(context, 0, readItemOptions(context, 0));
}
const form = (value: IDataObject) => ({ mappingMode: 'defineBelow', value });

it('sends only what the user set', () => {
	expect(call({ prompt: 'a fox' })).toMatchObject({
		slug,
		body: { prompt: 'a fox' },
		prompt: 'a fox',
		inputFiles: [],
		warnings: [],
	});
});

it('the later of prompt, settings, form and JSON overrules, and a hint says so', () => {
	const { body, warnings, prompt } = call(
		{ prompt: 'a fox', parameters: form({ seed: 1, prompt: 'a wolf' }) },
		{ seed: 7, jsonParameters: { prompt: 'a bear' } },
	);
	expect(body).toEqual({ prompt: 'a bear', seed: 1 });
	expect(prompt).toBe('a bear');
	expect(warnings.filter((hint) => hint.includes('the latter was sent'))).toHaveLength(3);
});

it('the prompt goes to the field that the model has for it', () => {
	expect(
		call({ model: 'tts-eleven-labs', prompt: 'Hello', parameters: form({ voice: 'Rachel' }) })
			.prompt,
	).toBe('Hello');
	const unknown = call({ model: 'no-such-model', prompt: 'a fox' });
	expect(unknown.body).toEqual({ prompt: 'a fox' });
});

it('a seed of -1 becomes a concrete one, and the key of the call does not depend on it', () => {
	const [one, two] = [1, 2].map(() =>
		call({ prompt: 'a fox' }, { jsonParameters: '{"seed": -1}' }),
	);
	expect(one!.body.seed).toEqual(expect.any(Number));
	expect(one!.body.seed).toBeGreaterThanOrEqual(0);
	expect(one!.body.seed).not.toBe(two!.body.seed);
	expect(one!.key).toBe(two!.key);
});

it('knows models with a similar name for one that it does not know', () => {
	expect(call({ model: 'fast-flux-schnel', prompt: 'a fox' }).nearModels()).toContain(slug);
});

it.each<[what: string, parameters: IDataObject, options: IDataObject, message: string]>([
	['no model', { model: '' }, {}, 'Model: No model is chosen'],
	['a prompt that is no text', { prompt: { a: 1 } }, {}, 'Prompt must be a text, but is {"a":1}'],
	['JSON that is none', { prompt: 'a' }, { jsonParameters: '{' }, 'is not valid JSON'],
	[
		'an empty main text',
		{ prompt: '' },
		{},
		'Prompt is empty, but Fast Flux.1 Schnell needs a text',
	],
	[
		'a wish that changes the price and cannot be translated',
		{ model: 'no-such-model', prompt: 'a' },
		{ count: 3 },
		'Number of Images cannot be translated',
	],
])('%s stops the item before anything is sent', (_what, parameters, options, message) => {
	expect(() => call(parameters, options)).toThrow(
		expect.objectContaining({
			message: expect.stringContaining(message),
			details: expect.objectContaining({ description: expect.stringMatching(/^Nothing was sent/) }),
		}),
	);
});
