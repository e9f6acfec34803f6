import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { readCall } from '../fields/call';
import { inputFilesField } from '../fields/inputFiles';
import { imageModelField, searchImageModels } from '../fields/model';
import { generateOptions, readItemOptions } from '../fields/options';
import { binaryField, readOutputSettings } from '../fields/output';
import { getModelParameters, parameterFields } from '../fields/parameters';
import { runItems } from '../items';
import { Run } from '../jobs/run';
import { chooseApi, runModel, type Mode } from '../jobs/runModel';

export class SegmindGenerateImage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Generate Image',
		name: 'segmindGenerateImage',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		// n8n gives the value alone: the slug, or the address of the model's page.
		subtitle: '={{ $parameter["model"].split("/").pop() }}',
		description: 'Makes pictures from text or from other pictures with any image model of Segmind',
		defaults: { name: 'Segmind Generate Image' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['image generation', 'text to image', 'stable diffusion', 'flux', 'picture', 'AI art'],
			resources: { primaryDocumentation: [{ url: 'https://docs.segmind.com/' }] },
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			imageModelField,
			...parameterFields,
			inputFilesField,
			{
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				options: [
					{
						name: 'Auto',
						value: 'auto',
						description: 'One request for quick models, a waiting job for all others',
					},
					{
						name: 'Sync',
						value: 'sync',
						description: 'One request that stays open until the picture is there',
					},
					{
						name: 'Async',
						value: 'async',
						description: 'A job that is waited for and can be collected later',
					},
				],
				default: 'auto',
				description: 'How the model is run',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'File', value: 'file', description: 'The picture itself' },
					{
						name: 'URL',
						value: 'url',
						description: 'Its public address, valid for seven days; always async',
					},
				],
				default: 'file',
				description: 'What the output items hold',
			},
			binaryField({ show: { output: ['file'] } }),
			generateOptions,
		],
	};

	methods = {
		listSearch: { searchModels: searchImageModels },
		resourceMapping: { getModelParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const asTool = this.isToolExecution?.() ?? false;
		return await runItems(this, {
			start: async () => await Run.start(this),
			prepare: (itemIndex) => {
				const options = readItemOptions(this, itemIndex);
				const call = readCall(this, itemIndex, options);
				// An agent is given the address, never the bytes.
				const download = !asTool && this.getNodeParameter('output', itemIndex, 'file') === 'file';
				const mode = this.getNodeParameter('mode', itemIndex, 'auto') as Mode;
				return {
					call,
					api: chooseApi(mode, download, call.averageSeconds),
					timeoutMs: options.timeoutMs,
					output: readOutputSettings(this, itemIndex, download, options),
				};
			},
			warnings: ({ call }) => call.warnings,
			atOnce: (run, calls) => run.atOnce(calls.map(({ api }) => api)),
			work: async (run, modelRun) => [await runModel(run, modelRun)],
		});
	}
}
