import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { historyFields } from '../fields/historyFields';

export class SegmindGetHistory implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Get History',
		name: 'segmindGetHistory',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["view"] === "spend" ? "spend by " + { model: "model", day: "day", modelAndDay: "model and day" }[$parameter["groupBy"]] : "requests" }}',
		description: 'List earlier requests and their cost',
		defaults: { name: 'Segmind Get History' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['cost report', 'spend', 'request history', 'past generations', 'recover'],
			resources: {
				primaryDocumentation: [{ url: `${DOCS}/get-history.md` }],
			},
		},
		builderHint: {
			searchHint:
				'Lists earlier requests or adds up their cost per model and day, free of charge. To start a workflow on finished requests use Segmind Trigger.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindTrigger',
					relationHint: 'Starts a workflow for each new request',
				},
				{ nodeType: 'n8n-nodes-segmind.segmindGetCredits', relationHint: 'Reads the balance' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: historyFields,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
