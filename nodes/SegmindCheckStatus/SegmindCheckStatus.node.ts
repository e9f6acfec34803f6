import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { requestIdField, waitForCompletionField } from '../fields/job';
import { checkStatusOptions } from '../fields/options';
import { downloadField, routingField } from '../fields/outputFields';

export class SegmindCheckStatus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Check Status',
		name: 'segmindCheckStatus',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["waitForCompletion"] ? "wait for completion" : "check once" }}',
		description: 'Wait for jobs and return their files',
		defaults: { name: 'Segmind Check Status' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['poll', 'job status', 'wait for job', 'collect result', 'video generation', 'video'],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/check-status.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Collects jobs of Segmind Submit Async, all items together, and waits by itself: no loop is needed. With Routing By Status it has three outputs: 0 Completed, 1 In Progress, 2 Failed; else one.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-segmind.segmindSubmitAsync', relationHint: 'Starts the job' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ ["bystatus", "by status"].includes(String($parameter["routing"]).trim().toLowerCase()) ? [{ type: "main", displayName: "Completed" }, { type: "main", displayName: "In Progress" }, { type: "main", displayName: "Failed" }] : [{ type: "main" }] }}`,
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			requestIdField,
			waitForCompletionField,
			downloadField,
			routingField,
			checkStatusOptions,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
