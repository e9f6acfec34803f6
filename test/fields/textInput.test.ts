import type { IDataObject } from 'n8n-workflow';
import { emptyPrompt, textOf } from '../../nodes/fields/textInput';
import { inputWith } from './textInputs';

it.each<[value: IDataObject[string], text: string]>([
	['Hi', 'Hi'],
	[5, '5'],
	[0, '0'],
	[false, 'false'],
	['', ''],
	[null, ''],
	[undefined, ''],
	[{ a: 1 }, ''],
	[['a'], ''],
])('%j is sent as %j', (value, text) => expect(textOf(value)).toBe(text));

it('an empty prompt is told with the model, and that nothing was sent', () => {
	const { message, details } = emptyPrompt(inputWith({}), ': why');
	expect(message).toBe('Prompt is empty, but Model needs text: why');
	expect(details.model).toBe('model');
	expect(details.description).toContain('Nothing was sent');
});
