import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

import { estimateItem } from './estimate';
import type { ModelCall } from './modelCall';
import { payOnce, type PaidWork } from './payOnce';
import type { Run } from './run';

/**
 * Completes a checked model call: only estimates it, or takes what was paid for before, or sends it within the run's
 * cost limit.
 * @param kept the input item's files, which stay in the item of an estimate
 */
export async function payForCall<T>(
	run: Run,
	call: ModelCall,
	work: PaidWork<T>,
	hint: (message: string) => void,
	kept?: IBinaryKeyData,
): Promise<INodeExecutionData[]> {
	if (call.estimateOnly) return [estimateItem(call, estimateOf(run, call), kept)];
	const send = async () => await run.costs.within(call, work.send);
	return await payOnce(run, call.key, { ...work, send }, hint);
}

function estimateOf(run: Run, call: ModelCall): number | null {
	const estimateUsd = run.costs.estimate(call);
	run.estimates.push(estimateUsd);
	return estimateUsd;
}

/** Throws if what these calls would cost together is over the run's limit. */
export async function expectWithinLimit(run: Run, calls: readonly ModelCall[]): Promise<void> {
	run.costs.expectFit(calls.filter(({ estimateOnly }) => !estimateOnly));
}
