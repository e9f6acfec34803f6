/** What an answer told about the rate limit. */
export interface RateNews {
	status: number;
	/** How many requests may still be sent before the reset; undefined when the answer does not say. */
	remaining?: number;
	/** How long until the limit is reset, in milliseconds; undefined when the answer does not say. */
	waitMs?: number;
}

/** Requests so young that the server may not have counted them in its `remaining`. */
const UNCOUNTED_MS = 1_000;
/** After a reset of which nothing more is known, requests are tried one by one at this pace. */
const PROBE_MS = 1_000;
/** Spreads the requests of several runs that wait for the same reset. */
const JITTER_MS = 200;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;

/**
 * When the next request to a host may start, from what its answers tell: a pure state machine, given the time. It never
 * sends what is certain to be refused: after a 429 or "remaining 0" everything waits for the reset, then resumes one by
 * one until an answer tells how many more are allowed. A 429 also halves the requests in flight; each good answer lets
 * them grow a little again. Source: Segmind documentation "Rate limits" (x-rate-limit-reset-at-utc, x-rate-limit-remaining).
 */
export class RatePolicy {
	private window: number;
	private readonly inFlight = new Set<{ startedAt: number }>();
	/** How many requests may start before the reset. */
	private budget = Infinity;
	private resetAt = 0;
	private halvedAt = -Infinity;
	private refusals = 0;

	constructor(
		private readonly concurrency: number,
		private readonly random: () => number = Math.random,
	) {
		this.window = concurrency;
	}

	/** When the next request may start: now or earlier, a later time, or Infinity while too many are in flight. */
	startableAt(): number {
		if (this.inFlight.size >= Math.floor(this.window)) return Infinity;
		return this.budget > 0 ? 0 : this.resetAt;
	}

	/** Notes that a request starts; hand the returned ticket to `answered`. */
	started(now: number): { startedAt: number } {
		const ticket = { startedAt: now };
		this.inFlight.add(ticket);
		if (this.budget > 0) this.budget--;
		else this.resetAt = now + PROBE_MS;
		return ticket;
	}

	/** Notes how a request ended; `news` is undefined when no answer came. */
	answered(ticket: { startedAt: number }, now: number, news: RateNews | undefined): void {
		this.inFlight.delete(ticket);
		if (!news) return;
		const { status, remaining, waitMs } = news;
		if (status === 429) {
			this.refusals++;
			const backoffMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.refusals - 1));
			this.close(now, waitMs ?? backoffMs);
			// Requests of the same burst are refused together: they halve the window once.
			if (ticket.startedAt > this.halvedAt) {
				this.window = Math.max(1, this.window / 2);
				this.halvedAt = now;
			}
			return;
		}
		this.refusals = 0;
		this.window = Math.min(this.concurrency, this.window + 1 / this.window);
		if (remaining === undefined) {
			this.budget = Infinity;
			return;
		}
		const uncounted = [...this.inFlight].filter(({ startedAt }) => now - startedAt < UNCOUNTED_MS);
		this.budget = Math.max(0, remaining - uncounted.length);
		if (this.budget === 0) this.close(now, waitMs ?? PROBE_MS);
	}

	private close(now: number, waitMs: number): void {
		this.budget = 0;
		this.resetAt = now + waitMs + this.random() * JITTER_MS;
	}
}
