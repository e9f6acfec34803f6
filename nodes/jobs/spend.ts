import { dayOf } from '../api/historyDays';
import type { HistoryRequest } from '../api/historyRows';

export type SpendGroup = 'model' | 'day' | 'modelAndDay';

/** What was spent in one group; null for a key that is not grouped by, or not known. */
export interface Spend {
	model: string | null;
	/** In UTC. */
	day: string | null;
	requests: number;
	failed: number;
	/** US dollars. */
	cost: number;
}

/** The part of a request that a spend report uses. */
export type SpentRequest = Pick<HistoryRequest, 'model' | 'status' | 'cost' | 'createdAt'>;

/** Adds up the cost of requests (not of rows) per group: by day, then the most expensive first. */
export function spendOf(requests: readonly SpentRequest[], groupBy: SpendGroup): Spend[] {
	const groups = new Map<string, Spend>();
	for (const { model: slug, status, cost, createdAt } of requests) {
		const model = groupBy === 'day' ? null : slug;
		const day = groupBy === 'model' || createdAt === null ? null : dayOf(createdAt);
		const key = JSON.stringify([model, day]);
		const group = groups.get(key) ?? { model, day, requests: 0, failed: 0, cost: 0 };
		group.requests++;
		if (status === 'FAILED') group.failed++;
		group.cost += cost ?? 0;
		groups.set(key, group);
	}
	return (
		[...groups.values()]
			// Dollar sums in floating point end in noise such as 0.30000000000000004.
			.map((group) => ({ ...group, cost: Number(group.cost.toFixed(8)) }))
			.sort(
				(a, b) =>
					(a.day ?? '').localeCompare(b.day ?? '') ||
					b.cost - a.cost ||
					(a.model ?? '').localeCompare(b.model ?? ''),
			)
	);
}
