import { PollBudget, pollBudgetOf } from '../../nodes/jobs/pollBudget';
import { randomFrom } from '../simulator/random';
import { fixedWindow, tokenBucket } from '../api/rateLimits';
import { runJobs } from './jobLoad';

const UNKNOWN = { remaining: undefined, isShort: false };

describe('PollBudget', () => {
	it('gives few jobs all the polls they wish for', () => {
		const budget = new PollBudget();
		const loads = [1, 2, 3, 4, 5].map((job) => budget.loadFor({ job }, 1_200, UNKNOWN));
		expect(loads.map(({ share }) => share)).toEqual([1, 1, 1, 1, 1]);
	});

	it.each<[what: string, remaining: number | undefined, perMinute: number]>([
		['300 polls a minute', undefined, 300],
		['300 with some room', 599, 300],
		['600 with much room', 600, 600],
	])('shares %s among many jobs by urgency', (_what, remaining, perMinute) => {
		const budget = new PollBudget();
		const headroom = { remaining, isShort: false };
		const pauses = [...Array<number>(20).fill(2_000), ...Array<number>(10).fill(15_000)];
		const jobs = pauses.map((pauseMs) => ({ pauseMs }));
		for (const job of jobs) budget.loadFor(job, job.pauseMs, headroom);
		const rates = jobs.map((job) => {
			return (60_000 / job.pauseMs) * budget.loadFor(job, job.pauseMs, headroom).share;
		});
		expect(rates.reduce((sum, rate) => sum + rate)).toBeCloseTo(perMinute);
		// One that would be polled every 2 s gets more than one of every 15 s, in proportion.
		expect(rates[0]! / rates[29]!).toBeCloseTo(7.5);
	});

	it('gives back the share of a job that left', () => {
		const budget = new PollBudget();
		const [one, other] = [{}, {}];
		budget.loadFor(one, 100, UNKNOWN);
		expect(budget.loadFor(other, 200, UNKNOWN).share).toBeCloseTo(1 / 3);
		budget.leave(one);
		expect(budget.loadFor(other, 200, UNKNOWN).share).toBe(1);
		expect(budget.isBusy).toBe(true);
		budget.leave(other);
		expect(budget.isBusy).toBe(false);
	});

	it.each<[what: string, headroom: Parameters<PollBudget['loadFor']>[2], isLimited: boolean]>([
		['nothing known', UNKNOWN, false],
		['a recent refusal', { remaining: undefined, isShort: true }, true],
		['a recent refusal and room since', { remaining: 50, isShort: true }, true],
		[
			'fewer requests left than 5 and one for each of 3 jobs',
			{ remaining: 7, isShort: false },
			true,
		],
		['as many', { remaining: 8, isShort: false }, false],
	])('knows the limit to be low: %s', (_what, headroom, isLimited) => {
		const budget = new PollBudget();
		budget.loadFor({ job: 1 }, 1_200, UNKNOWN);
		budget.loadFor({ job: 2 }, 1_200, UNKNOWN);
		expect(budget.loadFor({ job: 3 }, 1_200, headroom).isLimited).toBe(isLimited);
	});

	it('is one for each host and key', () => {
		const account = (baseUrl: string, apiKey: string) => ({
			apiKey,
			hosts: { baseUrl },
		});
		const budget = pollBudgetOf(account('https://a', 'k'));
		expect(pollBudgetOf(account('https://a', 'k'))).toBe(budget);
		expect(pollBudgetOf(account('https://a', 'l'))).not.toBe(budget);
		expect(pollBudgetOf(account('https://b', 'k'))).not.toBe(budget);
	});
});

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const durations = (seconds: number, spread: number, seed: number) => {
	const random = randomFrom(1_000 + seed);
	return () => 1_000 * seconds * (1 - spread + 2 * spread * random());
};

/** A key that an earlier run has used, so that its limit is known. */
const used = { warmUp: true };

describe.each<[what: string, usualMs: number | undefined]>([
	['an unknown average', undefined],
	['the right average', 10_000],
	['an average fifteen times too long', 150_000],
])('12 executions of 4 jobs on 120 requests a minute, with %s', (_what, usualMs) => {
	it.each(SEEDS)('take little more than the least possible time and requests (seed %i)', (seed) => {
		const seen = runJobs({
			...used,
			limit: tokenBucket(120, 10),
			runs: 12,
			jobsEach: 4,
			durationMs: durations(10, 0.5, seed),
			usualMs,
			random: randomFrom(seed),
		});
		// Submit, poll and result of 48 jobs, less the burst, at two a second.
		const leastMs = ((3 * 48 - 10) * 60_000) / 120;
		expect(seen.totalMs / leastMs).toBeLessThanOrEqual(1.15);
		expect(seen.sent / 48).toBeLessThanOrEqual(4.2);
		expect(seen.refused / seen.sent).toBeLessThanOrEqual(0.05);
	});
});

it.each(SEEDS)('never keeps one job of another execution waiting for 60 (seed %i)', (seed) => {
	const seen = runJobs({
		...used,
		limit: fixedWindow(60),
		runs: 2,
		jobsEach: [60, 1],
		durationMs: durations(10, 0.2, seed),
		usualMs: 10_000,
		random: randomFrom(seed),
	});
	expect(seen.runs[1]!.totalMs).toBeLessThan(seen.runs[0]!.totalMs / 3);
});

it.each([50, 200])('asks for at most 300 polls a minute, or what %i sparse ones need', (jobs) => {
	const load = { runs: 1, jobsEach: jobs, concurrency: 20, usualMs: 300_000 };
	const long = runJobs({ ...load, durationMs: durations(300, 0.2, 1), random: randomFrom(1) });
	// As many as with pauses of a third of the age, which is what the schedule is at its sparsest.
	expect(long.pollsPerJob).toBeLessThanOrEqual(jobs === 50 ? 40 : 30);
});
