import type { Connection } from '../api/connection';
import { dayOf } from '../api/historyDays';
import { hasNextPage, pagesOf } from '../api/historyPages';
import { joinRows, type HistoryRequest } from '../api/historyRows';
import { requestById, type HistorySending } from '../api/requestHistory';

/** What a search asks the request history, in one connection. */
export interface History {
	/** See `listBetween`. */
	list: (from: number, to: number) => Promise<HistoryList>;
	/** One of the key's own requests; undefined for any other. */
	byId: (requestId: string) => Promise<HistoryRequest | undefined>;
}

/** The latest requests of the history. */
export interface HistoryList {
	requests: HistoryRequest[];
	/** No older request that began after this moment (wall-clock time) is missing. */
	completeSince: number;
}

/** Cap on the pages of one list: a busy team may have hundreds of requests in a minute. */
const MAX_PAGES = 5;

/** How a search asks: the next look is due soon, and repeats what failed. */
const QUICKLY: HistorySending = { maxRetries: 0, timeoutMs: 10_000 };

/** The request history of a connection. */
export function historyOf(connection: Connection): History {
	return {
		list: async (from, to) => await listBetween(connection, from, to),
		byId: async (requestId) => await requestById(connection, requestId, QUICKLY),
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
	for await (const page of pagesOf(connection, days, { sending: QUICKLY })) {
		rows.push(...page.rows);
		const oldest = page.rows.at(-1)?.createdAt ?? null;
		const isEnough = oldest !== null && oldest < from;
		// A page that comes again ends the reading, too, but not all has been seen.
		completeSince = !hasNextPage(page) ? -Infinity : isEnough ? oldest : Infinity;
		if (isEnough || ++pages === MAX_PAGES) break;
	}
	return { requests: joinRows(rows), completeSince };
}
