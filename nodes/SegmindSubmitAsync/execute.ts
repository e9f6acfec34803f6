import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readRequestedRun } from '../fields/requestedRun';
import { readCall } from '../fields/call';
import { includesInputFields, readItemOptions, readRunOptions } from '../fields/itemOptions';
import { runItems } from '../items';
import { expectWithinLimit } from '../jobs/payForCall';
import { Run } from '../jobs/run';
import { submitJob } from '../jobs/submitJob';

/** Submits a job for every item. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare: (itemIndex) => readCall(context, itemIndex, readItemOptions(context, itemIndex)),
		warnings: (call) => call.warnings,
		expectFeasible: expectWithinLimit,
		maxConcurrency: (run) => run.connection.concurrency,
		hasStarted: (run, { key }) => run.ledger.hasStarted(key),
		jobOf: (run, { key }) => run.ledger.jobOf(key),
		work: async (run, call, _itemIndex, hint) => [await submitJob(run, call, hint)],
		requestedRun: (itemIndex, call) => readRequestedRun(context, itemIndex, call),
		keepsInput: includesInputFields(context),
	});
}
