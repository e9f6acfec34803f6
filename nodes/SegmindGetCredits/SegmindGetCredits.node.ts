import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { creditsFields } from '../fields/credits';
import { DOCS } from '../fields/docs';

export class SegmindGetCredits implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Get Credits',
		name: 'segmindGetCredits',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["lowBalance"] === "ignore" ? "balance" : "at least $" + $parameter["minimumCredits"] }}',
		description: 'Read the balance of the account',
		defaults: { name: 'Segmind Get Credits' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['balance', 'budget', 'cost', 'credits guard'],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/get-credits.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Reads the balance, free of charge. With When the Balance Is Low set to Take Another Output it has two outputs: 0 Enough, 1 Low; else one.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindGetHistory',
					relationHint: 'Says what was spent on which model',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ ["route", "take another output"].includes(String($parameter["lowBalance"]).trim().toLowerCase()) ? [{ type: "main", displayName: "Enough" }, { type: "main", displayName: "Low" }] : [{ type: "main" }] }}`,
		credentials: [{ name: 'segmindApi', required: true }],
		properties: creditsFields,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
