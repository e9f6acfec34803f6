/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { getEventListeners } from 'node:events';
import { clock, now, realMs, sleepUntil, socketMs, toMonotonic, wallTime } from '../nodes/clock';

const HOUR_MS = 3_600_000;
/** The longest delay that a timer of Node takes. Source: Node.js documentation "Timers", setTimeout. */
const MAX_TIMER_MS = 2_147_483_647;

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

/** The timers that `sleepUntil` made: how long they run, and how many still have a listener. */
function watchTimers() {
	const timers: Array<{ ms: number; signal: AbortSignal }> = [];
	const { timeout } = AbortSignal;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const signal = timeout.call(AbortSignal, ms);
		timers.push({ ms, signal });
		return signal;
	});
	return timers;
}

afterEach(() => {
	jest.restoreAllMocks();
	clock.speed = 1;
});

describe('sleepUntil', () => {
	it('ends at the requested time', async () => {
		clock.speed = 1000;
		const until = now() + 5_000;
		await sleepUntil(until);
		// A timer of Node may be a millisecond early: then it sleeps on.
		expect(now()).toBeGreaterThanOrEqual(until);
	});

	it.each<[what: string, time: () => number, cancel: AbortSignal | undefined]>([
		['for a moment that has passed', () => now() - 1, undefined],
		['for this very moment', () => Math.floor(now()), undefined],
		['for a run that was stopped before', () => now() + HOUR_MS, AbortSignal.abort()],
	])('sets no timer %s', async (_what, time, cancel) => {
		const timers = watchTimers();
		await sleepUntil(time(), cancel);
		expect(timers).toEqual([]);
	});

	it('is woken by a stop, and removes its listeners', async () => {
		const timers = watchTimers();
		const stop = new AbortController();
		const sleeping = [1, 2, 3].map(async () => await sleepUntil(now() + HOUR_MS, stop.signal));
		expect(listeners(stop.signal)).toBe(3);
		stop.abort();
		// An hour would outlast the test.
		await Promise.all(sleeping);
		expect(listeners(stop.signal)).toBe(0);
		expect(timers.map(({ signal }) => listeners(signal))).toEqual([0, 0, 0]);
	});

	it('leaves no listeners on the signal of a long run', async () => {
		clock.speed = 1000;
		const timers = watchTimers();
		const { signal } = new AbortController();
		for (let wait = 0; wait < 20; wait++) await sleepUntil(now() + 5_000, signal);
		expect(timers.length).toBeGreaterThanOrEqual(20);
		expect(timers.filter(({ signal: timer }) => listeners(timer) > 0)).toEqual([]);
		expect(listeners(signal)).toBe(0);
	});

	it('sleeps no longer when the machine’s clock is set back', async () => {
		const real = Date.now;
		const sleeping = sleepUntil(now() + 20);
		jest.spyOn(Date, 'now').mockImplementation(() => real() - HOUR_MS);
		await sleeping;
	});
});

describe('a machine whose clock is set', () => {
	/** Sets the machine's clock to another time from now on. */
	const setClock = (byMs: number) => {
		const real = Date.now;
		jest.spyOn(Date, 'now').mockImplementation(() => real() + byMs);
	};

	it.each([-HOUR_MS, -5_000, 5_000, HOUR_MS])(
		'by %i ms changes no wait and no deadline',
		async (byMs) => {
			const timers = watchTimers();
			const deadline = now() + 1_000;
			setClock(byMs);
			const left = deadline - now();
			expect(left).toBeLessThanOrEqual(1_000);
			expect(left).toBeGreaterThan(0);
			const stop = new AbortController();
			const sleeping = sleepUntil(deadline, stop.signal);
			stop.abort();
			await sleeping;
			expect(timers.map(({ ms }) => ms <= 1_000)).toEqual([true]);
		},
	);

	it('reports wall-clock time', () => {
		setClock(HOUR_MS);
		expect(wallTime() - now()).toBeGreaterThan(HOUR_MS - 1_000);
		// A job of ten minutes ago by the calendar is ten minutes old here.
		const age = now() - toMonotonic(wallTime() - 600_000);
		expect(Math.round(age / 1_000)).toBe(600);
		// One that another machine accepted in the future is new.
		expect(toMonotonic(wallTime() + HOUR_MS)).toBeLessThanOrEqual(now());
		expect(now() - toMonotonic(wallTime() + HOUR_MS)).toBeLessThan(1_000);
	});
});

describe('timers', () => {
	it.each<[durationMs: number, speed: number, timerMs: number]>([
		[1_000, 1, 1_000],
		[1_000, 100, 10],
		[1_001, 100, 11],
		[0, 1, 1],
		[-5, 1, 1],
		// A longer one would fire at once.
		[MAX_TIMER_MS, 1, MAX_TIMER_MS],
		[MAX_TIMER_MS + 1, 1, MAX_TIMER_MS],
		[Infinity, 1, MAX_TIMER_MS],
		[10 * MAX_TIMER_MS, 100, 214_748_365],
	])('%i ms at speed %i: %i ms', (durationMs, speed, timerMs) => {
		clock.speed = speed;
		expect(realMs(durationMs)).toBe(timerMs);
	});

	it('never exceed Node’s maximum', async () => {
		const timers = watchTimers();
		const stop = new AbortController();
		const sleeping = sleepUntil(now() + 100 * 24 * HOUR_MS, stop.signal);
		stop.abort();
		await sleeping;
		expect(timers.map(({ ms }) => ms)).toEqual([MAX_TIMER_MS]);
	});
});

describe('the timeout for silence on a connection', () => {
	it.each<[durationMs: number, speed: number, silenceMs: number]>([
		[30_000, 1, 30_000],
		// Not scaled below the patience, nor prolonged to it.
		[30_000, 100, 10_000],
		[5_000, 100, 5_000],
		[2_000_000, 100, 20_000],
		[10 * MAX_TIMER_MS, 1, MAX_TIMER_MS],
		// Timers refuse fractions, and a deadline has already passed when the answer is late.
		[5432.1, 100, 5433],
		[5432.1, 1, 5433],
		[-0.5, 100, 1],
	])('%d ms at speed %i: %i real ms', (durationMs, speed, silenceMs) => {
		clock.speed = speed;
		expect(socketMs(durationMs)).toBe(silenceMs);
	});
});
