import { RateLimiter } from '../../nodes/api/rateLimiter';
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

const send = async (
	rateLimiter: RateLimiter,
	ask: () => Promise<RateReport>,
	cancel?: AbortSignal,
) => await rateLimiter.send(ask, (news) => news, cancel);

const names = (count: number) => Array.from({ length: count }, (_, name) => name);

describe('RateLimiter', () => {
	it.each([1, 3, 10])(
		'never exceeds %s requests in flight, and keeps their order',
		async (width) => {
			const rateLimiter = new RateLimiter(width);
			const { seen, ask } = server();
			await Promise.all(names(40).map(async (name) => await send(rateLimiter, ask(name))));
			expect(seen.most).toBe(width);
			expect(seen.order).toEqual(names(40));
		},
	);

	it('waits from a refusal until the reset, then sends one by one', async () => {
		const rateLimiter = new RateLimiter(3);
		const refused = { status: 429, remaining: 0, waitMs: 10_000 };
		const { seen, ask } = server([refused, refused, refused, { ...ok, remaining: 50 }]);
		await Promise.all(names(8).map(async (name) => await send(rateLimiter, ask(name))));
		const [, , third = 0, fourth = 0, fifth = 0] = seen.at;
		expect(fourth - third).toBeGreaterThanOrEqual(10_000);
		expect(fifth - fourth).toBeGreaterThanOrEqual(300);
		expect(seen.order).toEqual(names(8));
	});

	it('frees the slot when a request throws', async () => {
		const rateLimiter = new RateLimiter(1);
		const { ask } = server();
		const broken = async (): Promise<RateReport> => await Promise.reject(new Error('broken'));
		await expect(send(rateLimiter, broken)).rejects.toThrow('broken');
		await expect(send(rateLimiter, ask(1))).resolves.toEqual(ok);
	});

	it('does not wait for the reset in a stopped run', async () => {
		const rateLimiter = new RateLimiter(2);
		const { ask } = server([{ status: 429, waitMs: 100_000 }]);
		await send(rateLimiter, ask(0));
		const stop = new AbortController();
		const startedAt = now();
		const waiting = names(5).map(async (name) => await send(rateLimiter, ask(name), stop.signal));
		stop.abort();
		await Promise.all(waiting);
		// The server takes its 300 ms.
		expect(now() - startedAt).toBeCloseTo(300);
	});

	it('gives up on a limit that is never lifted, and reports the request’s outcome', async () => {
		const rateLimiter = new RateLimiter(1);
		const always = async () => ({ status: 429, waitMs: 60_000 });
		const startedAt = now();
		let failure: unknown;
		while (!(failure instanceof SegmindFailure)) {
			failure = await send(rateLimiter, always).catch((thrown: unknown) => thrown);
		}
		expect(failure.details.description).toMatch(/Nothing was billed.*not sent/);
		expect((now() - startedAt) / 60_000).toBeGreaterThanOrEqual(15);
		expect((now() - startedAt) / 60_000).toBeLessThan(17);
	});
});
