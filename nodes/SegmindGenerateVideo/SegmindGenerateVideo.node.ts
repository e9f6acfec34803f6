import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { duration, resolution } from '../fields/videoFields';
import { DOCS } from '../fields/docs';
import { getFileFields, inputFilesField } from '../fields/inputFiles';
import { searchVideoModels, videoModelField } from '../fields/model';
import { videoOptions } from '../fields/options';
import { videoOutputField } from '../fields/outputFields';
import { getModelParameters, parametersField, videoPromptField } from '../fields/parameters';
import { videoShape } from '../fields/shape';

export class SegmindGenerateVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Generate Video',
		name: 'segmindGenerateVideo',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		// n8n passes only the value: the slug or the URL of the model's page.
		subtitle:
			'={{ $parameter["model"].split("/").pop() + ($parameter["duration"] ? " · " + $parameter["duration"] + " s" : "") }}',
		description: 'Generate videos from text, images, audio',
		defaults: { name: 'Segmind Generate Video' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: [
				'video',
				'video generation',
				'text to video',
				'image to video',
				'animate photo',
				'lip sync',
				'talking avatar',
				'video upscale',
				'merge videos',
				'film',
				'clip',
				'veo',
				'kling',
				'seedance',
				'sora',
				'runway',
			],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/generate-video.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Generates videos and waits for them: no loop with Wait is needed. For jobs of many minutes in queue mode use Segmind Submit Async. Choose a model: there is no default.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindSubmitAsync',
					relationHint: 'Starts the job without waiting',
				},
				{
					nodeType: 'n8n-nodes-segmind.segmindGenerateImage',
					relationHint: 'Makes the first frame',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			videoModelField,
			videoPromptField,
			inputFilesField,
			videoShape.aspectRatio,
			...videoShape.sides,
			duration,
			resolution,
			parametersField,
			videoOutputField,
			videoOptions,
		],
	};

	methods = {
		listSearch: { searchModels: searchVideoModels },
		loadOptions: { getFileFields },
		resourceMapping: { getModelParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
