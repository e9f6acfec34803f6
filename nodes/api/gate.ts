import { now, sleepUntil } from '../clock';
import { RatePolicy, type RateNews } from './ratePolicy';

/** How soon a wait for the reset notices that an answer brought better news. */
const SLICE_MS = 250;

/** The way of all requests of a run to one host: in the order in which they came, at the pace that `RatePolicy` allows. */
export class Gate {
	private readonly policy: RatePolicy;
	private lastTurn: Promise<void> = Promise.resolve();
	private onAnswer: () => void = () => {};

	constructor(concurrency: number) {
		this.policy = new RatePolicy(concurrency);
	}

	/** Sends a request when it may be sent; a stopped run does not wait. `newsOf` reads the limit from its answer. */
	async send<T>(
		request: () => Promise<T>,
		newsOf: (answer: T) => RateNews | undefined,
		cancel: AbortSignal | undefined,
	): Promise<T> {
		const ticket = await this.turn(cancel);
		let news: RateNews | undefined;
		try {
			const answer = await request();
			news = newsOf(answer);
			return answer;
		} finally {
			this.policy.answered(ticket, now(), news);
			this.onAnswer();
		}
	}

	private async turn(cancel: AbortSignal | undefined): Promise<{ startedAt: number }> {
		const before = this.lastTurn;
		let leave = () => {};
		this.lastTurn = new Promise((resolve) => (leave = resolve));
		await before;
		for (
			let at = this.policy.startableAt();
			at > now() && !cancel?.aborted;
			at = this.policy.startableAt()
		) {
			if (at === Infinity) await new Promise<void>((resolve) => (this.onAnswer = resolve));
			else await sleepUntil(Math.min(at, now() + SLICE_MS), cancel);
		}
		const ticket = this.policy.started(now());
		leave();
		return ticket;
	}
}
