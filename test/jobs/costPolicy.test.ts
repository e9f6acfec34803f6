import {
	decideOnCost,
	estimatedCost,
	fitInto,
	seenCostAfter,
	type CostDecision,
	type Money,
	type SeenCost,
} from '../../nodes/jobs/costPolicy';

describe('whether a request may be sent', () => {
	const fresh: Money = { limitUsd: 1, spentUsd: 0, inFlight: [], hasUnknownCost: false };

	it.each<[what: string, money: Partial<Money>, estimate: number | null, CostDecision]>([
		['the first, within the limit', {}, 0.4, 'send'],
		['one that just fills the limit', { spentUsd: 0.6 }, 0.4, 'send'],
		['one over the limit', { spentUsd: 0.7 }, 0.4, 'overLimit'],
		['the first, over the limit', {}, 1.01, 'overLimit'],
		['one that fits beside those under way', { inFlight: [0.3, 0.3] }, 0.4, 'send'],
		['one that fits if those under way cost less', { inFlight: [0.4, 0.3] }, 0.4, 'wait'],
		[
			'one over the limit, whatever is under way',
			{ spentUsd: 0.7, inFlight: [0.1] },
			0.4,
			'overLimit',
		],
		['after more was spent than allowed', { spentUsd: 1.2 }, 0.01, 'overLimit'],
		['three times a third in binary', { limitUsd: 0.3, spentUsd: 0.1 + 0.1 }, 0.1, 'send'],
		['a known one beside an unknown one', { inFlight: [null] }, 0.4, 'send'],
		['a known one after a cost that nobody said', { hasUnknownCost: true }, 0.4, 'send'],
		['one of unknown cost', {}, null, 'send'],
		['one of unknown cost beside known ones', { inFlight: [0.3] }, null, 'send'],
		['one of unknown cost beside another', { inFlight: [0.3, null] }, null, 'wait'],
		['one of unknown cost with all money under way', { inFlight: [1] }, null, 'wait'],
		['one of unknown cost with no money left', { spentUsd: 1 }, null, 'overLimit'],
		[
			'one of unknown cost after a cost that nobody said',
			{ hasUnknownCost: true },
			null,
			'unpriced',
		],
	])('%s', (_what, money, estimate, decision) => {
		expect(decideOnCost({ ...fresh, ...money }, estimate)).toBe(decision);
	});

	it('never waits for nothing', () => {
		for (const spentUsd of [0, 0.1, 0.5, 0.9999999999, 1, 1.5])
			for (const hasUnknownCost of [false, true])
				for (const estimate of [null, 0, 1e-10, 0.1, 0.5, 1, 2])
					expect(decideOnCost({ ...fresh, spentUsd, hasUnknownCost }, estimate)).not.toBe('wait');
	});
});

describe('what a request will cost', () => {
	const seen: SeenCost = { perRequest: 0.08, perImage: 0.03 };

	it.each<
		[what: string, SeenCost | undefined, average: number | null, images: number, number | null]
	>([
		['the catalogue’s average', undefined, 0.04, 1, 0.04],
		['the average for each image', undefined, 0.04, 3, 0.12],
		['unknown', undefined, null, 3, null],
		['the most seen in the run, not the average', seen, 0.5, 1, 0.08],
		['the most seen per image, if that is more', seen, 0.5, 4, 0.12],
		['the most seen, for an unknown model', seen, null, 1, 0.08],
	])('%s', (_what, known, average, images, usd) => {
		expect(estimatedCost(known, average, images)).toEqual(
			usd === null ? null : (expect.closeTo(usd, 12) as number),
		);
	});

	it('what was seen is the highest, per request and per image', () => {
		const first = seenCostAfter(undefined, 0.06, 2);
		expect(first).toEqual({ perRequest: 0.06, perImage: 0.03 });
		expect(seenCostAfter(first, 0.04, 1)).toEqual({ perRequest: 0.06, perImage: 0.04 });
		expect(seenCostAfter(first, 0, 1)).toEqual(first);
	});
});

it.each<[limit: number, spent: number, Array<number | null>, totalUsd: number, fitting: number]>([
	[1, 0, [], 0, 0],
	[1, 0, [0.5, 0.5], 1, 2],
	[1, 0, [0.5, 0.5, 0.5], 1.5, 2],
	[1, 0.6, [0.5, 0.5], 1, 0],
	[1, 0, [2], 2, 0],
	[1, 0, [null, 0.9, null, 0.2], 1.1, 3],
])(
	'into a limit of %p after %p, of %j: in all %p, %p fit',
	(limit, spent, items, total, fitting) => {
		const fit = fitInto(limit, spent, items);
		expect(fit.totalUsd).toBeCloseTo(total, 12);
		expect(fit.fitting).toBe(fitting);
	},
);
