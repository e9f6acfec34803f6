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

export interface Load {
	limit: RateLimit;
	requests: number;
	concurrency: number;
	durationMs: number;
	random: Random;
	/** When the server counts what it tells as remaining. */
	told: 'onArrival' | 'onAnswer' | 'onRefusalOnly';
}

/** On the way to the server. */
const TRAVEL_MS = 10;
const REFUSAL_MS = 50;

interface Flight {
	ticket: ReturnType<RatePolicy['started']>;
	endsAt: number;
	news: () => RateReport;
}

/** Sends requests as the policy allows against a limited server, event by event, until each had its good answer. */
export function runLoad({ limit, requests, concurrency, durationMs, random, told }: Load) {
	const policy = new RatePolicy(concurrency, random);
	let flights: Flight[] = [];
	let waiting = requests;
	let sent = 0;
	let refused = 0;
	let maxInFlight = 0;
	let at = 0;
	while (waiting > 0 || flights.length > 0) {
		while (waiting > 0 && policy.startableAt() <= at) {
			waiting -= 1;
			sent += 1;
			flights.push(fly(at));
			maxInFlight = Math.max(maxInFlight, flights.length);
		}
		const nextStart = waiting > 0 ? policy.startableAt() : Infinity;
		at = Math.min(nextStart, ...flights.map(({ endsAt }) => endsAt));
		const ended = flights.filter(({ endsAt }) => endsAt <= at);
		flights = flights.filter(({ endsAt }) => endsAt > at);
		for (const { ticket, news } of ended) {
			const told = news();
			if (told.status === 429) {
				refused += 1;
				waiting += 1;
			}
			policy.answered(ticket, at, told);
		}
	}
	return { totalMs: at, sent, refused, maxInFlight };

	function fly(startedAt: number): Flight {
		const ticket = policy.started(startedAt);
		const arrivesAt = startedAt + TRAVEL_MS;
		if (!limit.take(arrivesAt)) {
			const endsAt = arrivesAt + REFUSAL_MS;
			const { remaining, waitMs } = limit.news(arrivesAt);
			return { ticket, endsAt, news: () => ({ status: 429, remaining, waitMs }) };
		}
		const endsAt = arrivesAt + durationMs * (0.8 + random() * 0.4);
		const { remaining } = limit.news(arrivesAt);
		return {
			ticket,
			endsAt,
			news: () => {
				if (told === 'onRefusalOnly') return { status: 200 };
				const now = limit.news(endsAt);
				return { status: 200, ...now, ...(told === 'onArrival' ? { remaining } : {}) };
			},
		};
	}
}
