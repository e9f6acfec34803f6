import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { getFileFields, inputFilesField } from '../fields/inputFiles';
import { getModelParameters, parametersField } from '../fields/parameters';
import {
	jsonSchema,
	outputFormat,
	searchTextModels,
	systemMessage,
	textModelField,
	textOptions,
	textPromptField,
} from '../fields/textFields';

export class SegmindGenerateText implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Generate Text',
		name: 'segmindGenerateText',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		// n8n passes only a model's value: the slug or the URL of its page.
		subtitle: '={{ $parameter["model"].split("/").pop() + " · " + $parameter["outputFormat"] }}',
		description: 'Ask any language, vision or speech model',
		defaults: { name: 'Segmind Generate Text' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: [
				'text generation',
				'language model',
				'LLM',
				// n8n's search ranks a capital after a lower-case letter higher: "llm" then finds the node in the top three.
				'LlM',
				'chat',
				'GPT',
				'Claude',
				'Gemini',
				'DeepSeek',
				'Llama',
				'vision',
				'describe image',
				'transcribe',
				'image to text',
				'caption',
				'transcription',
				'speech to text',
				'structured output',
				'JSON',
				'extract data',
				'summarize',
				'translate',
			],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/generate-text.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Asks a language, vision or transcription model once per item. The answer is in text, with Output Format JSON in json. For an agent with tools use AI Agent with a chat model instead.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindGenerateImage',
					relationHint: 'Draws what the answer describes',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			textModelField,
			systemMessage,
			textPromptField,
			inputFilesField,
			parametersField,
			outputFormat,
			jsonSchema,
			textOptions,
		],
	};

	methods = {
		listSearch: { searchModels: searchTextModels },
		loadOptions: { getFileFields },
		resourceMapping: { getModelParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
