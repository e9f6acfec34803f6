import { now, sleepUntil } from '../clock';
import { SegmindFailure } from './failure';
import { FairQueue, Lane, type Priority } from './fairQueue';
import { RatePolicy, type Headroom, type RateReport, type Ticket } from './ratePolicy';

/** Maximum time with nothing but refusals; after that, waiting ends. */
const MAX_REFUSED_MS = 15 * 60_000;

/** A request waiting for its turn. */
interface Waiting {
	lane: Lane<Waiting>;
	/** When its run began. */
	openedAt: number;
	start: (ticket: Ticket) => void;
	giveUp: (failure: SegmindFailure) => void;
}

/**
 * Sends the requests of all runs with one key to one host at the pace that `RatePolicy` allows; runs take turns. Holds
 * nothing of a run but the requests that wait.
 */
export class RateLimiter {
	private readonly policy = new RatePolicy();
	private readonly queue = new FairQueue<Waiting>();
	/** When the queue is next checked even if no answer arrives. */
	private wakeAt = Infinity;

	get isBusy(): boolean {
		return !this.queue.isEmpty || this.policy.isBusy;
	}

	/** How much room the limit leaves. */
	headroom(): Headroom {
		return this.policy.headroom(now());
	}

	/** Opens the access of a run, which has at most `concurrency` requests in flight. */
	forRun(concurrency: number, cancel: AbortSignal | undefined): RunLimiter {
		return new RunLimiter(this, concurrency, cancel);
	}

	/** Puts a request into the queue. */
	enter(request: Waiting, priority: Priority): void {
		this.queue.add(request.lane, request, priority);
		this.startNext();
	}

	/** Takes a request out of the queue if it is still waiting. */
	leave(request: Waiting): void {
		this.queue.remove(request.lane, request);
	}

	/** Records how a request ended, and starts the ones it held up. */
	ended(lane: Lane<Waiting>, ticket: Ticket, report: RateReport | undefined): void {
		lane.inFlight--;
		this.policy.answered(ticket, now(), report);
		this.startNext();
	}

	private startNext(): void {
		while (!this.queue.isEmpty) {
			const at = this.policy.startableAt(now());
			if (at > now()) {
				this.giveUpOnLimit();
				this.wakeUp(at);
				return;
			}
			const next = this.queue.take();
			if (!next) return;
			next.lane.inFlight++;
			next.start(this.policy.started(now()));
		}
	}

	private wakeUp(at: number): void {
		if (at >= this.wakeAt) return;
		this.wakeAt = at;
		void sleepUntil(at).then(() => {
			if (this.wakeAt === at) this.wakeAt = Infinity;
			this.startNext();
		});
	}

	/** Ends the wait of runs that have received nothing but refusals for too long. */
	private giveUpOnLimit(): void {
		const at = now();
		if (this.policy.refusedForMs(at) <= MAX_REFUSED_MS) return;
		for (const request of this.queue.all()) {
			if (at - request.openedAt <= MAX_REFUSED_MS) continue;
			this.leave(request);
			request.giveUp(limitNeverLifted());
		}
	}
}

/** One run's access to a rate limiter. */
export class RunLimiter {
	private readonly lane: Lane<Waiting>;
	private readonly openedAt = now();
	/** For each waiting request, what ends its wait. */
	private readonly stops = new Set<() => void>();

	constructor(
		private readonly rateLimiter: RateLimiter,
		concurrency: number,
		private readonly cancel: AbortSignal | undefined,
	) {
		this.lane = new Lane(concurrency);
	}

	/** See `RateLimiter.headroom`. */
	headroom(): Headroom {
		return this.rateLimiter.headroom();
	}

	/**
	 * Sends a request as soon as the limit allows. `reportOf` reads the limit from the answer. In a stopped run the
	 * request does not wait, and is expected to send nothing.
	 */
	async send<T>(
		request: () => Promise<T>,
		reportOf: (answer: T) => RateReport | undefined,
		priority: Priority = 'work',
	): Promise<T> {
		const ticket = await this.turn(priority);
		if (!ticket) return await request();
		let report: RateReport | undefined;
		try {
			const answer = await request();
			report = reportOf(answer);
			return answer;
		} finally {
			this.rateLimiter.ended(this.lane, ticket, report);
		}
	}

	/** Waits for a request's turn; undefined if the run was stopped, which leaves the queue at once. */
	private async turn(priority: Priority): Promise<Ticket | undefined> {
		if (this.cancel?.aborted) return undefined;
		let stop = () => {};
		try {
			return await new Promise<Ticket | undefined>((resolve, reject) => {
				const { lane, openedAt } = this;
				const waiting = { lane, openedAt, start: resolve, giveUp: reject };
				stop = () => {
					this.rateLimiter.leave(waiting);
					resolve(undefined);
				};
				this.rateLimiter.enter(waiting, priority);
				// One listener for all: Node warns about many on one signal.
				if (this.stops.size === 0) this.cancel?.addEventListener('abort', this.stopAll);
				this.stops.add(stop);
			});
		} finally {
			this.stops.delete(stop);
			if (this.stops.size === 0) this.cancel?.removeEventListener('abort', this.stopAll);
		}
	}

	private readonly stopAll = () => this.stops.forEach((stop) => stop());
}

function limitNeverLifted(): SegmindFailure {
	return new SegmindFailure('Segmind’s rate limit was reached', {
		httpStatus: 429,
		description: `Nothing was billed. Every request has been refused for ${MAX_REFUSED_MS / 60_000} minutes, so this one was not sent. Run it again later; another program with the same key may be using up the limit.`,
	});
}
