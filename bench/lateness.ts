/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/**
 * How late the end of a job is noticed, and how often it is polled, by the number of jobs that are waited for and with
 * right and wrong averages in the catalogue: thousands of jobs by the package's own schedule and budget, event by event
 * and without a clock; beside them some in n8n's engine.
 *
 * npm run build && npx tsx bench/lateness.ts
 */
import { allModels } from '../nodes/catalog/models';
import { startEngine, type Engine } from '../test/engine/engine';
import { runJobs } from '../test/jobs/jobLoad';
import { randomFrom } from '../test/simulator/random';
import { startSimulator } from '../test/simulator/simulator';
import { middle } from './measure';
import { writeSection } from './section';

/** By jobs at once: how many rounds are calculated. */
const ROUNDS: Record<number, number> = { 1: 2_000, 4: 500, 50: 20, 200: 5 };
/** How many executions are measured in the engine, each with a simulator of its own: to the package, another host. */
const EXECUTIONS: Record<number, number> = { 1: 20, 4: 5, 50: 0, 200: 0 };

/** In seconds; how fast the engine's clock runs. */
const SPEEDS: Record<number, number> = { 3: 1, 10: 2, 30: 4, 75: 8, 300: 20 };

/** Issue 23: up to five jobs, polls per job. The median lateness is at most max(0.7 s, 2.5 %). */
const FEW_POLLS: Record<number, number> = { 10: 9, 75: 30, 300: 60 };
/** Issue 3: 200 jobs at once. The median lateness is at most max(1 s, 10 %). */
const MANY_POLLS: Record<number, number> = { 10: 5, 30: 10, 300: 30 };

/** The average in the catalogue, by the true one. */
const AVERAGES = { right: 1, 'too long': 15, 'too short': 1 / 15 };

interface Seen {
	polls: number;
	lateSeconds: number;
}

interface Target {
	/** Undefined where no number is set. */
	polls: number | undefined;
	lateSeconds: number;
	/** Whether wrong averages are judged, too: twice as late, one poll more. */
	whenWrong: boolean;
}

function targetOf(jobs: number, seconds: number): Target | undefined {
	if (jobs <= 5) {
		const lateSeconds = Math.max(0.7, 0.025 * seconds);
		return { polls: FEW_POLLS[seconds], lateSeconds, whenWrong: true };
	}
	const polls = MANY_POLLS[seconds];
	if (jobs < 200 || polls === undefined) return undefined;
	return { polls, lateSeconds: Math.max(1, 0.1 * seconds), whenWrong: false };
}

/** Jobs take 0.8 to 1.2 times as long, at random. */
const durationOf = (seconds: number, random: () => number) => seconds * (0.8 + 0.4 * random());

function calculated(jobs: number, seconds: number, factor: number): Seen {
	const rounds = Array.from({ length: ROUNDS[jobs] ?? 1 }, (_, round) => {
		const durations = randomFrom(2 * round + 1);
		return runJobs({
			runs: 1,
			jobsEach: jobs,
			concurrency: 20,
			durationMs: () => 1000 * durationOf(seconds, durations),
			usualMs: 1000 * seconds * factor,
			random: randomFrom(2 * round + 2),
		});
	});
	const late = rounds.flatMap(({ latenessMs }) => latenessMs);
	return {
		polls: rounds.reduce((sum, { pollsPerJob }) => sum + pollsPerJob, 0) / rounds.length,
		lateSeconds: middle(late, (ms) => ms) / 1000,
	};
}

/** The model whose average in the catalogue comes closest, of those that need nothing but a prompt. */
function modelOf(seconds: number): { slug: string; averageSeconds: number } {
	const known = allModels().flatMap(({ slug, kind, averageSeconds }) =>
		averageSeconds && kind.startsWith('Text to') ? [{ slug, averageSeconds }] : [],
	);
	const distance = ({ averageSeconds }: (typeof known)[number]) =>
		Math.abs(Math.log(averageSeconds / seconds));
	return known.reduce((best, model) => (distance(model) < distance(best) ? model : best));
}

/** What the simulator saw of one execution that waits for its jobs. */
async function execution(engine: Engine, jobs: number, seconds: number, seed: number) {
	const { slug, averageSeconds } = modelOf(seconds);
	const { clock, now } = engine.packageClock();
	const simulator = await startSimulator({
		speed: clock.speed,
		now,
		credits: 1e6,
		duration: ({ index }) => durationOf(averageSeconds, randomFrom(1000 * seed + index)),
	});
	try {
		const run = await engine.runNode(
			'segmindGenerateImage',
			{
				model: { __rl: true, mode: 'slug', value: slug },
				prompt: 'a fox',
				output: 'url',
				options: { mode: 'async', timeout: 3600, checkParameters: 'off' },
			},
			{
				items: Array.from({ length: jobs }, () => ({ json: {} })),
				credentials: { segmindApi: { ...simulator.credential } },
			},
		);
		if (run.error) throw run.error;
		return simulator.jobs.map(({ requestId, readyAt }) => {
			const path = `/v2/requests/${requestId}`;
			const fetched = simulator.requests.find((request) => request.path === path);
			return {
				polls: simulator.requests.filter((request) => request.path === `${path}/status`).length,
				lateSeconds: ((fetched?.at ?? Infinity) - readyAt) / 1000,
			};
		});
	} finally {
		await simulator.close();
	}
}

async function measured(engine: Engine, jobs: number, seconds: number): Promise<Seen | undefined> {
	const executions = EXECUTIONS[jobs] ?? 0;
	if (executions === 0) return undefined;
	const { clock } = engine.packageClock();
	clock.speed = SPEEDS[seconds] ?? 1;
	const started = Array.from({ length: executions }, async (_, index) => {
		return await execution(engine, jobs, seconds, index + 1);
	});
	const each = (await Promise.all(started)).flat();
	clock.speed = 1;
	return {
		polls: each.reduce((sum, { polls }) => sum + polls, 0) / each.length,
		lateSeconds: middle(each, ({ lateSeconds }) => lateSeconds).lateSeconds,
	};
}

function isReached(target: Target, seen: Seen[]): boolean {
	const { whenWrong, lateSeconds } = target;
	return (whenWrong ? seen : seen.slice(0, 1)).every((one, index) => {
		const isWrong = index > 0;
		const maxPolls = (target.polls ?? Infinity) + (isWrong ? 1 : 0);
		return one.polls <= maxPolls && one.lateSeconds <= lateSeconds * (isWrong ? 2 : 1);
	});
}

function words({ polls, lateSeconds, whenWrong }: Target): string {
	return [
		polls === undefined ? '' : `${polls} polls, `,
		`${lateSeconds.toFixed(2)} s`,
		whenWrong ? '; wrong: one poll more, twice as late' : '',
	].join('');
}

const shown = (seen: Seen | undefined) =>
	seen ? `${seen.polls.toFixed(1)} polls, ${seen.lateSeconds.toFixed(2)} s` : '–';

async function main(): Promise<void> {
	const engine = await startEngine();
	const rows: string[] = [];
	// The first execution loads what the others use.
	await measured(engine, 1, 3);
	for (const jobs of Object.keys(ROUNDS).map(Number)) {
		for (const seconds of Object.keys(SPEEDS).map(Number)) {
			const seen = Object.values(AVERAGES).map((factor) => calculated(jobs, seconds, factor));
			const inEngine = await measured(engine, jobs, seconds);
			const target = targetOf(jobs, seconds);
			const reached = target === undefined || isReached(target, seen);
			const verdict = target ? `${words(target)}: ${reached ? 'reached' : 'MISSED'}` : '';
			const cells = [...seen, inEngine].map(shown).join(' | ');
			rows.push(`| ${jobs} of ${seconds} s | ${cells} | ${verdict} |`);
			console.log(rows.at(-1));
			if (!reached) process.exitCode = 1;
		}
	}
	await engine.close();
	writeSection(
		'lateness',
		[
			'## How soon the end of a job is noticed, by the number of jobs',
			'',
			'`npx tsx bench/lateness.ts`: polls per job, and the median time from the end of a job to the answer that tells it. Jobs take',
			'0.8 to 1.2 times as long as written, at random; wrong averages are 15 times as long, or a 15th. The first three columns are',
			'1000 to 2000 jobs each, by the package’s own schedule and budget but without a clock, and are what is judged. The column of',
			'the engine is 20 jobs, so a sample: Generate Image with real HTTP to the simulator, whose clock runs up to 20 times as fast.',
			'',
			`| jobs at once | ${Object.keys(AVERAGES)
				.map((name) => `average ${name}`)
				.join(' | ')} | right, in n8n’s engine | at most |`,
			'|---|---|---|---|---|---|',
			...rows,
		].join('\n'),
	);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
