import type { AnyContext, Connection } from '../../api/connection';
import { SegmindFailure } from '../../api/failure';
import { dayOf } from '../../api/historyDays';
import { hasNextPage, pagesOf, type HistoryWindow } from '../../api/historyPages';
import { joinRows, matchesFilter, type HistoryRequest } from '../../api/historyRows';
import { listRequests, MAX_PER_PAGE } from '../../api/requestHistory';
import { summarizeRequest, type RequestSummary } from '../../media/historyItem';
import {
	afterPoll,
	clockTime,
	emittedBefore,
	firstState,
	lowerBound,
	type TriggerState,
} from './triggerState';

/** Which requests start the workflow. */
export interface TriggerRule {
	event: 'completed' | 'failed' | 'any';
	/** The exact slug; empty for all models. */
	model: string;
}

const MINUTE_MS = 60_000;
/** No job takes longer: the history is queried by the day on which a request began, the trigger goes by its end. */
const MAX_JOB_MS = 6 * 60 * MINUTE_MS;
/** With more new pages than this the window is read from its beginning, so that the rest can wait for the next poll. */
const MAX_NEW_PAGES = 5;
const MAX_WINDOW_PAGES = 500;
/** How often the whole window is read although nothing looks new: rows recorded late can be anywhere in it. */
const FULL_READ_EVERY_MS = 60 * MINUTE_MS;
/**
 * The same where the server reports the total number of rows, which shows when some were added; not among all statuses,
 * where a running request that ends further back adds none.
 */
const FULL_READ_EVERY_COUNTED_MS = 6 * 60 * MINUTE_MS;
const MAX_TEST_PAGES = 10;

/**
 * The very first poll: emits nothing, and sets the mark to its own start. Requests have the server's times, so the mark is
 * by the server's clock too: with a clock that is only seconds fast, what ends in those seconds would be lost. The server
 * reports whole seconds, perhaps those at the end of the wait for it, so the mark is rather too early by that much. Its
 * one request also reveals a wrong key as soon as the workflow is activated.
 */
export async function firstPoll(
	connection: Connection<AnyContext>,
	settings: string,
	now: () => number,
): Promise<TriggerState> {
	const startedAt = now();
	const { serverTime } = await listRequests(connection, { perPage: 1 });
	const endedAt = now();
	return firstState(settings, clockTime(serverTime, endedAt) - (endedAt - startedAt));
}

/**
 * One poll: the requests that have ended since the mark and were not emitted yet, in the order in which they ended, and
 * the state for the next poll. Throws a failure, and leaves the state as it is, if the history cannot be read.
 * @param now wall-clock time
 * @param isTimeUp whether to stop reading and leave the rest to the next poll
 */
export async function pollHistory(
	connection: Connection<AnyContext>,
	rule: TriggerRule,
	state: TriggerState,
	now: number,
	isTimeUp: () => boolean,
): Promise<{ requests: RequestSummary[]; state: TriggerState }> {
	const bound = lowerBound(state, now);
	const wasEmitted = emittedBefore(state);
	const isNew = (request: HistoryRequest) =>
		matchesRule(request, rule) && (timeOf(request) ?? 0) > bound && !wasEmitted(request.requestId);
	const query = { ...queryOf(rule), from: dayOf(bound - MAX_JOB_MS) };
	const newest = await readNewest(connection, query, isNew);
	const needsFullRead =
		!newest.isComplete &&
		(newest.hasMoreNew || !!state.resume || mayMissRows(state, newest, rule, now));
	const start = state.resume ?? { from: query.from, page: 1 };
	const older = needsFullRead
		? await readWindow(connection, { ...query, from: start.from }, start.page, isTimeUp)
		: { rows: [], nextPage: null };
	const rows = [...newest.rows, ...older.rows];
	if (rows.some((row) => matchesRule(row, rule)) && rows.every((row) => timeOf(row) === null)) {
		throw new SegmindFailure('The times in Segmind’s request history could not be understood', {
			description:
				'Without them the trigger cannot know which requests are new. Nothing was missed',
		});
	}
	const requests = joinRows(rows)
		.filter(isNew)
		.sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0));
	const { nextPage } = older;
	return {
		requests,
		state: afterPoll(state, {
			now,
			emitted: requests.map((request) => ({
				requestId: request.requestId,
				time: timeOf(request) ?? now,
			})),
			// By the server's clock, like the times of requests: after a change of settings, what ended before the mark is not emitted.
			mark: nextPage === null ? clockTime(newest.serverTime, now) : state.mark,
			resume: nextPage === null ? null : { from: start.from, page: nextPage },
			total: newest.total === null ? null : { from: query.from, rows: newest.total },
			...(newest.isComplete || (needsFullRead && nextPage === null) ? { wholeAt: now } : {}),
		}),
	};
}

/** The newest request of the last seven days that would start the workflow; undefined if there is none. */
export async function newestRequest(
	connection: Connection<AnyContext>,
	rule: TriggerRule,
): Promise<RequestSummary | undefined> {
	const rows: RequestSummary[] = [];
	let pages = 0;
	for await (const page of pagesOf(connection, queryOf(rule))) {
		rows.push(...page.rows.map(summarizeRequest));
		const found = joinRows(rows).find((request) => matchesRule(request, rule));
		if (found || ++pages === MAX_TEST_PAGES) return found;
	}
	return undefined;
}

function queryOf({ event, model }: TriggerRule): HistoryWindow {
	const status = event === 'any' ? undefined : STATUS[event];
	return { ...(status ? { status } : {}), ...(model ? { model } : {}) };
}

const STATUS = { completed: 'COMPLETED', failed: 'FAILED' } as const;

function matchesRule(row: HistoryRequest, rule: TriggerRule): boolean {
	return row.status !== 'PENDING' && matchesFilter(row, queryOf(rule));
}

/** When a request ended; its start as long as its duration is not recorded. */
function timeOf({ endedAt, createdAt }: HistoryRequest): number | null {
	return endedAt ?? createdAt;
}

interface NewestRows {
	rows: RequestSummary[];
	/** Whether all pages were read. */
	isComplete: boolean;
	/** Whether the last page that was read still had new rows. */
	hasMoreNew: boolean;
	/** How many rows are new, or may become so. */
	newRows: number;
	total: number | null;
	from: string;
	/** The server's clock at the first page; null if it does not say. */
	serverTime: number | null;
}

/** Reads the newest pages until one has no new rows: one request when nothing is new. */
async function readNewest(
	connection: Connection<AnyContext>,
	query: HistoryWindow & { from: string },
	isNew: (row: HistoryRequest) => boolean,
): Promise<NewestRows> {
	const rows: RequestSummary[] = [];
	const found: NewestRows = {
		rows,
		isComplete: true,
		hasMoreNew: false,
		newRows: 0,
		total: null,
		from: query.from,
		serverTime: null,
	};
	let pages = 0;
	for await (const page of pagesOf(connection, query)) {
		pages++;
		rows.push(...page.rows.map(summarizeRequest));
		found.total = page.total;
		found.serverTime ??= page.serverTime;
		const hasNew = page.rows.some(isNew);
		found.newRows += page.rows.filter((row) => row.status === 'PENDING' || isNew(row)).length;
		if (!hasNextPage(page)) break;
		found.hasMoreNew = hasNew && pages === MAX_NEW_PAGES;
		if (hasNew && !found.hasMoreNew) continue;
		found.isComplete = false;
		break;
	}
	return found;
}

/** Whether rows may have been added further back. */
function mayMissRows(
	{ total, wholeAt }: TriggerState,
	newest: NewestRows,
	{ event }: TriggerRule,
	now: number,
): boolean {
	const isCounted = newest.total !== null && event !== 'any';
	if (now - wholeAt >= (isCounted ? FULL_READ_EVERY_COUNTED_MS : FULL_READ_EVERY_MS)) return true;
	return (
		newest.total !== null &&
		total?.from === newest.from &&
		newest.total - total.rows > newest.newRows
	);
}

/**
 * Reads the window from a page on, oldest rows first. When it runs out of time or pages, it ends early and returns the page
 * to continue with, which is always a later one.
 */
async function readWindow(
	connection: Connection<AnyContext>,
	query: HistoryWindow,
	firstPage: number,
	isTimeUp: () => boolean,
): Promise<{ rows: RequestSummary[]; nextPage: number | null }> {
	const rows: RequestSummary[] = [];
	const lastPage = firstPage + MAX_WINDOW_PAGES;
	const oldestFirstQuery = { ...query, oldestFirst: true };
	for await (const page of pagesOf(connection, oldestFirstQuery, {
		firstPage,
		maxPages: Infinity,
	})) {
		rows.push(...page.rows.map(summarizeRequest));
		if (!hasNextPage(page)) break;
		// The page just read is read again: the next one may have further rows of its last request.
		const nextPage = Math.floor((page.seen - page.rows.length) / MAX_PER_PAGE) + 1;
		if (nextPage === firstPage || (nextPage < lastPage && !isTimeUp())) continue;
		const last = rows.at(-1)?.requestId;
		return { rows: rows.filter(({ requestId }) => requestId !== last), nextPage };
	}
	return { rows, nextPage: null };
}
