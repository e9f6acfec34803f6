import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readAsked } from '../fields/asked';
import { includesInputFields, readItemOptions, readRunOptions } from '../fields/itemOptions';
import { readOutputSettings } from '../fields/output';
import { readTextCall } from '../fields/textCall';
import { runItems } from '../items';
import { isAgentTool, MAX_TOOL_WAIT_MS } from '../jobs/agentTool';
import { readText } from '../jobs/readText';
import { Run } from '../jobs/run';
import { runText } from '../jobs/runText';
import { textJson } from '../media/textJson';

/** Runs the model of every item to its end. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => {
			const options = readItemOptions(context, itemIndex);
			const call = readTextCall(context, itemIndex, options);
			const output = readOutputSettings(context, itemIndex, false, options);
			const { includeRawResponse, inputBinary } = output;
			const { prompt, json } = call;
			return {
				call,
				api: 'async' as const,
				timeoutMs: asTool ? Math.min(options.timeoutMs, MAX_TOOL_WAIT_MS) : options.timeoutMs,
				forAgent: asTool,
				output,
				read: (result: Parameters<typeof readText>[0]) =>
					readText(result, { prompt, json, includeRawResponse, inputBinary }),
				unfinished: (requestId: string) =>
					textJson({ status: 'PROCESSING', model: call.slug, prompt, requestId }),
			};
		},
		warnings: ({ call }) => call.warnings,
		atOnce: (run, calls) => run.atOnce(calls.map(({ api }) => api)),
		isBegun: (run, { call }) => run.ledger.knows(call.key),
		jobOf: (run, { call }) => run.ledger.jobOf(call.key),
		work: async (run, textRun, _itemIndex, hint) => [await runText(run, textRun, hint)],
		asked: (itemIndex, textRun) => readAsked(context, itemIndex, textRun?.call),
		keepsInput: (itemIndex) => includesInputFields(context, itemIndex),
	});
}
