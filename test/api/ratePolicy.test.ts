import { RatePolicy, type RateReport, type Headroom } from '../../nodes/api/ratePolicy';
import { randomFrom } from '../simulator/random';
import { fixedWindow, runLoad, tokenBucket, type Load, type RateLimit } from './rateLimits';

const ok = { status: 200 };
const policyOf = (random = () => 0) => new RatePolicy(random);

/** Starts as many requests as may start at a moment, at most so many. */
function startAll(policy: RatePolicy, at: number, wanted = 1_000) {
	const tickets = [];
	while (tickets.length < wanted && policy.startableAt(at) <= at) tickets.push(policy.started(at));
	return tickets;
}

describe('a key that was never refused', () => {
	it('is never slowed', () => {
		const policy = policyOf();
		expect(startAll(policy, 0)).toHaveLength(1_000);
	});

	it.each<[what: string, report: RateReport | undefined]>([
		['a success that reports no limit', ok],
		['an error of the API', { status: 500 }],
		['an overload without a reset', { status: 503 }],
		['no answer, or one that is not Segmind’s', undefined],
		['“remaining 0” without a reset', { ...ok, remaining: 0 }],
		['plenty remaining', { ...ok, remaining: 5_000, waitMs: 60_000 }],
	])('is not slowed by %s', (_what, report) => {
		const policy = policyOf();
		for (const ticket of startAll(policy, 0, 20)) policy.answered(ticket, 10, report);
		expect(startAll(policy, 10)).toHaveLength(1_000);
	});

	it('closes when nothing remains', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 10, { ...ok, remaining: 0, waitMs: 5_000 });
		expect(policy.startableAt(10)).toBe(5_010);
	});

	it('sends as many as its answers leave, less those that the server may not have counted', () => {
		const policy = policyOf();
		const tickets = startAll(policy, 0, 4);
		policy.answered(tickets[1]!, 300, { ...ok, remaining: 5, waitMs: 60_000 });
		// Two were started after the one that was answered.
		expect(startAll(policy, 300)).toHaveLength(3);
		// Older news of a fuller limit changes nothing.
		policy.answered(tickets[0]!, 400, { ...ok, remaining: 6, waitMs: 60_000 });
		expect(startAll(policy, 400)).toHaveLength(0);
	});

	it.each([
		['a minute after the last news, has what it had at most', 60_000, 7],
		['before, has what was left', 59_000, 2],
	])('%s', (_what, laterMs, starts) => {
		const policy = policyOf();
		for (const remaining of [7, 3, 2]) {
			policy.answered(policy.started(0), 10, { ...ok, remaining, waitMs: 1_000 });
		}
		expect(startAll(policy, 10 + laterMs)).toHaveLength(starts);
	});
});

describe('RatePolicy', () => {
	it('closes after a 429 until the server’s reset, plus jitter', () => {
		for (const [random, at] of [
			[0, 7_010],
			[1, 7_210],
		] as const) {
			const policy = policyOf(() => random);
			policy.answered(policy.started(0), 10, { status: 429, waitMs: 7_000 });
			expect(policy.startableAt(10)).toBe(at);
		}
	});

	it('closes on an overload only if it has a reset time', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 10, { status: 503 });
		expect(policy.startableAt(10)).toBeLessThanOrEqual(10);
		policy.answered(policy.started(10), 20, { status: 503, waitMs: 7_000 });
		expect(policy.startableAt(20)).toBe(7_020);
	});

	it('stays closed after the success of a request sent before the latest refusal', () => {
		const policy = policyOf();
		const [earlier, refused] = [policy.started(0), policy.started(0)];
		policy.answered(refused, 10, { status: 429, waitMs: 7_000 });
		policy.answered(earlier, 20, { ...ok, remaining: 3, waitMs: 7_000 });
		expect(policy.startableAt(20)).toBe(7_010);
		expect(policy.refusedForMs(1_010)).toBe(1_000);
	});

	it('backs off exponentially when a 429 has no reset time', () => {
		const policy = policyOf();
		let at = 0;
		const pauses = [1, 2, 3, 4, 5, 6, 7].map(() => {
			const from = at;
			policy.answered(policy.started(at), at, { status: 429 });
			at = policy.startableAt(at);
			return at - from;
		});
		expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
	});

	it('ignores a past reset when the server refuses again', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, { status: 429, waitMs: 0 });
		policy.answered(policy.started(0), 0, { status: 429, waitMs: 0 });
		expect(policy.startableAt(0)).toBe(2_000);
	});

	it('ignores a reset that is hours away', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, { status: 429, waitMs: 36_000_000 });
		expect(policy.startableAt(0)).toBe(120_000);
	});

	it('sends a probe after the reset, then as many as its answer allows', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, { ...ok, remaining: 0, waitMs: 5_000 });
		const [probe, ...others] = startAll(policy, 5_000);
		expect(others).toEqual([]);
		policy.answered(probe!, 5_300, { ...ok, remaining: 3, waitMs: 60_000 });
		expect(startAll(policy, 5_300)).toHaveLength(3);
		expect(policy.startableAt(5_300)).toBe(65_300);
	});

	it('sends another probe when the first is not answered in time', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, { ...ok, remaining: 0, waitMs: 1_000 });
		startAll(policy, 1_000);
		expect(policy.startableAt(1_000)).toBe(2_000);
	});

	it('sends only probes while everything is refused, however old the news', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, { ...ok, remaining: 9 });
		policy.answered(policy.started(0), 0, { status: 429, waitMs: 100_000 });
		expect(startAll(policy, 100_000)).toHaveLength(1);
	});

	describe('after a refusal', () => {
		/** Starts as many as may be in flight, whatever the pace, and answers them with what is given. */
		function inFlightAt(policy: RatePolicy, from: number, report: RateReport): number {
			const tickets = [];
			for (let at = from; tickets.length < 20 && policy.startableAt(at) < Infinity; ) {
				at = Math.max(at, policy.startableAt(at));
				tickets.push(policy.started(at));
			}
			for (const ticket of tickets) policy.answered(ticket, from, report);
			return tickets.length;
		}
		const refusedWith = (inFlight: number) => {
			const policy = policyOf();
			for (const ticket of startAll(policy, 0, inFlight)) {
				policy.answered(ticket, 10, { status: 429, waitMs: 0 });
			}
			return policy;
		};

		it('halves the requests in flight once per burst, raises them slowly, and forgets after a minute', () => {
			const policy = refusedWith(8);
			const counts = [1, 2, 3, 6.1].map((n) => inFlightAt(policy, n * 10_000, ok));
			expect(counts).toEqual([4, 4, 5, 6]);
			expect(inFlightAt(policy, 62_000, ok)).toBe(20);
		});

		it('lets two be in flight at least, so that a slow one does not keep all others', () => {
			expect(inFlightAt(refusedWith(1), 10_000, ok)).toBe(2);
		});

		it('counts no further once an answer tells what remains', () => {
			const policy = refusedWith(8);
			policy.answered(policy.started(10_000), 10_010, { ...ok, remaining: 100 });
			expect(startAll(policy, 10_010, 20)).toHaveLength(20);
		});
	});

	it('measures the current streak of refusals', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 1_000, { status: 429 });
		policy.answered(policy.started(0), 5_000, { status: 429 });
		expect(policy.refusedForMs(61_000)).toBe(60_000);
		policy.answered(policy.started(0), 62_000, ok);
		expect(policy.refusedForMs(63_000)).toBe(0);
	});

	it('ignores a request without an answer', () => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, { status: 429, waitMs: 1_000 });
		policy.answered(policy.started(1_000), 30_000, undefined);
		expect(policy.refusedForMs(30_000)).toBe(30_000);
		expect(startAll(policy, 30_000)).toHaveLength(1);
	});
});

describe('what the limit leaves for polls', () => {
	it.each<[what: string, report: RateReport, afterMs: number, headroom: Headroom]>([
		['is unknown without news', ok, 0, { remaining: undefined, isShort: false }],
		['is what remains', { ...ok, remaining: 40 }, 0, { remaining: 40, isShort: false }],
		[
			'is unknown a minute later',
			{ ...ok, remaining: 40 },
			60_000,
			{ remaining: undefined, isShort: false },
		],
		[
			'is nothing when nothing remains',
			{ ...ok, remaining: 0, waitMs: 1_000 },
			0,
			{ remaining: 0, isShort: true },
		],
		[
			'is short for a minute after a refusal',
			{ status: 429 },
			59_999,
			{ remaining: undefined, isShort: true },
		],
		[
			'is no longer short after it',
			{ status: 429 },
			60_000,
			{ remaining: undefined, isShort: false },
		],
	])('%s', (_what, report, afterMs, headroom) => {
		const policy = policyOf();
		policy.answered(policy.started(0), 0, report);
		expect(policy.headroom(afterMs)).toEqual(headroom);
	});
});

/** The least time that anyone would need: the limit's earliest starts, with so many at a time. */
function leastMs(limit: RateLimit, { requests, concurrency, durationMs }: Omit<Load, 'limit'>) {
	const slots = Array.from({ length: concurrency }, () => 0);
	for (let request = 1; request <= requests; request++) {
		slots.sort((one, other) => one - other);
		slots[0] = Math.max(limit.earliest(request), slots[0] ?? 0) + durationMs;
	}
	return Math.max(...slots);
}

const LIMITS: Array<[string, () => RateLimit, number]> = [
	['60 a minute, burst 10', () => tokenBucket(60, 10), 60],
	['5 a minute, burst 5', () => tokenBucket(5, 5), 40],
	['500 a minute, burst 50', () => tokenBucket(500, 50), 500],
	['5 in each minute', () => fixedWindow(5), 40],
	['5 in each minute, begun in its middle', () => fixedWindow(5, 20_000), 40],
	['60 in each minute', () => fixedWindow(60), 200],
];

describe.each(LIMITS)('a limit of %s', (_name, limitOf, requests) => {
	it.each(
		[300, 2_500].flatMap((durationMs) =>
			(['onAnswer', 'onArrival'] as const).map((told) => ({ durationMs, told })),
		),
	)('is used to the full, nearly without refusals: $durationMs ms, counted $told', (shape) => {
		for (let seed = 1; seed <= 10; seed++) {
			const load = { ...shape, requests, concurrency: 5, random: randomFrom(seed) };
			const limit = limitOf();
			const { totalMs, sent, refused, maxInFlight } = runLoad({ ...load, limit });
			expect(refused / sent).toBeLessThanOrEqual(0.03);
			expect(totalMs / leastMs(limit, load)).toBeLessThanOrEqual(1.1);
			expect(maxInFlight).toBeLessThanOrEqual(5);
		}
	});

	it('is found by probing when no answer reports what remains', () => {
		const load = { requests, concurrency: 5, durationMs: 300, told: 'onRefusalOnly' as const };
		const limit = limitOf();
		const all = { ...load, random: randomFrom(1) };
		const { totalMs, sent, refused } = runLoad({ ...all, limit });
		expect(totalMs / leastMs(limit, all)).toBeLessThanOrEqual(1.15);
		expect(refused / sent).toBeLessThanOrEqual(0.35);
	});
});

it('is exceeded by at most the first burst', () => {
	const limit = fixedWindow(5);
	const load = { requests: 40, concurrency: 10, durationMs: 300, random: randomFrom(1) };
	const { refused } = runLoad({ ...load, limit, told: 'onAnswer' });
	expect(refused).toBeLessThanOrEqual(5);
});
