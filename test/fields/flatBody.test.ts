import { flatBody } from '../../nodes/fields/flatBody';
import type { TextQuestion } from '../../nodes/fields/textQuestion';
import { refusal } from './contextWith';
import { photo, question, silent, tableOf } from './textQuestions';

const ask = (given: Partial<TextQuestion>) => flatBody(question(given));
const wishes = { ...silent, system: 'Be short' };
const json = { ...silent, json: { schema: undefined } };
const IN_JSON = 'Answer with JSON only.';

it.each<[what: string, given: Partial<TextQuestion>, body: object]>([
	['a prompt', { fields: { prompt: 'Hi' } }, { prompt: 'Hi' }],
	['the model’s own field', { table: tableOf('text'), fields: { text: 'Hi' } }, { text: 'Hi' }],
	['a system message in words', { fields: { prompt: 'Hi' }, wishes }, { prompt: 'Be short\n\nHi' }],
	[
		'a system message in its field',
		{ table: tableOf('prompt', 'system_prompt'), fields: { prompt: 'Hi' }, wishes },
		{ prompt: 'Hi', system_prompt: 'Be short' },
	],
	['JSON in words', { fields: { prompt: 'Hi' }, wishes: json }, { prompt: `Hi\n\n${IN_JSON}` }],
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
	expect(ask({ fields: { prompt: 'Hi' }, wishes }).prompt).toBe('Hi');
	expect(ask({ table: tableOf('prompt'), fields: {} }).prompt).toBeNull();
});

it('tells that the system message was put before the prompt', () => {
	expect(ask({ fields: { prompt: 'Hi' }, wishes }).warnings).toEqual([
		'Model has no field for a System Message: it was put before the prompt',
	]);
	const table = tableOf('prompt', 'system');
	expect(ask({ table, fields: { prompt: 'Hi' }, wishes }).warnings).toEqual([]);
});

it('gives files a field that nothing fills', () => {
	const table = tableOf('prompt', 'image', 'other_image');
	for (const field of table.parameters.slice(1)) field.media = 'image';
	const given = { table, fields: { prompt: 'Hi', image: 'https://a.test/b.png' }, rows: [photo] };
	expect(ask(given).inputFiles).toMatchObject([{ parameter: 'other_image' }]);
});

const turns = [{ role: 'user' as const, parts: [{ text: 'Hi' }] }];
const mute = tableOf('audio');

it.each<[what: string, given: Partial<TextQuestion>, message: string]>([
	['nothing at all', {}, 'Prompt is empty'],
	['earlier turns', { wishes: { ...silent, earlier: { system: '', turns } } }, 'earlier turns'],
	[
		'a system message without a text',
		{ table: mute, wishes },
		'System Message: Model takes no text',
	],
	['JSON without a text', { table: mute, wishes: json }, 'Output Format JSON: Model takes no text'],
])('refused: %s', (_what, given, message) => {
	expect(refusal(() => ask(given))).toContain(message);
});
