import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readAsked } from '../fields/asked';
import { readCall } from '../fields/call';
import { includesInputFields, readItemOptions, readRunOptions } from '../fields/itemOptions';
import { readOutputSettings } from '../fields/output';
import { outputField } from '../fields/outputFields';
import { choiceParameter } from '../fields/value';
import { runItems } from '../items';
import { isAgentTool } from '../jobs/agentTool';
import { Run } from '../jobs/run';
import { chooseApi, runModel } from '../jobs/runModel';
import { replacedFiles } from '../media/replacedFiles';

/** Runs the model of every item to its end. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => {
			const options = readItemOptions(context, itemIndex);
			const call = readCall(context, itemIndex, options);
			// An agent is given the address, never the bytes.
			const download = !asTool && choiceParameter(context, itemIndex, outputField) === 'file';
			return {
				call,
				api: chooseApi(options.mode, download, call.averageSeconds),
				timeoutMs: options.timeoutMs,
				output: readOutputSettings(context, itemIndex, download, options),
			};
		},
		warnings: ({ call }) => call.warnings,
		atOnce: (run, calls) => run.atOnce(calls.map(({ api }) => api)),
		isBegun: (run, { call }) => run.ledger.knows(call.key),
		jobOf: (run, { call }) => run.ledger.jobOf(call.key),
		work: async (run, modelRun, _itemIndex, hint) => {
			const made = await runModel(run, modelRun, hint);
			replacedFiles(modelRun.output, made).forEach(hint);
			return [made];
		},
		asked: (itemIndex, modelRun) => readAsked(context, itemIndex, modelRun?.call),
		keepsInput: (itemIndex) => includesInputFields(context, itemIndex),
	});
}
