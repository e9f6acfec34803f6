import type { Connection } from '../api/connection';
import { joinRows, type HistoryRequest } from '../api/historyRows';
import { listRequests } from '../api/requestHistory';
import { digestOf } from './sentRequest';

/** Cap on the pages of one model, of 100 rows each. */
const MAX_PAGES = 50;

/** Which requests are listed. */
export interface EarlierQuery {
	/** Exactly this slug. */
	model: string;
	/** Days in UTC, YYYY-MM-DD. */
	from: string;
	to: string;
	/** Older ones are of no use (wall-clock time). */
	since: number;
	isUsable: (request: HistoryRequest) => boolean;
}

/** One model's requests by their bodies. Reads a page of the history only when none before it has what is asked for. */
export class EarlierList {
	private readonly rows: HistoryRequest[] = [];
	private readonly digests = new Map<string, string>();
	private byDigest = new Map<string, HistoryRequest[]>();
	private page = 0;
	private isComplete = false;
	private reading: Promise<void> | undefined;

	constructor(
		private readonly connection: Connection,
		private readonly query: EarlierQuery,
	) {}

	/**
	 * The newest request with this digest of its body that is accepted, which also claims it: others may be asking. Throws
	 * a failure if the history cannot be read, once; after that, what was read is all there is.
	 */
	async find(
		digest: string,
		accept: (request: HistoryRequest) => boolean,
	): Promise<HistoryRequest | undefined> {
		for (;;) {
			const found = this.byDigest.get(digest)?.find(accept);
			if (found || this.isComplete) return found;
			this.reading ??= this.readPage().finally(() => (this.reading = undefined));
			await this.reading;
		}
	}

	private async readPage(): Promise<void> {
		const { model, from, to, since } = this.query;
		this.page++;
		let isLast = true;
		try {
			const query = { model, from, to, page: this.page };
			const { rows, isFull, saysMore, total } = await listRequests(this.connection, query);
			const known = new Set(this.rows.map(({ requestId }) => requestId));
			// A server that gives the same page again and again has no more.
			const isNew = rows.some(({ requestId }) => !known.has(requestId));
			this.rows.push(...rows);
			const oldest = rows.at(-1)?.createdAt ?? null;
			const hasMore = isFull || saysMore || (total !== null && this.rows.length < total);
			isLast = !hasMore || !isNew || this.page >= MAX_PAGES || (oldest !== null && oldest < since);
		} finally {
			this.isComplete = isLast;
			this.index();
		}
	}

	/** The rows of the last request may go on on the next page. */
	private index(): void {
		const { model, isUsable } = this.query;
		const openId = this.isComplete ? undefined : this.rows.at(-1)?.requestId;
		this.byDigest = new Map();
		for (const request of joinRows(this.rows.filter((row) => row.model === model))) {
			if (request.requestId === openId || !isUsable(request)) continue;
			const { requestId, parameters } = request;
			const digest = this.digests.get(requestId) ?? digestOf(parameters);
			this.digests.set(requestId, digest);
			const equal = this.byDigest.get(digest);
			if (equal) equal.push(request);
			else this.byDigest.set(digest, [request]);
		}
	}
}
