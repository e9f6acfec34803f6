import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readCall } from '../fields/call';
import { readItemOptions, readRunOptions } from '../fields/options';
import { readOutputSettings } from '../fields/output';
import { runItems } from '../items';
import { isAgentTool } from '../jobs/agentTool';
import { Run } from '../jobs/run';
import { chooseApi, runModel, type Mode } from '../jobs/runModel';

/** Runs the model of every item to its end. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => {
			const options = readItemOptions(context, itemIndex);
			const call = readCall(context, itemIndex, options);
			// An agent is given the address, never the bytes.
			const download = !asTool && context.getNodeParameter('output', itemIndex, 'file') === 'file';
			const mode = context.getNodeParameter('mode', itemIndex, 'auto') as Mode;
			return {
				call,
				api: chooseApi(mode, download, call.averageSeconds),
				timeoutMs: options.timeoutMs,
				output: readOutputSettings(context, itemIndex, download, options),
			};
		},
		warnings: ({ call }) => call.warnings,
		atOnce: (run, calls) => run.atOnce(calls.map(({ api }) => api)),
		isBegun: (run, { call }) => run.ledger.knows(call.key),
		work: async (run, modelRun) => [await runModel(run, modelRun)],
	});
}
