import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { DOCS } from '../fields/docs';
import { triggerFields } from '../fields/triggerFields';

export class SegmindTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Trigger',
		name: 'segmindTrigger',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ { any: "completed or failed", completed: "completed", failed: "failed" }[$parameter["event"]] }}',
		description: 'Starts the workflow when a request ends',
		defaults: { name: 'Segmind Trigger' },
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['generation done', 'on completion', 'job finished', 'webhook', 'poll'],
			resources: {
				primaryDocumentation: [{ url: `${DOCS}/trigger.md` }],
			},
		},
		polling: true,
		builderHint: {
			searchHint:
				'Polls for requests of this API key that have ended, however they were started; no webhook is needed. Items hold URLs, no files.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindSubmitAsync',
					relationHint: 'Starts the jobs that it reports',
				},
				{ nodeType: 'n8n-nodes-segmind.segmindGetHistory', relationHint: 'Lists past requests' },
			],
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: triggerFields,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { poll } = await import('./poll');
		return await poll(this);
	}
}
