import type { AnyContext, Connection } from './connection';
import { expectOk } from './explain';
import { SegmindFailure } from './failure';
import { pagingOf, type Paging } from './historyPaging';
import { joinRows, readRow, rowsIn, rowsOfRequest } from './historyRows';
import type { HistoryRequest, HistoryStatus } from './historyRows';
import { readTime } from './historyTime';
import { shorten } from './quote';
import { apiText, isPage } from './reason';
import { send, type Answer, type NoAnswer } from './request';
import type { RequestContext } from './requestContext';
import { HISTORY_TIMEOUT_MS } from './timeouts';

/** Which requests to list. */
export interface HistoryQuery {
	/** Days in UTC, YYYY-MM-DD, both included, at most 31; without them the last seven days. */
	from?: string;
	to?: string;
	/** Matches a part of the slug. */
	model?: string;
	status?: HistoryStatus;
	/** From 1. */
	page?: number;
	/** 1 to 100. */
	perPage?: number;
	/** Sorts by the start of a request, oldest first; otherwise newest first. */
	oldestFirst?: boolean;
}

/** One page of rows; `joinRows` makes requests of the rows of all pages. */
export interface HistoryPage extends Paging {
	rows: HistoryRequest[];
	/** It has as many entries as requested, or as the answer says a page has: there may be a next one. */
	isFull: boolean;
	/** The server's clock in milliseconds since 1970, to the second; null if it does not say. */
	serverTime: number | null;
}

/** Overrides for sending one request. */
export interface RequestOptions {
	maxRetries?: number;
	timeoutMs?: number;
}

export const MAX_PER_PAGE = 100;
const PATH = '/inference-request/request-history';
const LIST: RequestContext = { kind: 'read', task: 'read the request history' };

/**
 * GET /inference-request/request-history at the Platform URL: one page of the key's requests (in a team also those of
 * others), with failed and running ones. Throws a failure for an answer of an unknown shape, which names its keys, and
 * for every error. Source: segmind-python 1.3, `generations.history`.
 */
export async function listRequests(
	connection: Connection<AnyContext>,
	query: HistoryQuery,
	options: RequestOptions = {},
): Promise<HistoryPage> {
	const perPage = query.perPage ?? MAX_PER_PAGE;
	const parameters = new URLSearchParams({
		page: String(query.page ?? 1),
		per_page: String(perPage),
		...(query.from ? { from_date: query.from } : {}),
		...(query.to ? { to_date: query.to } : {}),
		...(query.model ? { model_name: query.model } : {}),
		...(query.status ? { status: query.status } : {}),
		...(query.oldestFirst ? { sort_by: 'model_created', sort_order: 'asc' } : {}),
	});
	const sent = await get(connection, `${PATH}?${parameters}`, options);
	if ('network' in sent && sent.network === 'oversized') throw new PageTooLarge();
	const answer = await expectOk(Promise.resolve(sent), LIST);
	const rows = rowsIn(answer.json);
	if (!rows) throw unknownShape(answer);
	const paging = pagingOf(answer.json);
	return {
		rows: rows.flatMap((row) => readRow(row) ?? []),
		isFull: rows.length >= Math.min(perPage, paging.pageSize ?? perPage),
		serverTime: readTime(answer.headers.date),
		...paging,
	};
}

/** One page, whose rows hold all inputs as they were sent, exceeds the size limit of an answer. */
export class PageTooLarge extends SegmindFailure {
	constructor() {
		super('A page of Segmind’s request history is too large to be read', {
			description:
				'The requests in it were probably sent with whole files inside. Choose a shorter period, or one model',
		});
	}
}

/**
 * GET /inference-request/request-history/{id}: one of the key's own requests, of any age; undefined for one that the
 * history does not know (yet), a teammate's included. Throws a failure for every other error. Source: segmind-python 1.3,
 * `generations.get`.
 */
export async function requestById(
	connection: Connection<AnyContext>,
	requestId: string,
	options: RequestOptions = {},
): Promise<HistoryRequest | undefined> {
	const answer = await expectOk(
		get(connection, `${PATH}/${encodeURIComponent(requestId)}`, options),
		{ kind: 'read', task: `look up the request ${requestId} in the history` },
		(response) => response.status === 200 || isNotFound(response),
	);
	const rows = answer.status === 200 ? rowsOfRequest(answer.json, requestId) : [];
	if (!rows && !saysNotFound(answer)) throw unknownShape(answer);
	return joinRows(rows ?? [])[0];
}

async function get(
	connection: Connection<AnyContext>,
	path: string,
	{ maxRetries, timeoutMs = HISTORY_TIMEOUT_MS }: RequestOptions,
): Promise<Answer | NoAnswer> {
	return await send(connection, {
		kind: 'read',
		method: 'GET',
		url: `${connection.hosts.platformUrl}${path}`,
		timeoutMs,
		maxRetries,
	});
}

/** The SDK mentions "a not-found error" for a teammate's request, but not its status. A web page is a proxy's. */
function isNotFound(answer: Answer): boolean {
	const { status, text } = answer;
	if (status === 404) return !isPage(text);
	return (status === 400 || status === 422) && saysNotFound(answer);
}

function saysNotFound(answer: Answer): boolean {
	return /not found/i.test(apiText(answer));
}

const MAX_KEYS = 20;

function unknownShape({ json, status }: Answer): SegmindFailure {
	const isList = Array.isArray(json);
	const inner = isList ? (json.find((entry) => typeof entry === 'object') as unknown) : json;
	const keys = Object.keys(typeof inner === 'object' && inner !== null ? inner : {});
	const listedKeys = keys
		.slice(0, MAX_KEYS)
		.map((key) => shorten(key))
		.join(', ');
	const subject = isList ? 'The answer is a list' : 'The answer';
	return new SegmindFailure('Segmind’s request history answered in an unknown format', {
		httpStatus: status,
		description: [
			listedKeys
				? `${subject}${isList ? ' whose entries have' : ' has'} the keys: ${listedKeys}.`
				: `${subject} has no keys.`,
			'Nothing was changed or billed. Check the Platform URL of the Segmind credential; if it is right, please report these keys to the maintainers of this node.',
		].join(' '),
	});
}
