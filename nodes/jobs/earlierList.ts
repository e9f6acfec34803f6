import type { Connection } from '../api/connection';
import { hasNextPage, pagesOf, type NumberedPage } from '../api/historyPages';
import { joinRows, type HistoryRequest } from '../api/historyRows';
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
	private readonly pages: AsyncGenerator<NumberedPage, void>;
	private pagesRead = 0;
	private isComplete = false;
	private reading: Promise<void> | undefined;

	constructor(
		connection: Connection,
		private readonly query: EarlierQuery,
	) {
		const { model, from, to } = query;
		this.pages = pagesOf(connection, { model, from, to });
	}

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
		let isLast = true;
		try {
			const { value: page } = await this.pages.next();
			if (!page) return;
			this.rows.push(...page.rows);
			this.pagesRead++;
			const oldest = page.rows.at(-1)?.createdAt ?? null;
			const isEnough = oldest !== null && oldest < this.query.since;
			isLast = !hasNextPage(page) || isEnough || this.pagesRead === MAX_PAGES;
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
