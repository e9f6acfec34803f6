import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { modelField, searchModels } from './model';
import {
	checkParameters,
	concurrency,
	estimateOnly,
	includeInputFields,
	includeRawResponse,
	jsonParameters,
	maxCost,
	maxJobs,
	maxRetries,
	reuseDays,
	sendFilesAs,
	timeout,
} from './optionFields';
import { optionsField } from './options';
import { promptField } from './parameters';

/** The model of Generate Text; defaults to one that answers in seconds for a tenth of a cent and reads images. */
export const textModelField = modelField('The language, vision or transcription model to run', {
	mode: 'list',
	value: 'gpt-5.4-mini',
	cachedResultName: 'GPT 5.4 Mini',
	cachedResultUrl: 'https://www.segmind.com/models/gpt-5.4-mini',
});

export const systemMessage: INodeProperties = {
	displayName: 'System Message',
	name: 'systemMessage',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. You write short, friendly product descriptions',
	description: 'Instructions for the whole conversation, such as a role, a tone or rules',
};

export const textPromptField: INodeProperties = {
	...promptField,
	placeholder: 'e.g. Describe this product in two sentences',
	description: 'The question or task for the model. Leave it empty for models that take none.',
};

export const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	options: [
		{ name: 'Text', value: 'text', description: 'The answer as plain text' },
		{ name: 'JSON', value: 'json', description: 'Structured data with the keys that you choose' },
	],
	default: 'text',
	description: 'The format of the answer',
	builderHint: {
		propertyHint: 'With json the parsed answer is in $json.json, never in $json.text.',
	},
};

export const jsonSchema: INodeProperties = {
	displayName: 'JSON Schema',
	name: 'jsonSchema',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "title": "Red shoes", "price": 49.9, "tags": ["summer"] }',
	description:
		'An example of the object you want, whose keys are then all required, or a JSON schema. An item whose answer does not match fails. Leave it empty to accept any object.',
	hint: 'An example of what you want, such as { "title": "Red shoes", "price": 49.9 }',
	displayOptions: { show: { outputFormat: ['json'] } },
};

export const messages: INodeProperties = {
	displayName: 'Earlier Turns (JSON)',
	name: 'messages',
	type: 'json',
	default: '[]',
	placeholder: 'e.g. [{ "role": "user", "content": "Hello" }]',
	description: 'The conversation before the prompt, as a list of messages, in any model’s format',
};

export const maxTokens: INodeProperties = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1024,
	description: 'The maximum length of the answer, in tokens; a longer one is cut off',
};

export const temperature: INodeProperties = {
	displayName: 'Temperature',
	name: 'temperature',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
	default: 1,
	description: 'How much answers vary: 0 for the most predictable ones',
};

export const textOptions = optionsField([
	checkParameters,
	concurrency,
	estimateOnly,
	messages,
	includeInputFields,
	includeRawResponse,
	maxCost,
	maxJobs,
	maxRetries,
	maxTokens,
	jsonParameters,
	reuseDays,
	sendFilesAs,
	temperature,
	timeout,
]);

/** n8n's hook for the model list of Generate Text: a page of 50 text models that match the filter. */
export async function searchTextModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchModels(this, 'text', filter, paginationToken);
}
