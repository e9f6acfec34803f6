/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/**
 * How long n8n's event loop is held: by reading a thousand items, by answers of ten megabytes, and by errors with such.
 *
 * npm run build && npx tsx bench/loop.ts
 */
import { unreadable } from '../nodes/api/explain';
import { failureWithoutKey } from '../nodes/api/failure';
import { MAX_KEYS, parseJsonInSteps } from '../nodes/api/json';
import { jsonInSteps } from '../nodes/api/jsonText';
import { missingResult } from '../nodes/api/missingResult';
import { resultOfAnswer, resultOfJob, type Result } from '../nodes/api/result';
import { inSlices } from '../nodes/api/slices';
import { parseLiveList } from '../nodes/catalog/liveList';
import { startEngine } from '../test/engine/engine';
import { longestTurn, middle } from './measure';
import { writeSection } from './section';
import { Stage } from './stage';

const BYTES = 10 * 1024 * 1024;
const MAX_MS = 50;
/** Now and then all garbage of a process is collected at once: the median leaves it out. */
const RUNS = 5;

interface Row {
	what: string;
	ours: number;
	plain: string;
	target?: boolean;
}

/** How long the loop is held by a piece of work, in milliseconds of CPU. */
async function held(what: string, work: () => unknown): Promise<number> {
	const turns: number[] = [];
	for (let run = 0; run < RUNS; run++) turns.push(await longestTurn(work));
	console.log(`${what}: ${turns.map((turn) => turn.toFixed(0)).join(', ')} ms`);
	return middle(turns, (turn) => turn);
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

/** Answers with wide objects, which are read up to a number of keys; those with more count as not understood. */
const WIDE: Record<string, string> = {
	[`objects of ${count(MAX_KEYS)} keys, the most that are read`]: answerOf(objectOf(MAX_KEYS)),
	'objects of 40,000 keys, not understood': answerOf(objectOf(40_000)),
	'one object of 600,000 keys, not understood': objectOf(600_000),
};

function objectOf(keys: number): string {
	return `{${Array.from({ length: keys }, (_, index) => `"key${index}":12345`).join()}}`;
}

function count(number: number): string {
	return number.toLocaleString('en');
}

/** Reads an answer as a finished job's or, if it is not understood, as the text of a v1 call. */
async function read(text: string): Promise<Result> {
	const json = await inSlices(parseJsonInSteps(text));
	if (json !== undefined) {
		const body = json as Record<string, unknown>;
		return await inSlices(resultOfJob({ status: 'COMPLETED', body }, 'id', 'model', 1));
	}
	const answer = { status: 200, headers: {}, text, json, attempts: 1, waitMs: undefined };
	unreadable(answer, { kind: 'read', task: 'look at job id' });
	return await inSlices(resultOfAnswer(answer, 'model', 1));
}

/** What becomes of an answer without the file that was asked for: an error that keeps it, without the key. */
async function fail(text: string): Promise<void> {
	const failure = missingResult(await read(text), 'file');
	if (!failure?.details.rawResponse) throw new Error('The answer counts as good');
	await failureWithoutKey(failure, 'SG_0123456789abcdef');
}

async function answers(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [what, text] of Object.entries({ ...ANSWERS, ...WIDE })) {
		const ours = await held(what, async () => await inSlices(jsonInSteps(await read(text))));
		const plain = await held(`${what}, at once`, () => JSON.stringify(JSON.parse(text)));
		rows.push({
			what: `An answer of 10 MB: ${what}`,
			ours,
			plain: `${plain.toFixed(0)} ms: JSON.parse and JSON.stringify alone`,
			target: true,
		});
	}
	const list = answerOf('{"slug":"model-one","title":"Model One","type":"textToImage"}');
	const ours = await held('live list', async () => {
		await inSlices(parseLiveList(await inSlices(parseJsonInSteps(list))));
	});
	rows.push({ what: 'A live model list of 10 MB', ours, plain: '', target: true });
	return rows;
}

/** Answers that hold no file for a node that needs one. */
async function failures(): Promise<Row[]> {
	const { numbers = '', words = '', 'small objects': objects = '' } = ANSWERS;
	const rows: Row[] = [];
	for (const [what, text] of Object.entries({
		numbers,
		words,
		'small objects': objects,
		...WIDE,
	})) {
		const ours = await held(`error with ${what}`, async () => await fail(text));
		rows.push({ what: `An error with an answer of 10 MB: ${what}`, ours, plain: '', target: true });
	}
	return rows;
}

async function items(): Promise<Row[]> {
	const engine = await startEngine({ binaryMode: 'filesystem' });
	const rows = await Stage.set(engine, { pictureAfterSeconds: 0 }, async (stage) => {
		const parameters = { options: { mode: 'sync', concurrency: 10 } };
		const ours = await held('1000 items', async () => await stage.ours(1000, parameters));
		const node = await held('HTTP Request', async () => await stage.node(1000));
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
	const rows = [...(await items()), ...(await answers()), ...(await failures())];
	clearInterval(alive);
	const verdict = ({ ours, target }: Row) =>
		target ? `at most ${MAX_MS} ms | ${ours <= MAX_MS ? 'reached' : 'MISSED'}` : ' | ';
	writeSection(
		'loop',
		[
			'## How long n8n’s event loop is held',
			'',
			`\`npx tsx bench/loop.ts\`: the longest turn of the loop during the work, in CPU time of its thread; the median of ${RUNS}`,
			'runs. While an answer is parsed, searched for files and kept, or made into an error, everything else in n8n goes on.',
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
