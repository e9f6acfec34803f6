import { now, sleepUntil } from '../clock';
import { SegmindFailure } from './failure';
import { RatePolicy, type RateReport, type Ticket } from './ratePolicy';

/** How soon a wait for the reset notices that an answer has lifted the limit. */
const SLICE_MS = 250;
/** After so long without anything but refusals, waiting ends. */
const PATIENCE_MS = 15 * 60_000;

/** Sends the requests of a run to one host in the order in which they came, at the pace that `RatePolicy` allows. */
export class RateLimiter {
	private readonly policy: RatePolicy;
	private lastTurn: Promise<void> = Promise.resolve();
	private onAnswer: () => void = () => {};

	constructor(concurrency: number) {
		this.policy = new RatePolicy(concurrency);
	}

	/** Sends a request when it may be sent; a stopped run does not wait. `reportOf` reads the limit from its answer. */
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
				if (this.isHopeless()) throw neverLifted();
				if (at === Infinity) await new Promise<void>((resolve) => (this.onAnswer = resolve));
				else await sleepUntil(Math.min(at, now() + SLICE_MS), cancel);
			}
			return this.policy.started(now());
		} finally {
			leave();
		}
	}
}

function neverLifted(): SegmindFailure {
	return new SegmindFailure('Segmind’s rate limit was reached', {
		httpStatus: 429,
		description: `Nothing was billed. Every request has been refused for ${PATIENCE_MS / 60_000} minutes, so this one was not sent. Run it again later; another program with the same key may be using up the limit.`,
	});
}
