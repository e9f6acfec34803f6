import { createHash } from 'crypto';

import type { AnyContext, Connection } from './connection';
import { asFailure, SegmindFailure } from './failure';
import { splitWindow } from './historyDays';
import type { HistoryRequest } from './historyRows';
import {
	listRequests,
	MAX_PER_PAGE,
	PageTooLarge,
	type HistoryPage,
	type HistoryQuery,
	type RequestOptions,
} from './requestHistory';

/** Maximum number of pages read per query: 100,000 rows. */
const MAX_PAGES = 1_000;

/** A page that is too large is read again in this many parts. */
const PARTS = 10;

const ADVICE = 'Choose fewer days, one model, or a limit';

/** A query without its page. */
export type HistoryWindow = Omit<HistoryQuery, 'page' | 'perPage'>;

/** A page, and the number of rows up to and including it. */
export type NumberedPage = HistoryPage & { seen: number };

/**
 * The pages of a window of at most 31 days, each requested only when needed. Ends when a page is not full and does not
 * announce further ones, or repeats an earlier page. Throws a failure if further pages cannot be read: an incomplete list
 * must not pass for the whole. A caller that needs only some of the pages simply stops iterating.
 */
export async function* pagesOf(
	connection: Connection<AnyContext>,
	query: HistoryWindow,
	{
		maxPages = MAX_PAGES,
		firstPage = 1,
		options,
	}: { maxPages?: number; firstPage?: number; options?: RequestOptions } = {},
): AsyncGenerator<NumberedPage, void, undefined> {
	let [page, perPage] = [firstPage, MAX_PER_PAGE];
	let seen = (firstPage - 1) * perPage;
	const seenPages = new Set<string>();
	for (let requests = 1; ; requests++) {
		if (requests > maxPages) throw tooManyPages();
		let found: HistoryPage;
		try {
			found = await listRequests(connection, { ...query, page, perPage }, options);
		} catch (thrown) {
			if (!(thrown instanceof PageTooLarge) || perPage < PARTS) throw asFailure(thrown);
			perPage /= PARTS;
			page = (page - 1) * PARTS + 1;
			continue;
		}
		const { rows, total } = found;
		// Asked for a page past the end, some servers repeat the last one; others always send the same few.
		const fingerprint = fingerprintOf(found);
		const isRepeated = rows.length > 0 && seenPages.has(fingerprint);
		if (isRepeated && total !== null && seen < total) throw samePageAgain();
		if (isRepeated) return;
		seenPages.add(fingerprint);
		seen += rows.length;
		yield { ...found, seen };
		if (!hasNextPage({ ...found, seen })) return;
		page++;
	}
}

/** Identifies a page; short, since there may be a thousand. */
function fingerprintOf({ rows }: HistoryPage): string {
	const text = rows.map(({ requestId, urls }) => [requestId, ...urls].join(' ')).join('\n');
	return createHash('sha256').update(text).digest('base64');
}

/** Whether to request another page after this one; `seen` counts the rows of all pages so far. */
export function hasNextPage({ rows, isFull, total, saysMore, seen }: NumberedPage): boolean {
	return isFull || (rows.length > 0 && (saysMore || (total !== null && seen < total)));
}

/**
 * The rows of a window of any length, page by page, newest first: longer windows are queried in pieces, since one query
 * covers at most 31 days.
 */
export async function* historyRows(
	connection: Connection<AnyContext>,
	query: HistoryWindow & { from: string; to: string },
	maxPages = MAX_PAGES,
): AsyncGenerator<HistoryRequest[]> {
	let pagesLeft = maxPages;
	for (const piece of splitWindow(query)) {
		if (pagesLeft <= 0) throw tooManyPages();
		const pages = pagesOf(connection, { ...query, ...piece }, { maxPages: pagesLeft });
		for await (const { rows } of pages) {
			pagesLeft--;
			yield rows;
		}
	}
}

function tooManyPages(): SegmindFailure {
	return new SegmindFailure(
		'Segmind’s request history has more pages for this period than can be read at once',
		{ description: ADVICE },
	);
}

function samePageAgain(): SegmindFailure {
	return new SegmindFailure(
		'Segmind’s request history keeps returning the same page, so it could not be read to the end',
		{ description: ADVICE },
	);
}
