import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

const HOUR_MS = 3600_000;

/** How long before the mark a request may have ended and still be emitted: the history records some hours late. */
export const OVERLAP_MS = 26 * HOUR_MS;
/** Maximum pause of an active workflow after which it still emits the requests that it missed. */
export const MAX_PAUSE_MS = 7 * 24 * HOUR_MS;
/** IDs are kept a little longer than they are needed, since a row's times may still be corrected. */
const ID_KEPT_MS = OVERLAP_MS + 2 * HOUR_MS;

/** How far Segmind's clock and n8n's may differ; a server's time that is further off is not believed. */
const MAX_CLOCK_SKEW_MS = 24 * HOUR_MS;

/** In characters, 48 bits: two of a day's IDs collide once in ten million years. */
const HASH_LENGTH = 8;

/** What the trigger saves from poll to poll. Times are wall-clock times in milliseconds since 1970. */
export interface TriggerState {
	/** The node's settings at the latest poll. */
	settings: string;
	/** What ended before is never emitted. */
	since: number;
	/** The time of the latest poll that read everything. */
	mark: number;
	/** When the whole window was last read, not only its newest pages. */
	wholeAt: number;
	/** The total of the latest answer, and the first day that it covers; null if the answer had none. */
	total: { from: string; rows: number } | null;
	/** Where to continue reading the whole window, if time ran out; until that is done the mark stays where it is. */
	resume: { from: string; page: number } | null;
	/** The hashes of the emitted requests, concatenated, by the hour (since 1970) in which they ended. */
	given: Record<string, string>;
}

/** A request that was emitted, and when it ended. */
export interface EmittedRequest {
	requestId: string;
	time: number;
}

/**
 * Reads the state from n8n's static data; undefined before the first poll. People and programs can change that data: what
 * is damaged is left out, and a time that has yet to come, from a clock that was wrong, counts as the present.
 * @param now wall-clock time
 */
export function readState({ segmind }: IDataObject, now: number): TriggerState | undefined {
	const { settings, ...stored } = asObject(segmind);
	const since = timeBefore(stored.since, now) ?? timeBefore(stored.mark, now);
	if (since === undefined) return undefined;
	const total = asObject(stored.total);
	const resume = asObject(stored.resume);
	return {
		settings: String(settings ?? ''),
		since,
		mark: timeBefore(stored.mark, now) ?? since,
		wholeAt: timeBefore(stored.wholeAt, now) ?? 0,
		total:
			isDay(total.from) && isNumber(total.rows) ? { from: total.from, rows: total.rows } : null,
		resume:
			isDay(resume.from) && isNumber(resume.page) && resume.page >= 1
				? { from: resume.from, page: Math.floor(resume.page) }
				: null,
		given: Object.fromEntries(Object.entries(asObject(stored.given)).filter(isHour)),
	};
}

/** A stored time, but none that a clock can only have shown by mistake; undefined if it is no time. */
function timeBefore(value: unknown, now: number): number | undefined {
	if (!isNumber(value) || value < 0) return undefined;
	return value > now + MAX_CLOCK_SKEW_MS ? now : value;
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

function isDay(value: unknown): value is string {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
}

function isHour(entry: [string, unknown]): entry is [string, string] {
	return typeof entry[1] === 'string';
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** The server's time if it gave one that can be right, else the own clock's. */
export function clockTime(serverTime: number | null, now: number): number {
	const isCredible = serverTime !== null && Math.abs(serverTime - now) <= MAX_CLOCK_SKEW_MS;
	return isCredible ? serverTime : now;
}

/** The state of a trigger that emits everything that ends after a time. */
export function firstState(settings: string, since: number): TriggerState {
	return {
		settings,
		since,
		mark: since,
		wholeAt: since,
		total: null,
		resume: null,
		given: {},
	};
}

/** The state under new settings: what ended before the latest poll did not match them then, and is not emitted now. */
export function withSettings(state: TriggerState, settings: string): TriggerState {
	if (state.settings === settings) return state;
	return {
		...state,
		settings,
		since: Math.max(state.since, state.mark),
		total: null,
		resume: null,
	};
}

/** What ended at this time or before is not emitted. */
export function lowerBound({ since, mark }: TriggerState, now: number): number {
	return Math.max(since, mark - OVERLAP_MS, now - MAX_PAUSE_MS);
}

/** A function that tells whether a request was emitted before. */
export function emittedBefore({ given }: TriggerState): (requestId: string) => boolean {
	const hashes = new Set<string>();
	for (const text of Object.values(given)) {
		for (let at = 0; at < text.length; at += HASH_LENGTH) {
			hashes.add(text.slice(at, at + HASH_LENGTH));
		}
	}
	return (requestId) => hashes.has(hashOf(requestId));
}

/** The state after a poll: remembers what it emitted, and forgets what can no longer reappear. */
export function afterPoll(
	state: TriggerState,
	{
		now,
		emitted,
		...changes
	}: { now: number; emitted: readonly EmittedRequest[] } & Partial<
		Pick<TriggerState, 'mark' | 'wholeAt' | 'total' | 'resume'>
	>,
): TriggerState {
	const next: TriggerState = { ...state, ...changes, given: { ...state.given } };
	for (const { requestId, time } of emitted) {
		const hour = Math.floor(time / HOUR_MS);
		next.given[hour] = (next.given[hour] ?? '') + hashOf(requestId);
	}
	const oldest = Math.max(next.mark - ID_KEPT_MS, now - MAX_PAUSE_MS);
	for (const hour of Object.keys(next.given)) {
		if ((Number(hour) + 1) * HOUR_MS <= oldest) delete next.given[hour];
	}
	return next;
}

function hashOf(requestId: string): string {
	return createHash('sha256').update(requestId).digest('base64url').slice(0, HASH_LENGTH);
}
