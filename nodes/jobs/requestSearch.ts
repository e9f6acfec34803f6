import { now, sleepUntil, wallTime } from '../clock';
import { asFailure, type SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import type { History, HistoryList } from './historyList';
import { earliestStart, latestStart, matchesOf, onlyMatch } from './matchRequest';
import { isKnownId, othersOpen, rememberId, type OpenRequest } from './openRequests';
import { freshSince, nextLookAt } from './searchSchedule';
import type { SentRequest } from './sentRequest';

/** What a search for a request has shown. */
export interface Search {
	/** The request, without any doubt. */
	found?: HistoryRequest;
	/** Requests that may be it, if it is not found. */
	candidates: HistoryRequest[];
	/** Why the history could not be asked. */
	failure?: SegmindFailure;
}

/** Cap on the candidates that are asked for by their ID, in one look. */
const MAX_CHECKED = 5;

const DAY_MS = 24 * 3600_000;

/** After this many searches in a row that have shown nothing, the next ones of the run look once only. */
const MAX_VAIN = 3;

/** Looks for the lost requests of a run in the request history; those lost together share its lists. */
export class RequestSearch {
	/** The requests that are looked for now: a list has to reach back to the oldest. */
	private readonly wanted = new Set<SentRequest>();
	private latest: { askedAt: number; from: number; list: Promise<HistoryList> } | undefined;
	/** The history refused to answer, and would do so again. */
	private refusal: SegmindFailure | undefined;
	/** How many searches in a row have shown nothing. */
	private inVain = 0;

	/** @param account stands for the API key; see `OpenRequest` */
	constructor(
		private readonly history: History,
		private readonly account: string,
		private readonly cancel: AbortSignal | undefined,
	) {}

	/**
	 * Looks for a request whose answer was lost just now, several times, until it is found, the deadline has come (see
	 * clock) or the run is stopped. Never throws: whatever the history answers, the loss is the news.
	 */
	async find(sent: SentRequest, own: OpenRequest, deadline: number): Promise<Search> {
		const { cancel } = this;
		const lostAt = now();
		let search: Search = { candidates: [] };
		this.wanted.add(sent);
		try {
			for (let looks = 0; ; looks++) {
				const lookAt = nextLookAt(lostAt, looks, deadline);
				if (lookAt === undefined || this.refusal) break;
				await sleepUntil(lookAt, cancel);
				if (cancel?.aborted) break;
				const seen = await this.look(sent, freshSince(lostAt, lookAt), () =>
					othersOpen(own, this.account, sent.model),
				);
				search =
					seen.failure && !seen.candidates.length ? { ...search, failure: seen.failure } : seen;
				if (search.found || this.inVain >= MAX_VAIN) break;
			}
		} finally {
			this.wanted.delete(sent);
		}
		this.inVain = search.found || search.candidates.length ? 0 : this.inVain + 1;
		return this.refusal ? { ...search, failure: this.refusal } : search;
	}

	/**
	 * Looks once for a request that an earlier try lost.
	 * @param others those that it lost besides
	 */
	async lookOnce(sent: SentRequest, others: readonly SentRequest[]): Promise<Search> {
		// All of them share one list, unless it would be too long.
		const together = others.filter(({ sentAt }) => Math.abs(sentAt - sent.sentAt) < DAY_MS);
		const wanted = [sent, ...together];
		wanted.forEach((request) => this.wanted.add(request));
		const search = await this.look(sent, -Infinity, () => [
			...others,
			...othersOpen(sent, this.account, sent.model),
		]);
		wanted.forEach((request) => this.wanted.delete(request));
		return search;
	}

	private async look(
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
			const own = await this.ownOf(same);
			const match = onlyMatch(own, own.length === 1 ? others() : []);
			// Another search may have taken it meanwhile.
			if (!match || isKnownId(match.requestId)) return { candidates: [...own, ...unclear] };
			rememberId(match.requestId);
			return { found: match, candidates: [] };
		} catch (thrown) {
			const failure = asFailure(thrown);
			if (isFinal(failure)) this.refusal = failure;
			return { candidates, failure };
		}
	}

	/**
	 * A list that was asked for since a moment (see clock) and reaches back to another (wall-clock time): the latest one, or
	 * a new one.
	 */
	private async listSince(moment: number, backTo: number): Promise<HistoryList> {
		const { latest } = this;
		if (latest && latest.askedAt >= moment && latest.from <= backTo) return await latest.list;
		const wanted = [...this.wanted];
		const from = Math.min(...wanted.map(earliestStart));
		const to = Math.min(Math.max(...wanted.map(latestStart)), wallTime());
		const list = this.history.list(from, to);
		this.latest = { askedAt: now(), from, list };
		return await list;
	}

	/** Those that are the key's own: a team mate's cannot be asked for by their ID. */
	private async ownOf(requests: readonly HistoryRequest[]): Promise<HistoryRequest[]> {
		const own: HistoryRequest[] = [];
		for (const { requestId } of requests) {
			const request = await this.history.byId(requestId);
			if (request) own.push(request);
		}
		return own;
	}
}

/** Whether the history would answer the same again: it refuses the key, does not exist, or speaks another language. */
function isFinal({ details }: SegmindFailure): boolean {
	const { httpStatus, stopped } = details;
	if (stopped || httpStatus === undefined) return false;
	return httpStatus < 500 && httpStatus !== 429 && httpStatus !== 408;
}
