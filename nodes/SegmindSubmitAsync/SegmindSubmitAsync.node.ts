import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { getFileFields, inputFilesField } from '../fields/inputFiles';
import { anyModelField, searchAllModels } from '../fields/model';
import { submitOptions } from '../fields/options';
import { getModelParameters, parametersField, promptField } from '../fields/parameters';

export class SegmindSubmitAsync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Submit Async',
		name: 'segmindSubmitAsync',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		// n8n passes only the value: the slug or the URL of the model's page.
		subtitle: '={{ $parameter["model"].split("/").pop() }}',
		description: 'Start a job on any model without waiting',
		defaults: { name: 'Segmind Submit Async' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: [
				'video',
				'video generation',
				'text to video',
				'image to video',
				'text to speech',
				'audio',
				'music',
				'3D',
				'language model',
				'queue',
				'long job',
			],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/submit-async.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Starts a job of any kind and returns request_id immediately. Follow it with Segmind Check Status, which waits by itself. The Generate nodes do both in one.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindCheckStatus',
					relationHint: 'Collects the result by request_id',
				},
				{
					nodeType: 'n8n-nodes-segmind.segmindTrigger',
					relationHint: 'Starts a workflow when the job has ended',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [anyModelField, promptField, inputFilesField, parametersField, submitOptions],
	};

	methods = {
		listSearch: { searchModels: searchAllModels },
		loadOptions: { getFileFields },
		resourceMapping: { getModelParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
