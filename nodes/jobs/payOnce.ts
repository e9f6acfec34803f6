import type { INodeExecutionData } from 'n8n-workflow';

import { asFailure } from '../api/failure';
import type { SubmittedJob } from './ledgerEntry';
import { itemOfKey } from './modelCall';
import type { Run } from './run';

/** The steps of a paid call whose answer is a `T`. */
export interface PaidWork<T> {
	/** Sends it and waits for the answer. */
	send: () => Promise<T>;
	/** Asks for the answer of a job that was submitted before. */
	collect: (job: SubmittedJob) => Promise<T>;
	/** The answer that an earlier try kept; undefined when there is none. */
	recall?: () => Promise<T | undefined>;
	/** Makes the output items of an answer. */
	deliver: (answer: T) => Promise<INodeExecutionData[]>;
}

/**
 * Brings a paid call to its end without paying twice: what an earlier try left is used first, the items before the
 * answer before the job. Only where that is gone, and only on a person's Retry, is the call sent anew, with a hint.
 */
export async function payOnce<T>(
	run: Run,
	key: string,
	{ send, collect, recall, deliver }: PaidWork<T>,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const { ledger } = run;
	const { items, job } = ledger.find(key);
	const finish = async (answer: T) => {
		const made = await ledger.guard(key, async () => await deliver(answer));
		ledger.finished(key, made);
		tellOfEarlierSends(run, key, hint);
		return made;
	};
	if (items) {
		// Of the hints of a failed try n8n shows none.
		tellOfEarlierSends(run, key, hint);
		return items;
	}
	try {
		const known = await recall?.();
		if (known !== undefined) return await finish(known);
		// The request history knows jobs that are gone here: it is to be asked after this.
		if (job) return await finish(await collect(job));
	} catch (thrown) {
		// After another item's failure nothing new is paid for.
		const failure = asFailure(thrown);
		if (!ledger.giveUp(key, failure) || run.isHalted) throw asFailure(failure);
	}
	try {
		return await finish(await send());
	} catch (thrown) {
		const failure = asFailure(thrown);
		ledger.giveUp(key, failure);
		throw asFailure(failure);
	}
}

function tellOfEarlierSends({ ledger }: Run, key: string, hint: (message: string) => void): void {
	const before = ledger.sentBefore(key);
	if (!before.length) return;
	const times = before.length === 1 ? 'once' : `${before.length} times`;
	hint(
		`Item ${itemOfKey(key)} was sent ${times} before and may have been billed then (${[...new Set(before)].join('; ')}). It was sent again because Retry was pressed.`,
	);
}
