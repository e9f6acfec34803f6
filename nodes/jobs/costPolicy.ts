/** The money of a run, in US dollars. */
export interface Money {
	limitUsd: number;
	/** Costs of finished requests; the estimate where Segmind has not reported one. */
	spentUsd: number;
	/** Estimates of the requests in flight; null for one that cannot be estimated. */
	inFlight: ReadonlyArray<number | null>;
	/** Whether a request was or may have been billed whose cost is neither known nor estimated. */
	hasUnknownCost: boolean;
}

/**
 * - `send`: with it, all costs stay within the limit as far as anyone can tell
 * - `wait`: whether it fits depends on what the requests in flight turn out to cost
 * - `overLimit`: it does not fit, whatever they cost
 * - `unpriced`: its cost is unknown, and will not become known
 */
export type CostDecision = 'send' | 'wait' | 'overLimit' | 'unpriced';

/** Sums of costs such as 0.1 + 0.2 are not exact in binary; no price is this small. */
const TOLERANCE_USD = 1e-9;

/** Whether a request may be sent; its estimate is null if the price of its model is unknown. */
export function decideOnCost(money: Money, estimateUsd: number | null): CostDecision {
	const { limitUsd, spentUsd, inFlight, hasUnknownCost } = money;
	const reservedUsd = inFlight.reduce((sum: number, usd) => sum + (usd ?? 0), 0);
	if (estimateUsd !== null) {
		if (exceeds(spentUsd + estimateUsd, limitUsd)) return 'overLimit';
		return exceeds(spentUsd + reservedUsd + estimateUsd, limitUsd) ? 'wait' : 'send';
	}
	// It may cost anything, so there must be money left, and only one such request at a time is sent to learn its cost.
	if (!exceeds(limitUsd, spentUsd)) return 'overLimit';
	if (hasUnknownCost) return 'unpriced';
	const hasMoneyLeft = exceeds(limitUsd, spentUsd + reservedUsd);
	return hasMoneyLeft && !inFlight.includes(null) ? 'send' : 'wait';
}

/** The most that requests of a model have cost, in US dollars. */
export interface SeenCost {
	perRequest: number;
	perImage: number;
}

/** What is known of a model's costs after one more request, for a number of images. */
export function seenCostAfter(
	seen: SeenCost | undefined,
	costUsd: number,
	images: number,
): SeenCost {
	return {
		perRequest: Math.max(seen?.perRequest ?? 0, costUsd),
		perImage: Math.max(seen?.perImage ?? 0, costUsd / images),
	};
}

/**
 * What a request for a number of images will cost, in US dollars: the most that its model has cost in this run, else the
 * catalogue's average; null if neither is known.
 */
export function estimatedCost(
	seen: SeenCost | undefined,
	averageUsd: number | null,
	images: number,
): number | null {
	if (seen) return Math.max(seen.perRequest, seen.perImage * images);
	return averageUsd === null ? null : averageUsd * images;
}

/** The sum of estimates, and how many of them, in their order, stay within the limit; unknown ones count as nothing. */
export function fitInto(
	limitUsd: number,
	spentUsd: number,
	estimates: ReadonlyArray<number | null>,
): { totalUsd: number; fitting: number } {
	let totalUsd = 0;
	let fitting = 0;
	for (const [index, estimate] of estimates.entries()) {
		totalUsd += estimate ?? 0;
		if (!exceeds(spentUsd + totalUsd, limitUsd)) fitting = index + 1;
	}
	return { totalUsd, fitting };
}

function exceeds(usd: number, limitUsd: number): boolean {
	return usd - limitUsd > TOLERANCE_USD;
}
