import type { INodeExecutionData } from 'n8n-workflow';

import { asFailure, SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import { asReused } from '../media/itemJson';
import type { ModelCall } from './modelCall';
import type { Run } from './run';

/** Makes the output items of an earlier request; undefined if its result is not there any more. */
export type DeliverEarlier = (request: HistoryRequest) => Promise<INodeExecutionData[] | undefined>;

/**
 * The items of an equal earlier request, at no cost; undefined if there is none, or if the item does not want it.
 * @throws SegmindFailure if a result that is there cannot be delivered: to pay for another one would not help
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
		const made = await deliverOrGiveBack(run, earlier, deliver);
		if (!made) continue;
		const items = made.map(asReused);
		run.ledger.finished(call.key, items);
		run.reused++;
		return items;
	}
}

async function deliverOrGiveBack(
	run: Run,
	earlier: HistoryRequest,
	deliver: DeliverEarlier,
): Promise<INodeExecutionData[] | undefined> {
	try {
		return await deliver(earlier);
	} catch (thrown) {
		const failure = asFailure(thrown);
		// Deleted since it was looked at.
		if (failure.details.lost) return undefined;
		run.earlier.giveBack(earlier);
		throw unbilled(failure);
	}
}

/** What was billed was the earlier request. */
function unbilled({ message, details, cause }: SegmindFailure): SegmindFailure {
	return new SegmindFailure(message, { ...details, mayBeBilled: false, billed: 'no' }, cause);
}
