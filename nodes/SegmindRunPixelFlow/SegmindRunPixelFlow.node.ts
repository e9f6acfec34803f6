import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { flowFilesField } from '../fields/inputFiles';
import { waitForCompletionField } from '../fields/job';
import { flowOptions } from '../fields/options';
import { inputsField, prefixField, workflowField } from '../fields/pixelFlow';
import { downloadField } from '../fields/outputFields';

export class SegmindRunPixelFlow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Run PixelFlow',
		name: 'segmindRunPixelFlow',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["waitForCompletion"] ? "wait for completion" : "submit only" }}',
		description: 'Run a Segmind workflow of several models',
		defaults: { name: 'Segmind Run PixelFlow' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['workflow', 'pipeline', 'several models', 'chain of models'],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/run-pixelflow.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Runs a workflow that was built in Segmind, by its API URL. For a single model use a Generate node.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindCheckStatus',
					relationHint: 'Collects a run that was not waited for',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			workflowField,
			inputsField,
			flowFilesField,
			waitForCompletionField,
			downloadField,
			prefixField,
			flowOptions,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
