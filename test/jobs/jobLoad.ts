import { Lane } from '../../nodes/api/fairQueue';
import { PollBudget } from '../../nodes/jobs/pollBudget';
import { closePauseMs, nextPollMs } from '../../nodes/jobs/pollSchedule';
import {
	Process,
	Seen,
	Timeline,
	type RateLimit,
	type Request,
	type Told,
} from '../api/rateLimits';
import type { Random } from '../simulator/random';

export interface JobLoad {
	limit?: RateLimit;
	told?: Told;
	/** Executions that start together, each with so many jobs (or one number for each). */
	runs: number;
	jobsEach: number | number[];
	/** An earlier request has told what the limit is. */
	warmUp?: boolean;
	/** How long each job takes, in milliseconds. */
	durationMs: () => number;
	/** What the catalogue says. */
	usualMs: number | undefined;
	random: Random;
	concurrency?: number;
}

export interface JobsSeen extends Seen {
	/** From the first submit to the last result, in milliseconds. */
	totalMs: number;
	pollsPerJob: number;
	/** From the end of each job to the poll that reports it, in milliseconds. */
	latenessMs: number[];
	/** The same time for each run. */
	runs: Array<{ totalMs: number }>;
}

/** How long the API takes to answer. */
const ANSWER_MS = 20;

/** Long enough for a used request to be back. */
const WARM_UP_MS = 30_000;

/** Runs jobs as waitForJob does, but event by event and without a clock: submit, poll, fetch the result. */
export function runJobs(load: JobLoad): JobsSeen {
	const { limit, told = 'onAnswer', runs, jobsEach, durationMs, usualMs, random } = load;
	const seen = new Seen();
	const timeline = new Timeline();
	const process = new Process(timeline, { limit, told, seen }, random);
	const budget = new PollBudget();
	const latenessMs: number[] = [];
	let polls = 0;
	const ends: number[] = [];
	if (load.warmUp) {
		process.send(new Lane<Request>(1), 'work', ANSWER_MS, () => {});
		timeline.run();
		seen.sent = 0;
		timeline.at += WARM_UP_MS;
	}
	const startedAt = timeline.at;

	const runJob = (run: number, lane: Lane<Request>) => {
		const job = {};
		const { policy } = process;
		process.send(lane, 'work', ANSWER_MS, () => {
			const acceptedAt = timeline.at;
			const endsAt = acceptedAt + durationMs();
			let count = 0;
			const pollLater = () => {
				const elapsedMs = timeline.at - acceptedAt;
				const age = { elapsedMs, usualMs, count, failedPolls: 0, serverWaitMs: undefined };
				const share = budget.loadFor(job, closePauseMs(age), policy.headroom(timeline.at));
				timeline.do(timeline.at + nextPollMs(age, share, random), () => {
					process.send(lane, 'poll', ANSWER_MS, () => {
						count++;
						polls++;
						if (timeline.at < endsAt) return pollLater();
						budget.leave(job);
						latenessMs.push(timeline.at - endsAt);
						process.send(lane, 'collect', ANSWER_MS, () => (ends[run] = timeline.at));
					});
				});
			};
			pollLater();
		});
	};

	for (let run = 0; run < runs; run++) {
		const lane = new Lane<Request>(load.concurrency ?? 5);
		const jobs = typeof jobsEach === 'number' ? jobsEach : (jobsEach[run] ?? 0);
		for (let n = 0; n < jobs; n++) runJob(run, lane);
	}
	timeline.run();
	return {
		...seen,
		totalMs: Math.max(...ends) - startedAt,
		runs: ends.map((at) => ({ totalMs: at - startedAt })),
		pollsPerJob: polls / latenessMs.length,
		latenessMs,
	};
}
