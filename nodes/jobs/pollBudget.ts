import type { Account } from '../api/connection';
import { KeyedState } from '../api/keyedState';
import type { Room } from '../api/ratePolicy';
import type { PollLoad } from './pollSchedule';

/** Polls a minute for all waiting jobs of a key together; beyond that each is polled less often. */
const POLLS_PER_MINUTE = 300;
/** The same for a key whose limit leaves at least that many requests. */
const POLLS_PER_MINUTE_WITH_ROOM = 600;
/** With fewer requests left than this, and one for each waiting job, polls are kept to the necessary ones. */
const MIN_REMAINING = 5;

/** What a key's waiting jobs would like to be polled, and what share of it they get. */
export class PollBudget {
	/** Polls a minute by waiting job. */
	private readonly wishes = new Map<object, number>();
	private total = 0;

	get isBusy(): boolean {
		return this.wishes.size > 0;
	}

	/**
	 * What a job may count on for its next poll. Jobs share by urgency: all get the same fraction of what they wish for.
	 * @param pauseMs the pause after which the job would be polled if it were the only one
	 */
	loadFor(job: object, pauseMs: number, { remaining, isShort }: Room): PollLoad {
		this.wish(job, 60_000 / Math.max(1, pauseMs));
		const hasRoom = remaining !== undefined && remaining >= POLLS_PER_MINUTE_WITH_ROOM;
		const perMinute = hasRoom ? POLLS_PER_MINUTE_WITH_ROOM : POLLS_PER_MINUTE;
		return {
			share: Math.min(1, perMinute / this.total),
			isLimited: isShort || (remaining ?? Infinity) < MIN_REMAINING + this.wishes.size,
		};
	}

	/** Call when a job is no longer waited for. */
	leave(job: object): void {
		this.wish(job, 0);
		this.wishes.delete(job);
		// Sums of fractions drift.
		if (this.wishes.size === 0) this.total = 0;
	}

	private wish(job: object, perMinute: number): void {
		this.total += perMinute - (this.wishes.get(job) ?? 0);
		this.wishes.set(job, perMinute);
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
