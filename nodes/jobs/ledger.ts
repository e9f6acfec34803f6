import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { describe, descriptionOf, type Advice } from '../api/advice';
import { asFailure, failureWithoutKey, SegmindFailure } from '../api/failure';
import type { Entry, KeptAnswer, Spent, SubmittedJob } from './ledgerEntry';
import { claimSlot, closeSlots, openSlots, type Slots } from './ledgerSlots';
import { runIndexOf } from './runIndex';
import type { SentRequest } from './sentRequest';

const NOT_SENT_AGAIN: Advice = {
	person:
		'n8n ran the node again, but this call was not sent again. To send it anyway, press Retry in the list of executions.',
	agent:
		'This call was not sent again: a call with exactly the same input never is. Tell the user.',
};

/** The ledger's key in the node's context, which survives Retry On Fail and the Retry button. */
const CONTEXT_KEY = 'segmindLedger';

const IN_MEMORY_ONLY = {
	message: 'The result was made, but this n8n kept it only in memory and has lost it',
	details: { mayBeBilled: true, description: 'It was made and billed.' },
};

/**
 * The paid calls of one run of a node, so that nothing paid for is ever resent automatically: n8n's Retry On Fail, and
 * an agent repeating a tool call, continue from what is known. The Retry button (n8n copies the context into a new
 * execution with mode `retry`) is a human decision: calls whose outcome the earlier execution left unknown may then be
 * resent. The ledger holds IDs and references, never file contents, and belongs to the execution: a queue-mode worker
 * finds it, the next iteration of a loop does not.
 */
export class Ledger {
	private readonly entries: Record<string, Entry>;
	private readonly slots: Slots;
	private readonly executionId: string;
	private readonly isRetry: boolean;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly apiKey: string,
	) {
		this.executionId = String(context.getExecutionId());
		this.isRetry = context.getMode() === 'retry';
		const nodeContext = context.getContext('node');
		// As an agent's tool, each call removes what it has finished, and everything else stays.
		const runIndex = runIndexOf(context);
		const kept = nodeContext[CONTEXT_KEY] as
			| { runIndex: number; entries: Record<string, Entry> }
			| undefined;
		if (kept?.runIndex === runIndex) {
			this.entries = kept.entries;
		} else {
			this.entries = {};
			nodeContext[CONTEXT_KEY] = { runIndex, entries: this.entries };
		}
		this.slots = openSlots(this.entries);
	}

	/** Whether an earlier try started the call, so that this one need not send it. */
	hasStarted(key: string): boolean {
		const { job, answer, live, items, spent } = this.entry(key);
		const hasOutcome = Boolean(job ?? answer ?? live ?? items);
		return hasOutcome || (spent !== undefined && !this.isRetryPressed(key));
	}

	/** What is known of the call; throws if it must not be resent. */
	find(key: string): Entry {
		const entry = this.entry(key);
		const { spent, live, items } = entry;
		if (!spent || live !== undefined || items) return entry;
		if (this.isRetryPressed(key)) {
			this.reopen(key);
			return this.entry(key);
		}
		const { message, details, shown } = spent;
		const { rawResponse } = details;
		throw new SegmindFailure(message, {
			...details,
			...(rawResponse ? { rawResponse } : {}),
			// After a Stop nothing would have been sent anyway.
			...describe(!details.stopped && NOT_SENT_AGAIN, shown, descriptionOf(details)),
		});
	}

	/** Whether the call was last sent by an earlier execution. */
	isFromEarlier(key: string): boolean {
		return this.entry(key).executionId !== this.executionId;
	}

	/** The job that Segmind accepted for the call. */
	jobOf(key: string): string | undefined {
		return this.entry(key).job?.requestId;
	}

	/** The jobs of all calls. */
	requestIds(): string[] {
		return Object.values(this.entries).flatMap(({ job }) => job?.requestId ?? []);
	}

	/** Records an accepted job at once. */
	accepted(key: string, job: SubmittedJob): void {
		this.update(key, { job });
	}

	/**
	 * Records an answer, and the part of it that may be saved; without that part, an answer that belongs to no job is
	 * lost with the process.
	 */
	answered(key: string, live: unknown, answer: KeptAnswer | undefined): void {
		const { job } = this.entry(key);
		this.update(key, {
			...(job ? { job } : {}),
			...(answer ? { answer } : job ? {} : { spent: IN_MEMORY_ONLY }),
		});
		Object.defineProperty(this.entry(key), 'live', { value: live, enumerable: false });
	}

	/** Records a lost request, what a search for it has shown, and the IDs that were named. */
	lost(key: string, request: SentRequest, shown: string, told: string[]): void {
		const { spent } = this.entry(key);
		if (spent) Object.assign(spent, { request, shown, told });
	}

	/** The lost request of a call, if an earlier try did not get its answer; undefined if the call's result is known. */
	findLostRequest(key: string): (Spent & { request: SentRequest; told: string[] }) | undefined {
		const { spent, live, items } = this.entry(key);
		const request = spent?.request;
		if (!request || live !== undefined || items) return undefined;
		return { ...spent, request, told: spent.told ?? [] };
	}

	/** The lost requests of all other calls. */
	otherLost(key: string): SentRequest[] {
		const own = this.slot(key);
		return Object.entries(this.entries).flatMap(([slot, { spent }]) =>
			slot !== own && spent?.request ? [spent.request] : [],
		);
	}

	/** The request IDs known so far, of all calls. */
	knownIds(): string[] {
		return Object.values(this.entries).flatMap(
			({ job, answer }) => job?.requestId ?? answer?.requestId ?? [],
		);
	}

	/** Records the items of a finished call, which contain everything the live answer does. */
	finished(key: string, items: INodeExecutionData[]): void {
		const entry = { ...this.entry(key) };
		Object.defineProperty(entry, 'items', { value: items, enumerable: false });
		this.entries[this.slot(key)] = entry;
	}

	/** Sends a paid request; see `guard` for its failure. */
	async spend<T>(key: string, request: () => Promise<T>): Promise<T> {
		const { before } = this.entry(key);
		const entry = { executionId: this.executionId, ...(before ? { before } : {}) };
		this.entries[this.slot(key)] = entry;
		return await this.guard(key, request);
	}

	/**
	 * Runs the work of a call. A failure after which billing is unknown, or the billed result is lost, is recorded, so
	 * that nothing resends the call automatically.
	 */
	async guard<T>(key: string, work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (thrown) {
			if (thrown instanceof SegmindFailure && thrown.details.mayBeBilled) {
				const { message, details } = await failureWithoutKey(thrown, this.apiKey);
				const { rawResponse, ...spent } = details;
				// Non-enumerable: an answer may be large, and is not saved with the node's context.
				Object.defineProperty(spent, 'rawResponse', { value: rawResponse, enumerable: false });
				this.update(key, { spent: { message, details: spent } });
			}
			throw asFailure(thrown);
		}
	}

	/**
	 * Whether to resend the call now that what is known could not be collected. A failed job was not billed, so the next
	 * try submits it again; what is permanently lost is resent only when a person asks for it.
	 */
	giveUp(key: string, { details }: SegmindFailure): boolean {
		const isUnbilled = !details.mayBeBilled && (details.billed ?? 'no') === 'no';
		if (details.status === 'FAILED' && isUnbilled) {
			const isManualRetry = this.isRetryPressed(key);
			this.update(key, {});
			return isManualRetry;
		}
		const isUnknownJob = details.httpStatus === 404 && details.requestId !== undefined;
		if (!this.isRetryPressed(key) || !(details.lost || details.mayBeBilled || isUnknownJob))
			return false;
		this.reopen(key);
		return true;
	}

	/** Descriptions of earlier sends of the call that may have been billed. */
	earlierSends(key: string): readonly string[] {
		return this.entry(key).before ?? [];
	}

	/** Ends the run. If no item failed, nothing will be retried, so its entries are removed. */
	close(succeeded: boolean): void {
		if (succeeded) for (const slot of this.slots.values()) delete this.entries[slot];
		const isLast = closeSlots(this.entries, this.slots);
		const isEmpty = !Object.keys(this.entries).length;
		if (isLast && isEmpty) delete this.context.getContext('node')[CONTEXT_KEY];
	}

	/** Whether someone pressed Retry since the call was sent. */
	isRetryPressed(key: string): boolean {
		return this.isRetry && this.isFromEarlier(key);
	}

	/** Allows the call to be resent, and remembers what it may have cost. */
	private reopen(key: string): void {
		const { before = [], job, spent } = this.entry(key);
		const requestId = job?.requestId ?? spent?.details.requestId;
		const sent = requestId ? `job ${requestId}` : (spent?.message ?? 'a request');
		this.entries[this.slot(key)] = { executionId: this.executionId, before: [...before, sent] };
	}

	/** Replaces what is known of a call, except who sent it. */
	private update(key: string, known: Omit<Entry, 'executionId' | 'before'>): void {
		const { executionId, before } = this.entry(key);
		this.entries[this.slot(key)] = {
			executionId,
			...(before ? { before } : {}),
			...known,
		};
	}

	private entry(key: string): Entry {
		return this.entries[this.slot(key)] ?? { executionId: this.executionId };
	}

	private slot(key: string): string {
		return claimSlot(this.entries, this.slots, key);
	}
}
