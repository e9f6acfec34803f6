import type { Connection } from '../api/connection';
import { dayOf } from '../api/historyDays';
import { hasNextPage, pagesOf } from '../api/historyPages';
import { joinRows, type HistoryRequest } from '../api/historyRows';
import { requestById, type RequestOptions } from '../api/requestHistory';

/** The queries of a search to the request history. */
export interface History {
	/** See `listBetween`. */
	list: (from: number, to: number) => Promise<HistoryList>;
	/** One of the key's own requests; undefined for any other. */
	byId: (requestId: string) => Promise<HistoryRequest | undefined>;
}

/** The latest requests of the history. */
export interface HistoryList {
	requests: HistoryRequest[];
	/** The list lacks no request that began after this moment (wall-clock time). */
	completeSince: number;
}

/** Maximum number of pages per list: a busy team may make hundreds of requests a minute. */
const MAX_PAGES = 5;

/** No retries and a short timeout, since the next attempt of the search follows soon. */
const SEARCH_OPTIONS: RequestOptions = { maxRetries: 0, timeoutMs: 10_000 };

/** The request history of a connection. */
export function historyOf(connection: Connection): History {
	return {
		list: async (from, to) => await listBetween(connection, from, to),
		byId: async (requestId) => await requestById(connection, requestId, SEARCH_OPTIONS),
	};
}

/**
 * The requests that began between two moments (wall-clock times), newest first as the history sorts them. Reads one page,
 * and more only while a page is full and does not reach back far enough.
 */
async function listBetween(connection: Connection, from: number, to: number): Promise<HistoryList> {
	const days = { from: dayOf(from), to: dayOf(to) };
	const rows: HistoryRequest[] = [];
	let completeSince = -Infinity;
	let pages = 0;
	for await (const page of pagesOf(connection, days, { options: SEARCH_OPTIONS })) {
		rows.push(...page.rows);
		const oldest = page.rows.at(-1)?.createdAt ?? null;
		const reachesBack = oldest !== null && oldest < from;
		// A repeated page also ends the iteration, but then the list is not complete.
		completeSince = !hasNextPage(page) ? -Infinity : reachesBack ? oldest : Infinity;
		if (reachesBack || ++pages === MAX_PAGES) break;
	}
	return { requests: joinRows(rows), completeSince };
}
