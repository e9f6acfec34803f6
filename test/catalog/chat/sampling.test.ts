import type { ParameterTable } from '../../../nodes/catalog/parameters';
import { samplingFields, type Sampling } from '../../../nodes/catalog/chat/sampling';

const table = (complete: boolean, ...names: string[]): ParameterTable => ({
	trusted: true,
	complete,
	parameters: names.map((name) => ({ name, type: 'number', required: false })),
});

it.each<[what: string, Sampling, ParameterTable | undefined, fields: object]>([
	['nothing', {}, undefined, {}],
	[
		'the usual names',
		{ temperature: 0.5, maxTokens: 9 },
		undefined,
		{ temperature: 0.5, max_tokens: 9 },
	],
	['zero', { temperature: 0 }, undefined, { temperature: 0 }],
	['the model’s own name', { maxTokens: 9 }, table(true, 'max_new_tokens'), { max_new_tokens: 9 }],
	[
		'the usual one of two',
		{ maxTokens: 9 },
		table(true, 'max_length', 'max_tokens'),
		{ max_tokens: 9 },
	],
	['what the table may lack', { temperature: 0.5 }, table(false, 'prompt'), { temperature: 0.5 }],
])('%s', (_what, sampling, known, fields) => {
	expect(samplingFields(sampling, 'Model', known)).toEqual({ fields, hints: [], problems: [] });
});

it('leaves out what the model is known not to have, and says so', () => {
	const made = samplingFields({ temperature: 0.5, maxTokens: 9 }, 'Model', table(true, 'prompt'));
	expect(made).toEqual({
		fields: {},
		hints: [
			'Model has no field for Temperature: it was left out',
			'Model has no field for Max Tokens: it was left out',
		],
		problems: [],
	});
});
