/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/**
 * Several executions with one key on a limited plan: how much of the limit they use, and how often they are refused.
 *
 * npm run build && npx tsx bench/limits.ts
 */
import type { INodeParameters } from 'n8n-workflow';
import { startEngine, type Engine } from '../test/engine/engine';
import { middle } from './measure';
import { BATCHING, EACH, ITEMS, leastSeconds, PICTURE_SECONDS, PLAN, ROUNDS, RUNS } from './plan';
import { RemoteSimulator } from './remoteSimulator';
import { writeSection } from './section';
import { Stage, type Outcome } from './stage';
import { Workers } from './workers';

interface Row {
	what: string;
	ours: string;
	node: string;
	target: string;
	reached: boolean;
}

const s = (seconds: number) => `${seconds.toFixed(2)} s`;
const percent = ({ report }: Outcome) => (100 * report.refused) / report.requests;

function facts(outcome: Outcome, least: number): string {
	const { seconds, done, failed, report } = outcome;
	const end = failed ? `fails after ${s(seconds)}` : `${done} done in ${s(seconds)}`;
	const times = failed ? '' : `, ${(seconds / least).toFixed(2)} x`;
	return `${end}${times}, ${report.refused} of ${report.requests} requests refused`;
}

/** Rounds with a key in use; the first one, in which nothing is known of it, is told apart. */
async function rounds(run: () => Promise<Outcome>): Promise<{ first: Outcome; typical: Outcome }> {
	const first = await run();
	const later: Outcome[] = [];
	for (let round = 0; round < ROUNDS; round++) later.push(await run());
	return {
		first,
		typical: middle(later, ({ seconds, failed }) => (failed ? Infinity : seconds)),
	};
}

async function pictures(engine: Engine): Promise<Row[]> {
	const settings = {
		seconds: [PICTURE_SECONDS, PICTURE_SECONDS] as [number, number],
		rateLimit: PLAN,
	};
	const least = leastSeconds(ITEMS) + PICTURE_SECONDS;
	return await Stage.set(engine, settings, async (stage) => {
		const parameters = { options: { mode: 'sync' } };
		const ours = await rounds(async () => await stage.oursTogether(RUNS, EACH, parameters));
		const node = await stage.nodeTogether(RUNS, EACH);
		const batched = await stage.nodeTogether(RUNS, EACH, BATCHING);
		const { seconds, done } = ours.typical;
		return [
			{
				what: `${RUNS} executions of ${EACH} pictures of ${PICTURE_SECONDS} s at the same moment`,
				ours: `${facts(ours.typical, least)}; the first time, with nothing known of the key: ${facts(ours.first, least)}`,
				node: `${facts(node, least)}; one per ${BATCHING.batchInterval} ms each ${facts(batched, least)}`,
				target: `with a key in use at most 1.10 x the least possible ${s(least)} and 5 % refused`,
				reached: done === ITEMS && seconds <= 1.1 * least && percent(ours.typical) <= 5,
			},
		];
	});
}

async function jobs(engine: Engine): Promise<Row[]> {
	const settings = { speed: 3, seconds: [5, 15] as [number, number], rateLimit: PLAN };
	// A submit, a poll and the result of each job.
	const least = leastSeconds(3 * ITEMS);
	return await Stage.set(engine, settings, async (stage) => {
		const parameters: INodeParameters = { output: 'url', options: { mode: 'async' } };
		const ours = await rounds(async () => await stage.oursTogether(RUNS, EACH, parameters));
		const { seconds, done, report } = ours.typical;
		const perJob = report.requests / ITEMS;
		return [
			{
				what: `${RUNS} executions of ${EACH} jobs of 5 to 15 s at the same moment`,
				ours: `${facts(ours.typical, least)}, ${perJob.toFixed(2)} a job; the first time, with nothing known of the key: ${facts(ours.first, least)}`,
				node: 'has no way to wait for a job',
				target: `with a key in use at most 1.15 x the least possible ${s(least)}, 5 % refused and 4.2 requests a job`,
				reached:
					done === ITEMS && seconds <= 1.15 * least && percent(ours.typical) <= 5 && perJob <= 4.2,
			},
		];
	});
}

async function beside(engine: Engine): Promise<Row[]> {
	const many = 60;
	const settings = {
		seconds: [PICTURE_SECONDS, PICTURE_SECONDS] as [number, number],
		rateLimit: PLAN,
	};
	return await Stage.set(engine, settings, async (stage) => {
		const ours = [];
		for (const startAfter of [5, 8, 11]) {
			ours.push(
				await stage.beside(many, startAfter, { parameters: { options: { mode: 'sync' } } }),
			);
		}
		const node = await stage.beside(many, 5, { batching: BATCHING });
		const worst = Math.max(...ours.map(({ seconds }) => seconds));
		return [
			{
				what: `One picture of ${PICTURE_SECONDS} s beside an execution of ${many}`,
				ours: `${ours.map(({ seconds, failed }) => (failed ? 'fails' : s(seconds))).join(', ')} when it starts after 5, 8 and 11 s`,
				node: `one per ${BATCHING.batchInterval} ms each ${node.failed ? `fails after ${s(node.seconds)}` : s(node.seconds)}`,
				target: 'at most 3 s',
				reached: worst <= 3 && ours.every(({ failed }) => !failed),
			},
		];
	});
}

/** Two workers without what queue.ts needs, so that their target is measured on any machine. */
async function twoProcesses(): Promise<Row[]> {
	const least = leastSeconds(ITEMS) + PICTURE_SECONDS;
	const simulator = await RemoteSimulator.start({
		seconds: [PICTURE_SECONDS, PICTURE_SECONDS],
		rateLimit: PLAN,
	});
	const workers = await Workers.start(2, simulator.credential);
	try {
		const outcomes: Array<{ seconds: number; done: number; refused: number; requests: number }> =
			[];
		for (let round = 0; round <= ROUNDS; round++) {
			await simulator.reset();
			const { seconds, done } = await workers.run(RUNS / 2, EACH);
			const { refused, requests } = await simulator.report();
			outcomes.push({ seconds, done, refused, requests });
		}
		const typical = middle(outcomes.slice(1), ({ seconds }) => seconds);
		return [
			{
				what: `Two processes with one key, without n8n’s queue, ${RUNS / 2} executions of ${EACH} pictures in each`,
				ours: `${typical.done} done in ${s(typical.seconds)}, ${(typical.seconds / least).toFixed(2)} x, ${typical.refused} of ${typical.requests} requests refused`,
				node: '–',
				target: `nothing failed, at most 1.3 x the least possible ${s(least)}`,
				reached: outcomes.every(({ done }) => done === ITEMS) && typical.seconds <= 1.3 * least,
			},
		];
	} finally {
		await workers.stop();
		await simulator.stop();
	}
}

async function main(): Promise<void> {
	const engine = await startEngine({ binaryMode: 'filesystem' });
	const rows: Row[] = [];
	for (const part of [pictures, jobs, beside, twoProcesses]) {
		for (const row of await part(engine)) {
			rows.push(row);
			console.log(
				`${row.reached ? 'reached' : 'MISSED '}  ${row.what}: ${row.ours}, target ${row.target}`,
			);
		}
	}
	await engine.close();
	writeSection(
		'limits',
		[
			'## Several executions with one key',
			'',
			`\`npx tsx bench/limits.ts\`: a plan of ${PLAN.requestsPerMinute} requests a minute with a burst of ${PLAN.burst}; all in the same n8n engine and process, the simulator`,
			`in another one; medians of ${ROUNDS} rounds. “x” is the time over the least that the plan allows. A key of which nothing is known`,
			'is not slowed down: the very first burst goes out as it is, and a refusal costs nothing.',
			'',
			'| | this package | HTTP Request node | target | |',
			'|---|---|---|---|---|',
			...rows.map(
				({ what, ours, node, target, reached }) =>
					`| ${[what, ours, node, target, reached ? 'reached' : 'MISSED'].join(' | ')} |`,
			),
		].join('\n'),
	);
	if (!rows.every(({ reached }) => reached)) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
