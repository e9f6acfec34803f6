/** A limited plan, and what is asked of it in limits.ts and queue.ts. */
export const PLAN = { requestsPerMinute: 120, burst: 10 };
const PER_SECOND = PLAN.requestsPerMinute / 60;

/** So many executions of so many pictures each. */
export const [RUNS, EACH] = [12, 4];
export const ITEMS = RUNS * EACH;
export const PICTURE_SECONDS = 1;

/** Each execution with the pace of the whole plan, as somebody sets it up who thinks of one execution. */
export const BATCHING = { batchSize: 1, batchInterval: 1000 / PER_SECOND };

/** With a key in use, after a first round in which nothing is known of it. */
export const ROUNDS = 3;

/** The least time for so many requests, in seconds. */
export function leastSeconds(requests: number): number {
	return (requests - PLAN.burst) / PER_SECOND;
}
