import type { INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { asFailure } from '../api/failure';
import type { SubmittedJob } from './ledgerEntry';
import { itemOfKey } from './modelCall';
import { searchAgain, sendOrRecover } from './recovery';
import type { Run } from './run';

/** The steps of a paid call whose answer is a `T`. */
export interface PaidWork<T> {
	/** Sends it and waits for the answer. */
	send: () => Promise<T>;
	/** How long it may take, in milliseconds; without it there is no limit. */
	timeoutMs?: number;
	/** Collects the answer of a job submitted earlier, or found in the request history. */
	collect: (job: SubmittedJob) => Promise<T>;
	/** The answer saved by an earlier try; undefined if there is none. */
	recall?: () => Promise<T | undefined>;
	/** Makes the output items of an answer. */
	deliver: (answer: T) => Promise<INodeExecutionData[]>;
}

/**
 * Completes a paid call without paying twice. Whatever an earlier try left is used first: its items, else its answer,
 * else its job; the request history is searched for a request whose answer was lost. Only if that finds nothing, and only
 * after a manual Retry, is the call resent, with a hint.
 */
export async function payOnce<T>(
	run: Run,
	key: string,
	{ send, collect, recall, deliver, timeoutMs = Infinity }: PaidWork<T>,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const { ledger } = run;
	await searchAgain(run, key);
	const { items, job } = ledger.find(key);
	const finish = async (answer: T) => {
		const delivered = await ledger.guard(key, async () => await deliver(answer));
		ledger.finished(key, delivered);
		warnOfEarlierSends(run, key, hint);
		return delivered;
	};
	if (items) {
		// n8n does not show the hints of a failed try.
		warnOfEarlierSends(run, key, hint);
		return items;
	}
	try {
		const known = await recall?.();
		if (known !== undefined) return await finish(known);
		if (job) return await finish(await collect(job));
	} catch (thrown) {
		// After another item's failure no new call is paid for.
		const failure = asFailure(thrown);
		if (!ledger.giveUp(key, failure) || run.isHalted) throw asFailure(failure);
	}
	try {
		return await finish(await sendOrRecover(run, key, { send, collect }, now() + timeoutMs));
	} catch (thrown) {
		const failure = asFailure(thrown);
		ledger.giveUp(key, failure);
		throw asFailure(failure);
	}
}

function warnOfEarlierSends({ ledger }: Run, key: string, hint: (message: string) => void): void {
	const before = ledger.earlierSends(key);
	if (!before.length) return;
	const times = before.length === 1 ? 'once' : `${before.length} times`;
	hint(
		`Item ${itemOfKey(key)} was sent ${times} before and may have been billed then (${[...new Set(before)].join('; ')}). It was sent again because Retry was pressed.`,
	);
}
