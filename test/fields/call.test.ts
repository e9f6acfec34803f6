import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { readCall } from '../../nodes/fields/call';
import { readItemOptions } from '../../nodes/fields/itemOptions';
import { contextWith, refusal } from './contextWith';

const photo: IBinaryData = { data: 'AAAA', mimeType: 'image/png', fileName: 'a.png' };

function read(parameters: IDataObject) {
	const context = contextWith(parameters, { items: [{ json: {}, binary: { data: photo } }] });
	return readCall(context, 0, readItemOptions(context, 0));
}
const form = (value: IDataObject) => ({ parameters: { mappingMode: 'defineBelow', value } });
const json = (jsonParameters: unknown, more: IDataObject = {}) =>
	({ options: { jsonParameters, ...more } }) as IDataObject;
const flux = { model: 'fast-flux-schnell', prompt: 'a fox' };
const sticker = { model: 'face-to-sticker', prompt: 'a fox' };
const data = { inputFiles: { file: [{ binaryField: 'data' }] } };

it.each<[what: string, parameters: IDataObject, body: IDataObject, hints: Array<string | RegExp>]>([
	['the prompt alone', flux, { prompt: 'a fox' }, []],
	[
		'form and JSON together',
		{ ...flux, ...form({ steps: 2 }), ...json('{"seed": 7}') },
		{ prompt: 'a fox', steps: 2, seed: 7 },
		[],
	],
	[
		'JSON over form over prompt',
		{ ...flux, ...form({ prompt: 'b', seed: 1 }), ...json({ seed: 2 }) },
		{ prompt: 'b', seed: 2 },
		[
			'"prompt" is set in Prompt and in Parameters: the latter was sent',
			'"seed" is set in Parameters and in More Parameters (JSON): the latter was sent',
		],
	],
	[
		'a field that nobody knows',
		{ ...flux, ...json({ zebra: 1 }) },
		{ prompt: 'a fox', zebra: 1 },
		[/has no field "zebra"/],
	],
])('%s', (_what, parameters, body, hints) => {
	const call = read(parameters);
	expect(call.body).toEqual(body);
	expect(call.warnings).toEqual(
		hints.map((hint) => (typeof hint === 'string' ? hint : expect.stringMatching(hint))),
	);
});

it.each<[what: string, parameters: IDataObject, prompt: string | null]>([
	['Prompt', flux, 'a fox'],
	['the JSON', { ...flux, ...json({ prompt: 'a wolf' }) }, 'a wolf'],
	['nowhere', { model: 'face-to-sticker', prompt: '', ...data }, null],
])('reports the prompt, from %s', (_what, parameters, prompt) => {
	expect(read(parameters).prompt).toBe(prompt);
});

describe('a file', () => {
	it('overrides the JSON with a hint, and joins the body only on sending', () => {
		const row = { inputFiles: { file: [{ parameter: 'image', binaryField: 'data' }] } };
		const { inputFiles, warnings } = read({
			...sticker,
			...row,
			...json({ image: 'https://a.test/b' }),
		});
		expect(inputFiles).toMatchObject([{ parameter: 'image', source: { field: 'data' } }]);
		expect(warnings).toEqual([
			'"image" is set in More Parameters (JSON) and in Input Files: the latter was sent',
		]);
	});

	it.each([null, ''])('fills a field that the JSON leaves empty (%p)', (image) => {
		const { inputFiles } = read({ ...sticker, ...data, ...json({ image }) });
		expect(inputFiles).toMatchObject([{ parameter: 'image' }]);
	});

	it('is refused if the JSON has filled its only field', () => {
		expect(
			refusal(() => read({ ...sticker, ...data, ...json({ image: 'https://a.test/b' }) })),
		).toMatch(/has no free field for the file in the field "data"/);
	});

	it('is part of the call key, however it is sent', () => {
		const keys = ['', 'base64', 'dataUri'].map(
			(sendFilesAs) => read({ ...sticker, ...data, ...json('', { sendFilesAs }) }).key,
		);
		expect(new Set([...keys, read(sticker).key]).size).toBe(4);
	});
});

it.each<[unknown, RegExp]>([
	['{', /^More Parameters \(JSON\) is not valid JSON/],
	['[1]', /^More Parameters \(JSON\) must be an object/],
	[7, /^More Parameters \(JSON\) must be an object/],
])('refuses the JSON %j', (jsonParameters, message) => {
	expect(refusal(() => read({ ...flux, ...json(jsonParameters) }))).toMatch(message);
});

it('replaces a seed of -1 by a concrete one without changing the call key', () => {
	const [one, two] = [1, 2].map(() => read({ ...flux, ...json('{"seed": -1}') }));
	expect(one!.body.seed).toEqual(expect.any(Number));
	expect(one!.body.seed).toBeGreaterThanOrEqual(0);
	expect(one!.body.seed).not.toBe(two!.body.seed);
	expect(one!.key).toBe(two!.key);
});

it('checks the concrete seed: one of -1 fits a model whose seeds begin at 100', () => {
	const { body, warnings } = read({
		model: 'ideogram-2a-txt-2-img',
		prompt: 'a fox',
		options: { seed: -1, checkParameters: 'error' },
	});
	expect(body.seed).toBeGreaterThanOrEqual(100);
	expect(warnings).toEqual([]);
});

it('suggests similar names for an unknown model', () => {
	const { nearModels } = read({ ...flux, model: 'fast-flux-schnel' });
	expect(nearModels()).toContain('fast-flux-schnell');
});

it.each<[what: string, parameters: IDataObject, message: string]>([
	['no model', { model: '' }, 'Model: No model is chosen'],
	['a prompt that is no text', { ...flux, prompt: { a: 1 } }, 'Prompt must be text, but is'],
	['an empty main text', { ...flux, prompt: '' }, 'Prompt is empty, but Fast Flux.1 Schnell'],
	[
		'a wish that changes the price and cannot be translated',
		{ model: 'no-such-model', prompt: 'a', options: { count: 3 } },
		'Number of Images cannot be translated',
	],
])('%s stops the item before anything is sent', (_what, parameters, message) => {
	expect(() => read(parameters)).toThrow(
		expect.objectContaining({
			message: expect.stringContaining(message),
			details: expect.objectContaining({ description: expect.stringMatching(/^Nothing was sent/) }),
		}),
	);
});
