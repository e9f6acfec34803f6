/** The polls of a job so far. */
export interface PollsSoFar {
	count: number;
	/** Consecutive latest polls that failed to report the job's state. */
	failedPolls: number;
	/** The wait requested by the server, in milliseconds. */
	serverWaitMs: number | undefined;
}

/** What is known of a running job when scheduling its next poll. Durations in milliseconds. */
export interface JobAge extends PollsSoFar {
	/** Time since the job was accepted. */
	elapsedMs: number;
	/** The model's usual duration; undefined if unknown. */
	usualMs: number | undefined;
}

/** A rejected body fails at once, so the first poll is early enough to report it within 3 s. */
export const FIRST_POLL_MS = 2_400;
/** No model is known to finish sooner. */
const MIN_FIRST_POLL_MS = 700;
const MIN_PAUSE_MS = 800;
/** Maximum pause around and after the usual duration, and after failed polls. */
const MAX_PAUSE_MS = 30_000;
const FIRST_BACKOFF_MS = 2_000;
const UNKNOWN_USUAL_MS = 10_000;
/**
 * The catalogue's average is overruled by at least this many observed durations whose median differs by at least this
 * factor.
 */
const MIN_OBSERVED = 3;
const CONTRADICTION_FACTOR = 2;
/** The window in which a job is expected to end, as fractions of the usual duration. */
const WINDOW_START = 0.7;
const WINDOW_END = 1.5;
/**
 * The pause within that window, a fraction of the usual duration plus a constant: on average a job ends halfway through
 * it.
 */
const WINDOW_PAUSE = 0.11;
const WINDOW_PAUSE_EXTRA_MS = 200;
/** The pauses before and after the window, as fractions of the job's age. */
const EARLY_PAUSE = 0.3;
const LATE_PAUSE = 0.28;
/** Keeps jobs that started together from being polled together: every pause is longer by up to this fraction. */
const JITTER = 0.12;
/** If the window starts within this many times the job's age, the next poll waits for it. */
const MAX_LEAP = 2.4;

/**
 * The wait before the next poll of a job, in milliseconds. Three phases: sparse polls before the usual duration (useful
 * only if that is far too long), frequent ones around it, then ever sparser ones. The constants keep the median
 * lateness within max(1 s, 10 %) with few polls: see the test's table and bench/RESULTS.md.
 */
export function nextPollMs(
	{ elapsedMs, usualMs = UNKNOWN_USUAL_MS, count, failedPolls, serverWaitMs }: JobAge,
	random: () => number = Math.random,
): number {
	const maxBackoffMs =
		failedPolls > 0 ? Math.min(MAX_PAUSE_MS, FIRST_BACKOFF_MS * 2 ** (failedPolls - 1)) : 0;
	const backoffMs = maxBackoffMs * (0.5 + 0.5 * random());
	const firstPoll = Math.min(FIRST_POLL_MS, Math.max(MIN_FIRST_POLL_MS, usualMs));
	const plannedMs = count === 0 ? Math.max(0, firstPoll - elapsedMs) : pauseMs(elapsedMs, usualMs);
	return Math.max(plannedMs * (1 + JITTER * random()), backoffMs, serverWaitMs ?? 0);
}

/**
 * The usual duration of a model: the catalogue's, unless the median observed in this run contradicts it. Slightly
 * shorter durations mean nothing: of jobs that started together, the short ones finish first.
 */
export function usualDurationMs(
	seenMs: readonly number[],
	averageSeconds: number | null | undefined,
): number | undefined {
	const knownMs = averageSeconds ? averageSeconds * 1000 : undefined;
	if (seenMs.length < MIN_OBSERVED) return knownMs;
	const sorted = [...seenMs].sort((a, b) => a - b);
	const seen = sorted[Math.floor(sorted.length / 2)] ?? 0;
	const agrees =
		knownMs !== undefined &&
		seen >= knownMs / CONTRADICTION_FACTOR &&
		seen <= knownMs * CONTRADICTION_FACTOR;
	return agrees ? knownMs : seen;
}

function pauseMs(elapsedMs: number, usualMs: number): number {
	const toWindow = WINDOW_START * usualMs - elapsedMs;
	if (toWindow > 0) {
		const pause = toWindow <= MAX_LEAP * elapsedMs ? toWindow : EARLY_PAUSE * elapsedMs;
		return Math.max(MIN_PAUSE_MS, pause);
	}
	const latePause = elapsedMs < WINDOW_END * usualMs ? 0 : LATE_PAUSE * elapsedMs;
	const windowPause = WINDOW_PAUSE * usualMs + WINDOW_PAUSE_EXTRA_MS;
	const pause = Math.max(MIN_PAUSE_MS, windowPause, latePause);
	return Math.min(pause, MAX_PAUSE_MS);
}
