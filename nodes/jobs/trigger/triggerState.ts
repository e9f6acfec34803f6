import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

const HOUR_MS = 3600_000;

/** How long before the mark a request may have ended and still be emitted: the history records some hours late. */
export const OVERLAP_MS = 26 * HOUR_MS;
/** Maximum pause of an active workflow after which it still emits the requests that it missed. */
export const MAX_PAUSE_MS = 7 * 24 * HOUR_MS;
/** IDs are kept a little longer than they are needed, since a row's times may still be corrected. */
const ID_KEPT_MS = OVERLAP_MS + 2 * HOUR_MS;

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
