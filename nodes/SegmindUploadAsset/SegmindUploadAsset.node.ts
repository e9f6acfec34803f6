import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { assetFields } from '../fields/asset';
import { DOCS } from '../fields/docs';
import { uploadOptions } from '../fields/options';

export class SegmindUploadAsset implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Upload Asset',
		name: 'segmindUploadAsset',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["source"] === "url" ? "from the web" : $parameter["source"] === "dataUri" ? "from data URIs" : "files of the item" }}',
		description: 'Store files and return their URLs',
		defaults: { name: 'Segmind Upload Asset' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['upload file', 'image URL', 'storage', 'input image'],
			resources: {
				primaryDocumentation: [
					{
						url: `${DOCS}/upload-asset.md`,
					},
				],
			},
		},
		builderHint: {
			searchHint:
				'Stores files and returns url. Only needed where a URL is wanted: the Generate nodes upload their Input Files by themselves.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-segmind.segmindGenerateImage',
					relationHint: 'Takes files directly',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [...assetFields, uploadOptions],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded only when a workflow runs it, since n8n loads every node on startup.
		const { execute } = await import('./execute');
		return await execute(this);
	}
}
