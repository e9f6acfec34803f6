import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/connection';
import { readAssetSource } from '../fields/assetSource';
import { readRunOptions, differencesFromFirstItem } from '../fields/itemOptions';
import { runItems } from '../items';
import { uploadAssets } from '../media/uploadAsset';

/** Stores every item’s files. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		start: async () => await connect(context, readRunOptions(context)),
		prepare: (itemIndex) => ({
			source: readAssetSource(context, itemIndex),
			warnings: differencesFromFirstItem(context, itemIndex),
		}),
		warnings: ({ warnings }) => warnings,
		maxConcurrency: (connection) => connection.concurrency,
		work: async (connection, { source }, itemIndex) => [
			await uploadAssets(connection, itemIndex, source),
		],
	});
}
