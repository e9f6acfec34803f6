import { nextPollMs, type JobAge, type PollLoad } from '../../nodes/jobs/pollSchedule';
import { randomFrom, type Random } from '../simulator/random';

const JOBS = 200;

const undisturbed = { failedPolls: 0, serverWaitMs: undefined };

/** Few jobs, very many, and a low limit. */
const FEW: PollLoad = { share: 1, isLimited: false };
const MANY: PollLoad = { share: 0.001, isLimited: false };
const LIMITED: PollLoad = { share: 1, isLimited: true };

/** Polls jobs of given durations (ms), all of a model whose average is `usualMs`. */
function lookAt(durations: number[], usualMs: number | undefined, load: PollLoad, random: Random) {
	const jobs = durations.map((duration) => {
		let elapsedMs = 0;
		let count = 0;
		do {
			elapsedMs += nextPollMs({ elapsedMs, usualMs, count, ...undisturbed }, load, random);
			count++;
		} while (elapsedMs < duration);
		return { count, lateMs: elapsedMs - duration };
	});
	return {
		polls: jobs.reduce((sum, { count }) => sum + count, 0) / jobs.length,
		lateSeconds: median(jobs.map(({ lateMs }) => lateMs)) / 1000,
	};
}

function median(numbers: number[]): number {
	return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** Durations in milliseconds, evenly spread around the average. */
function durationsAround(averageSeconds: number, spread: number, random: Random, jobs = JOBS) {
	return Array.from(
		{ length: jobs },
		() => averageSeconds * 1000 * (1 - spread + 2 * spread * random()),
	);
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Catalogue averages that are wrong by up to fifteen times either way. */
const WRONG = [1 / 15, 1 / 4, 1 / 2, 2, 4, 15];

/** The targets of issue 23 for up to five jobs: mean polls per job; the median lateness is at most max(0.7 s, 2.5 %). */
describe.each([
	{ seconds: 3, polls: 9 },
	{ seconds: 10, polls: 9 },
	{ seconds: 30, polls: 30 },
	{ seconds: 75, polls: 30 },
	{ seconds: 300, polls: 60 },
])('few jobs of $seconds s', ({ seconds, polls }) => {
	const late = Math.max(0.7, 0.025 * seconds);
	const jobs = (seed: number) => durationsAround(seconds, 0.2, randomFrom(seed), 600);

	it.each(SEEDS)('are noticed soon (seed %i)', (seed) => {
		const seen = lookAt(jobs(seed), seconds * 1000, FEW, randomFrom(100 + seed));

		expect(seen.polls).toBeLessThanOrEqual(polls);
		expect(seen.lateSeconds).toBeLessThanOrEqual(late);
	});

	it.each(WRONG)('are noticed nearly as soon if the average is %f times as long', (factor) => {
		const durations = SEEDS.flatMap((seed) => jobs(seed).slice(0, 150));
		const seen = lookAt(durations, seconds * 1000 * factor, FEW, randomFrom(7));

		expect(seen.polls).toBeLessThanOrEqual(polls + 1);
		expect(seen.lateSeconds).toBeLessThanOrEqual(2 * late);
	});
});

/** The targets of issue 3 by job duration: mean polls per job, median lateness in seconds. */
const ALLOWED = [
	{ seconds: 10, polls: 5, late: 1 },
	{ seconds: 30, polls: 10, late: 3 },
	{ seconds: 300, polls: 30, late: 30 },
];
/** Durations of 0.5 to 1.5 times the average, and of 0.8 to 1.2 times. */
const SPREADS = [0.5, 0.2];

describe.each(ALLOWED)('many jobs of $seconds s', ({ seconds, polls, late }) => {
	describe.each(SPREADS)('spread by %s', (spread) => {
		it.each(SEEDS)('need few polls and are noticed soon (seed %i)', (seed) => {
			const durations = durationsAround(seconds, spread, randomFrom(seed));
			const seen = lookAt(durations, seconds * 1000, MANY, randomFrom(7));

			expect(seen.polls).toBeLessThanOrEqual(polls);
			expect(seen.lateSeconds).toBeLessThanOrEqual(late);
		});

		it.each([
			['ten times too short', 0.1],
			['ten times too long', 10],
		])('need at most twice as many polls with an average that is %s', (_, factor) => {
			const durations = SEEDS.flatMap((seed) => durationsAround(seconds, spread, randomFrom(seed)));
			const seen = lookAt(durations, seconds * 1000 * factor, MANY, randomFrom(7));

			expect(seen.polls).toBeLessThanOrEqual(2 * polls);
			expect(seen.lateSeconds).toBeLessThanOrEqual(2 * late);
		});
	});
});

describe.each([3, 10, 30, 75, 300])('jobs of %i s with a low limit', (seconds) => {
	it.each(SEEDS)('need one or two polls each (seed %i)', (seed) => {
		const durations = durationsAround(seconds, 0.2, randomFrom(seed));
		const seen = lookAt(durations, seconds * 1000, LIMITED, randomFrom(7));

		// Some more for long ones, at 12, 24, 48 and 96 s, in case the average is far too long.
		const early = [12, 24, 48, 96].filter((at) => at < seconds).length;
		expect(seen.polls).toBeLessThanOrEqual(early + 1.5);
		expect(seen.lateSeconds).toBeLessThanOrEqual(0.4 * seconds);
	});
});

it('polls are in between if there are neither few jobs nor many', () => {
	const seen = [1, 0.5, 0.25, 0.001].map((share) => {
		const load = { share, isLimited: false };
		return lookAt(durationsAround(300, 0.2, randomFrom(1)), 300_000, load, randomFrom(7));
	});
	const polls = seen.map((each) => each.polls);
	const late = seen.map(({ lateSeconds }) => lateSeconds);

	expect(polls).toEqual([...polls].sort((one, other) => other - one));
	expect(late).toEqual([...late].sort((one, other) => one - other));
	expect(new Set(polls).size).toBe(4);
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
			const first = [FEW, MANY].flatMap((load) =>
				[0, 0.5, 1].map((random) => nextPollMs(job({ usualMs }), load, () => random)),
			);

			for (const pause of first) {
				expect(pause).toBeGreaterThan(0);
				expect(pause).toBeLessThan(3_000);
			}
		},
	);

	it('polls a job submitted long ago at once', () => {
		for (const load of [FEW, MANY, LIMITED]) {
			expect(nextPollMs(job({ elapsedMs: 3_600_000 }), load)).toBe(0);
		}
	});

	it.each([0, 1, 500, 2_400, 6_999, 69_999, 100_000])(
		'pauses between two polls of a job of %i ms, whatever the usual duration',
		(elapsedMs) => {
			for (const usualMs of [0, 100, 10_000, 1_000_000]) {
				for (const load of [FEW, MANY, LIMITED]) {
					const pauseMs = nextPollMs(job({ elapsedMs, usualMs, count: 1 }), load);
					expect(pauseMs).toBeGreaterThanOrEqual(500);
				}
			}
		},
	);

	it('spreads the polls of jobs that started together', () => {
		const age = job({ elapsedMs: 7_000, count: 3 });
		const [early, usual, late] = [0, 0.5, 1].map((random) => nextPollMs(age, FEW, () => random));

		expect(early).toBeLessThan(usual!);
		expect(late).toBeGreaterThan(usual!);
		expect(late! / early!).toBeLessThan(2);
	});

	it('polls an overdue job ever less often, but at least every half minute', () => {
		const pauses = [20, 60, 120, 1200, 12_000].map((seconds) =>
			nextPollMs(job({ elapsedMs: seconds * 1000, count: 9 }), MANY, exactly),
		);

		expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
		expect(pauses[0]).toBeLessThan(10_000);
		expect(pauses.at(-1)).toBe(30_000);
	});

	it('obeys a server that asks for a longer wait, and only then', () => {
		const elapsedMs = 10_000;
		const asked = { elapsedMs, count: 3, failedPolls: 1, serverWaitMs: 45_000 };
		const own = nextPollMs(job({ elapsedMs, count: 3 }), FEW, exactly);

		expect(nextPollMs(job(asked), FEW, () => 0)).toBe(45_000);
		expect(nextPollMs(job({ elapsedMs, count: 3, serverWaitMs: 1 }), FEW, exactly)).toBe(own);
	});

	it('backs off exponentially from a failing server, up to half a minute', () => {
		const failures = [1, 2, 3, 4, 5, 6, 40];
		const pauses = (random: number) =>
			failures.map((failedPolls) => {
				const age = job({ elapsedMs: 1_000, usualMs: 1_000, count: failedPolls, failedPolls });
				return nextPollMs(age, FEW, () => random);
			});

		expect(pauses(1)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
		// With jitter: jobs that failed to be seen together come back at different times.
		expect(pauses(0)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
	});
});
