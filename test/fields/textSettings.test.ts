import type { IDataObject } from 'n8n-workflow';
import { readTextSettings } from '../../nodes/fields/textSettings';
import { contextWith } from './contextWith';
import { silent } from './textInputs';

const read = (parameters: IDataObject, options: IDataObject = {}) =>
	readTextSettings(contextWith({ ...parameters, options }), 0);
const turns = [{ role: 'user', parts: [{ text: 'Hi' }] }];
const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };

it.each<[parameters: IDataObject, options: IDataObject, settings: object]>([
	[{}, {}, {}],
	[{ prompt: 'Hi', systemMessage: 'Be short' }, {}, { prompt: 'Hi', system: 'Be short' }],
	[{ prompt: 5, systemMessage: null }, {}, { prompt: '5' }],
	[{ prompt: ' \n' }, {}, {}],
	[{}, { temperature: 0, maxTokens: '9' }, { temperature: 0, maxTokens: 9 }],
	[{}, { temperature: '', maxTokens: null }, {}],
	[{}, { messages: '' }, {}],
	[{}, { messages: ' ' }, {}],
	[{}, { messages: '[]' }, {}],
	[{}, { messages: '[{"role":"user","content":"Hi"}]' }, { earlier: { system: '', turns } }],
	[{}, { messages: [{ role: 'user', content: 'Hi' }] }, { earlier: { system: '', turns } }],
	[{ outputFormat: 'json' }, {}, { json: { schema: undefined } }],
	[{ outputFormat: 'json', jsonSchema: '{}' }, {}, { json: { schema: undefined } }],
	[{ outputFormat: 'json', jsonSchema: '{"a": 1}' }, {}, { json: { schema } }],
	[{ outputFormat: 'json', jsonSchema: schema }, {}, { json: { schema } }],
	// Hidden in the panel, it means nothing.
	[{ outputFormat: 'text', jsonSchema: 'broken' }, {}, {}],
])('%j with the options %j: %j', (parameters, options, settings) => {
	expect(read(parameters, options)).toEqual({ ...silent, ...settings });
});

it.each<[parameters: IDataObject, options: IDataObject, message: string]>([
	[{ prompt: { a: 1 } }, {}, 'Prompt must be text'],
	[{ systemMessage: ['a'] }, {}, 'System Message must be text'],
	[{ outputFormat: 'xml' }, {}, 'Output Format'],
	[{ outputFormat: 'json', jsonSchema: '{' }, {}, 'JSON Schema'],
	[{ outputFormat: 'json', jsonSchema: '[1]' }, {}, 'JSON Schema'],
	[{}, { messages: '[{' }, 'Earlier Turns (JSON) is not valid JSON'],
	[{}, { messages: '5' }, 'Earlier Turns (JSON)'],
	[{}, { maxTokens: 0 }, 'Max Tokens must be'],
	[{}, { maxTokens: 1.5 }, 'Max Tokens must be a whole number'],
	[{}, { temperature: 'hot' }, 'Temperature must be'],
])('%j with the options %j is refused', (parameters, options, message) => {
	expect(() => read(parameters, options)).toThrow(message);
});
