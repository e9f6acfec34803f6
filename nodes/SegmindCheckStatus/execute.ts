import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readJob } from '../fields/job';
import { readItemOptions, readJobKind, readRunOptions } from '../fields/options';
import { flowOutputSettings, readOutputSettings } from '../fields/output';
import { runItems } from '../items';
import { checkJob, outputOfFailure } from '../jobs/checkJob';
import { isAgentTool } from '../jobs/agentTool';
import { Run } from '../jobs/run';

/** Looks at every item’s job, or waits for all of them together. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const asTool = isAgentTool(context);
	const byStatus = context.getNodeParameter('routing', 0, 'single') === 'byStatus';
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => {
			const options = readItemOptions(context, itemIndex);
			const kind = readJobKind(context, itemIndex);
			const download = !asTool && context.getNodeParameter('download', itemIndex, true) !== false;
			return {
				...readJob(context, itemIndex),
				kind,
				wait: context.getNodeParameter('waitForCompletion', itemIndex, false) === true,
				timeoutMs: options.timeoutMs,
				// The files of a PixelFlow go to fields named after its outputs, whatever name the field here has.
				output:
					kind === 'pixelFlow'
						? flowOutputSettings(context, itemIndex, '', download, options)
						: readOutputSettings(context, itemIndex, download, options),
				byStatus,
			};
		},
		// Waiting costs nothing: all jobs of the run are waited for together.
		atOnce: (_run, checks) => checks.length,
		work: async (run, check) => await checkJob(run, check),
		outputs: byStatus ? 3 : 1,
		failedOutput: byStatus ? outputOfFailure : undefined,
	});
}
