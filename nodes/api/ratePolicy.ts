/** What an answer told about the rate limit. */
export interface RateReport {
	status: number;
	/** How many requests may still be sent before the reset; undefined when the answer does not say. */
	remaining?: number;
	/** How long until the limit is reset, in milliseconds; undefined when the answer does not say. */
	waitMs?: number;
}

/** A request that was started. */
export interface Ticket {
	/** Counts up from 1. */
	readonly number: number;
}

/** A request sent without knowing that it will be let through is waited for this long before the next one is sent. */
const PROBE_MS = 5_000;
/** Spreads the requests of several runs that wait for the same reset. */
const JITTER_MS = 200;
const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
/** The limits are per minute: a reset that is further away is the word of a wrong clock. */
const MAX_CLOSED_MS = 120_000;
/** Without a word on what remains, starts are spaced: further apart with every refusal, closer with every good answer. */
const FIRST_PACE_MS = 100;
const MAX_PACE_MS = 15_000;
const SLOWER = 1.5;
const FASTER = 0.985;

/**
 * When the next request to a host may start, from what its answers tell: a pure state machine, given the time. It never
 * sends what is certain to be refused: after a 429 or "remaining 0" everything waits for the reset, then resumes one by
 * one until an answer tells how many more are allowed. A 429 also halves the requests in flight; each good answer lets
 * them grow a little again. Source: Segmind documentation "Rate limits" (x-rate-limit-reset-at-utc, x-rate-limit-remaining).
 */
export class RatePolicy {
	private window: number;
	private inFlight = 0;
	/** Of the last request started. */
	private lastNumber = 0;
	/** How many requests may start before the reset. */
	private budget = Infinity;
	/** When one may start although the budget is used up. */
	private resetAt = 0;
	/** Time between two starts; 0 as long as nothing was refused. */
	private paceMs = 0;
	private lastStartAt = -Infinity;
	/** The newest request whose answer told what remains. */
	private informedBy = 0;
	/** The last request that was under way at the latest refusal: older ones are refused by the same fullness. */
	private refusedUpTo = 0;
	/** Refused bursts in a row. */
	private refusals = 0;
	/** Since when every answer was a refusal; undefined when the last one was none. */
	private refusedSince: number | undefined;

	constructor(
		private readonly concurrency: number,
		private readonly random: () => number = Math.random,
	) {
		this.window = concurrency;
	}

	/** When the next request may start: now or earlier, a later time, or Infinity while too many are in flight. */
	startableAt(): number {
		if (this.inFlight >= Math.floor(this.window)) return Infinity;
		const pacedAt = this.lastStartAt + this.paceMs;
		return this.budget > 0 ? pacedAt : Math.max(this.resetAt, pacedAt);
	}

	/** For how long every answer has been a refusal, in milliseconds. */
	refusedForMs(now: number): number {
		return this.refusedSince === undefined ? 0 : now - this.refusedSince;
	}

	/** Notes that a request starts; hand the returned ticket to `answered`. */
	started(now: number): Ticket {
		this.inFlight++;
		this.lastStartAt = now;
		if (this.budget > 0) this.budget--;
		else this.resetAt = now + PROBE_MS;
		return { number: ++this.lastNumber };
	}

	/** Notes how a request ended; `report` is undefined when no answer came. */
	answered({ number }: Ticket, now: number, report: RateReport | undefined): void {
		this.inFlight--;
		if (!report) return;
		const { status, remaining, waitMs } = report;
		// An overload that names its end is one for all.
		if (status === 429 || (status === 503 && waitMs !== undefined)) {
			this.refusedSince ??= now;
			// Requests of the same burst are refused together: they count once.
			if (number > this.refusedUpTo) {
				this.refusals++;
				this.refusedUpTo = this.lastNumber;
				this.window = Math.max(1, this.window / 2);
				this.paceMs = Math.min(MAX_PACE_MS, Math.max(FIRST_PACE_MS, this.paceMs * SLOWER));
			}
			const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.refusals - 1));
			// A server whose reset has come and that refuses again has a wrong clock: its word alone would mean no wait.
			this.close(now, this.refusals > 1 ? Math.max(waitMs ?? 0, backoffMs) : (waitMs ?? backoffMs));
			return;
		}
		// It was sent before the latest refusal: it tells nothing of what comes after that.
		if (number <= this.refusedUpTo) return;
		this.refusals = 0;
		this.refusedSince = undefined;
		this.window = Math.min(this.concurrency, this.window + 1 / this.window);
		if (remaining === undefined) {
			this.paceMs *= FASTER;
			this.budget = Infinity;
			return;
		}
		this.paceMs = 0;
		if (remaining <= 0) {
			this.close(now, waitMs ?? PROBE_MS);
		} else if (number > this.informedBy) {
			// Whatever started later may not be in the server's count.
			this.budget = Math.max(0, remaining - (this.lastNumber - number));
			this.resetAt = now + Math.min(MAX_CLOSED_MS, waitMs ?? PROBE_MS);
		}
		this.informedBy = Math.max(this.informedBy, number);
	}

	private close(now: number, waitMs: number): void {
		this.budget = 0;
		this.resetAt = now + Math.min(MAX_CLOSED_MS, waitMs) + this.random() * JITTER_MS;
	}
}
