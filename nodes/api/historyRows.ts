import { readTimes, type HistoryTimes } from './historyTime';
import { pagingOf } from './historyPaging';
import { finalStatusOf } from './jobState';
import { parseJson } from './json';
import { asNumber } from './number';
import { filesOfText } from './outputFile';
import { reasonOf } from './reason';

export type HistoryStatus = 'COMPLETED' | 'FAILED' | 'PENDING';

/** What one row, or all rows of one request together, say about it; null where they say nothing. */
export interface HistoryRequest extends HistoryTimes {
	requestId: string;
	/** PENDING also for a word that is not known to be final. */
	status: HistoryStatus;
	/** The model's slug. */
	model: string | null;
	/** US dollars, for the whole request. */
	cost: number | null;
	/** The inputs as they were sent. */
	parameters: Record<string, unknown> | null;
	/** The URLs of its files, which live for seven days. */
	urls: string[];
	latencyMs: number | null;
	/** Only for a failed request. */
	failureReason: string | null;
}

/** How deep an answer is searched for rows, in levels. */
const MAX_DEPTH = 3;

/**
 * The rows in the answer of the request history: the first list of objects with a `request_id`, wherever it stands, since
 * no source names its key. An empty list has no rows, nor has null with a total of 0, as some servers write it; undefined
 * if the answer holds no such list. Never throws.
 */
export function rowsIn(body: unknown): Array<Record<string, unknown>> | undefined {
	const lists = listsIn(body, MAX_DEPTH);
	const filled = lists.find((list) => list.some(hasId));
	if (filled) return filled.filter(isObject);
	if (isObject(body) && reportsFailure(body)) return undefined;
	if (lists.some((list) => list.some(isObject))) return undefined;
	const isEmpty = lists.some((list) => list.length === 0) || pagingOf(body).total === 0;
	return isEmpty ? [] : undefined;
}

/** Whether an answer without rows says that something went wrong; a message alone may be "Success". */
function reportsFailure(body: Record<string, unknown>): boolean {
	const { success, ok, status } = body;
	if (success === false || ok === false) return true;
	if (typeof status === 'string' && finalStatusOf(status) === 'FAILED') return true;
	return reasonOf({ ...body, message: undefined, msg: undefined }) !== undefined;
}

/**
 * The row of one request in the answer to a lookup by ID, or its rows if it has several outputs; empty if there is none,
 * undefined if the answer is about something else.
 */
export function rowsOfRequest(body: unknown, requestId: string): HistoryRequest[] | undefined {
	// Only the outermost object: the inputs inside may hold anything.
	const single = objectsIn(body, MAX_DEPTH).find((row) => ROW_KEYS.some((key) => key in row));
	const found = single ? [single] : rowsIn(body);
	const rows = found?.flatMap((row) => readRow(row, single && requestId) ?? []);
	const own = rows?.filter((row) => row.requestId === requestId);
	return rows?.length && !own?.length ? undefined : own;
}

/** Reads a row; undefined without an id. Other keys may be missing or null: a row fills in late. */
export function readRow(
	row: Record<string, unknown>,
	fallbackId?: string,
): HistoryRequest | undefined {
	const requestId = textOf(row.request_id) ?? textOf(row.requestId) ?? fallbackId;
	if (!requestId) return undefined;
	const urls = urlsIn(row.generation_url);
	const reason = reasonOf(row.error) ?? reasonOf(row.error_message) ?? null;
	const status = statusOf(textOf(row.model_status) ?? textOf(row.status), urls, reason);
	const latencyMs = asNumber(row.latency_ms);
	return {
		requestId,
		status,
		model: textOf(row.model_name) ?? textOf(row.model) ?? null,
		cost: asNumber(row.credits_deduction),
		parameters: asObject(row.request_body) ?? asObject(row.parameters) ?? null,
		urls: [...new Set(urls)],
		latencyMs,
		failureReason: status === 'FAILED' ? (reason ?? 'Segmind gave no reason') : null,
		...readTimes(row, { hasEnded: status !== 'PENDING', latencyMs }),
	};
}

/**
 * Whether a row has exactly the model and status of a filter, where set: the history also matches parts of a model's
 * name, and a server might ignore the status.
 */
export function matchesFilter(
	row: Pick<HistoryRequest, 'model' | 'status'>,
	{ model, status }: { model?: string; status?: HistoryStatus | '' },
): boolean {
	return (!model || row.model === model) && (!status || row.status === status);
}

/**
 * One entry per request, in the order of their first rows. A request with several outputs has one row for each, and each
 * row has the cost of the whole request; as long as one of them is pending, so is the request.
 */
export function joinRows<Row extends HistoryRequest>(rows: readonly Row[]): Row[] {
	const requests = new Map<string, Row>();
	for (const row of rows) {
		const known = requests.get(row.requestId);
		requests.set(row.requestId, known ? mergeRow(known, row) : row);
	}
	return [...requests.values()];
}

function mergeRow<Row extends HistoryRequest>(merged: Row, row: Row): Row {
	const status = STATUS_PRECEDENCE.find((word) => word === merged.status || word === row.status)!;
	return {
		...merged,
		status,
		model: merged.model ?? row.model,
		cost: combineKnown(Math.max, merged.cost, row.cost),
		parameters: merged.parameters ?? row.parameters,
		urls: [...new Set([...merged.urls, ...row.urls])],
		latencyMs: combineKnown(Math.max, merged.latencyMs, row.latencyMs),
		createdAt: combineKnown(Math.min, merged.createdAt, row.createdAt),
		endedAt: status === 'PENDING' ? null : combineKnown(Math.max, merged.endedAt, row.endedAt),
		failureReason: status === 'FAILED' ? (merged.failureReason ?? row.failureReason) : null,
	};
}

/** A request's status is the first of these that any of its rows has. */
const STATUS_PRECEDENCE: HistoryStatus[] = ['PENDING', 'COMPLETED', 'FAILED'];

/** Keys that distinguish a row from any other object. */
const ROW_KEYS = ['model_status', 'model_name', 'generation_url', 'request_body'];

function statusOf(word: string | undefined, urls: string[], reason: string | null): HistoryStatus {
	if (word) return finalStatusOf(word) ?? 'PENDING';
	if (urls.length > 0) return 'COMPLETED';
	return reason === null ? 'PENDING' : 'FAILED';
}

function combineKnown(
	combine: (...values: number[]) => number,
	...values: Array<number | null>
): number | null {
	const known = values.filter((value) => value !== null);
	return known.length ? combine(...known) : null;
}

function listsIn(value: unknown, depth: number): unknown[][] {
	if (Array.isArray(value)) return [value];
	if (!isObject(value) || depth === 0) return [];
	return Object.values(value).flatMap((inner) => listsIn(inner, depth - 1));
}

function objectsIn(value: unknown, depth: number): Array<Record<string, unknown>> {
	if (!isObject(value) || depth === 0) return [];
	return [value, ...Object.values(value).flatMap((inner) => objectsIn(inner, depth - 1))];
}

function hasId(entry: unknown): boolean {
	return isObject(entry) && (textOf(entry.request_id) ?? textOf(entry.requestId)) !== undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Record<string, unknown> | undefined {
	const object = typeof value === 'string' ? parseJson(value) : value;
	return isObject(object) ? object : undefined;
}

function textOf(value: unknown): string | undefined {
	return (typeof value === 'string' && value.trim()) || undefined;
}

/** A text, a list, or a list as JSON in a text. */
function urlsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(urlsIn);
	if (typeof value !== 'string') return [];
	const list = /^\s*\[/.test(value) ? parseJson(value) : undefined;
	return Array.isArray(list) ? urlsIn(list) : filesOfText(value).flatMap(({ url }) => url ?? []);
}
