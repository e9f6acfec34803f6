import { RateLimiter, type RunLimiter } from '../../nodes/api/rateLimiter';
import type { Priority } from '../../nodes/api/fairQueue';
import type { RateReport } from '../../nodes/api/ratePolicy';
import { now, sleepUntil } from '../../nodes/clock';
import { SegmindFailure } from '../../nodes/api/failure';
import { startVirtualTime } from '../virtualTime';

const ok: RateReport = { status: 200 };

let time: ReturnType<typeof startVirtualTime>;

beforeEach(() => (time = startVirtualTime()));
afterEach(() => time.stop());

/** A server that takes 300 ms and notes when it was asked. */
function server(answers: RateReport[] = []) {
	const seen: { order: number[]; at: number[]; inFlight: number; most: number } = {
		order: [],
		at: [],
		inFlight: 0,
		most: 0,
	};
	const ask = (name: number) => async () => {
		seen.order.push(name);
		seen.at.push(now());
		seen.inFlight++;
		seen.most = Math.max(seen.most, seen.inFlight);
		await sleepUntil(now() + 300);
		seen.inFlight--;
		return answers.shift() ?? ok;
	};
	return { seen, ask };
}

const send = async (run: RunLimiter, ask: () => Promise<RateReport>, priority?: Priority) =>
	await run.send(ask, (news) => news, priority);

const runOf = (concurrency: number, rateLimiter = new RateLimiter(), cancel?: AbortSignal) =>
	rateLimiter.forRun(concurrency, cancel);

const names = (count: number) => Array.from({ length: count }, (_, name) => name);

describe('RateLimiter', () => {
	it.each([1, 3, 10])(
		'never exceeds %s requests in flight, and keeps their order',
		async (width) => {
			const run = runOf(width);
			const { seen, ask } = server();
			await Promise.all(names(40).map(async (name) => await send(run, ask(name))));
			expect(seen.most).toBe(width);
			expect(seen.order).toEqual(names(40));
		},
	);

	it('waits from a refusal until the reset, then sends one by one', async () => {
		const run = runOf(3);
		const refused = { status: 429, remaining: 0, waitMs: 10_000 };
		const { seen, ask } = server([refused, refused, refused, { ...ok, remaining: 50 }]);
		await Promise.all(names(8).map(async (name) => await send(run, ask(name))));
		const [, , third = 0, fourth = 0, fifth = 0] = seen.at;
		expect(fourth - third).toBeGreaterThanOrEqual(10_000);
		expect(fifth - fourth).toBeGreaterThanOrEqual(300);
		expect(seen.order).toEqual(names(8));
	});

	it('frees the slot when a request throws', async () => {
		const run = runOf(1);
		const { ask } = server();
		const broken = async (): Promise<RateReport> => await Promise.reject(new Error('broken'));
		await expect(send(run, broken)).rejects.toThrow('broken');
		await expect(send(run, ask(1))).resolves.toEqual(ok);
	});

	it('does not wait for the reset in a stopped run', async () => {
		const stop = new AbortController();
		const run = runOf(2, new RateLimiter(), stop.signal);
		const { ask } = server([{ status: 429, waitMs: 100_000 }]);
		await send(run, ask(0));
		const startedAt = now();
		const waiting = names(5).map(async (name) => await send(run, ask(name)));
		stop.abort();
		await Promise.all(waiting);
		// The server takes its 300 ms.
		expect(now() - startedAt).toBeCloseTo(300);
	});

	it('gives up on a limit that is never lifted, and reports the request’s outcome', async () => {
		const run = runOf(1);
		const always = async () => ({ status: 429, waitMs: 60_000 });
		const startedAt = now();
		let failure: unknown;
		while (!(failure instanceof SegmindFailure)) {
			failure = await send(run, always).catch((thrown: unknown) => thrown);
		}
		expect(failure.details.description).toMatch(/Nothing was billed.*not sent/);
		expect((now() - startedAt) / 60_000).toBeGreaterThanOrEqual(15);
		expect((now() - startedAt) / 60_000).toBeLessThan(17);
	});

	it('gives a run that starts later its own patience', async () => {
		const rateLimiter = new RateLimiter();
		const always = async () => ({ status: 429, waitMs: 60_000 });
		const before = runOf(1, rateLimiter);
		await expect(async () => {
			for (;;) await send(before, always);
		}).rejects.toThrow('rate limit');
		const later = runOf(1, rateLimiter);
		await expect(send(later, always)).resolves.toMatchObject({ status: 429 });
	});
});

describe('several runs with one limiter', () => {
	const limited = () => ({ ...ok, remaining: 0, waitMs: 1_000 });

	it('each have their own number of requests in flight, and never wait for each other without a limit', async () => {
		const rateLimiter = new RateLimiter();
		const { seen, ask } = server();
		const startedAt = now();
		await Promise.all(
			names(12).flatMap((run) => {
				const one = runOf(4, rateLimiter);
				return names(4).map(async (name) => await send(one, ask(10 * run + name)));
			}),
		);
		expect(seen.most).toBe(48);
		expect(now() - startedAt).toBeCloseTo(300);
	});

	it('wait for a limit together', async () => {
		const rateLimiter = new RateLimiter();
		const { seen, ask } = server([{ status: 429, waitMs: 10_000 }]);
		await send(runOf(1, rateLimiter), ask(0));
		await Promise.all(names(3).map(async (name) => await send(runOf(1, rateLimiter), ask(name))));
		const [first = 0, second = 0] = seen.at;
		expect(second - first).toBeGreaterThanOrEqual(10_000);
	});

	it('take turns: one request does not wait behind 500', async () => {
		const rateLimiter = new RateLimiter();
		const { seen, ask } = server(Array.from({ length: 600 }, limited));
		const stop = new AbortController();
		const long = runOf(5, rateLimiter, stop.signal);
		const all = names(500).map(async (name) => await send(long, ask(name)));
		await send(runOf(1, rateLimiter), ask(1_000));
		// Those of the long run that started before, and one that had its turn.
		expect(seen.order.indexOf(1_000)).toBeLessThanOrEqual(6);
		stop.abort();
		await Promise.all(all);
	});

	it('leave the queue when they are stopped, and the others go on', async () => {
		const rateLimiter = new RateLimiter();
		const { seen, ask } = server([{ status: 429, waitMs: 100_000 }]);
		await send(runOf(1, rateLimiter), ask(0));
		const stop = new AbortController();
		const refusedAt = now();
		const sent: number[] = [];
		const noted = (name: number) => async () => {
			// As attemptOnce does: a stopped run sends nothing.
			if (stop.signal.aborted && name < 100) return ok;
			sent.push(name);
			return await ask(name)();
		};
		const run = runOf(5, rateLimiter, stop.signal);
		const stopped = names(50).map(async (name) => await send(run, noted(name)));
		const other = send(runOf(1, rateLimiter), noted(100));
		stop.abort();
		await Promise.all(stopped);
		expect(now()).toBe(refusedAt);
		await other;
		expect(sent).toEqual([100]);
		expect(seen.at[1]! - refusedAt).toBeGreaterThanOrEqual(99_000);
		expect(rateLimiter.isBusy).toBe(false);
	});

	it('leave no listener on the signal of a run', async () => {
		const { signal } = new AbortController();
		const add = jest.spyOn(signal, 'addEventListener');
		const remove = jest.spyOn(signal, 'removeEventListener');
		const { ask } = server();
		const run = runOf(2, new RateLimiter(), signal);
		await Promise.all(names(50).map(async (name) => await send(run, ask(name))));
		// One for all that wait, however many.
		expect(add).toHaveBeenCalledTimes(1);
		expect(remove.mock.calls.at(-1)).toEqual(add.mock.calls[0]);
	});

	it.each<[before: Priority, after: Priority]>([
		['poll', 'collect'],
		['work', 'collect'],
	])('a %s comes after a result that waits (%s)', async (before, after) => {
		const run = runOf(1);
		const { seen, ask } = server();
		await Promise.all([
			send(run, ask(0)),
			...names(3).map(async (name) => await send(run, ask(10 + name), before)),
			send(run, ask(1), after),
		]);
		expect(seen.order.slice(0, 2)).toEqual([0, 1]);
	});
});
