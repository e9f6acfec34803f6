import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readFlowRun } from '../fields/flowRun';
import { readRunOptions } from '../fields/itemOptions';
import { runItems } from '../items';
import { Run } from '../jobs/run';
import { runPixelFlow } from '../jobs/runPixelFlow';

/** Runs every item’s PixelFlow. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => readFlowRun(context, itemIndex),
		warnings: (flow) => flow.warnings,
		maxConcurrency: (run) => run.maxConcurrency(['async']),
		hasStarted: (run, { key }) => run.ledger.hasStarted(key),
		jobOf: (run, { key }) => run.ledger.jobOf(key),
		work: async (run, flow, _itemIndex, hint) => [await runPixelFlow(run, flow, hint)],
		requestedRun: () => 'pixelFlow',
	});
}
