import { freshSince, nextSearchAt } from '../../nodes/jobs/searchSchedule';

/** All looks for a request that was lost at 0, in seconds. */
function looksUntil(deadline: number): number[] {
	const looks: number[] = [];
	for (let at = nextSearchAt(0, 0, deadline * 1000); at !== undefined; ) {
		looks.push(at / 1000);
		at = nextSearchAt(0, looks.length, deadline * 1000);
	}
	return looks;
}

it.each<[what: string, deadline: number, looks: number[]]>([
	['all without a timeout', Infinity, [1, 3, 8, 15, 30]],
	['all if there is time', 30, [1, 3, 8, 15, 30]],
	['the last one at the deadline', 10, [1, 3, 8, 10]],
	['no second one at the same moment', 8, [1, 3, 8]],
	['one at a near deadline', 0.5, [0.5]],
	['one at once if the time is up, as after a time-out', -20, [0]],
])('looks after 1, 3, 8, 15 and 30 seconds, never beyond the timeout: %s', (_, deadline, looks) => {
	expect(looksUntil(deadline)).toEqual(looks);
});

it.each<[lostAt: number, lookAt: number, since: number]>([
	[0, 15_000, 14_000],
	[0, 1_000, 0],
	// A list from before the loss says nothing of it.
	[700, 1_200, 700],
])('lost at %i, a look at %i takes a list that was asked for since %i', (lostAt, lookAt, since) => {
	expect(freshSince(lostAt, lookAt)).toBe(since);
});
