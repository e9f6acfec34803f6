import { createHash } from 'crypto';

import type { AnyContext, Connection } from './connection';
import { asFailure, SegmindFailure } from './failure';
import { piecesOf } from './historyDays';
import type { HistoryRequest } from './historyRows';
import {
	listRequests,
	MAX_PER_PAGE,
	PageTooLarge,
	type HistoryPage,
	type HistoryQuery,
	type HistorySending,
} from './requestHistory';

/** The most pages that are read for one question: 100,000 rows. */
const MAX_PAGES = 1_000;

/** Each time a page is too large it is read in this many parts. */
const PARTS = 10;

const ADVICE = 'Choose fewer days, one model, or a limit';

/** What is asked, but for the page. */
export type HistoryWindow = Omit<HistoryQuery, 'page' | 'perPage'>;

/** A page, and how many rows there were up to its end. */
export type NumberedPage = HistoryPage & { seen: number };

/**
 * The pages of a window of at most 31 days, each asked for only when it is needed. Ends when a page is not full and says
 * nothing of further ones, or has come before. Throws a failure if pages follow that cannot be read: what is incomplete
 * must not pass for the whole. Whoever wants no more than some pages stops asking.
 */
export async function* pagesOf(
	connection: Connection<AnyContext>,
	query: HistoryWindow,
	{
		maxPages = MAX_PAGES,
		firstPage = 1,
		sending,
	}: { maxPages?: number; firstPage?: number; sending?: HistorySending } = {},
): AsyncGenerator<NumberedPage, void, undefined> {
	let [page, perPage] = [firstPage, MAX_PER_PAGE];
	let seen = (firstPage - 1) * perPage;
	const known = new Set<string>();
	for (let sent = 1; ; sent++) {
		if (sent > maxPages) throw endless();
		let found: HistoryPage;
		try {
			found = await listRequests(connection, { ...query, page, perPage }, sending);
		} catch (thrown) {
			if (!(thrown instanceof PageTooLarge) || perPage < PARTS) throw asFailure(thrown);
			perPage /= PARTS;
			page = (page - 1) * PARTS + 1;
			continue;
		}
		const { rows, total } = found;
		// Some servers answer a page behind the last one with the last one, others know only one, or some in turns.
		const mark = markOf(found);
		const isRepeated = rows.length > 0 && known.has(mark);
		if (isRepeated && total !== null && seen < total) throw repeating();
		if (isRepeated) return;
		known.add(mark);
		seen += rows.length;
		yield { ...found, seen };
		if (!hasNextPage({ ...found, seen })) return;
		page++;
	}
}

/** Tells a page from others; short, since there may be a thousand. */
function markOf({ rows }: HistoryPage): string {
	const text = rows.map(({ requestId, urls }) => [requestId, ...urls].join(' ')).join('\n');
	return createHash('sha256').update(text).digest('base64');
}

/** Whether to ask for another page after one; `seen` counts the rows of all pages so far. */
export function hasNextPage({ rows, isFull, total, saysMore, seen }: NumberedPage): boolean {
	return isFull || (rows.length > 0 && (saysMore || (total !== null && seen < total)));
}

/**
 * The rows of a window of any length, page by page, the newest first: longer ones are asked in pieces, as the history
 * answers 31 days at most.
 */
export async function* historyRows(
	connection: Connection<AnyContext>,
	query: HistoryWindow & { from: string; to: string },
	maxPages = MAX_PAGES,
): AsyncGenerator<HistoryRequest[]> {
	let left = maxPages;
	for (const piece of piecesOf(query)) {
		if (left <= 0) throw endless();
		const pages = pagesOf(connection, { ...query, ...piece }, { maxPages: left });
		for await (const { rows } of pages) {
			left--;
			yield rows;
		}
	}
}

function endless(): SegmindFailure {
	return new SegmindFailure(
		'Segmind’s request history has more pages for this period than can be read at once',
		{ description: ADVICE },
	);
}

function repeating(): SegmindFailure {
	return new SegmindFailure(
		'Segmind’s request history keeps returning the same page, so it could not be read to the end',
		{ description: ADVICE },
	);
}
