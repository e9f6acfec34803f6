import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isAgentTool } from './agentTool';
import { SegmindFailure, type FailureDetails } from '../api/failure';

/** What is known of one paid call: at most one of these is enough to never pay for it again. */
interface Entry {
	/** Segmind accepted the job. */
	requestId?: string;
	/** When (see clock). */
	acceptedAt?: number;
	/** The seed that was sent. */
	seed?: IDataObject[string];
	/** It may have been accepted and billed, or was billed and is lost: why. */
	spent?: { message: string; details: FailureDetails };
	/**
	 * It is finished. Not enumerable: a retry in the same process finds the items, while nothing of them (where n8n keeps
	 * binaries in memory, whole files) is saved with the execution.
	 */
	items?: INodeExecutionData[];
}

/** Under which key of the node's own context n8n keeps it; the context outlives Retry On Fail within one execution. */
const CONTEXT_KEY = 'segmindLedger';

/**
 * The paid calls of one run of a node, so that n8n's Retry On Fail collects what was accepted and reuses what is
 * finished. It holds ids and references, never file contents, and belongs to the execution: a worker of queue mode
 * finds it, the next turn of a loop does not.
 */
export class Ledger {
	private readonly entries: Record<string, Entry>;

	constructor(private readonly context: IExecuteFunctions) {
		const nodeContext = context.getContext('node');
		// Each turn of a loop has a run index of its own; a retry has that of the failed try.
		// As an agent's tool every try has another one, so there only a run that ended well ends the ledger.
		const isTool = isAgentTool(context);
		const runIndex = isTool ? 0 : Number(context.getWorkflowDataProxy(0).$runIndex);
		const kept = nodeContext[CONTEXT_KEY] as
			| { runIndex: number; entries: Record<string, Entry> }
			| undefined;
		if (kept?.runIndex === runIndex) {
			this.entries = kept.entries;
		} else {
			this.entries = {};
			nodeContext[CONTEXT_KEY] = { runIndex, entries: this.entries };
		}
	}

	/** Whether an earlier try of this run may have paid for the call. */
	knows(key: string): boolean {
		return Object.hasOwn(this.entries, key);
	}

	/** What an earlier try of this run knows of the call; throws when it must not be sent again. */
	find(key: string): Entry {
		const entry = this.entries[key] ?? {};
		if (!entry.spent) return entry;
		const { message, details } = entry.spent;
		throw new SegmindFailure(message, {
			...details,
			description: [
				// After a Stop nothing would have been sent anyway.
				!details.stopped && 'n8n ran the node again, but this call was not sent again.',
				details.description,
			]
				.filter(Boolean)
				.join(' '),
		});
	}

	/** Notes an accepted job, at once. */
	accepted(
		key: string,
		entry: { requestId: string; acceptedAt: number; seed: IDataObject[string] },
	): void {
		this.entries[key] = entry;
	}

	/** Notes the items of a finished call. */
	finished(key: string, items: INodeExecutionData[]): void {
		const entry = { ...this.entries[key] };
		Object.defineProperty(entry, 'items', { value: items, enumerable: false });
		this.entries[key] = entry;
	}

	/**
	 * Runs a paid call. A failure that leaves open whether it was billed is noted, so that no retry sends it again; one
	 * that proves it was not billed leaves no trace.
	 */
	async spend<T>(key: string, call: () => Promise<T>): Promise<T> {
		try {
			return await call();
		} catch (thrown) {
			throw this.noteSpent(key, thrown);
		}
	}

	/** Forgets a job that Segmind reports as failed: it was not billed, a retry may submit it anew. */
	forget(key: string): void {
		delete this.entries[key];
	}

	/** Forgets everything: the run ended well, so nothing will be retried. */
	clear(): void {
		delete this.context.getContext('node')[CONTEXT_KEY];
	}

	private noteSpent(key: string, thrown: unknown): unknown {
		if (thrown instanceof SegmindFailure && thrown.details.mayBeBilled) {
			const { message, details } = thrown;
			this.entries[key] = { spent: { message, details } };
		}
		return thrown;
	}
}
