import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { getFileFields, inputFilesField } from '../fields/inputFiles';
import { audioModelField, searchAudioModels } from '../fields/model';
import { audioOptions } from '../fields/options';
import { audioOutputField } from '../fields/outputFields';
import { audioPromptField, getModelParameters, parametersField } from '../fields/parameters';

export class SegmindGenerateAudio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Generate Audio',
		name: 'segmindGenerateAudio',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		// n8n passes only the value: the slug or the URL of the model's page.
		subtitle: '={{ $parameter["model"].split("/").pop() }}',
		description: 'Generate speech, music and sound effects',
		defaults: { name: 'Segmind Generate Audio' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: [
				'audio',
				'audio generation',
				'text to speech',
				'tts',
				'voice',
				'voice over',
				'voice cloning',
				'voice changer',
				'speech to speech',
				'dubbing',
				'music',
				'song',
				'sound effects',
				'elevenlabs',
			],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/generate-audio.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Generates speech, music and sound effects, changes voices and dubs; the file is in binary field data. To transcribe audio use Segmind Generate Text.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-segmind.segmindGenerateText', relationHint: 'Transcribes audio' },
				{
					nodeType: 'n8n-nodes-segmind.segmindGenerateVideo',
					relationHint: 'Makes a picture speak',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			audioModelField,
			audioPromptField,
			inputFilesField,
			parametersField,
			audioOutputField,
			audioOptions,
		],
	};

	methods = {
		listSearch: { searchModels: searchAudioModels },
		loadOptions: { getFileFields },
		resourceMapping: { getModelParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
