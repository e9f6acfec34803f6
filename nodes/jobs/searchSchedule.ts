/** When the history is searched, in milliseconds after the loss of an answer. It lags, by an undocumented amount. */
const SEARCH_DELAYS_MS = [1_000, 3_000, 8_000, 15_000, 30_000];

/**
 * When to search next for a request whose answer was lost, or undefined once all attempts are made. The last one is at the
 * deadline if that comes earlier, and at once if it has already passed. All times are those of the clock's `now`.
 * @param attempts how many were made so far
 */
export function nextSearchAt(
	lostAt: number,
	attempts: number,
	deadline: number,
): number | undefined {
	const timeOf = (attempt: number) => {
		const offset = SEARCH_DELAYS_MS[attempt];
		return offset === undefined ? undefined : Math.max(lostAt, Math.min(lostAt + offset, deadline));
	};
	const next = timeOf(attempts);
	return attempts > 0 && next === timeOf(attempts - 1) ? undefined : next;
}

/** A list requested up to this long before an attempt also serves it, so that a run's lost requests share their lists. */
const SHARED_MS = 1_000;

/** The earliest moment at which a list for an attempt may have been requested: never before the request was lost. */
export function freshSince(lostAt: number, searchAt: number): number {
	return Math.max(lostAt, searchAt - SHARED_MS);
}
