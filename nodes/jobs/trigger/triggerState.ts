import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

const HOUR_MS = 3600_000;

/** How long before the mark a request may have ended and still be given: the history records some hours late. */
export const OVERLAP_MS = 26 * HOUR_MS;
/** How long after an active workflow was paused it still gives what it missed. */
export const MAX_PAUSE_MS = 7 * 24 * HOUR_MS;
/** IDs are kept a little longer than they are needed, since a row's times may still be corrected. */
const KEPT_MS = OVERLAP_MS + 2 * HOUR_MS;

/** 48 bits: among all IDs of a day two are the same once in ten million years. */
const HASH_LENGTH = 8;

/** What the trigger remembers from poll to poll. Times are wall-clock times in milliseconds since 1970. */
export interface TriggerState {
	/** The settings that it was made with. */
	settings: string;
	/** What ended before is never given. */
	since: number;
	/** The latest poll that read all that there was. */
	mark: number;
	/** When the whole window was last read, and not only its newest pages. */
	wholeAt: number;
	/** The rows that the latest answer counted, and for which first day; null if it did not count. */
	total: { from: string; rows: number } | null;
	/** Where reading the whole window goes on, if its time was over; the mark stands until it is done. */
	resume: { from: string; page: number } | null;
	/** The hashes of what was given, one after the other, by the hour (since 1970) in which it ended. */
	given: Record<string, string>;
}

/** A request that was given, and when it ended. */
export interface Given {
	requestId: string;
	time: number;
}

/** Reads the state from n8n's static data; undefined before the first poll. */
export function readState({ segmind }: IDataObject): TriggerState | undefined {
	const { settings, since, mark, wholeAt, total, resume, given } = (segmind ??
		{}) as Partial<TriggerState>;
	if (typeof since !== 'number' || typeof mark !== 'number') return undefined;
	return {
		settings: String(settings ?? ''),
		since,
		mark,
		wholeAt: Number(wholeAt ?? 0),
		total: total ?? null,
		resume: resume ?? null,
		given: { ...given },
	};
}

/** The state of a trigger that gives all that ends after a time. */
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

/** The state under other settings: what ended before the latest poll was not asked for then, and is not given now. */
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

/** What ended at this time or before is not given. */
export function lowerBound({ since, mark }: TriggerState, now: number): number {
	return Math.max(since, mark - OVERLAP_MS, now - MAX_PAUSE_MS);
}

/** Tells whether a request was given before. */
export function givenBefore({ given }: TriggerState): (requestId: string) => boolean {
	const hashes = new Set<string>();
	for (const text of Object.values(given)) {
		for (let at = 0; at < text.length; at += HASH_LENGTH) {
			hashes.add(text.slice(at, at + HASH_LENGTH));
		}
	}
	return (requestId) => hashes.has(hashOf(requestId));
}

/** The state after a poll: remembers what it gave, and forgets what can no longer come again. */
export function afterPoll(
	state: TriggerState,
	{
		now,
		given,
		...changes
	}: { now: number; given: readonly Given[] } & Partial<
		Pick<TriggerState, 'mark' | 'wholeAt' | 'total' | 'resume'>
	>,
): TriggerState {
	const next: TriggerState = { ...state, ...changes, given: { ...state.given } };
	for (const { requestId, time } of given) {
		const hour = Math.floor(time / HOUR_MS);
		next.given[hour] = (next.given[hour] ?? '') + hashOf(requestId);
	}
	const oldest = Math.max(next.mark - KEPT_MS, now - MAX_PAUSE_MS);
	for (const hour of Object.keys(next.given)) {
		if ((Number(hour) + 1) * HOUR_MS <= oldest) delete next.given[hour];
	}
	return next;
}

function hashOf(requestId: string): string {
	return createHash('sha256').update(requestId).digest('base64url').slice(0, HASH_LENGTH);
}
