/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/**
 * Many items at once: how long a run takes, what it costs this process, and what the server sees.
 *
 * npm run build && npx tsx bench/throughput.ts
 */
import { startEngine, type Engine } from '../test/engine/engine';
import { middle, peakHeap } from './measure';
import { writeSection } from './section';
import { Stage, type Outcome } from './stage';

const CONCURRENCY = 10;

/** Rounds in measurements whose contenders take turns. */
const ROUNDS = 7;
const WARM_UP_ROUNDS = 2;

/** Of the CPU that n8n's HTTP Request node takes per item. */
const MAX_OWN_COST = 0.75;

interface Row {
	what: string;
	ours: string;
	node: string;
	loop: string;
	target: string;
	reached: boolean;
}

/** 100 sync items of 300 ms, ten at a time. */
async function syncItems(engine: Engine): Promise<Row[]> {
	const [count, seconds] = [100, 0.3];
	const ideal = (count / CONCURRENCY) * seconds;
	return await Stage.set(engine, { pictureAfterSeconds: seconds }, async (stage) => {
		const parameters = { options: { mode: 'sync', concurrency: CONCURRENCY } };
		const batching = { batchSize: CONCURRENCY, batchInterval: seconds * 1000 };
		await stage.ours(CONCURRENCY, parameters);
		await stage.node(CONCURRENCY);
		const ours = await median(5, async () => await stage.ours(count, parameters));
		const node = await median(3, async () => await stage.node(count));
		const batched = await median(3, async () => await stage.node(count, batching));
		const loop = await stage.loop(count);
		const loops = await median(3, async () => await stage.loop(count, CONCURRENCY));
		return [
			{
				what: `${count} sync items of ${seconds * 1000} ms, concurrency ${CONCURRENCY}`,
				ours: `${s(ours.seconds)}, ${inFlight(ours)}`,
				node: `${s(node.seconds)}, ${inFlight(node)}; in batches of ${CONCURRENCY} per ${batching.batchInterval} ms ${s(batched.seconds)}, ${inFlight(batched)}`,
				loop: `${s(loop.seconds)}, ${inFlight(loop)}; ${CONCURRENCY} such loops at once ${s(loops.seconds)}`,
				target: `at most ${s(1.1 * ideal)}, or 1.1 times the loops at once, if a slow machine makes those take longer: it is ${(ours.seconds / loops.seconds).toFixed(2)} times`,
				reached:
					allDone(ours, count) &&
					ours.seconds <= 1.1 * Math.max(ideal, loops.seconds) &&
					ours.report.maxInFlight <= CONCURRENCY,
			},
		];
	});
}

/** 200 async jobs of 5 to 15 s in one run, all of them at Segmind at the same time. */
async function asyncJobs(engine: Engine): Promise<Row[]> {
	const count = 200;
	const seconds: [number, number] = [5, 15];
	const limitOf = ({ report }: Outcome) => 1.1 * slowest(report) + submitSeconds(report);
	const loop = await Stage.set(
		engine,
		// One poll per second of every job is more than one process can do at a higher speed.
		{ speed: 2, seconds },
		async (stage) => await stage.jobs(count),
	);
	return await Stage.set(engine, { speed: 5, seconds }, async (stage) => {
		const parameters = { output: 'url', options: { maxJobs: count } };
		await stage.ours(20, parameters);
		const ours = await median(
			5,
			async () => await stage.ours(count, parameters),
			(outcome) => outcome.seconds / limitOf(outcome),
		);
		return [
			{
				what: `${count} async jobs of 5 to 15 s (random), one run, at 5 times the speed`,
				ours: `${jobFacts(ours)}, ${inFlight(ours)}`,
				node: 'has no way to wait for a job',
				loop: `${jobFacts(loop)}, ${inFlight(loop)}, at twice the speed`,
				target: `at most ${s(limitOf(ours))}: 1.1 times the slowest job and the submits`,
				reached: allDone(ours, count) && ours.seconds <= limitOf(ours),
			},
		];
	});
}

/** 100 texts against 100 pictures in the mode Async, with the same jobs, all of them at Segmind at the same time. */
async function texts(engine: Engine): Promise<Row[]> {
	const count = 100;
	const options = { maxJobs: count };
	const settings = { speed: 5, seconds: [5, 15] as [number, number] };
	return await Stage.set(engine, settings, async (stage) => {
		const contenders = {
			texts: async () => await stage.texts(count, options),
			pictures: async () => await stage.ours(count, { options: { ...options, mode: 'async' } }),
		};
		type Name = keyof typeof contenders;
		const names = Object.keys(contenders) as Name[];
		const rounds: Array<Record<Name, Outcome>> = [];
		// In turns and in alternating order: see ownCost.
		for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
			const outcomes: Partial<Record<Name, Outcome>> = {};
			for (const name of names.reverse()) outcomes[name] = await contenders[name]();
			if (round >= 0) rounds.push(outcomes as Record<Name, Outcome>);
		}
		const typical = (numberOf: (round: Record<Name, Outcome>) => number) =>
			middle(rounds.map(numberOf), (number) => number);
		const ratio = typical((round) => round.texts.seconds / round.pictures.seconds);
		const both = (name: Name) =>
			`${s(typical((round) => round[name].seconds))}, ${ms(typical((round) => round[name].cpuMs / count))} of CPU each`;
		return [
			{
				what: `${count} texts against ${count} pictures in the mode Async, the same jobs of 5 to 15 s (random), at ${settings.speed} times the speed`,
				ours: `texts ${both('texts')}; pictures, stored as files, ${both('pictures')}: ${ratio.toFixed(2)} times`,
				node: '–',
				loop: '–',
				target: 'at most 1.10 times',
				reached:
					rounds.every((round) => names.every((name) => allDone(round[name], count))) &&
					ratio <= 1.1,
			},
		];
	});
}

/** Sync items of 1 s on a plan with a rate limit far below the number of items. */
async function limited(
	engine: Engine,
	plan: { requestsPerMinute: number; burst: number },
	{ count, speed, concurrency }: { count: number; speed: number; concurrency: number },
): Promise<Row[]> {
	const { requestsPerMinute, burst } = plan;
	const seconds = 1;
	const least = ((count - burst) * 60) / requestsPerMinute + seconds;
	const settings = { speed, seconds: [seconds, seconds] as [number, number], rateLimit: plan };
	const parameters = { options: { mode: 'sync', concurrency } };
	// Each time with a new simulator: on the same one a run would wait for what the run before had used up.
	const ours = await median(3, async () => {
		return await Stage.set(engine, settings, async (stage) => await stage.ours(count, parameters));
	});
	return await Stage.set(engine, settings, async (stage) => {
		const node = await stage.node(count);
		const batching = { batchSize: 1, batchInterval: 60_000 / requestsPerMinute };
		const batched = await stage.node(count, batching);
		const loop = await stage.loop(count);
		const { refused, requests } = ours.report;
		return [
			{
				what: `${count} sync items on ${requestsPerMinute} requests a minute, burst ${burst}, concurrency ${concurrency}`,
				ours: limitFacts(ours),
				node: `${limitFacts(node)}; one per ${batching.batchInterval / 1000} s ${limitFacts(batched)}`,
				loop: limitFacts(loop),
				target: `none failed, at most ${s(1.1 * least)} (1.1 times what the plan allows) and 3 % refused`,
				reached: allDone(ours, count) && ours.seconds <= 1.1 * least && refused / requests <= 0.03,
			},
		];
	});
}

/** What an item costs this process when Segmind answers at once, and whether many items cost more each. */
async function ownCost(engine: Engine): Promise<Row[]> {
	const [few, many] = [100, 1000];
	// The HTTP Request node has all its requests in flight. What an answer costs falls with their number, whoever asks.
	const most = 50;
	const at = (concurrency: number) => ({ options: { mode: 'sync', concurrency } });
	return await Stage.set(engine, { pictureAfterSeconds: 0 }, async (stage) => {
		const contenders = {
			ours: async () => [await stage.ours(many, at(most))],
			oursAtTen: async () => [await stage.ours(many, at(CONCURRENCY))],
			node: async () => [await stage.node(many)],
			plain: async () => [await stage.plain(many, most)],
			loop: async () => [await stage.loop(many)],
			// The same total number of items: a median of short runs would leave out the machine's busy moments.
			few: async () => await repeated(many / few, async () => await stage.ours(few, at(most))),
			fewNode: async () => await repeated(many / few, async () => await stage.node(few)),
		};
		type Name = keyof typeof contenders;
		const rounds: Array<Record<Name, Cost>> = [];
		// In turns, so that a busy moment affects all of them, and in alternating order, because Node speeds up whatever
		// runs later. The first rounds only warm up.
		const names = Object.keys(contenders) as Name[];
		for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
			const costs: Partial<Record<Name, Cost>> = {};
			for (const name of names.reverse()) costs[name] = costOf(await contenders[name]());
			if (round >= 0) rounds.push(costs as Record<Name, Cost>);
		}
		const typical = (numberOf: (round: Record<Name, Cost>) => number) =>
			middle(rounds.map(numberOf), (number) => number);
		const both = (name: Name) =>
			`${ms(typical((round) => round[name].cpuMs))} of CPU, ${ms(typical((round) => round[name].wallMs))} on the clock`;
		// Compared within each round, since the machine's speed varies from round to round.
		const ratio = (unit: keyof Cost, one: Name, other: Name) =>
			typical((round) => round[one][unit] / round[other][unit]);
		const share = ratio('cpuMs', 'ours', 'node');
		const growth = ratio('wallMs', 'ours', 'few');
		return [
			{
				what: `Own cost per item, ${many} sync items answered at once`,
				ours: `${both('ours')} at concurrency ${most}; ${both('oursAtTen')} at ${CONCURRENCY}`,
				node: `${both('node')}, all in flight; a node of twenty lines that only posts and stores with n8n’s helpers, at concurrency ${most}: ${both('plain')}, ${ratio('cpuMs', 'plain', 'node').toFixed(2)} times`,
				loop: `${both('loop')}, stores nothing`,
				target: `at concurrency ${most} at most ${MAX_OWN_COST} times the CPU of the HTTP Request node: it is ${share.toFixed(2)} times`,
				reached: share <= MAX_OWN_COST,
			},
			{
				what: `Time per item, ${many} items in one run against ${few}`,
				ours: `${growth.toFixed(2)} times`,
				node: `${ratio('wallMs', 'node', 'fewNode').toFixed(2)} times`,
				loop: '–',
				target: 'at most 1.10 times',
				reached: growth <= 1.1,
			},
		];
	});
}

/** What an item costs, in real milliseconds. */
interface Cost {
	cpuMs: number;
	wallMs: number;
}

function costOf(outcomes: Outcome[]): Cost {
	const sum = (numberOf: (outcome: Outcome) => number) =>
		outcomes.reduce((total, outcome) => total + numberOf(outcome), 0);
	const items = sum(({ done }) => done);
	return {
		cpuMs: sum(({ cpuMs }) => cpuMs) / items,
		wallMs: sum(({ seconds }) => seconds * 1000) / items,
	};
}

/** The heap of a run that returns URLs: it may hold its items, but nothing of its jobs. */
async function memory(engine: Engine): Promise<Row[]> {
	const [few, many] = [100, 1000];
	const largest = 16;
	return await Stage.set(engine, { speed: 10, seconds: [1, 1] }, async (stage) => {
		const parameters = { output: 'url', options: { maxJobs: 50 } };
		const ours = async (count: number) => await stage.ours(count, parameters);
		const node = async (count: number) => await stage.node(count, undefined);
		await ours(few);
		await node(few);
		const peaks = {
			few: await peakHeap(async () => await ours(few)),
			many: await peakHeap(async () => await ours(many)),
			fewNode: await peakHeap(async () => await node(few)),
			manyNode: await peakHeap(async () => await node(many)),
		};
		const perItem = (more: number, less: number) => (more - less) / (many - few) / 1000;
		const own = perItem(peaks.many, peaks.few);
		return [
			{
				what: `Peak of the heap in use, ${many} items with URLs against ${few}`,
				ours: `${mb(peaks.many)} against ${mb(peaks.few)}, ${own.toFixed(1)} kB per further item`,
				node: `${mb(peaks.manyNode)} against ${mb(peaks.fewNode)} (pictures to disk), ${perItem(peaks.manyNode, peaks.fewNode).toFixed(1)} kB`,
				loop: '–',
				target: `at most ${largest} kB per further item, which is the item itself in n8n`,
				reached: own <= largest,
			},
		];
	});
}

async function median(
	runs: number,
	run: () => Promise<Outcome>,
	numberOf = ({ seconds }: Outcome) => seconds,
): Promise<Outcome> {
	// A failed run must be reported, not counted as a fast one.
	return middle(await repeated(runs, run), (outcome) =>
		outcome.failed ? Infinity : numberOf(outcome),
	);
}

async function repeated(runs: number, run: () => Promise<Outcome>): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (let turn = 0; turn < runs; turn++) outcomes.push(await run());
	return outcomes;
}

function allDone({ done, failed }: Outcome, count: number): boolean {
	if (failed) console.error(failed.message);
	return done === count;
}

const s = (seconds: number) => `${seconds.toFixed(2)} s`;
const ms = (milliseconds: number) => `${milliseconds.toFixed(2)} ms`;
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const inFlight = ({ report }: Outcome) => `at most ${report.maxInFlight} in flight`;

function limitFacts({ seconds, done, failed, report: { requests, refused } }: Outcome): string {
	const end = failed ? `the run fails after ${s(seconds)}` : `${done} done in ${s(seconds)}`;
	return `${end}, ${refused} of ${requests} requests refused`;
}

function jobFacts({ seconds, report }: Outcome): string {
	const polls = (report.polls / report.jobs.length).toFixed(1);
	return `${s(seconds)} (slowest job ${s(slowest(report))}, submits ${s(submitSeconds(report))}), ${polls} polls per job`;
}

function slowest({ jobs }: Outcome['report']): number {
	return Math.max(...jobs.map(({ submittedAt, readyAt }) => readyAt - submittedAt)) / 1000;
}

/** From the first job to the last one. */
function submitSeconds({ jobs }: Outcome['report']): number {
	const times = jobs.map(({ submittedAt }) => submittedAt);
	return (Math.max(...times) - Math.min(...times)) / 1000;
}

const PARTS: Array<(engine: Engine) => Promise<Row[]>> = [
	syncItems,
	asyncJobs,
	texts,
	async (engine) =>
		await limited(
			engine,
			{ requestsPerMinute: 60, burst: 10 },
			{ count: 60, speed: 10, concurrency: CONCURRENCY },
		),
	async (engine) =>
		await limited(
			engine,
			{ requestsPerMinute: 5, burst: 5 },
			{ count: 15, speed: 8, concurrency: 5 },
		),
	ownCost,
	memory,
];

async function main(): Promise<void> {
	const engine = await startEngine({ binaryMode: 'filesystem' });
	const rows: Row[] = [];
	for (const part of PARTS) {
		const startedAt = Date.now();
		for (const row of await part(engine)) {
			rows.push(row);
			const { what, ours, target, reached } = row;
			console.log(`${reached ? 'reached' : 'MISSED '}  ${what}: ${ours}, target ${target}`);
		}
		console.log(`         (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`);
	}
	await engine.close();
	writeSection(
		'throughput',
		[
			'## Many items at once',
			'',
			'`npx tsx bench/throughput.ts`: all contenders in the same n8n engine and process, the simulator in another one; medians of',
			'several runs. The HTTP Request node sends one POST per item, as it is set up by default and with its batching option;',
			'the axios loop sends one request after the other. Seconds are virtual where a speed is given or a plan limits the run.',
			'',
			'| | this package | HTTP Request node | axios loop | target | |',
			'|---|---|---|---|---|---|',
			...rows.map(
				({ what, ours, node, loop, target, reached }) =>
					`| ${[what, ours, node, loop, target, reached ? 'reached' : 'MISSED'].join(' | ')} |`,
			),
		].join('\n'),
	);
	if (!rows.every(({ reached }) => reached)) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
