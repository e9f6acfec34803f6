import { flatBody } from '../../nodes/fields/flatBody';
import type { TextInput } from '../../nodes/fields/textInput';
import { refusal } from './contextWith';
import { inputWith, photo, silent, tableOf } from './textInputs';

const ask = (given: Partial<TextInput>) => flatBody(inputWith(given));
const settings = { ...silent, system: 'Be short' };
const json = { ...silent, json: { schema: undefined } };
const IN_JSON = 'Answer with JSON only.';

it.each<[what: string, given: Partial<TextInput>, body: object]>([
	['a prompt', { fields: { prompt: 'Hi' } }, { prompt: 'Hi' }],
	['the model’s own field', { table: tableOf('text'), fields: { text: 'Hi' } }, { text: 'Hi' }],
	[
		'a system message in words',
		{ fields: { prompt: 'Hi' }, settings },
		{ prompt: 'Be short\n\nHi' },
	],
	[
		'a system message in its field',
		{ table: tableOf('prompt', 'system_prompt'), fields: { prompt: 'Hi' }, settings },
		{ prompt: 'Hi', system_prompt: 'Be short' },
	],
	['JSON in words', { fields: { prompt: 'Hi' }, settings: json }, { prompt: `Hi\n\n${IN_JSON}` }],
	[
		'no text, but another field',
		{ fields: { audio: 'https://a.test/a.mp3' } },
		{ audio: 'https://a.test/a.mp3' },
	],
])('%s', (_what, given, body) => {
	const request = ask(given);
	expect(request.body).toEqual(body);
});

it('the item has the prompt as it was asked', () => {
	expect(ask({ fields: { prompt: 'Hi' }, settings }).prompt).toBe('Hi');
	expect(ask({ table: tableOf('prompt'), fields: {} }).prompt).toBeNull();
});

it('tells that the system message was put before the prompt', () => {
	expect(ask({ fields: { prompt: 'Hi' }, settings }).warnings).toEqual([
		'Model has no field for a System Message: it was put before the prompt',
	]);
	const table = tableOf('prompt', 'system');
	expect(ask({ table, fields: { prompt: 'Hi' }, settings }).warnings).toEqual([]);
});

it('gives files a field that nothing fills', () => {
	const table = tableOf('prompt', 'image', 'other_image');
	for (const field of table.parameters.slice(1)) field.media = 'image';
	const given = { table, fields: { prompt: 'Hi', image: 'https://a.test/b.png' }, rows: [photo] };
	expect(ask(given).inputFiles).toMatchObject([{ parameter: 'other_image' }]);
});

const turns = [{ role: 'user' as const, parts: [{ text: 'Hi' }] }];
const mute = tableOf('audio');

it.each<[what: string, given: Partial<TextInput>, message: string]>([
	['nothing at all', {}, 'Prompt is empty'],
	['earlier turns', { settings: { ...silent, earlier: { system: '', turns } } }, 'earlier turns'],
	[
		'a system message without a text',
		{ table: mute, settings },
		'System Message: Model takes no text',
	],
	[
		'JSON without a text',
		{ table: mute, settings: json },
		'Output Format JSON: Model takes no text',
	],
])('refused: %s', (_what, given, message) => {
	expect(refusal(() => ask(given))).toContain(message);
});
