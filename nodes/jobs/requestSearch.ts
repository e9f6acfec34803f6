import { now, sleepUntil, wallTime } from '../clock';
import { asFailure, type SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import type { History, HistoryList } from './historyList';
import { earliestStart, latestStart, matchesOf, onlyMatch } from './matchRequest';
import { isKnownId, otherOpenRequests, rememberId, type OpenRequest } from './openRequests';
import { freshSince, nextSearchAt } from './searchSchedule';
import type { SentRequest } from './sentRequest';

/** The result of a search for a request. */
export interface Search {
	/** The request, beyond doubt. */
	found?: HistoryRequest;
	/** Requests that may be it, if it is not found. */
	candidates: HistoryRequest[];
	/** Why the history could not be read. */
	failure?: SegmindFailure;
}

/** Maximum number of candidates looked up by their ID, per attempt. */
const MAX_CHECKED = 5;

const DAY_MS = 24 * 3600_000;

/** After this many fruitless searches in a row, later ones of the run make only one attempt. */
const MAX_FRUITLESS = 3;

/** Searches the request history for the lost requests of a run; those lost together share its lists. */
export class RequestSearch {
	/** The requests being searched for: a list has to reach back to the oldest. */
	private readonly pending = new Set<SentRequest>();
	private latest: { askedAt: number; from: number; list: Promise<HistoryList> } | undefined;
	/** Set once the history has refused to answer and would do so again. */
	private refusal: SegmindFailure | undefined;
	/** The number of consecutive searches without a result. */
	private fruitless = 0;

	/** @param account stands in for the API key; see `OpenRequest` */
	constructor(
		private readonly history: History,
		private readonly account: string,
		private readonly cancel: AbortSignal | undefined,
	) {}

	/**
	 * Searches for a request whose answer has just been lost, several times, until it is found, the deadline (see clock) is
	 * reached or the run is stopped. Never throws: whatever the history answers, the loss is what gets reported.
	 */
	async find(sent: SentRequest, ownRequest: OpenRequest, deadline: number): Promise<Search> {
		const { cancel } = this;
		const lostAt = now();
		let search: Search = { candidates: [] };
		this.pending.add(sent);
		try {
			for (let attempts = 0; ; attempts++) {
				const searchAt = nextSearchAt(lostAt, attempts, deadline);
				if (searchAt === undefined || this.refusal) break;
				await sleepUntil(searchAt, cancel);
				if (cancel?.aborted) break;
				const result = await this.searchHistory(sent, freshSince(lostAt, searchAt), () =>
					otherOpenRequests(ownRequest, this.account, sent.model),
				);
				search =
					result.failure && !result.candidates.length
						? { ...search, failure: result.failure }
						: result;
				if (search.found || this.fruitless >= MAX_FRUITLESS) break;
			}
		} finally {
			this.pending.delete(sent);
		}
		this.fruitless = search.found || search.candidates.length ? 0 : this.fruitless + 1;
		return this.refusal ? { ...search, failure: this.refusal } : search;
	}

	/**
	 * Searches once for a request that an earlier try lost.
	 * @param others the other requests that it lost
	 */
	async searchOnce(sent: SentRequest, others: readonly SentRequest[]): Promise<Search> {
		// All of them share one list, unless it would be too long.
		const together = others.filter(({ sentAt }) => Math.abs(sentAt - sent.sentAt) < DAY_MS);
		const pending = [sent, ...together];
		pending.forEach((request) => this.pending.add(request));
		const search = await this.searchHistory(sent, -Infinity, () => [
			...others,
			...otherOpenRequests(sent, this.account, sent.model),
		]);
		pending.forEach((request) => this.pending.delete(request));
		return search;
	}

	private async searchHistory(
		sent: SentRequest,
		since: number,
		others: () => readonly SentRequest[],
	): Promise<Search> {
		let candidates: HistoryRequest[] = [];
		try {
			if (sent.requestId !== undefined) {
				const found = await this.history.byId(sent.requestId);
				return { candidates: [], ...(found ? { found } : {}) };
			}
			const { requests, completeSince } = await this.listSince(since, earliestStart(sent));
			const { same, unclear } = matchesOf(requests, sent, isKnownId);
			candidates = [...same, ...unclear];
			if (!same.length || same.length > MAX_CHECKED || completeSince > earliestStart(sent)) {
				return { candidates };
			}
			const own = await this.ownRequestsIn(same);
			const match = onlyMatch(own, own.length === 1 ? others() : []);
			// Another search may have taken it in the meantime.
			if (!match || isKnownId(match.requestId)) return { candidates: [...own, ...unclear] };
			rememberId(match.requestId);
			return { found: match, candidates: [] };
		} catch (thrown) {
			const failure = asFailure(thrown);
			if (isPermanent(failure)) this.refusal = failure;
			return { candidates, failure };
		}
	}

	/**
	 * A list that was requested no earlier than one moment (see clock) and reaches back to another (wall-clock time): the
	 * latest one, or a new one.
	 */
	private async listSince(moment: number, backTo: number): Promise<HistoryList> {
		const { latest } = this;
		if (latest && latest.askedAt >= moment && latest.from <= backTo) return await latest.list;
		const pending = [...this.pending];
		const from = Math.min(...pending.map(earliestStart));
		const to = Math.min(Math.max(...pending.map(latestStart)), wallTime());
		const list = this.history.list(from, to);
		this.latest = { askedAt: now(), from, list };
		return await list;
	}

	/** The requests that are the key's own: a teammate's cannot be looked up by its ID. */
	private async ownRequestsIn(requests: readonly HistoryRequest[]): Promise<HistoryRequest[]> {
		const own: HistoryRequest[] = [];
		for (const { requestId } of requests) {
			const request = await this.history.byId(requestId);
			if (request) own.push(request);
		}
		return own;
	}
}

/** Whether the history would fail in the same way again: it refuses the key, does not exist, or has an unknown format. */
function isPermanent({ details }: SegmindFailure): boolean {
	const { httpStatus, stopped } = details;
	if (stopped || httpStatus === undefined) return false;
	return httpStatus < 500 && httpStatus !== 429 && httpStatus !== 408;
}
