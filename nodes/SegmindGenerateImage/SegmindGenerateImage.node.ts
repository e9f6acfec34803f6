import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { getFileFields, inputFilesField } from '../fields/inputFiles';
import { imageModelField, searchImageModels } from '../fields/model';
import { generateOptions } from '../fields/options';
import { imageOutputField } from '../fields/outputFields';
import { getModelParameters, parametersField, promptField } from '../fields/parameters';
import { imageShape } from '../fields/shape';

export class SegmindGenerateImage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Generate Image',
		name: 'segmindGenerateImage',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		// n8n passes only a model's value: the slug or the URL of its page. URLs always come from async runs.
		subtitle:
			'={{ $parameter["model"].split("/").pop() + " · " + ($parameter["output"] === "url" ? "async" : $parameter["options"]["mode"] ?? "auto") }}',
		description: 'Generate images from text or other images',
		defaults: { name: 'Segmind Generate Image' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: [
				'image generation',
				'text to image',
				'image to image',
				'stable diffusion',
				'flux',
				'seedream',
				'nano banana',
				'picture',
				'photo',
				'inpainting',
				'upscale',
				'background removal',
				'remove background',
				'AI image',
				'AI picture',
				'AI art',
				'AI photo',
				'midjourney',
				'dall-e',
				'face swap',
				'virtual try-on',
				'headshot',
			],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/generate-image.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Generates and edits images: text to image, image to image, background removal, upscaling, face swap. The file is in binary field data; its public URL in url. One item per image.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-segmind.segmindGenerateVideo', relationHint: 'Animates the image' },
				{
					nodeType: 'n8n-nodes-segmind.segmindUploadAsset',
					relationHint: 'Gives a file a public URL',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			imageModelField,
			promptField,
			inputFilesField,
			imageShape.aspectRatio,
			...imageShape.sides,
			parametersField,
			imageOutputField,
			generateOptions,
		],
	};

	methods = {
		listSearch: { searchModels: searchImageModels },
		loadOptions: { getFileFields },
		resourceMapping: { getModelParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
