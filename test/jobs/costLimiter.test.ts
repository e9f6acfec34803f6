/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { IExecuteFunctions } from 'n8n-workflow';
import { SegmindFailure } from '../../nodes/api/failure';
import { CostLedger } from '../../nodes/jobs/costLedger';
import { CostLimiter, type PricedCall } from '../../nodes/jobs/costLimiter';

interface Place {
	stored: object;
	executionId?: string;
	runIndex?: number;
	asTool?: boolean;
}

/** The node's context and run, as far as costs depend on them. */
function contextOf({ stored, executionId = '1', runIndex = 0, asTool }: Place): IExecuteFunctions {
	return {
		getExecutionId: () => executionId,
		getNode: () => ({ type: `n8n-nodes-segmind.segmindGenerateImage${asTool ? 'Tool' : ''}` }),
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getContext: () => stored,
	} as unknown as IExecuteFunctions;
}

function limiterOf(limitUsd: number, place: Place = { stored: {} }, cancel?: AbortSignal) {
	const ledger = new CostLedger(contextOf(place), true);
	return { ledger, limiter: new CostLimiter({ cancel }, ledger, limitUsd) };
}

const call = (key: string, averageUsd: number | null = 0.4, slug = 'some-model'): PricedCall => ({
	key,
	slug,
	averageUsd,
	images: 1,
});

/** A request that the test answers. */
function pending() {
	let answer = () => {};
	let fail: (failure: SegmindFailure) => void = () => {};
	const sent = new Promise<void>((resolve, reject) => {
		answer = resolve;
		fail = reject;
	});
	return {
		send: jest.fn(async () => await sent),
		answer: () => answer(),
		fail: (failure: SegmindFailure) => fail(failure),
	};
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));
const refusal = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined,
		(thrown: unknown) => thrown as SegmindFailure,
	);

/** Sends a call whose answer says what it cost. */
const pay = async (limiter: CostLimiter, one: PricedCall, costUsd: number | null) =>
	await limiter.within(one, async () => {
		limiter.recordCost(one, costUsd);
		return await Promise.resolve();
	});

it('sends within the limit, and refuses what could pass it', async () => {
	const { limiter, ledger } = limiterOf(1);
	await pay(limiter, call('0:a'), 0.4);
	await pay(limiter, call('1:a'), 0.5);
	const refused = await refusal(pay(limiter, call('2:a'), 0.5));

	expect(refused?.details.notSent).toBe(true);
	expect(refused?.message).toContain('about $0.50 more');
	expect(refused?.message).toContain('Max Cost of $1.00');
	expect(refused?.details.description).toContain('has cost about $0.90');
	expect(ledger.spentUsd).toBeCloseTo(0.9, 12);
});

it('waits while others may turn out cheaper, and goes on when they do', async () => {
	const { limiter } = limiterOf(1);
	const [first, second, third] = [pending(), pending(), pending()];
	const sent = [
		limiter.within(call('0:a', 0.6), first.send),
		limiter.within(call('1:a', 0.6), second.send),
		limiter.within(call('2:a', 0.3), third.send),
	];
	await settled();
	expect([first, second, third].map(({ send }) => send.mock.calls.length)).toEqual([1, 0, 1]);

	limiter.recordCost(call('0:a'), 0.1);
	first.answer();
	await settled();
	// What it cost is now the estimate: 0.1 spent, 0.3 reserved, 0.1 more.
	expect(second.send).toHaveBeenCalled();
	second.answer();
	third.answer();
	await Promise.all(sent);
});

it.each<[what: string, SegmindFailure, spent: number]>([
	['was not billed', new SegmindFailure('no', { status: 'FAILED' }), 0],
	['was refused', new SegmindFailure('no', { httpStatus: 401 }), 0],
	['may have been billed', new SegmindFailure('?', { mayBeBilled: true }), 0.4],
	['goes on at Segmind', new SegmindFailure('late', { requestId: 'r', status: 'PROCESSING' }), 0.4],
])('a request that %s counts so', async (_what, failure, spent) => {
	const { limiter, ledger } = limiterOf(1);
	const request = pending();
	const sent = refusal(limiter.within(call('0:a'), request.send));
	request.fail(failure);
	expect(await sent).toBe(failure);
	expect(ledger.spentUsd).toBe(spent);
});

it('what an answer says it cost counts although the rest of the answer is useless', async () => {
	const { limiter, ledger } = limiterOf(1);
	const failed = limiter.within(call('0:a'), async () => {
		limiter.recordCost(call('0:a'), 0.7);
		return await Promise.reject(new SegmindFailure('no file', { billed: 'yes' }));
	});
	await refusal(failed);
	expect(ledger.spentUsd).toBe(0.7);
});

it('sends calls of unknown cost one by one until one says what it cost', async () => {
	const { limiter } = limiterOf(1);
	const requests = [pending(), pending(), pending()];
	const sent = requests.map(async ({ send }, item) => {
		await limiter.within(call(`${item}:a`, null), send);
	});
	await settled();
	const begun = () => requests.map(({ send }) => send.mock.calls.length);
	expect(begun()).toEqual([1, 0, 0]);
	limiter.recordCost(call('0:a', null), 0.2);
	requests[0]!.answer();
	await settled();
	expect(begun()).toEqual([1, 1, 1]);
	requests.forEach(({ answer }) => answer());
	await Promise.all(sent);
});

it('stops calls of unknown cost when an answer does not say it either', async () => {
	const { limiter } = limiterOf(1);
	await pay(limiter, call('0:a', null, 'private-model'), null);
	const refused = await refusal(pay(limiter, call('1:a', null, 'private-model'), null));
	expect(refused?.message).toContain('the price of private-model is not known');
	expect(refused?.details.notSent).toBe(true);
	// Others still can be counted.
	await pay(limiter, call('2:a', 0.4), 0.4);
});

describe('what counts as the same run', () => {
	it('a later try by Retry On Fail: with what the earlier one has spent, and what its jobs turn out to cost', async () => {
		const stored = {};
		const first = limiterOf(1, { stored });
		await pay(first.limiter, call('0:a'), 0.3);
		const late = new SegmindFailure('late', { requestId: 'r', status: 'PROCESSING' });
		await refusal(first.limiter.within(call('1:a'), async () => await Promise.reject(late)));
		first.ledger.close(false);

		const second = limiterOf(1, { stored: JSON.parse(JSON.stringify(stored)) as object });
		expect(second.ledger.spentUsd).toBeCloseTo(0.3 + 0.3, 12);
		second.limiter.recordCost(call('1:a'), 0.6);
		expect(second.ledger.spentUsd).toBeCloseTo(0.9, 12);
		// Told twice, counted once.
		second.limiter.recordCost(call('1:a'), 0.6);
		expect(second.ledger.spentUsd).toBeCloseTo(0.9, 12);
		second.ledger.close(true);
	});

	it.each<[what: string, later: Partial<Place>, spent: number]>([
		['not another execution, such as after the Retry button', { executionId: '2' }, 0],
		['not the next iteration of a loop', { runIndex: 1 }, 0],
		['all calls of an agent’s tool', { runIndex: 1, asTool: true }, 0.3],
	])('%s', async (_what, later, spent) => {
		const stored = {};
		const first = limiterOf(1, { stored, asTool: later.asTool });
		await pay(first.limiter, call('0:a'), 0.3);
		first.ledger.close(later.asTool === true);
		expect(limiterOf(1, { stored, ...later }).ledger.spentUsd).toBe(spent);
	});

	it('leaves nothing behind when it ended well', async () => {
		const stored = {};
		const { limiter, ledger } = limiterOf(1, { stored });
		await pay(limiter, call('0:a'), 0.3);
		ledger.close(true);
		expect(stored).toEqual({});
	});

	it('an agent’s calls side by side share the limit', async () => {
		const stored = {};
		const one = limiterOf(1, { stored, asTool: true });
		const other = limiterOf(1, { stored, asTool: true, runIndex: 1 });
		const request = pending();
		const sent = one.limiter.within(call('0:a', 0.7), request.send);
		const second = pending();
		const waiting = other.limiter.within(call('0:b', 0.7), second.send);
		await settled();
		expect(second.send).not.toHaveBeenCalled();
		one.limiter.recordCost(call('0:a'), 0.7);
		request.answer();
		await sent;
		expect((await refusal(waiting))?.details.notSent).toBe(true);
	});
});

it.each<[what: string, stop: (limiter: CostLimiter, cancel: AbortController) => void]>([
	['Stop', (_limiter, cancel) => cancel.abort()],
	['another item’s failure', (limiter) => limiter.halt()],
])('a waiting call ends at once on %s, and was not sent', async (_what, stop) => {
	const cancel = new AbortController();
	const { limiter } = limiterOf(1, { stored: {} }, cancel.signal);
	const request = pending();
	const sent = limiter.within(call('0:a', 0.7), request.send);
	const second = pending();
	const waiting = refusal(limiter.within(call('1:a', 0.7), second.send));
	await settled();
	stop(limiter, cancel);
	expect((await waiting)?.details.stopped).toBe(true);
	expect(second.send).not.toHaveBeenCalled();
	request.answer();
	await sent;
});

it.each<[prices: Array<number | null>, message: RegExp | undefined]>([
	[[0.5, 0.5], undefined],
	[
		[0.5, 0.5, 0.1],
		/3 items are estimated at about \$1\.10, over the limit of \$1\.00: only the first 2 would fit/,
	],
	[[0.9, 0.9], /only the first one would fit/],
	[[2], /the item is estimated at about \$2\.00.*not even one would fit/],
	[[null, null], undefined],
])('whether items of %j fit into a dollar', (prices, message) => {
	const { limiter } = limiterOf(1);
	const calls = prices.map((usd, item) => call(`${item}:a`, usd));
	if (!message) expect(() => limiter.expectFit(calls)).not.toThrow();
	else expect(() => limiter.expectFit(calls)).toThrow(message);
});
