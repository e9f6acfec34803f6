import { FairQueue, Lane, type Priority } from '../../nodes/api/fairQueue';

/** Fills a queue with the entries of each lane, named by lane and number, and takes out so many. */
function taken(lanes: Array<[concurrency: number, ...priorities: Priority[]]>, count: number) {
	const queue = new FairQueue<string>();
	for (const [index, [concurrency, ...priorities]] of lanes.entries()) {
		const lane = new Lane<string>(concurrency);
		const name = String.fromCharCode(97 + index);
		for (const [n, priority] of priorities.entries()) queue.add(lane, `${name}${n}`, priority);
	}
	return Array.from({ length: count }, () => queue.take());
}

const work = (count: number) => Array.from({ length: count }, (): Priority => 'work');

it.each<[what: string, lanes: Parameters<typeof taken>[0], order: Array<string | undefined>]>([
	['one lane keeps its order', [[9, ...work(3)]], ['a0', 'a1', 'a2', undefined]],
	[
		'lanes take turns',
		[
			[9, ...work(4)],
			[9, 'work'],
			[9, ...work(2)],
		],
		['a0', 'b0', 'c0', 'a1', 'c1', 'a2'],
	],
	['a result comes first', [[9, 'work', 'poll', 'collect']], ['a2', 'a0', 'a1']],
	[
		'new work and polls alternate',
		[[9, 'work', 'work', 'work', 'poll', 'poll', 'poll']],
		['a0', 'a3', 'a1', 'a4', 'a2', 'a5'],
	],
	['polls alone do not wait', [[9, 'poll', 'poll']], ['a0', 'a1', undefined]],
])('%s', (_what, lanes, order) => {
	expect(taken(lanes, order.length)).toEqual(order);
});

it('passes over a lane with too many requests in flight', () => {
	const queue = new FairQueue<string>();
	const [full, free] = [new Lane<string>(1), new Lane<string>(1)];
	full.inFlight = 1;
	queue.add(full, 'a', 'work');
	queue.add(free, 'b', 'work');
	expect([queue.take(), queue.take()]).toEqual(['b', undefined]);
	full.inFlight = 0;
	expect(queue.take()).toBe('a');
	expect(queue.isEmpty).toBe(true);
});

it('forgets a lane whose last request leaves', () => {
	const queue = new FairQueue<string>();
	const lane = new Lane<string>(1);
	queue.add(lane, 'a', 'poll');
	queue.add(lane, 'b', 'work');
	queue.remove(lane, 'a');
	expect(queue.all()).toEqual(['b']);
	queue.remove(lane, 'b');
	expect(queue.isEmpty).toBe(true);
	expect(queue.all()).toEqual([]);
});
