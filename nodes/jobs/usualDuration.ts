import type { Account } from '../api/connection';
import { KeyedState } from '../api/keyedState';

/** Maximum number of a model's latest jobs that are remembered. */
const MAX_DURATIONS = 20;
/**
 * The catalogue's average is overruled by at least this many observed durations whose median differs by at least this
 * factor.
 */
const MIN_DURATIONS = 3;
const CONTRADICTION_FACTOR = 2;

/** The durations of jobs that ended in this process, in milliseconds: one list per host, key and model. */
const seenDurations = new KeyedState<number[]>(() => []);

/** Records the duration of a model's or a PixelFlow's job, in milliseconds. */
export function recordDuration(account: Account, model: string, durationMs: number): void {
	const seen = durationsOf(account, model);
	seen.push(durationMs);
	if (seen.length > MAX_DURATIONS) seen.shift();
}

/** The usual duration of a model's jobs, in milliseconds; undefined if unknown. */
export function usualDuration(
	account: Account,
	model: string,
	averageSeconds: number | null,
): number | undefined {
	return usualDurationMs(durationsOf(account, model), averageSeconds);
}

function durationsOf({ hosts, apiKey }: Account, model: string): number[] {
	return seenDurations.of(hosts.baseUrl, apiKey, model);
}

/**
 * The usual duration of a model: the catalogue's, unless the median observed contradicts it. Slightly shorter durations
 * mean nothing: of jobs that started together, the short ones finish first.
 */
export function usualDurationMs(
	seenMs: readonly number[],
	averageSeconds: number | null | undefined,
): number | undefined {
	const knownMs = averageSeconds ? averageSeconds * 1000 : undefined;
	if (seenMs.length < MIN_DURATIONS) return knownMs;
	const sorted = [...seenMs].sort((a, b) => a - b);
	const seen = sorted[Math.floor(sorted.length / 2)] ?? 0;
	const agrees =
		knownMs !== undefined &&
		seen >= knownMs / CONTRADICTION_FACTOR &&
		seen <= knownMs * CONTRADICTION_FACTOR;
	return agrees ? knownMs : seen;
}
