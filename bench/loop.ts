/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/**
 * How long n8n's event loop is held: by reading a thousand items, and by answers of ten megabytes.
 *
 * npm run build && npx tsx bench/loop.ts
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseJsonInSteps } from '../nodes/api/json';
import { jsonInSteps } from '../nodes/api/jsonText';
import { resultOfJob } from '../nodes/api/result';
import { inSlices } from '../nodes/api/slices';
import { parseLiveList } from '../nodes/catalog/liveList';
import { startEngine } from '../test/engine/engine';
import { middle } from './measure';
import { writeSection } from './section';
import { Stage } from './stage';

const BYTES = 10 * 1024 * 1024;
const MAX_MS = 50;
/** A pause of the machine counts as one of the process: the median leaves it out. */
const RUNS = 3;

interface Row {
	what: string;
	ours: number;
	plain: string;
	target?: boolean;
}

/** The longest delay of a timer while something runs, in milliseconds. */
async function longestDelay(what: string, work: () => unknown): Promise<number> {
	const delays: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const monitor = monitorEventLoopDelay({ resolution: 1 });
		monitor.enable();
		// What comes before the first tick of a monitor is not in its figures.
		await new Promise((resolve) => setTimeout(resolve, 5));
		await work();
		await new Promise((resolve) => setTimeout(resolve, 5));
		monitor.disable();
		delays.push(monitor.max / 1e6);
	}
	console.log(`${what}: ${delays.map((delay) => delay.toFixed(0)).join(', ')} ms`);
	return middle(delays, (delay) => delay);
}

/** An answer of ten megabytes. */
function answerOf(value: string): string {
	const count = Math.floor((BYTES - 100) / (value.length + 1));
	return `{"status":"COMPLETED","output":[${Array.from({ length: count }, () => value).join()}]}`;
}

const ANSWERS: Record<string, string> = {
	numbers: answerOf('12345'),
	words: answerOf('"cat"'),
	'small objects': answerOf('{"id":1,"box":[1,2,3,4],"label":"cat"}'),
	'addresses of pictures': answerOf('"https://images.segmind.com/generations/picture.png"'),
	'one picture as base64': answerOf(`"${Buffer.alloc(7_800_000, 'Picture').toString('base64')}"`),
	'JSON in a text': JSON.stringify({
		status: 'COMPLETED',
		output: answerOf('{"id":1,"label":"cat"}'),
	}),
};

async function answers(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [what, text] of Object.entries(ANSWERS)) {
		const ours = await longestDelay(what, async () => {
			const body = (await inSlices(parseJsonInSteps(text))) as Record<string, unknown>;
			const result = await inSlices(resultOfJob({ status: 'COMPLETED', body }, 'id', 'model', 1));
			await inSlices(jsonInSteps(result));
		});
		const plain = await longestDelay(`${what}, at once`, () => JSON.stringify(JSON.parse(text)));
		rows.push({
			what: `An answer of 10 MB: ${what}`,
			ours,
			plain: `${plain.toFixed(0)} ms: JSON.parse and JSON.stringify alone`,
			target: true,
		});
	}
	const list = answerOf('{"slug":"model-one","title":"Model One","type":"textToImage"}');
	const ours = await longestDelay('live list', async () => {
		await inSlices(parseLiveList(await inSlices(parseJsonInSteps(list))));
	});
	rows.push({ what: 'A live model list of 10 MB', ours, plain: '', target: true });
	return rows;
}

async function items(): Promise<Row[]> {
	const engine = await startEngine({ binaryMode: 'filesystem' });
	const rows = await Stage.set(engine, { pictureAfterSeconds: 0 }, async (stage) => {
		const parameters = { options: { mode: 'sync', concurrency: 10 } };
		const ours = await longestDelay('1000 items', async () => await stage.ours(1000, parameters));
		const node = await longestDelay('HTTP Request', async () => await stage.node(1000));
		return [
			{
				what: 'A run of 1000 sync items, n8n’s own part included',
				ours,
				plain: `${node.toFixed(0)} ms: HTTP Request node`,
			},
		];
	});
	await engine.close();
	return rows;
}

async function main(): Promise<void> {
	// The package's timers do not keep a process alive; in n8n its server does.
	const alive = setInterval(() => {}, 1000);
	const rows = [...(await items()), ...(await answers())];
	clearInterval(alive);
	const verdict = ({ ours, target }: Row) =>
		target ? `at most ${MAX_MS} ms | ${ours <= MAX_MS ? 'reached' : 'MISSED'}` : ' | ';
	writeSection(
		'loop',
		[
			'## How long n8n’s event loop is held',
			'',
			`\`npx tsx bench/loop.ts\`: the longest delay of a timer during the work, the median of ${RUNS} runs. While an answer is`,
			'parsed, searched for files and kept, everything else in n8n goes on.',
			'',
			'| | this package | for comparison | target | |',
			'|---|---|---|---|---|',
			...rows.map((row) => {
				return `| ${row.what} | ${row.ours.toFixed(0)} ms | ${row.plain} | ${verdict(row)} |`;
			}),
		].join('\n'),
	);
	if (rows.some(({ ours, target }) => target && ours > MAX_MS)) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
