/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { IExecuteFunctions } from 'n8n-workflow';
import { SegmindFailure } from '../../nodes/api/failure';
import { CostLedger } from '../../nodes/jobs/costLedger';
import { CostLimiter } from '../../nodes/jobs/costLimiter';
import { randomFrom } from '../simulator/random';

const RUNS = 200;
const ITEMS = 500;
const LIMIT_USD = 1;

/** From a tenth of a cent to more than the limit; null is not in the catalogue. */
const MODELS = [
	{ slug: 'schnell', averageUsd: 0.0055 },
	{ slug: 'picture', averageUsd: 0.04 },
	{ slug: 'video', averageUsd: 0.8 },
	{ slug: 'film', averageUsd: 5.3 },
	{ slug: 'lora', averageUsd: null },
	{ slug: 'chat', averageUsd: 0.0000033 },
];

interface Request {
	/** What a careful person would have noted beside it; nothing if the price is unknown. */
	estimateUsd: number;
	costUsd: number;
	end: () => void;
}

/** One run of a node over all items, whose requests end in a random order at random costs. */
async function randomRun(seed: number) {
	const random = randomFrom(seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const context = {
		getExecutionId: () => '1',
		getNode: () => ({ type: 'segmindGenerateImage' }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getContext: () => ({}),
	} as unknown as IExecuteFunctions;
	const limiter = new CostLimiter({ cancel: undefined }, new CostLedger(context, true), LIMIT_USD);

	const models = MODELS.filter(() => random() < 0.6);
	const items = Array.from({ length: ITEMS }, (_, item) => ({
		...pick(models.length ? models : MODELS),
		key: `${item}:a`,
		images: 1,
	}));
	const seen = new Map<string, number>();
	const underWay = new Set<Request>();
	let refused = 0;
	let needless = 0;
	let billedUsd = 0;
	let excessUsd = 0;
	let most = 0;

	const estimate = ({ slug, averageUsd }: (typeof items)[number]) =>
		seen.get(slug) ?? averageUsd ?? 0;
	const work = async (item: (typeof items)[number]) => {
		const { slug, averageUsd } = item;
		await limiter.within(item, async () => {
			const estimateUsd = estimate(item);
			const costUsd = (averageUsd ?? 0.05) * (0.2 + 2.5 * random());
			const isFailed = random() < 0.1;
			await new Promise<void>((end) => {
				underWay.add({ estimateUsd, costUsd: isFailed ? 0 : costUsd, end });
				// What all that is under way may still cost over its estimate, when the last one was sent.
				excessUsd = [...underWay].reduce(
					(sum, one) => sum + Math.max(0, one.costUsd - one.estimateUsd),
					0,
				);
				most = Math.max(most, underWay.size);
			});
			if (isFailed) throw new SegmindFailure('no', { status: 'FAILED' });
			billedUsd += costUsd;
			seen.set(slug, Math.max(seen.get(slug) ?? 0, costUsd));
			limiter.recordCost(item, costUsd);
		});
	};

	const queue = items.values();
	const worker = async () => {
		for (const item of queue) {
			await work(item).catch(({ details }: SegmindFailure) => {
				if (!details.notSent) return;
				refused++;
				if (billedUsd + estimate(item) < LIMIT_USD) needless++;
			});
		}
	};
	let isOver = false;
	const all = Promise.all(Array.from({ length: 1 + Math.floor(random() * 50) }, worker));
	void all.then(() => (isOver = true));
	// Virtual time: whenever everything has come to rest, one request ends.
	for (;;) {
		await new Promise((resolve) => setImmediate(resolve));
		if (isOver) break;
		const next = pick([...underWay]);
		underWay.delete(next);
		next.end();
	}
	return { billedUsd, excessUsd, most, refused, needless };
}

it(`a limit of $${LIMIT_USD} over ${ITEMS} items of mixed models is passed by no more than what runs costs over its estimate`, async () => {
	let refusedRuns = 0;
	let parallelRuns = 0;
	let fullRuns = 0;
	for (let seed = 1; seed <= RUNS; seed++) {
		const { billedUsd, excessUsd, most, refused, needless } = await randomRun(seed);
		const isKept = billedUsd <= LIMIT_USD + excessUsd + 1e-9;
		expect({ seed, isKept, needless }).toEqual({ seed, isKept: true, needless: 0 });
		if (refused) refusedRuns++;
		if (most > 1) parallelRuns++;
		if (billedUsd > LIMIT_USD / 2) fullRuns++;
	}
	// The runs are worth something: the limit was met, money was spent, and requests ran side by side.
	expect(refusedRuns).toBeGreaterThan(RUNS / 2);
	expect(fullRuns).toBeGreaterThan(RUNS / 2);
	expect(parallelRuns).toBeGreaterThan(RUNS / 2);
});
