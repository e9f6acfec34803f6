import type { Account } from '../api/connection';
import { KeyedState } from '../api/keyedState';
import type { Headroom } from '../api/ratePolicy';
import type { PollLoad } from './pollSchedule';

/** Polls per minute for all waiting jobs of a key together; beyond that each is polled less often. */
const POLLS_PER_MINUTE = 300;
/** The same for a key whose limit still allows at least that many requests. */
const POLLS_PER_MINUTE_WITH_HEADROOM = 600;
/** With fewer requests left than this, and one for each waiting job, polls are kept to the necessary ones. */
const MIN_REMAINING = 5;

/** How often a key's waiting jobs would ideally be polled, and what share of that they get. */
export class PollBudget {
	/** Ideal polls per minute, by waiting job. */
	private readonly demands = new Map<object, number>();
	private total = 0;

	get isBusy(): boolean {
		return this.demands.size > 0;
	}

	/**
	 * The load that a job has to consider for its next poll. Jobs share by urgency: all get the same fraction of their
	 * ideal rate.
	 * @param pauseMs the pause after which the job would be polled if it were the only one
	 */
	loadFor(job: object, pauseMs: number, { remaining, isShort }: Headroom): PollLoad {
		this.setDemand(job, 60_000 / Math.max(1, pauseMs));
		const hasHeadroom = remaining !== undefined && remaining >= POLLS_PER_MINUTE_WITH_HEADROOM;
		const perMinute = hasHeadroom ? POLLS_PER_MINUTE_WITH_HEADROOM : POLLS_PER_MINUTE;
		return {
			share: Math.min(1, perMinute / this.total),
			isLimited: isShort || (remaining ?? Infinity) < MIN_REMAINING + this.demands.size,
		};
	}

	/** Call when a job is no longer waited for. */
	leave(job: object): void {
		this.setDemand(job, 0);
		this.demands.delete(job);
		// Sums of fractions drift.
		if (this.demands.size === 0) this.total = 0;
	}

	private setDemand(job: object, perMinute: number): void {
		this.total += perMinute - (this.demands.get(job) ?? 0);
		this.demands.set(job, perMinute);
	}
}

const pollBudgets = new KeyedState(
	() => new PollBudget(),
	({ isBusy }) => isBusy,
);

/** The budget that all executions with the same host and key share. */
export function pollBudgetOf({ hosts, apiKey }: Account): PollBudget {
	return pollBudgets.of(hosts.baseUrl, apiKey);
}
