import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { connect } from '../api/connection';
import { assetFields, readAssetSource } from '../fields/asset';
import { readRunOptions, uploadOptions } from '../fields/options';
import { runItems } from '../items';
import { uploadAssets } from '../media/uploadAsset';

export class SegmindUploadAsset implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Upload Asset',
		name: 'segmindUploadAsset',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "from " + $parameter["source"] }}',
		description: 'Stores files at Segmind and gives the addresses that any model takes as input',
		defaults: { name: 'Segmind Upload Asset' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['upload file', 'image URL', 'storage'],
			resources: { primaryDocumentation: [{ url: 'https://docs.segmind.com/' }] },
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [...assetFields, uploadOptions],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			start: async () => await connect(this, readRunOptions(this)),
			prepare: (itemIndex) => readAssetSource(this, itemIndex),
			atOnce: (connection) => connection.concurrency,
			work: async (connection, source, itemIndex) => [
				await uploadAssets(connection, itemIndex, source),
			],
		});
	}
}
