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
	placeholder: 'e.g. You write short, friendly product texts',
	description: 'What holds for the whole conversation: a role, a tone, rules',
};

export const textPromptField: INodeProperties = {
	...promptField,
	placeholder: 'e.g. Describe this product in two sentences',
	description: 'What to answer or to do. Leave it empty for models that take none.',
};

export const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	options: [
		{ name: 'Text', value: 'text', description: 'The answer as the model words it' },
		{ name: 'JSON', value: 'json', description: 'Data with the keys that you name' },
	],
	default: 'text',
	description: 'The form of the answer',
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
		'An example of the object that you want, all of whose keys are then required, or a JSON schema. An answer that does not fit is a failure. Leave it empty for any object.',
	hint: 'An example of what you want, such as { "title": "Red shoes", "price": 49.9 }',
	displayOptions: { show: { outputFormat: ['json'] } },
};

export const messages: INodeProperties = {
	displayName: 'Earlier Turns (JSON)',
	name: 'messages',
	type: 'json',
	default: '[]',
	placeholder: 'e.g. [{ "role": "user", "content": "Hello" }]',
	description:
		'What was said before the prompt, as a list of messages. The format of any model will do.',
};

export const maxTokens: INodeProperties = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1024,
	description: 'How long the answer may become, in tokens; a longer one is cut off',
};

export const temperature: INodeProperties = {
	displayName: 'Temperature',
	name: 'temperature',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
	default: 1,
	description: 'How freely the model chooses its words: 0 for the likeliest ones',
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
