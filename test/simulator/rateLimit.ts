import type { Answer } from './types';
import { json } from './answers';
import type { VirtualTime } from './virtualTime';

/** A token bucket in virtual time. */
export class RateLimit {
	private tokens: number;

	private filledAt = 0;

	private readonly perMs: number;

	private readonly burst: number;

	constructor(
		private readonly time: VirtualTime,
		limit: { requestsPerMinute: number; burst?: number },
	) {
		this.perMs = limit.requestsPerMinute / 60_000;
		this.burst = limit.burst ?? limit.requestsPerMinute;
		this.tokens = this.burst;
	}

	/** Takes a token if there is one. */
	take(): boolean {
		this.refill();
		if (this.tokens < 1) return false;
		this.tokens -= 1;
		return true;
	}

	/** The two headers; the reset is rounded up to its whole second, so who waits for it is served. */
	headers(): Record<string, string> {
		this.refill();
		const waitMs = this.tokens >= 1 ? 0 : (1 - this.tokens) / this.perMs;
		const reset = this.time.date(this.time.now() + waitMs).getTime();
		const iso = new Date(Math.ceil(reset / 1000) * 1000).toISOString();
		return {
			'x-rate-limit-remaining': String(Math.floor(this.tokens)),
			'x-rate-limit-reset-at-utc': iso.slice(0, 19).replace('T', ' '),
		};
	}

	/** The refusal; no Retry-After, as documented. */
	refusal(): Answer {
		return json(429, { error: 'rate_limit_exceeded' }, this.headers());
	}

	private refill(): void {
		const now = this.time.now();
		this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * this.perMs);
		this.filledAt = now;
	}
}
