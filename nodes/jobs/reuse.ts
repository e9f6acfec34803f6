import type { INodeExecutionData } from 'n8n-workflow';

import { asFailure, SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import { asReused } from '../media/itemJson';
import type { ModelCall } from './modelCall';
import type { Run } from './run';

/** Makes the output items of an earlier request; undefined if its result is no longer available. */
export type DeliverEarlier = (request: HistoryRequest) => Promise<INodeExecutionData[] | undefined>;

/**
 * The items of an equal earlier request, at no cost; undefined if there is none, or if the item does not allow it.
 * @throws SegmindFailure if an available result cannot be delivered: paying for another one would not help
 */
export async function reuseEarlier(
	run: Run,
	call: ModelCall,
	deliver: DeliverEarlier,
): Promise<INodeExecutionData[] | undefined> {
	if (!call.reuseDays) return undefined;
	for (;;) {
		const earlier = await run.earlier.take(call);
		if (!earlier) return undefined;
		const delivered = await deliverOrRelease(run, earlier, deliver);
		if (!delivered) continue;
		const items = delivered.map(asReused);
		run.ledger.finished(call.key, items);
		run.reused++;
		return items;
	}
}

async function deliverOrRelease(
	run: Run,
	earlier: HistoryRequest,
	deliver: DeliverEarlier,
): Promise<INodeExecutionData[] | undefined> {
	try {
		return await deliver(earlier);
	} catch (thrown) {
		const failure = asFailure(thrown);
		// Its file was deleted after the check.
		if (failure.details.lost) return undefined;
		run.earlier.release(earlier);
		throw unbilled(failure);
	}
}

/** Marks a failure as not billed: only the earlier request was. */
function unbilled({ message, details, cause }: SegmindFailure): SegmindFailure {
	return new SegmindFailure(message, { ...details, mayBeBilled: false, billed: 'no' }, cause);
}
