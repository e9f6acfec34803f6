import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { includesInputFields, readItemOptions, readRunOptions } from '../fields/itemOptions';
import { readJob, requestedRunOfItem, waitForCompletionField } from '../fields/job';
import { flowOutputSettings, readOutputSettings } from '../fields/output';
import { downloadField, routingField } from '../fields/outputFields';
import { choiceParameter, isChosen, switchParameter } from '../fields/value';
import { runItems } from '../items';
import { isAgentTool, MAX_TOOL_WAIT_MS } from '../jobs/agentTool';
import { checkJob, FAILED_OUTPUT, requestedRunOf, STATUS_OUTPUTS } from '../jobs/checkJob';
import { Run } from '../jobs/run';

/** Checks every item's job, or waits for all of them concurrently. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	// An agent reads only the first output.
	const byStatus = !asTool && isChosen(context, routingField, 'byStatus');
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => {
			choiceParameter(context, itemIndex, routingField);
			const options = readItemOptions(context, itemIndex);
			const { kind, timeoutMs, warnings } = options;
			const download = !asTool && switchParameter(context, itemIndex, downloadField);
			// A PixelFlow's files go to fields named after its outputs, regardless of the field set here.
			const output =
				kind === 'pixelFlow'
					? flowOutputSettings(context, itemIndex, '', download, options)
					: readOutputSettings(context, itemIndex, download, options);
			return {
				...readJob(context, itemIndex),
				kind,
				wait: switchParameter(context, itemIndex, waitForCompletionField),
				timeoutMs: asTool ? Math.min(timeoutMs, MAX_TOOL_WAIT_MS) : timeoutMs,
				timeoutIsResult: asTool || byStatus,
				output,
				byStatus,
				warnings,
			};
		},
		warnings: ({ warnings }) => warnings,
		// Waiting is free, so all jobs of the run are waited for concurrently.
		maxConcurrency: (_run, checks) => checks.length,
		jobOf: (_run, { requestId }) => requestId,
		work: async (run, check, _itemIndex, hint) => await checkJob(run, check, hint),
		requestedRun: (itemIndex, check) =>
			check ? requestedRunOf(check) : requestedRunOfItem(context, itemIndex),
		keepsInput: includesInputFields(context),
		outputs: byStatus ? STATUS_OUTPUTS : 1,
		failedOutput: byStatus ? () => FAILED_OUTPUT : undefined,
	});
}
