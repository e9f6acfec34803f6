import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/connection';
import { wallTime } from '../clock';
import { readHistoryQuestion } from '../fields/history';
import { readRunOptions } from '../fields/itemOptions';
import { runItems } from '../items';
import { isAgentTool } from '../jobs/agentTool';
import { readHistory } from '../jobs/readHistory';

/** Asks the history once per item, one after the other: a report may take hundreds of requests. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	const today = wallTime();
	return await runItems(context, {
		start: async () => await connect(context, readRunOptions(context)),
		prepare: (itemIndex) => readHistoryQuestion(context, itemIndex, today),
		atOnce: () => 1,
		work: async (connection, question, _itemIndex, hint) => {
			// An agent reads no files.
			const download = question.download && !asTool;
			return [await readHistory(connection, { ...question, download }, hint)];
		},
	});
}
