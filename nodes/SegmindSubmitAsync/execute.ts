import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readAsked } from '../fields/asked';
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
		atOnce: (run) => run.connection.concurrency,
		isBegun: (run, { key }) => run.ledger.knows(key),
		jobOf: (run, { key }) => run.ledger.jobOf(key),
		work: async (run, call, _itemIndex, hint) => [await submitJob(run, call, hint)],
		asked: (itemIndex, call) => readAsked(context, itemIndex, call),
		keepsInput: includesInputFields(context),
	});
}
