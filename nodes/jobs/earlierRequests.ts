import type { IExecuteFunctions } from 'n8n-workflow';

import { wallTime } from '../clock';
import type { Connection } from '../api/connection';
import { asFailure } from '../api/failure';
import { dayOf } from '../api/historyDays';
import type { HistoryRequest } from '../api/historyRows';
import { EarlierList } from './earlierList';
import type { ModelCall } from './modelCall';
import { isReusable, reusableBody, reusableSince } from './reusePolicy';
import { digestOf } from './sentRequest';

/** The key of the taken requests in n8n's execution-wide context. */
const CONTEXT_KEY = 'segmindReused';

/** What the whole execution has taken from the history, or sent itself; shared by all its nodes and loops. */
interface Taken {
	executionId: string;
	/** When the execution first searched (wall-clock time): later requests may be its own. */
	startedAt: number;
	ids: Record<string, true>;
}

/**
 * The earlier requests that a run may reuse. Each serves only one item of the execution, across nodes and iterations of a
 * loop, and requests sent by the execution itself do not count: a loop for ten pictures makes ten.
 */
export class EarlierRequests {
	private readonly lists = new Map<string, EarlierList>();
	private isUnreadable = false;

	/** @param ownIds the requests that this run knows to be its own */
	constructor(
		private readonly connection: Connection,
		private readonly hints: string[],
		private readonly ownIds: () => readonly string[],
	) {}

	/** Takes the newest equal request not yet taken; undefined if there is none, or if the history cannot be read. */
	async take(call: ModelCall): Promise<HistoryRequest | undefined> {
		const { taken } = this;
		return await this.find(call, ({ requestId }) => {
			if (isTaken(taken, requestId)) return false;
			taken.ids[requestId] = true;
			return true;
		});
	}

	/** Releases a request whose result could not be delivered. */
	release({ requestId }: HistoryRequest): void {
		delete this.taken.ids[requestId];
	}

	/** Records a request of this execution. */
	sent(requestId: string | null): void {
		const taken = this.connection.context.getContext('flow')[CONTEXT_KEY] as Taken | undefined;
		if (taken && requestId !== null) taken.ids[requestId] = true;
	}

	/** The calls that have an equal earlier request, one request for each; takes none of them. */
	async findReusable<T extends ModelCall>(calls: readonly T[]): Promise<Set<T>> {
		const { taken } = this;
		const planned = new Set<string>();
		const reusable = new Set<T>();
		for (const call of calls) {
			const found = await this.find(call, ({ requestId }) => {
				if (planned.has(requestId) || isTaken(taken, requestId)) return false;
				planned.add(requestId);
				return true;
			});
			if (found) reusable.add(call);
		}
		return reusable;
	}

	private get taken(): Taken {
		return takenOf(this.connection.context, this.ownIds);
	}

	private async find(
		call: ModelCall,
		claim: (request: HistoryRequest) => boolean,
	): Promise<HistoryRequest | undefined> {
		const { slug, reuseDays } = call;
		if (!reuseDays) return undefined;
		const match = reusableBody(call);
		if ('notReusable' in match) {
			this.hints.push(match.notReusable);
			return undefined;
		}
		try {
			const list = this.listOf(slug, reuseDays);
			return await list?.find(digestOf(match.body), claim);
		} catch (thrown) {
			const failure = asFailure(thrown);
			if (failure.details.stopped) throw failure;
			this.isUnreadable = true;
			this.hints.push(
				`Reuse: the request history could not be read (${failure.message}), so whatever had not been found by then was sent and billed as usual`,
			);
			return undefined;
		}
	}

	/** One list per model; no new one once the history could not be read. */
	private listOf(model: string, days: number): EarlierList | undefined {
		const key = `${days} ${model}`;
		const known = this.lists.get(key);
		if (known || this.isUnreadable) return known;
		const now = wallTime();
		const since = reusableSince(days, now);
		const { startedAt: before } = this.taken;
		const list = new EarlierList(this.connection, {
			model,
			from: dayOf(since),
			to: dayOf(now),
			since,
			isUsable: (request) => isReusable(request, model, { since, before, now }),
		});
		this.lists.set(key, list);
		return list;
	}
}

function takenOf(context: IExecuteFunctions, ownIds: () => readonly string[]): Taken {
	const flow = context.getContext('flow');
	const executionId = String(context.getExecutionId());
	const known = flow[CONTEXT_KEY] as Taken | undefined;
	// The button Retry copies the context of the failed execution.
	if (known?.executionId === executionId) return known;
	const ids = Object.fromEntries(ownIds().map((id) => [id, true as const]));
	const taken: Taken = { executionId, startedAt: wallTime(), ids };
	flow[CONTEXT_KEY] = taken;
	return taken;
}

function isTaken({ ids }: Taken, requestId: string): boolean {
	return Object.hasOwn(ids, requestId);
}
