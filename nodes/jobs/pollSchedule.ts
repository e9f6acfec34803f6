/** How a job has been polled so far. */
export interface PollsSoFar {
	count: number;
	/** The latest ones in a row that did not tell the job's state. */
	failedPolls: number;
	/** What the server asked to wait, in milliseconds. */
	serverWaitMs: number | undefined;
}

/** What is known of a running job when the next poll is scheduled. Durations in milliseconds. */
export interface JobAge extends PollsSoFar {
	/** Since the job was accepted. */
	elapsedMs: number;
	/** What the model usually takes; undefined when nobody knows. */
	usualMs: number | undefined;
}

/** A rejected body fails at once: the first poll comes early enough to report it within 3 s. */
export const FIRST_POLL_MS = 2_400;
/** No model is known to finish sooner. */
const MIN_FIRST_POLL_MS = 700;
const MIN_PAUSE_MS = 800;
/** Maximum pause around and after the usual duration, and after failed polls. */
const MAX_PAUSE_MS = 30_000;
const FIRST_BACKOFF_MS = 2_000;
const UNKNOWN_USUAL_MS = 10_000;
/** So many durations seen in a run mean something, and something else than the catalogue if they differ by such a factor. */
const ENOUGH_SEEN = 3;
const CONTRADICTION = 2;
/** The parts of the usual duration between which a job is expected to end at any moment. */
const WINDOW_START = 0.7;
const WINDOW_END = 1.5;
/** The pause in that window, a part of the usual duration and a little more: jobs end on average in its middle. */
const WINDOW_PAUSE = 0.11;
const WINDOW_PAUSE_MORE_MS = 200;
/** The pauses before and after it, as parts of the job's age. */
const EARLY_PAUSE = 0.3;
const LATE_PAUSE = 0.28;
/** Jobs that began together must not all be polled together: every pause is longer by up to this part. */
const SPREAD = 0.12;
/** A pause up to this many times the job's age goes straight to the window. */
const MAX_LEAP = 2.4;

/**
 * How long to wait before the next poll of a job, in milliseconds. Three phases: sparse polls while the job is younger
 * than its usual duration (they matter only if that is far too long), close ones around it, then ever sparser ones.
 * The numbers keep the median lateness within max(1 s, 10 %) with few polls: see the test's table and bench/RESULTS.md.
 */
export function nextPollMs(
	{ elapsedMs, usualMs = UNKNOWN_USUAL_MS, count, failedPolls, serverWaitMs }: JobAge,
	random: () => number = Math.random,
): number {
	const longestBackoffMs =
		failedPolls > 0 ? Math.min(MAX_PAUSE_MS, FIRST_BACKOFF_MS * 2 ** (failedPolls - 1)) : 0;
	const backoffMs = longestBackoffMs * (0.5 + 0.5 * random());
	const firstPoll = Math.min(FIRST_POLL_MS, Math.max(MIN_FIRST_POLL_MS, usualMs));
	const plannedMs = count === 0 ? Math.max(0, firstPoll - elapsedMs) : pauseMs(elapsedMs, usualMs);
	return Math.max(plannedMs * (1 + SPREAD * random()), backoffMs, serverWaitMs ?? 0);
}

/**
 * The usual duration of a model: the catalogue's, unless the median of what this run has seen contradicts it. A little
 * less says nothing: of jobs that began together the short ones are seen first.
 */
export function usualDurationMs(
	seenMs: readonly number[],
	averageSeconds: number | null | undefined,
): number | undefined {
	const knownMs = averageSeconds ? averageSeconds * 1000 : undefined;
	if (seenMs.length < ENOUGH_SEEN) return knownMs;
	const sorted = [...seenMs].sort((a, b) => a - b);
	const seen = sorted[Math.floor(sorted.length / 2)] ?? 0;
	const agrees =
		knownMs !== undefined && seen >= knownMs / CONTRADICTION && seen <= knownMs * CONTRADICTION;
	return agrees ? knownMs : seen;
}

function pauseMs(elapsedMs: number, usualMs: number): number {
	const toWindow = WINDOW_START * usualMs - elapsedMs;
	if (toWindow > 0) {
		const pause = toWindow <= MAX_LEAP * elapsedMs ? toWindow : EARLY_PAUSE * elapsedMs;
		return Math.max(MIN_PAUSE_MS, pause);
	}
	const latePause = elapsedMs < WINDOW_END * usualMs ? 0 : LATE_PAUSE * elapsedMs;
	const windowPause = WINDOW_PAUSE * usualMs + WINDOW_PAUSE_MORE_MS;
	const pause = Math.max(MIN_PAUSE_MS, windowPause, latePause);
	return Math.min(pause, MAX_PAUSE_MS);
}
