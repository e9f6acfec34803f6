import type { Connection } from '../api/connection';
import { joinRows, type HistoryRequest } from '../api/historyRows';
import { listRequests, requestById, type HistorySending } from '../api/requestHistory';

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
	const seen = new Map<string, HistoryRequest[]>();
	for (let page = 1; page <= MAX_PAGES; page++) {
		const query = { ...days, page };
		const { rows, isFull, saysMore } = await listRequests(connection, query, QUICKLY);
		const sizeBefore = seen.size;
		for (const row of rows) seen.set(row.requestId, [...(seen.get(row.requestId) ?? []), row]);
		const oldest = rows.at(-1)?.createdAt ?? null;
		if (!isFull && !saysMore) return { requests: joined(seen), completeSince: -Infinity };
		if (oldest !== null && oldest < from) return { requests: joined(seen), completeSince: oldest };
		// A server that gives the same page again and again.
		if (seen.size === sizeBefore) break;
	}
	return { requests: joined(seen), completeSince: Infinity };
}

function joined(rows: Map<string, HistoryRequest[]>): HistoryRequest[] {
	return joinRows([...rows.values()].flat());
}

/** The day in UTC, as YYYY-MM-DD. */
function dayOf(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}
