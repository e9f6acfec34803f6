import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

import { estimateItem } from './estimate';
import type { ModelCall } from './modelCall';
import { payOnce, type PaidWork } from './payOnce';
import { reuseEarlier, type DeliverEarlier } from './reuse';
import type { Run } from './run';

/** The steps of a model call whose answer is a `T`. */
export interface CallWork<T> extends PaidWork<T> {
	/** Makes the output items of an equal earlier request. */
	deliverEarlier: DeliverEarlier;
	/** The input item's files, which stay in the item of an estimate. */
	inputBinary?: IBinaryKeyData;
}

/**
 * Completes a checked model call: only estimates it if so requested; else uses what an earlier try of this run has paid
 * for, else an equal earlier request, else pays for it once, within the run's limit.
 */
export async function payForCall<T>(
	run: Run,
	call: ModelCall,
	work: CallWork<T>,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	if (call.estimateOnly) return estimate(run, call, work.inputBinary);
	const hasStarted = run.ledger.hasStarted(call.key);
	const reused = hasStarted ? undefined : await reuseEarlier(run, call, work.deliverEarlier);
	const send = async () => await run.costs.within(call, work.send);
	return reused ?? (await payOnce(run, call.key, { ...work, send }, hint));
}

/** Throws if what these calls would cost together, without those that are reused, is over the run's limit. */
export async function expectWithinLimit(run: Run, calls: readonly ModelCall[]): Promise<void> {
	if (!run.costs.isLimited) return;
	const payable = calls.filter(({ estimateOnly }) => !estimateOnly);
	const reused = await run.earlier.findReusable(payable);
	run.costs.expectFit(payable.filter((call) => !reused.has(call)));
}

function estimate(
	run: Run,
	call: ModelCall,
	inputBinary: IBinaryKeyData | undefined,
): INodeExecutionData[] {
	const estimateUsd = run.costs.estimate(call);
	run.estimates.push(estimateUsd);
	return [estimateItem(call, estimateUsd, inputBinary)];
}
