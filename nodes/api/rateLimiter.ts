import { now, sleepUntil } from '../clock';
import { SegmindFailure } from './failure';
import { RatePolicy, type RateReport, type Ticket } from './ratePolicy';

/** How often a wait for the reset checks whether an answer has lifted the limit. */
const SLICE_MS = 250;
/** Maximum time with nothing but refusals; then waiting ends. */
const PATIENCE_MS = 15 * 60_000;

/** Sends a run's requests to one host in arrival order, at the pace `RatePolicy` allows. */
export class RateLimiter {
	private readonly policy: RatePolicy;
	private lastTurn: Promise<void> = Promise.resolve();
	private onAnswer: () => void = () => {};

	constructor(concurrency: number) {
		this.policy = new RatePolicy(concurrency);
	}

	/**
	 * Sends a request as soon as the limit allows; a stopped run does not wait. `reportOf` reads the limit from the
	 * answer.
	 */
	async send<T>(
		request: () => Promise<T>,
		reportOf: (answer: T) => RateReport | undefined,
		cancel: AbortSignal | undefined,
	): Promise<T> {
		const ticket = await this.turn(cancel);
		let report: RateReport | undefined;
		try {
			const answer = await request();
			report = reportOf(answer);
			return answer;
		} finally {
			this.policy.answered(ticket, now(), report);
			this.onAnswer();
		}
	}

	private isHopeless(): boolean {
		return this.policy.refusedForMs(now()) > PATIENCE_MS;
	}

	private async turn(cancel: AbortSignal | undefined): Promise<Ticket> {
		const before = this.lastTurn;
		let leave = () => {};
		this.lastTurn = new Promise((resolve) => (leave = resolve));
		await before;
		try {
			for (
				let at = this.policy.startableAt();
				at > now() && !cancel?.aborted;
				at = this.policy.startableAt()
			) {
				if (this.isHopeless()) throw limitNotLifted();
				if (at === Infinity) await new Promise<void>((resolve) => (this.onAnswer = resolve));
				else await sleepUntil(Math.min(at, now() + SLICE_MS), cancel);
			}
			return this.policy.started(now());
		} finally {
			leave();
		}
	}
}

function limitNotLifted(): SegmindFailure {
	return new SegmindFailure('Segmind’s rate limit was reached', {
		httpStatus: 429,
		description: `Nothing was billed. Every request has been refused for ${PATIENCE_MS / 60_000} minutes, so this one was not sent. Run it again later; another program with the same key may be using up the limit.`,
	});
}
