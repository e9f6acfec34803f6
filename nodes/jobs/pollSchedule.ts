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

/** What else is polled with the same key. */
export interface PollLoad {
	/** The fraction of its ideal polls that the job gets: 1 when few jobs are waiting. */
	share: number;
	/** The key's limit is known to be low: a premature poll costs another request its turn. */
	isLimited: boolean;
}

/** The pause before the next poll, given the time since acceptance, the usual duration, and the number of polls so far. */
type Schedule = (elapsedMs: number, usualMs: number, count: number) => number;

/** Maximum pause around and after the usual duration, and after failed polls. */
const MAX_PAUSE_MS = 30_000;
const FIRST_BACKOFF_MS = 2_000;
const UNKNOWN_USUAL_MS = 10_000;

/**
 * Few jobs: a median lateness of at most max(0.7 s, 2.5 %) around the usual duration and twice that elsewhere, so a
 * wrong average costs little. See the test's table and bench/RESULTS.md.
 */
const CLOSE = {
	firstMs: 1_200,
	minMs: 1_200,
	/** The longest pause of a job of a few seconds, as a fraction of its age. */
	earlyPause: 0.7,
	/** After that, the pause is the larger of two linear functions of the job's age: one for young jobs, one for old ones. */
	youngPause: 0.022,
	youngPauseMoreMs: 2_000,
	oldPause: 0.09,
	/** In the window in which a job is expected to end (fractions of the usual duration) the pause is about half as long. */
	windowStart: 0.73,
	windowEnd: 1.16,
	windowPause: 0.5,
	/** Pauses vary by up to this fraction either way, so that no duration always hits the worst moment. */
	jitter: 0.25,
};

/**
 * Many jobs: sparse polls before the usual duration (useful only if that is far too long), frequent ones around it, then
 * ever sparser ones; a median lateness of at most max(1 s, 10 %).
 */
const SPARSE = {
	/** A rejected body fails at once, so the first poll is early enough to report it within 3 s. */
	firstMs: 2_400,
	/** No model is known to finish sooner. */
	minFirstMs: 700,
	minMs: 800,
	windowStart: 0.7,
	windowEnd: 1.5,
	/** A fraction of the usual duration plus a constant: on average a job ends halfway through the pause. */
	windowPause: 0.11,
	windowPauseMoreMs: 200,
	/** The pauses before and after the window, as fractions of the job's age. */
	earlyPause: 0.3,
	latePause: 0.28,
	/** If the window starts within this many times the job's age, the next poll waits for it. */
	maxLeap: 2.4,
	/** Keeps jobs that started together from being polled together: every pause is longer by up to this fraction. */
	jitter: 0.12,
};

/** For a low limit: one poll when the job has probably ended, few others. */
const THRIFTY = {
	minFirstMs: 2_400,
	/** As fractions of the usual duration, and of the job's age. */
	expectedEnd: 1.1,
	latePause: 0.35,
	minMs: 1_500,
	/** Unless it leaps to the expected end. */
	maxMs: 60_000,
	maxLeap: 2.4,
};

/** The latest first poll: a job of this age, or of unknown age, is polled at once. */
export const MAX_FIRST_POLL_MS = 12_000;

const close: Schedule = (elapsedMs, usualMs, count) => {
	if (count === 0) return Math.max(0, Math.min(CLOSE.firstMs, firstSparse(usualMs)) - elapsedMs);
	const { minMs, earlyPause, youngPause, youngPauseMoreMs, oldPause } = CLOSE;
	const usualPauseMs = Math.max(youngPause * elapsedMs + youngPauseMoreMs, oldPause * elapsedMs);
	const pauseMs = Math.max(minMs, Math.min(earlyPause * elapsedMs, usualPauseMs));
	const toWindowMs = CLOSE.windowStart * usualMs - elapsedMs;
	if (toWindowMs > 0) return Math.max(minMs, Math.min(pauseMs, toWindowMs));
	if (elapsedMs >= CLOSE.windowEnd * usualMs) return pauseMs;
	return Math.max(minMs, Math.min(pauseMs, CLOSE.windowPause * usualPauseMs));
};

const sparse: Schedule = (elapsedMs, usualMs, count) => {
	if (count === 0) return Math.max(0, firstSparse(usualMs) - elapsedMs);
	const { minMs, maxLeap, earlyPause } = SPARSE;
	const toWindowMs = SPARSE.windowStart * usualMs - elapsedMs;
	if (toWindowMs > 0) {
		return Math.max(minMs, toWindowMs <= maxLeap * elapsedMs ? toWindowMs : earlyPause * elapsedMs);
	}
	const isLate = elapsedMs >= SPARSE.windowEnd * usualMs;
	const windowPauseMs = SPARSE.windowPause * usualMs + SPARSE.windowPauseMoreMs;
	return Math.max(minMs, windowPauseMs, isLate ? SPARSE.latePause * elapsedMs : 0);
};

const thrifty: Schedule = (elapsedMs, usualMs, count) => {
	const { minFirstMs, minMs, maxLeap } = THRIFTY;
	const endMs = THRIFTY.expectedEnd * usualMs;
	if (count === 0) {
		return Math.max(0, Math.min(MAX_FIRST_POLL_MS, Math.max(minFirstMs, endMs)) - elapsedMs);
	}
	const toEndMs = endMs - elapsedMs;
	if (toEndMs > 0 && toEndMs <= maxLeap * elapsedMs) return Math.max(minMs, toEndMs);
	const pauseMs = toEndMs > 0 ? elapsedMs : THRIFTY.latePause * elapsedMs;
	return Math.min(THRIFTY.maxMs, Math.max(minMs, pauseMs));
};

function firstSparse(usualMs: number): number {
	return Math.min(SPARSE.firstMs, Math.max(SPARSE.minFirstMs, usualMs));
}

/** The pause, in milliseconds, after which a job would be polled next if it were the only one. */
export function closePauseMs({ elapsedMs, usualMs = UNKNOWN_USUAL_MS, count }: JobAge): number {
	return Math.min(MAX_PAUSE_MS, close(elapsedMs, usualMs, count));
}

/**
 * The wait before the next poll of a job, in milliseconds. Few jobs are polled closely; the more there are, the longer
 * the pauses, up to those of a sparse schedule. Where the limit is low, a job is polled when it has probably ended.
 */
export function nextPollMs(
	age: JobAge,
	{ share, isLimited }: PollLoad,
	random: () => number = Math.random,
): number {
	const { elapsedMs, usualMs = UNKNOWN_USUAL_MS, count, failedPolls, serverWaitMs } = age;
	const maxBackoffMs =
		failedPolls > 0 ? Math.min(MAX_PAUSE_MS, FIRST_BACKOFF_MS * 2 ** (failedPolls - 1)) : 0;
	const backoffMs = maxBackoffMs * (0.5 + 0.5 * random());
	const plannedMs = isLimited
		? withJitter(thrifty(elapsedMs, usualMs, count), random)
		: sharedPauseMs(age, share, random);
	return Math.max(plannedMs, backoffMs, serverWaitMs ?? 0);
}

/** The close pause, stretched when many jobs share the polls, but never beyond the sparse one. */
function sharedPauseMs(age: JobAge, share: number, random: () => number): number {
	const { elapsedMs, usualMs = UNKNOWN_USUAL_MS, count } = age;
	const closeMs = closePauseMs(age) / share;
	const sparseMs = Math.min(MAX_PAUSE_MS, sparse(elapsedMs, usualMs, count));
	// In some places the sparse schedule has the shorter pause; few jobs do not need it.
	if (share < 1 && closeMs >= sparseMs) return withJitter(sparseMs, random);
	return closeMs * (1 + CLOSE.jitter * (2 * random() - 1));
}

function withJitter(pauseMs: number, random: () => number): number {
	return pauseMs * (1 + SPARSE.jitter * random());
}
