/** What an answer says about the rate limit. */
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

/** How long to wait for the answer to a probe, a request that may be refused, before sending the next one. */
const PROBE_MS = 5_000;
/** Spreads the requests of several runs that wait for the same reset. */
const JITTER_MS = 200;
const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
/** The limits are per minute: a reset further away comes from a wrong clock. */
const MAX_CLOSED_MS = 120_000;
/** When answers do not report what remains, starts are paced: slower with every refusal, faster with every success. */
const FIRST_PACE_MS = 100;
const MAX_PACE_MS = 15_000;
const SLOWER = 1.5;
const FASTER = 0.985;

/**
 * When the next request to a host may start, based on earlier answers: a pure state machine with the time as an
 * argument. It sends nothing that is certain to be refused: after a 429 or "remaining 0" everything waits for the
 * reset, then resumes one by one until an answer says how many more are allowed. A 429 also halves the requests in
 * flight; each success raises them a little again. Source: Segmind documentation "Rate limits"
 * (x-rate-limit-reset-at-utc, x-rate-limit-remaining).
 */
export class RatePolicy {
	private window: number;
	private inFlight = 0;
	/** Of the last request started. */
	private lastNumber = 0;
	/** How many more requests may start before the reset. */
	private budget = Infinity;
	/** When a probe may start although the budget is used up. */
	private resetAt = 0;
	/** Time between two starts; 0 until something is refused. */
	private paceMs = 0;
	private lastStartAt = -Infinity;
	/** The newest request whose answer reported what remains. */
	private informedBy = 0;
	/** The newest request in flight at the latest refusal: older ones hit the same limit. */
	private refusedUpTo = 0;
	/** Consecutive refused bursts. */
	private refusals = 0;
	/** Start of the current streak of refusals; undefined when the last answer was not one. */
	private refusedSince: number | undefined;

	constructor(
		private readonly concurrency: number,
		private readonly random: () => number = Math.random,
	) {
		this.window = concurrency;
	}

	/** When the next request may start: at once (now or earlier), later, or Infinity while too many are in flight. */
	startableAt(): number {
		if (this.inFlight >= Math.floor(this.window)) return Infinity;
		const pacedAt = this.lastStartAt + this.paceMs;
		return this.budget > 0 ? pacedAt : Math.max(this.resetAt, pacedAt);
	}

	/** How long the current streak of refusals has lasted, in milliseconds. */
	refusedForMs(now: number): number {
		return this.refusedSince === undefined ? 0 : now - this.refusedSince;
	}

	/** Records a request's start; pass the returned ticket to `answered`. */
	started(now: number): Ticket {
		this.inFlight++;
		this.lastStartAt = now;
		if (this.budget > 0) this.budget--;
		else this.resetAt = now + PROBE_MS;
		return { number: ++this.lastNumber };
	}

	/** Records how a request ended; `report` is undefined when no answer came. */
	answered({ number }: Ticket, now: number, report: RateReport | undefined): void {
		this.inFlight--;
		if (!report) return;
		const { status, remaining, waitMs } = report;
		// An overload with a reset time affects all requests.
		if (status === 429 || (status === 503 && waitMs !== undefined)) {
			this.refusedSince ??= now;
			// Refusals of the same burst count once.
			if (number > this.refusedUpTo) {
				this.refusals++;
				this.refusedUpTo = this.lastNumber;
				this.window = Math.max(1, this.window / 2);
				this.paceMs = Math.min(MAX_PACE_MS, Math.max(FIRST_PACE_MS, this.paceMs * SLOWER));
			}
			const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.refusals - 1));
			// A server that refuses again after its reset has a wrong clock: trusting it would mean no wait at all.
			this.close(now, this.refusals > 1 ? Math.max(waitMs ?? 0, backoffMs) : (waitMs ?? backoffMs));
			return;
		}
		// Sent before the latest refusal, so it says nothing about the time after.
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
			// The server's count may not include later requests.
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
