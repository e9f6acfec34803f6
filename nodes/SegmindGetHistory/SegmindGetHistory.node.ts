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
		description: 'Lists earlier requests with cost, inputs and files, or adds up what they cost',
		defaults: { name: 'Segmind Get History' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['cost report', 'spend', 'request history', 'past generations', 'recover'],
			resources: {
				primaryDocumentation: [{ url: `${DOCS}/get-history.md` }],
			},
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
