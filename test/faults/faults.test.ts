/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { INodeExecutionData } from 'n8n-workflow';
import { startEngine, type Engine } from '../engine/engine';
import { impatiently } from '../engine/impatiently';
import { startSimulator, type Simulator, type SimulatedJob } from '../simulator/simulator';
import { HAS_JOB, HAS_URL, MATRIX, STAGES, type Row } from './matrix';
import { meet, type Outcome } from './meet';
import { sideBySide, startTrap } from './runs';

const SPEED = 100;
const WIDTH = 12;
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let engine: Engine;
let simulators: Simulator[];
let trap: Awaited<ReturnType<typeof startTrap>>;
let plain: Outcome[];
let retried: Outcome[];
// With three tries, a limit that is never lifted only takes three times as long.
const PAID = MATRIX.filter(
	({ stage, fault }) => /sync|submit/.test(stage) && fault !== '429 for ever',
);

beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem' });
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	trap = await startTrap();
	const options = { speed: SPEED, now, duration: () => 3 };
	// Each with ids of its own.
	simulators = await Promise.all(
		Array.from({ length: WIDTH }, async (_, seed) => await startSimulator({ ...options, seed })),
	);
	const data = await engine.storeBinary(Buffer.from('GIF89a-small-file'), 'a.gif', 'image/gif');
	const place = { engine, trapUrl: trap.url, upload: { json: {}, binary: { data } } };
	const runs = [
		...MATRIX.map((row) => ({ row, options: {} })),
		...PAID.map((row) => ({ row, options: RETRY })),
	];
	const outcomes = new Map<(typeof runs)[number], Outcome>();
	const meetAll = async (some: typeof runs) => {
		await sideBySide(simulators, some, async (simulator, run) => {
			outcomes.set(run, await meet(place, simulator, run.row, run.options));
		});
	};
	// Apart: only where silence is the fault may it be noticed soon, or a slow machine, which reads a gzip bomb for many
	// seconds, would make it one everywhere.
	const isSilent = ({ row }: (typeof runs)[number]) => row.fault.startsWith('timeout');
	const others = runs.filter((run) => !isSilent(run));
	await impatiently(engine, async () => await meetAll(others), 25_000);
	await impatiently(engine, async () => await meetAll(runs.filter(isSilent)), 2_000);
	const all = runs.map((run) => outcomes.get(run)!);
	plain = all.slice(0, MATRIX.length);
	retried = all.slice(MATRIX.length);
}, 600_000);

afterAll(async () => {
	await Promise.all(simulators.map(async (simulator) => await simulator.close()));
	await trap.close();
	await engine.close();
});

const label = ({ stage, fault, times, hasNoHistory }: Row) =>
	`${stage}: ${fault}${hasNoHistory ? ', without a history' : ''}${times === 1 ? '' : times < 1000 ? `, ${times} times` : ', for ever'}`;

/** Billed jobs that appear neither in an item nor in a message to the user. */
function lost({ jobs, items, text }: Outcome): SimulatedJob[] {
	const told = JSON.stringify(items.map(({ json }) => json)) + text;
	return jobs.filter(
		({ billed, requestId }) => billed > 0 && !told.includes(requestId) && !UNCERTAIN.test(told),
	);
}

/** Reported if the outcome is unknown, or if the answer with the image itself was lost in transit. */
const UNCERTAIN = /may have been (carried out and )?billed|was made and billed/;

const billedOf = ({ jobs }: Outcome) => jobs.filter(({ billed }) => billed > 0).length;

describe('one run', () => {
	it.each(MATRIX.map((row, index) => [label(row), row, index] as const))(
		'%s',
		(_label, row, index) => {
			const outcome = plain[index]!;
			const { jobs, text, items, sent } = outcome;
			expect({ accepted: jobs.length, billed: billedOf(outcome), text }).toEqual({
				accepted: row.accepted,
				billed: row.billed,
				text: row.says ? expect.stringMatching(/\S/) : '',
			});
			if (row.sent !== undefined) expect(sent).toBe(row.sent);
			for (const phrase of row.says ?? []) {
				const job = jobs[0];
				if (phrase === HAS_JOB) expect(text).toContain(job?.requestId);
				else if (phrase === HAS_URL) expect(text).toContain(job?.outputs[0]?.url);
				else expect(text).toMatch(phrase);
			}
			if (!row.says) expectGood(row, outcome);
			expect(items.some(({ json }) => 'error' in json)).toBe(false);
			expect(lost(outcome)).toEqual([]);
			expect([outcome.keyShown, outcome.keyLeaks]).toEqual([false, 0]);
			// A gateway's page is mentioned, never quoted.
			expect(text).not.toContain('secret of the gateway');
		},
	);
});

describe('with Retry On Fail', () => {
	it.each(PAID.map((row, index) => [label(row), row, index] as const))(
		'%s',
		(_label, row, index) => {
			const outcome = retried[index]!;
			expect(outcome.jobs.length).toBeLessThanOrEqual(1);
			expect(billedOf(outcome)).toBeLessThanOrEqual(1);
			// None of the three tries resends what may have been accepted.
			if (row.says?.some((phrase) => phrase.source.includes('not repeated'))) {
				expect(outcome.sent).toBe(1);
				expect(outcome.text).toMatch(/not sent again/);
			}
			// A definite refusal is retried successfully.
			if (
				row.says?.some((phrase) => phrase.source.includes('Nothing was billed')) &&
				row.times === 1
			) {
				expect(outcome.text).toBe('');
				expect(billedOf(outcome)).toBe(1);
			}
			expect(lost(outcome)).toEqual([]);
			expect([outcome.keyShown, outcome.keyLeaks]).toEqual([false, 0]);
		},
	);
});

it('sends nothing to the host of a redirect', () => expect(trap.requests).toEqual([]));

it('bills nothing twice and loses nothing', () => {
	const all = [...plain, ...retried];
	const billedTwice = all.filter((outcome) => billedOf(outcome) > 1).length;
	const sum = (count: (outcome: Outcome) => number) =>
		all.reduce((total, outcome) => total + count(outcome), 0);
	const results = sum((outcome) => lost(outcome).length);
	const rows = Object.keys(STAGES).map((stage) => {
		const of = all.filter((_outcome, index) => [...MATRIX, ...PAID][index]?.stage === stage);
		const total = (count: (outcome: Outcome) => number) =>
			String(of.reduce((whole, outcome) => whole + count(outcome), 0)).padStart(9);
		return `${stage.padEnd(12)}${String(of.length).padStart(6)}${total((one) => one.jobs.length)}${total(billedOf)}${String(of.filter((one) => billedOf(one) > 1).length).padStart(9)}${total((one) => lost(one).length)}`;
	});
	process.stdout.write(
		[
			'',
			'stage        pairs  accepted   billed    twice     lost',
			...rows,
			`pairs tried: ${all.length}, submits accepted: ${sum(({ jobs }) => jobs.length)}, billed twice: ${billedTwice}, results lost: ${results}`,
			'',
		].join('\n'),
	);
	expect([billedTwice, results]).toEqual([0, 0]);
});

it('leaves no billed job of a model without its ID as long as there is a history', () => {
	const unknown = [...plain, ...retried].filter(({ jobs, items, text }, index) => {
		const { stage, hasNoHistory } = [...MATRIX, ...PAID][index]!;
		const told = JSON.stringify(items.map(({ json }) => json)) + text;
		const isListed = stage !== 'flow submit' && !hasNoHistory;
		return isListed && jobs.some((job) => job.billed > 0 && !told.includes(job.requestId));
	});
	expect(unknown.map(({ text }) => text)).toEqual([]);
});

const TYPES: Record<string, string> = { video: 'video/mp4', audio: 'audio/mpeg' };

/** A good item: the complete image, the balance, the URLs. */
function expectGood({ stage, withoutHistory }: Row, { items, jobs }: Outcome): void {
	if (stage === 'model list') {
		expect(items.length).toBeGreaterThanOrEqual(50);
		return;
	}
	expect(items).toHaveLength(1);
	const [{ json, binary }] = items as [INodeExecutionData];
	if (stage === 'upload') expect(json.url).toMatch(/^http/);
	else if (stage === 'credits') expect(json.total_credits).toBe(50);
	else expect([json.status, json.request_id]).toEqual(['COMPLETED', jobs[0]?.requestId]);
	expect(json.recovered).toBe(withoutHistory ? true : undefined);
	if (/sync|submit|poll|result|download/.test(stage) && !/^(flow|text)/.test(stage)) {
		const type = TYPES[stage.split(' ')[0]!] ?? 'image/jpeg';
		expect(binary?.data?.mimeType).toBe(type);
		expect(json.content_type).toBe(type);
	}
}
