import type { Connection } from '../api/connection';
import { hasNextPage, pagesOf, type NumberedPage } from '../api/historyPages';
import { joinRows, type HistoryRequest } from '../api/historyRows';
import { digestOf } from './sentRequest';

/** Maximum number of pages read per model, of 100 rows each. */
const MAX_PAGES = 50;

/** Which requests are listed. */
export interface EarlierQuery {
	/** Exactly this slug. */
	model: string;
	/** Days in UTC, YYYY-MM-DD. */
	from: string;
	to: string;
	/** Requests older than this cannot be used (wall-clock time). */
	since: number;
	isUsable: (request: HistoryRequest) => boolean;
}

/** One model's requests by their bodies. Reads a page of the history only if the pages before it have no match. */
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
	 * The newest request with this digest of its body that `claim` accepts, and thereby takes, since other calls may search
	 * concurrently. Throws a failure, once, if the history cannot be read; from then on only what was read is searched.
	 */
	async find(
		digest: string,
		claim: (request: HistoryRequest) => boolean,
	): Promise<HistoryRequest | undefined> {
		for (;;) {
			const found = this.byDigest.get(digest)?.find(claim);
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
			const reachesBack = oldest !== null && oldest < this.query.since;
			isLast = !hasNextPage(page) || reachesBack || this.pagesRead === MAX_PAGES;
		} finally {
			this.isComplete = isLast;
			this.index();
		}
	}

	/** Leaves out the last request while further pages follow, since they may have more rows of it. */
	private index(): void {
		const { model, isUsable } = this.query;
		const openId = this.isComplete ? undefined : this.rows.at(-1)?.requestId;
		this.byDigest = new Map();
		for (const request of joinRows(this.rows.filter((row) => row.model === model))) {
			if (request.requestId === openId || !isUsable(request)) continue;
			const { requestId, parameters } = request;
			const digest = this.digests.get(requestId) ?? digestOf(parameters);
			this.digests.set(requestId, digest);
			const sameBody = this.byDigest.get(digest);
			if (sameBody) sameBody.push(request);
			else this.byDigest.set(digest, [request]);
		}
	}
}
