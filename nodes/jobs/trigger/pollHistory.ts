import type { AnyContext, Connection } from '../../api/connection';
import { SegmindFailure } from '../../api/failure';
import { dayOf } from '../../api/historyDays';
import { hasNextPage, pagesOf, type HistoryWindow } from '../../api/historyPages';
import { isOf, joinRows, type HistoryRequest } from '../../api/historyRows';
import { listRequests, MAX_PER_PAGE } from '../../api/requestHistory';
import { shownRequest, type ShownRequest } from '../../media/historyItem';
import { afterPoll, firstState, givenBefore, lowerBound, type TriggerState } from './triggerState';

/** Which requests start the workflow. */
export interface TriggerRule {
	event: 'completed' | 'failed' | 'any';
	/** The exact slug; empty for all models. */
	model: string;
}

const MINUTE_MS = 60_000;
/** No job takes longer: the history is asked by the day on which a request began, the trigger goes by its end. */
const MAX_JOB_MS = 6 * 60 * MINUTE_MS;
/** With more news than this the window is read from its beginning, so that what is left can wait for the next poll. */
const MAX_NEW_PAGES = 5;
const MAX_WINDOW_PAGES = 500;
/** How often the whole window is read although nothing looks new: rows that land late stand anywhere in it. */
const WHOLE_EVERY_MS = 60 * MINUTE_MS;
/** The same for a server that counts its rows, which shows that some have landed. */
const WHOLE_EVERY_COUNTED_MS = 6 * 60 * MINUTE_MS;
const MAX_PAGES_OF_TEST = 10;

/**
 * The very first poll: gives nothing, and sets the mark to its own start. The times of requests are the server's, so the
 * mark is too: by a clock that is only seconds fast, what ends in these seconds would be lost. The server tells whole
 * seconds, and may have told them at the end of the wait for it: the mark is rather that much too early. It asks once, so
 * that a wrong key is told when the workflow is activated.
 */
export async function setMark(
	connection: Connection<AnyContext>,
	settings: string,
	now: () => number,
): Promise<TriggerState> {
	const startedAt = now();
	const { serverTime } = await listRequests(connection, { perPage: 1 });
	return firstState(settings, serverTime === null ? startedAt : serverTime - (now() - startedAt));
}

/**
 * One poll: the requests that have ended since the mark and were not given yet, in the order in which they ended, and the
 * state for the next poll. Throws a failure, and leaves the state as it is, if the history cannot be read.
 * @param now wall-clock time
 * @param isOver whether to stop reading and leave the rest to the next poll
 */
export async function pollHistory(
	connection: Connection<AnyContext>,
	rule: TriggerRule,
	state: TriggerState,
	now: number,
	isOver: () => boolean,
): Promise<{ requests: ShownRequest[]; state: TriggerState }> {
	const bound = lowerBound(state, now);
	const wasGiven = givenBefore(state);
	const isNew = (request: HistoryRequest) =>
		isAsked(request, rule) && (timeOf(request) ?? 0) > bound && !wasGiven(request.requestId);
	const query = { ...queryOf(rule), from: dayOf(bound - MAX_JOB_MS) };
	const newest = await readNewest(connection, query, isNew);
	const needsWhole =
		!newest.isWhole && (newest.hasMoreNews || !!state.resume || lacksRows(state, newest, now));
	const start = state.resume ?? { from: query.from, page: 1 };
	const older = needsWhole
		? await readWhole(connection, { ...query, from: start.from }, start.page, isOver)
		: { rows: [], nextPage: null };
	const rows = [...newest.rows, ...older.rows];
	if (rows.some((row) => isAsked(row, rule)) && rows.every((row) => timeOf(row) === null)) {
		throw new SegmindFailure('The times in Segmind’s request history could not be understood', {
			description:
				'Without them the trigger cannot know which requests are new. Nothing was missed',
		});
	}
	const requests = joinRows(rows)
		.filter(isNew)
		.sort((one, other) => (timeOf(one) ?? 0) - (timeOf(other) ?? 0));
	const { nextPage } = older;
	return {
		requests,
		state: afterPoll(state, {
			now,
			given: requests.map((one) => ({ requestId: one.requestId, time: timeOf(one) ?? now })),
			// By the clock of the requests' times: after a change of the settings what ended before the mark is not given.
			mark: nextPage === null ? (newest.serverTime ?? now) : state.mark,
			resume: nextPage === null ? null : { from: start.from, page: nextPage },
			total: newest.total === null ? null : { from: query.from, rows: newest.total },
			...(newest.isWhole || (needsWhole && nextPage === null) ? { wholeAt: now } : {}),
		}),
	};
}

/** The newest request of the last seven days that would start the workflow; undefined if there is none. */
export async function newestRequest(
	connection: Connection<AnyContext>,
	rule: TriggerRule,
): Promise<ShownRequest | undefined> {
	const rows: ShownRequest[] = [];
	let pages = 0;
	for await (const page of pagesOf(connection, queryOf(rule))) {
		rows.push(...page.rows.map(shownRequest));
		const found = joinRows(rows).find((request) => isAsked(request, rule));
		if (found || ++pages === MAX_PAGES_OF_TEST) return found;
	}
	return undefined;
}

function queryOf({ event, model }: TriggerRule): HistoryWindow {
	const status = event === 'any' ? undefined : STATUS[event];
	return { ...(status ? { status } : {}), ...(model ? { model } : {}) };
}

const STATUS = { completed: 'COMPLETED', failed: 'FAILED' } as const;

function isAsked(row: HistoryRequest, rule: TriggerRule): boolean {
	return row.status !== 'PENDING' && isOf(row, queryOf(rule));
}

/** When a request ended; one whose duration has not landed counts by its start. */
function timeOf({ endedAt, createdAt }: HistoryRequest): number | null {
	return endedAt ?? createdAt;
}

interface Newest {
	rows: ShownRequest[];
	/** All pages were read. */
	isWhole: boolean;
	/** The last page that was read still had news. */
	hasMoreNews: boolean;
	/** How many rows are news, or may become some. */
	news: number;
	total: number | null;
	from: string;
	/** The server's clock at the first page; null if it does not tell. */
	serverTime: number | null;
}

/** Reads the newest pages until one has no news: one request when nothing is new. */
async function readNewest(
	connection: Connection<AnyContext>,
	query: HistoryWindow & { from: string },
	isNew: (row: HistoryRequest) => boolean,
): Promise<Newest> {
	const rows: ShownRequest[] = [];
	const found: Newest = {
		rows,
		isWhole: true,
		hasMoreNews: false,
		news: 0,
		total: null,
		from: query.from,
		serverTime: null,
	};
	let pages = 0;
	for await (const page of pagesOf(connection, query)) {
		pages++;
		rows.push(...page.rows.map(shownRequest));
		found.total = page.total;
		found.serverTime ??= page.serverTime;
		const news = page.rows.filter((row) => row.status === 'PENDING' || isNew(row)).length;
		found.news += news;
		if (!hasNextPage(page)) break;
		found.hasMoreNews = news > 0 && pages === MAX_NEW_PAGES;
		if (news > 0 && !found.hasMoreNews) continue;
		found.isWhole = false;
		break;
	}
	return found;
}

/** Whether rows may have landed further back. */
function lacksRows({ total, wholeAt }: TriggerState, newest: Newest, now: number): boolean {
	if (newest.total === null) return now - wholeAt >= WHOLE_EVERY_MS;
	const hasGrown = total?.from === newest.from && newest.total - total.rows > newest.news;
	return hasGrown || now - wholeAt >= WHOLE_EVERY_COUNTED_MS;
}

/**
 * Reads the window from a page on, the oldest rows first. Out of time or pages it ends early, and names the page to go on
 * with, which is always a later one.
 */
async function readWhole(
	connection: Connection<AnyContext>,
	query: HistoryWindow,
	firstPage: number,
	isOver: () => boolean,
): Promise<{ rows: ShownRequest[]; nextPage: number | null }> {
	const rows: ShownRequest[] = [];
	const lastPage = firstPage + MAX_WINDOW_PAGES;
	const read = { ...query, oldestFirst: true };
	for await (const page of pagesOf(connection, read, { firstPage, maxPages: Infinity })) {
		rows.push(...page.rows.map(shownRequest));
		if (!hasNextPage(page)) break;
		// The page just read comes again: further rows of its last request may stand on the next one.
		const nextPage = Math.floor((page.seen - page.rows.length) / MAX_PER_PAGE) + 1;
		if (nextPage === firstPage || (nextPage < lastPage && !isOver())) continue;
		const last = rows.at(-1)?.requestId;
		return { rows: rows.filter(({ requestId }) => requestId !== last), nextPage };
	}
	return { rows, nextPage: null };
}
