import { FairQueue, Lane, type Priority } from '../../nodes/api/fairQueue';
import { RatePolicy, type RateReport } from '../../nodes/api/ratePolicy';
import type { Random } from '../simulator/random';

/** A rate limit as a server keeps it, in virtual milliseconds. */
export interface RateLimit {
	/** Takes one request; false when it has to be refused. */
	take(at: number): boolean;
	/** What the headers say at a moment. */
	news(at: number): { remaining: number; waitMs: number };
	/** When the n-th request (from 1) of an ideal client could start at the earliest. */
	earliest(n: number): number;
}

/** Refilled all the time. The reset is told in whole seconds, rounded up. */
export function tokenBucket(perMinute: number, burst: number): RateLimit {
	let tokens = burst;
	let filledAt = 0;
	const msPerToken = 60_000 / perMinute;
	const refill = (at: number) => {
		tokens = Math.min(burst, tokens + (at - filledAt) / msPerToken);
		filledAt = at;
	};
	return {
		take(at) {
			refill(at);
			if (tokens < 1) return false;
			tokens -= 1;
			return true;
		},
		news(at) {
			refill(at);
			const resetAt = at + Math.max(0, 1 - tokens) * msPerToken;
			return {
				remaining: Math.floor(tokens),
				waitMs: Math.max(0, Math.ceil(resetAt / 1000) * 1000 - at),
			};
		},
		earliest: (n) => Math.max(0, n - burst) * msPerToken,
	};
}

/** Filled up once a minute, `phaseMs` before the first full minute. */
export function fixedWindow(perMinute: number, phaseMs = 60_000): RateLimit {
	let used = 0;
	let current = 0;
	const windowOf = (at: number) => (at < phaseMs ? 0 : 1 + Math.floor((at - phaseMs) / 60_000));
	const endOf = (window: number) => phaseMs + window * 60_000;
	const turn = (at: number) => {
		if (windowOf(at) === current) return;
		current = windowOf(at);
		used = 0;
	};
	return {
		take(at) {
			turn(at);
			if (used >= perMinute) return false;
			used += 1;
			return true;
		},
		news(at) {
			turn(at);
			return { remaining: perMinute - used, waitMs: endOf(current) - at };
		},
		earliest(n) {
			const window = Math.floor((n - 1) / perMinute);
			return window === 0 ? 0 : endOf(window - 1);
		},
	};
}

/** When the server counts what it tells as remaining. */
export type Told = 'onArrival' | 'onAnswer' | 'onRefusalOnly' | 'never';

/** On the way to the server. */
const TRAVEL_MS = 10;
const REFUSAL_MS = 50;

/** Carries out events in the order of their virtual times, in milliseconds. */
export class Timeline {
	at = 0;
	private readonly events: Array<{ at: number; event: () => void }> = [];

	do(at: number, event: () => void): void {
		this.events.push({ at, event });
	}

	/** Until nothing is left to do. */
	run(): void {
		while (this.events.length > 0) {
			const at = Math.min(...this.events.map((next) => next.at));
			const [{ event } = { event: () => {} }] = this.events.splice(
				this.events.findIndex((next) => next.at === at),
				1,
			);
			this.at = at;
			event();
		}
	}
}

/** One request; tells when it got its good answer. */
export interface Request {
	durationMs: number;
	priority: Priority;
	lane: Lane<Request>;
	done: () => void;
}

/** What a limited server has seen. */
export class Seen {
	sent = 0;
	refused = 0;
	inFlight = 0;
	maxInFlight = 0;
}

/** The requests of one n8n process: the policy and the queue, carried out event by event against a limited server. */
export class Process {
	readonly queue = new FairQueue<Request>();

	constructor(
		readonly timeline: Timeline,
		private readonly server: { limit: RateLimit | undefined; told: Told; seen: Seen },
		private readonly random: Random,
		readonly policy = new RatePolicy(random),
	) {}

	send(lane: Lane<Request>, priority: Priority, durationMs: number, done: () => void): void {
		this.queue.add(lane, { lane, priority, durationMs, done }, priority);
		this.startNext();
	}

	private startNext(): void {
		const { timeline, policy, queue } = this;
		while (!queue.isEmpty) {
			const at = policy.startableAt(timeline.at);
			if (at > timeline.at) {
				if (at < Infinity) timeline.do(at, () => this.startNext());
				return;
			}
			const next = queue.take();
			if (!next) return;
			this.start(next);
		}
	}

	private start(request: Request): void {
		const { timeline, policy, server } = this;
		const { seen } = server;
		const ticket = policy.started(timeline.at);
		request.lane.inFlight++;
		seen.sent++;
		seen.maxInFlight = Math.max(seen.maxInFlight, ++seen.inFlight);
		timeline.do(timeline.at + TRAVEL_MS, () => {
			const isRefused = server.limit?.take(timeline.at) === false;
			if (isRefused) seen.refused++;
			const onArrival = this.report(isRefused);
			const lastsMs = isRefused ? REFUSAL_MS : request.durationMs * (0.8 + this.random() * 0.4);
			timeline.do(timeline.at + lastsMs, () => {
				seen.inFlight--;
				request.lane.inFlight--;
				const isCountedNow = server.told === 'onAnswer' && !isRefused;
				policy.answered(ticket, timeline.at, isCountedNow ? this.report(false) : onArrival);
				if (isRefused) this.queue.add(request.lane, request, request.priority);
				else request.done();
				this.startNext();
			});
		});
	}

	private report(isRefused: boolean): RateReport {
		const status = isRefused ? 429 : 200;
		const { limit, told } = this.server;
		const tells = told !== 'never' && (isRefused || told !== 'onRefusalOnly');
		return { status, ...(tells ? limit?.news(this.timeline.at) : {}) };
	}
}

export interface Load {
	limit: RateLimit;
	requests: number;
	concurrency: number;
	durationMs: number;
	random: Random;
	told: Told;
}

/** Sends the requests of one run against a limited server until each had its good answer. */
export function runLoad({ limit, requests, concurrency, durationMs, random, told }: Load) {
	const seen = new Seen();
	const timeline = new Timeline();
	const process = new Process(timeline, { limit, told, seen }, random);
	const lane = new Lane<Request>(concurrency);
	let totalMs = 0;
	for (let n = 0; n < requests; n++) {
		process.send(lane, 'work', durationMs, () => (totalMs = timeline.at));
	}
	timeline.run();
	return { totalMs, ...seen };
}
