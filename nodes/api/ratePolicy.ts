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

/** What the limit still allows. */
export interface Headroom {
	/** How many more requests may start before the reset; undefined when no recent answer said so. */
	remaining: number | undefined;
	/** Something was refused, or nothing was left, within the last minute. */
	isShort: boolean;
}

/** The limits are per minute, so older observations no longer hold. */
const MINUTE_MS = 60_000;
/**
 * How long to wait for the answer to a probe, a request that may be refused, before sending the next one: as long as
 * the limit last took to leave a request again, within bounds.
 */
const FIRST_PROBE_MS = 2_000;
const MIN_PROBE_MS = 500;
const MAX_PROBE_MS = 15_000;
/** Spreads the requests of several runs that wait for the same reset. */
const JITTER_MS = 200;
/** A slow request must not keep all others from being sent. */
const MIN_WINDOW = 2;
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
 * When the next request to a host may start, based on earlier answers to the same key: a pure state machine with the
 * time as an argument. A key that was never refused is never slowed, except by what its answers say. It sends nothing
 * that is certain to be refused: after a 429 or "remaining 0" everything waits for the reset, then resumes one by one
 * until an answer says how many more are allowed. A 429 also halves the requests in flight; each success raises them a
 * little again. Source: Segmind documentation "Rate limits" (x-rate-limit-reset-at-utc, x-rate-limit-remaining).
 */
export class RatePolicy {
	/** How many requests may be in flight; Infinity until something is refused. */
	private window = Infinity;
	private inFlight = 0;
	/** Of the last request started. */
	private lastNumber = 0;
	/** How many more requests may start before the reset. */
	private budget = Infinity;
	/** When a probe may start although the budget is used up. */
	private resetAt = 0;
	/** Time between two probes. */
	private probeMs = FIRST_PROBE_MS;
	/** Time between two starts; 0 until something is refused. */
	private paceMs = 0;
	private lastStartAt = -Infinity;
	/** The newest request whose answer reported what remains. */
	private reportedBy = 0;
	/** When an answer last reported what remains. */
	private reportedAt = -Infinity;
	/** The most that an answer reported as remaining. */
	private maxRemaining = 0;
	/** The newest request in flight at the latest refusal: older ones hit the same limit. */
	private refusedUpTo = 0;
	private refusedAt = -Infinity;
	/** When a request was last refused, or an answer last said that nothing remains. */
	private shortAt = -Infinity;
	/** Consecutive refused bursts. */
	private refusals = 0;
	/** Start of the current streak of refusals; undefined when the last answer was not one. */
	private refusedSince: number | undefined;

	constructor(private readonly random: () => number = Math.random) {}

	/** Whether a request is in flight. */
	get isBusy(): boolean {
		return this.inFlight > 0;
	}

	/** When the next request may start: at once (now or earlier), later, or Infinity while too many are in flight. */
	startableAt(now: number): number {
		if (this.inFlight >= Math.floor(this.window)) return Infinity;
		this.forgetOldReport(now);
		const pacedAt = this.lastStartAt + this.paceMs;
		return this.budget > 0 ? pacedAt : Math.max(this.resetAt, pacedAt);
	}

	/** What the limit still allows. */
	headroom(now: number): Headroom {
		return {
			remaining:
				now - this.reportedAt < MINUTE_MS && this.budget < Infinity ? this.budget : undefined,
			isShort: now - this.shortAt < MINUTE_MS,
		};
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
		// What is left at the reset is unknown, and a token bucket reports one even before it is empty.
		if (this.budget <= 0) this.resetAt = Math.max(this.resetAt, now + this.probeMs);
		return { number: ++this.lastNumber };
	}

	/** Records how a request ended; `report` is undefined when Segmind did not answer it. */
	answered({ number }: Ticket, now: number, report: RateReport | undefined): void {
		this.inFlight--;
		if (!report) return;
		const { status, waitMs } = report;
		// An overload with a reset time affects all requests.
		if (status === 429 || (status === 503 && waitMs !== undefined)) {
			this.refused(number, now, waitMs);
		} else if (number > this.refusedUpTo) {
			// One sent before the latest refusal says nothing about the time after.
			this.accepted(number, now, report);
		}
	}

	private refused(number: number, now: number, waitMs: number | undefined): void {
		this.refusedSince ??= now;
		this.refusedAt = now;
		// Refusals of the same burst count once.
		if (number > this.refusedUpTo) {
			this.refusals++;
			this.refusedUpTo = this.lastNumber;
			this.window = Math.max(MIN_WINDOW, Math.min(this.window, this.inFlight + 1) / 2);
			this.paceMs = Math.min(MAX_PACE_MS, Math.max(FIRST_PACE_MS, this.paceMs * SLOWER));
		}
		const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.refusals - 1));
		// A server that refuses again after its reset has a wrong clock: trusting it would mean no wait at all.
		this.close(now, this.refusals > 1 ? Math.max(waitMs ?? 0, backoffMs) : (waitMs ?? backoffMs));
	}

	private accepted(number: number, now: number, { remaining, waitMs }: RateReport): void {
		this.refusals = 0;
		this.refusedSince = undefined;
		this.window = now - this.refusedAt < MINUTE_MS ? this.window + 1 / this.window : Infinity;
		if (remaining === undefined) {
			this.paceMs *= FASTER;
			this.budget = Infinity;
			return;
		}
		// The answer says what remains, so there is no need to probe.
		this.paceMs = 0;
		this.window = Infinity;
		this.maxRemaining = Math.max(this.maxRemaining, remaining);
		this.reportedAt = now;
		if (remaining <= 0) {
			// Without a reset time, only a refusal shows that "remaining 0" is meant literally.
			if (waitMs !== undefined || this.refusedUpTo > 0) this.close(now, waitMs ?? this.probeMs);
		} else if (number > this.reportedBy) {
			// The server's count may not include later requests.
			this.budget = Math.max(0, remaining - (this.lastNumber - number));
			this.resetAt = now + Math.min(MAX_CLOSED_MS, waitMs ?? this.probeMs);
		}
		this.reportedBy = Math.max(this.reportedBy, number);
	}

	private close(now: number, waitMs: number): void {
		this.budget = 0;
		this.shortAt = now;
		this.probeMs = Math.min(MAX_PROBE_MS, Math.max(MIN_PROBE_MS, waitMs));
		this.resetAt = now + Math.min(MAX_CLOSED_MS, waitMs) + this.random() * JITTER_MS;
	}

	/** A minute after the last report the limit is full again: as much remains as was ever reported. */
	private forgetOldReport(now: number): void {
		const isOld = now - this.reportedAt >= MINUTE_MS && now >= this.resetAt;
		if (this.maxRemaining === 0 || this.refusals > 0 || !isOld) return;
		this.budget = Math.max(this.budget, this.maxRemaining);
		this.reportedAt = now;
	}
}
