/** How long after the loss of an answer the history is asked. It lags: nobody says by how much. */
const LOOKS_MS = [1_000, 3_000, 8_000, 15_000, 30_000];

/**
 * When to look next for a request whose answer was lost, or undefined once all looks are done. The last one is at the
 * deadline, if that comes earlier: at once, if it has passed already. All times are those of the clock's `now`.
 * @param looks how often it was looked for
 */
export function nextLookAt(lostAt: number, looks: number, deadline: number): number | undefined {
	const timeOf = (look: number) => {
		const offset = LOOKS_MS[look];
		return offset === undefined ? undefined : Math.max(lostAt, Math.min(lostAt + offset, deadline));
	};
	const next = timeOf(looks);
	return looks > 0 && next === timeOf(looks - 1) ? undefined : next;
}

/** A list that was asked for this long before a look serves it too, so that a run's lost requests share their lists. */
const SHARED_MS = 1_000;

/** The earliest moment at which a list for a look may have been asked for: never before the request was lost. */
export function freshSince(lostAt: number, lookAt: number): number {
	return Math.max(lostAt, lookAt - SHARED_MS);
}
