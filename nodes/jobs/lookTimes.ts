/** What is known of a running job when the next look is chosen. Durations in milliseconds. */
export interface JobAge {
	/** Since the job was accepted. */
	elapsedMs: number;
	/** What the model usually takes; undefined when nobody knows. */
	usualMs: number | undefined;
	/** Looks so far. */
	count: number;
	/** Those in a row that brought no news. */
	failedLooks: number;
	/** What the server asked to wait. */
	serverWaitMs: number | undefined;
}

/** A rejected body fails at once: the first look comes early enough to report it within 3 s. */
export const FIRST_LOOK_MS = 2_400;
/** Longest pause for a job that takes far longer than usual. */
const LONGEST_MS = 30_000;
/** No model is known to finish sooner. */
const SHORTEST_FIRST_LOOK_MS = 700;
const UNKNOWN_USUAL_MS = 10_000;
/** From this part of the usual duration on a job is expected to end at any moment. */
const WINDOW_START = 0.6;
const WINDOW_END = 1.5;

/**
 * How long to wait before the next look at a job, in milliseconds. Three phases: sparse looks while the job is younger
 * than its usual duration (they matter only if that is far too long), close ones around it, then ever sparser ones.
 * The numbers keep the median lateness within max(1 s, 10 %) at few looks: see the test's table and bench/.
 */
export function nextLookMs({
	elapsedMs,
	usualMs = UNKNOWN_USUAL_MS,
	count,
	failedLooks,
	serverWaitMs,
}: JobAge): number {
	const backoffMs = failedLooks > 0 ? Math.min(LONGEST_MS, 1_000 * 2 ** (failedLooks - 1)) : 0;
	const firstLook = Math.min(FIRST_LOOK_MS, Math.max(SHORTEST_FIRST_LOOK_MS, usualMs));
	const plannedMs =
		count === 0 ? Math.max(0, firstLook - elapsedMs) : intervalMs(elapsedMs, usualMs);
	return Math.max(plannedMs, backoffMs, serverWaitMs ?? 0);
}

/** The usual duration of a model: the median of what this run has seen, once it has seen some, else the catalogue's. */
export function usualDurationMs(
	seenMs: readonly number[],
	averageSeconds: number | null | undefined,
): number | undefined {
	if (seenMs.length < 3) return averageSeconds ? averageSeconds * 1000 : undefined;
	const sorted = [...seenMs].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

function intervalMs(elapsedMs: number, usualMs: number): number {
	const windowStart = WINDOW_START * usualMs;
	const close = Math.max(800, Math.min(0.165 * usualMs, 1_650), 0.12 * usualMs);
	if (elapsedMs < windowStart) {
		const toWindow = windowStart - elapsedMs;
		return toWindow <= 1.6 * elapsedMs ? toWindow : 0.38 * elapsedMs;
	}
	if (elapsedMs < WINDOW_END * usualMs) return close;
	return Math.max(close, Math.min(0.25 * elapsedMs, LONGEST_MS));
}
