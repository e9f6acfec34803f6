import { nextPollMs, usualDurationMs, type JobAge } from '../../nodes/jobs/pollSchedule';
import { randomFrom, type Random } from '../simulator/random';

const JOBS = 200;

/** Polls jobs of given durations (ms), all of a model whose average is `usualMs`. */
function lookAt(durations: number[], usualMs: number | undefined) {
	const random = randomFrom(7);
	const jobs = durations.map((duration) => {
		let elapsedMs = 0;
		let count = 0;
		do {
			elapsedMs += nextPollMs({ elapsedMs, usualMs, count, ...undisturbed }, random);
			count++;
		} while (elapsedMs < duration);
		return { count, lateMs: elapsedMs - duration };
	});
	return {
		polls: jobs.reduce((sum, { count }) => sum + count, 0) / jobs.length,
		lateSeconds: median(jobs.map(({ lateMs }) => lateMs)) / 1000,
	};
}

const undisturbed = { failedPolls: 0, serverWaitMs: undefined };

function median(numbers: number[]): number {
	return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** Durations in milliseconds, evenly spread around the average. */
function durationsAround(averageSeconds: number, spread: number, random: Random): number[] {
	return Array.from(
		{ length: JOBS },
		() => averageSeconds * 1000 * (1 - spread + 2 * spread * random()),
	);
}

/** The targets of issue 3 by job duration: mean polls per job, median lateness in seconds. */
const ALLOWED = [
	{ seconds: 10, polls: 5, late: 1 },
	{ seconds: 30, polls: 10, late: 3 },
	{ seconds: 300, polls: 30, late: 30 },
];
/** Durations of 0.5 to 1.5 times the average, and of 0.8 to 1.2 times. */
const SPREADS = [0.5, 0.2];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

describe.each(ALLOWED)('200 jobs of $seconds s', ({ seconds, polls, late }) => {
	describe.each(SPREADS)('spread by %s', (spread) => {
		it.each(SEEDS)('need few polls and are noticed soon (seed %i)', (seed) => {
			const seen = lookAt(durationsAround(seconds, spread, randomFrom(seed)), seconds * 1000);

			expect(seen.polls).toBeLessThanOrEqual(polls);
			expect(seen.lateSeconds).toBeLessThanOrEqual(late);
		});

		it.each([
			['ten times too short', 0.1],
			['ten times too long', 10],
		])('need at most twice as many polls with an average that is %s', (_, factor) => {
			const durations = SEEDS.flatMap((seed) => durationsAround(seconds, spread, randomFrom(seed)));
			const seen = lookAt(durations, seconds * 1000 * factor);

			expect(seen.polls).toBeLessThanOrEqual(2 * polls);
			expect(seen.lateSeconds).toBeLessThanOrEqual(2 * late);
		});
	});
});

describe('nextPollMs', () => {
	/** No jitter. */
	const exactly = () => 0;
	const job = (age: Partial<JobAge>): JobAge => ({
		elapsedMs: 0,
		usualMs: 10_000,
		count: 0,
		...undisturbed,
		...age,
	});

	it.each([0, 0.1, 1, 2.5, 10, 300, 3000, undefined])(
		'polls first within 3 s for a model that usually takes %s s',
		(seconds) => {
			const usualMs = seconds === undefined ? undefined : seconds * 1000;
			const first = [0, 0.5, 1].map((random) => nextPollMs(job({ usualMs }), () => random));

			for (const pause of first) {
				expect(pause).toBeGreaterThan(0);
				expect(pause).toBeLessThan(3_000);
			}
		},
	);

	it('polls a job submitted long ago at once', () => {
		expect(nextPollMs(job({ elapsedMs: 3_600_000 }))).toBe(0);
	});

	it.each([0, 1, 500, 2_400, 6_999, 69_999, 100_000])(
		'pauses between two polls of a job of %i ms, whatever the usual duration',
		(elapsedMs) => {
			for (const usualMs of [0, 100, 10_000, 1_000_000]) {
				expect(nextPollMs(job({ elapsedMs, usualMs, count: 1 }))).toBeGreaterThanOrEqual(500);
			}
		},
	);

	it('spreads the polls of jobs that started together', () => {
		const age = job({ elapsedMs: 7_000, count: 3 });
		const [early, usual, late] = [0, 0.5, 1].map((random) => nextPollMs(age, () => random));

		expect(early).toBeLessThan(usual!);
		expect(late).toBeGreaterThan(usual!);
		expect(late! / early!).toBeLessThan(1.5);
	});

	it('polls an overdue job ever less often, but at least every half minute', () => {
		const pauses = [20, 60, 120, 1200, 12_000].map((seconds) =>
			nextPollMs(job({ elapsedMs: seconds * 1000, count: 9 }), exactly),
		);

		expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
		expect(pauses[0]).toBeLessThan(10_000);
		expect(pauses.at(-1)).toBe(30_000);
	});

	it('obeys a server that asks for a longer wait, and only then', () => {
		const elapsedMs = 10_000;
		const asked = { elapsedMs, count: 3, failedPolls: 1, serverWaitMs: 45_000 };
		const own = nextPollMs(job({ elapsedMs, count: 3 }), exactly);

		expect(nextPollMs(job(asked), () => 0)).toBe(45_000);
		expect(nextPollMs(job({ elapsedMs, count: 3, serverWaitMs: 1 }), exactly)).toBe(own);
	});

	it('backs off exponentially from a failing server, up to half a minute', () => {
		const failures = [1, 2, 3, 4, 5, 6, 40];
		const pauses = (random: number) =>
			failures.map((failedPolls) => {
				const age = job({ elapsedMs: 1_000, usualMs: 1_000, count: failedPolls, failedPolls });
				return nextPollMs(age, () => random);
			});

		expect(pauses(1)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
		// With jitter: jobs that failed to be seen together come back at different times.
		expect(pauses(0)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
	});
});

describe('usualDurationMs', () => {
	it.each<[string, number[], number | null | undefined, number | undefined]>([
		['nothing is known', [], null, undefined],
		['nothing is known of an average', [], undefined, undefined],
		['an average of 0 says nothing', [], 0, undefined],
		['only the average is known', [], 12, 12_000],
		['two jobs are too few to believe', [90_000, 91_000], 12, 12_000],
		['the run has seen three that contradict it', [90_000, 3_000, 91_000], 12, 90_000],
		['the run has seen three of a model without an average', [5_000, 7_000, 6_000], null, 6_000],
		['one that took far longer changes little', [5_000, 6_000, 7_000, 8_000, 600_000], 30, 7_000],
		['the first to end are the short ones', [6_000, 7_000, 8_000], 12, 12_000],
		['the average is about right', [13_000, 20_000, 22_000, 24_000], 12, 12_000],
	])('%s', (_, seen, averageSeconds, usual) => {
		expect(usualDurationMs(seen, averageSeconds)).toBe(usual);
	});

	it('does not modify the observed durations', () => {
		const seen = [3, 1, 2];
		usualDurationMs(seen, 1);

		expect(seen).toEqual([3, 1, 2]);
	});

	it('saves polls once an average has proved wrong', () => {
		const [first, ...rest] = [300, 300, 300, 300].map((seconds, seed) =>
			durationsAround(seconds, 0.2, randomFrom(seed)),
		);
		const wrong = lookAt(rest.flat(), 3_000_000);
		const learnt = lookAt(rest.flat(), usualDurationMs(first ?? [], 3_000));

		expect(learnt.lateSeconds).toBeLessThan(wrong.lateSeconds / 1.5);
	});
});
