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
		description: 'Stores files at Segmind and gives the addresses that any model takes as input',
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
