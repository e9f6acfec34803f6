import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/connection';
import { wallTime } from '../clock';
import { readHistoryInput } from '../fields/history';
import { readRunOptions } from '../fields/itemOptions';
import { runItems } from '../items';
import { isAgentTool } from '../jobs/agentTool';
import { readHistory } from '../jobs/readHistory';

/** Queries the history for one item after the other: a report may take hundreds of requests. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	const today = wallTime();
	return await runItems(context, {
		start: async () => await connect(context, readRunOptions(context)),
		prepare: (itemIndex) => readHistoryInput(context, itemIndex, today),
		maxConcurrency: () => 1,
		work: async (connection, input, _itemIndex, hint) => {
			// An agent reads no files.
			const download = input.download && !asTool;
			return [await readHistory(connection, { ...input, download }, hint)];
		},
	});
}
