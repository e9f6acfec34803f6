/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { startEngine, type Engine, type RunResult } from '../engine/engine';
import { randomFrom, type Random } from '../simulator/random';
import {
	startSimulator,
	type Fault,
	type RecordedRequest,
	type ScriptedAnswer,
	type Simulator,
} from '../simulator/simulator';
import { reshaped, type AnswerShape } from '../jobs/answers';
import { allEnded, itemsOfLine, model, sideBySide, smallPicture, textOf } from './runs';

const SEED = Number(process.env.FAULT_SEED ?? 20261121);
const EXECUTIONS = 500;
const WIDTH = 16;
const SPEED = 200;
/** How long a silent server holds up a request, in real milliseconds. */
const PATIENCE_MS = 3_000;
/** The share of requests with a fault. */
const SHARE = 0.2;

/** Silent servers cost real seconds, whatever the speed: few of them. */
const RARE: Fault[] = ['hang', 'hangInBody'];
const FAULTS: Fault[] = [
	'reset',
	'resetAfterBody',
	'resetMidAnswer',
	'truncate',
	'brokenJson',
	'emptyBody',
	'wrongContentType',
	'slowBody',
];
const STATUSES = [400, 403, 408, 422, 429, 429, 500, 500, 502, 502, 503, 503, 504, 520];

interface Plan {
	seed: number;
	mode: 'sync' | 'async' | 'submit' | 'flow';
	items: number;
	onError: 'continueRegularOutput' | undefined;
	retry: boolean;
	concurrency: number;
	/** How the answers of v1 hold their files. */
	shape: AnswerShape;
	/** How often n8n's Retry is pressed on a failed execution. */
	presses: number;
}

interface Outcome {
	plan: Plan;
	text: string;
	accepted: number;
	billed: number;
	/** How often Retry resent what may have been billed before. */
	sentAnew: number;
	faults: number;
	requests: number;
	lost: string[];
	misplaced: string[];
	keyShown: boolean;
}

function plansOf(random: Random): Plan[] {
	const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)]!;
	return Array.from({ length: EXECUTIONS }, () => ({
		seed: Math.floor(random() * 2 ** 31),
		mode: pick(['sync', 'async', 'async', 'submit', 'flow'] as const),
		items: 1 + Math.floor(random() * 20),
		onError: pick([undefined, 'continueRegularOutput'] as const),
		retry: random() < 0.4,
		concurrency: pick([1, 3, 5, 10]),
		shape: pick(['bytes', 'url', 'base64', 'largeBase64'] as const),
		presses: pick([0, 1, 2]),
	}));
}

const gaveUp = (status: number) => () => ({
	status,
	headers: { 'content-type': 'text/html', 'x-squid-error': 'ERR_READ_ERROR 104' },
	body: Buffer.from('<html><title>503 Backend fetch failed</title></html>'),
});

/** A fault for a request, or none. */
function faultOf(random: Random, { method, path }: RecordedRequest): ScriptedAnswer | undefined {
	if (random() >= SHARE) return undefined;
	const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)]!;
	const afterProcessing = random() < 0.5;
	if (random() < 0.01) return { fault: pick(RARE), afterProcessing };
	if (random() < 0.5) return { fault: pick(FAULTS), afterProcessing };
	const status = pick(STATUSES);
	// A poll answered 422 or 400 is Segmind's own word; here it would be a lie about good work.
	if (method === 'GET' && [400, 403, 422].includes(status)) return { status: 503, body: {} };
	// A gateway, or a proxy that had passed it on, gives up on a v1 call that is at work and will be billed.
	if (afterProcessing && status >= 502 && path.startsWith('/v1/'))
		return { transform: gaveUp(status) };
	// A proxy that was not let through says so before the request goes on.
	const isProxy = !afterProcessing && random() < 0.1;
	const isPage = isProxy || random() < 0.3;
	return {
		status,
		headers: {
			...(status === 429 && random() < 0.5 ? { 'retry-after': '1' } : {}),
			...(isPage ? { 'content-type': 'text/html' } : {}),
			...(isProxy ? { 'x-squid-error': 'ERR_CONNECT_FAIL 111' } : {}),
		},
		body: isPage ? '<html><title>Oops</title></html>' : { error: `random ${status}` },
	};
}

const NODES: Record<Plan['mode'], string> = {
	sync: 'segmindGenerateImage',
	async: 'segmindGenerateImage',
	submit: 'segmindSubmitAsync',
	flow: 'segmindRunPixelFlow',
};

function parametersOf({ mode, concurrency }: Plan) {
	if (mode === 'flow') {
		return {
			workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
			inputs: '={{ { "prompt": $json.prompt } }}',
			download: false,
			options: { concurrency, timeout: 3000 },
		};
	}
	const options = { ...smallPicture, checkParameters: 'off', concurrency };
	return {
		model,
		prompt: '={{ $json.prompt }}',
		options: mode === 'submit' ? options : { ...options, mode, timeout: 3000 },
	};
}

let engine: Engine;
let simulators: Simulator[];
let outcomes: Outcome[];

// A rejection that nobody handles fails the file: Jest sees to that, in hooks too.
beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem' });
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	clock.minTimeoutMs = PATIENCE_MS;
	simulators = await Promise.all(
		Array.from(
			{ length: WIDTH },
			// Each with ids of its own.
			async (_, seed) => await startSimulator({ seed, speed: SPEED, now, duration: () => 3 }),
		),
	);
	const plans = plansOf(randomFrom(SEED));
	outcomes = await sideBySide(simulators, plans, runPlan);
}, 600_000);

afterAll(async () => {
	await Promise.all(simulators.map(async (simulator) => await simulator.close()));
	await engine.close();
});

async function runPlan(simulator: Simulator, plan: Plan): Promise<Outcome> {
	simulator.reset();
	const random = randomFrom(plan.seed);
	let faults = 0;
	const reshape: ScriptedAnswer = {
		transform: (normal) => reshaped(simulator, plan.shape, normal),
	};
	simulator.script({
		times: Infinity,
		answer: (request) => {
			const fault = faultOf(random, request);
			faults += fault ? 1 : 0;
			return fault ?? (/^\/v1\/fast/.test(request.path) ? reshape : undefined);
		},
	});
	const prompts = Array.from({ length: plan.items }, (_, index) => `item ${index} of ${plan.seed}`);
	const { onError, retry } = plan;
	const run = async (retryOf?: RunResult) =>
		await engine.runNode(NODES[plan.mode], parametersOf(plan), {
			credentials: { segmindApi: { ...simulator.credential } },
			items: prompts.map((prompt) => ({ json: { prompt } })),
			nodeOptions: {
				...(onError ? { onError } : {}),
				...(retry ? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } : {}),
			},
			...(retryOf ? { retryOf } : {}),
		});
	let result = await run();
	const texts = [textOf(result)];
	for (let press = 0; press < plan.presses && result.status === 'error'; press++) {
		result = await run(result);
		texts.push(textOf(result));
	}
	await allEnded(simulator);
	return { plan, faults, ...judge(simulator, plan, result, prompts, texts.join('\n')) };
}

/** What the rules are broken by in a run, as plain data: nothing of the run itself is kept. */
function judge(
	simulator: Simulator,
	{ onError }: Plan,
	result: RunResult,
	prompts: string[],
	text: string,
) {
	const { jobs, requests, apiKey } = simulator;
	const items = result.items();
	const hints = result.hints().map(({ message }) => message);
	const told = [text, ...items.map(({ json }) => JSON.stringify(json)), ...hints].join('\n');
	// A call whose fate nobody can know is named by its item, and a finished picture of v1 by its address: one such item
	// may stand for one billed job.
	const uncertain = told
		.split('\n')
		.map((line) => {
			const words = line.match(
				/may have been (carried out and )?billed|was made and billed|: finished: http/g,
			);
			return words ? Math.max(words.length, itemsOfLine(line).length) : 0;
		})
		.reduce((sum, count) => sum + count, 0);
	const unnamed = jobs.filter(({ billed, requestId }) => billed > 0 && !told.includes(requestId));
	const lost = unnamed.length > uncertain ? unnamed.map(({ requestId }) => requestId) : [];
	const itemsOf = items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	const misplaced = items.flatMap(({ json, pairedItem }) => {
		const { item } = pairedItem as { item: number };
		const job = jobs.find(({ requestId }) => requestId === json.request_id);
		return job && job.body.prompt !== prompts[item] ? [`${item}: ${String(job.body.prompt)}`] : [];
	});
	const inOrder = itemsOf.every((item, index) => index === 0 || itemsOf[index - 1]! <= item);
	if (!inOrder) misplaced.push(`order ${itemsOf.join(' ')}`);
	const expected = result.status === 'success' ? prompts.length : 0;
	if (new Set(itemsOf).size !== expected) misplaced.push(`${new Set(itemsOf).size} of ${expected}`);
	if (onError && result.status !== 'success') misplaced.push(`ended as ${result.status}: ${text}`);
	return {
		text,
		accepted: jobs.length,
		billed: jobs.filter(({ billed }) => billed > 0).length,
		sentAnew: sentAnew(result, hints),
		requests: requests.length,
		lost,
		misplaced,
		keyShown: told.includes(apiKey) || simulator.keyLeaks > 0,
	};
}

/** How often a person's Retry sent calls anew: told in hints, or, where the node failed again, kept in its context. */
function sentAnew({ contextData }: RunResult, hints: string[]): number {
	const told = hints.map((hint) => / was sent (once|\d+ times) before/.exec(hint)?.[1]);
	const ledger = contextData['node:Node'] as
		| { segmindLedger?: { entries: Record<string, { before?: string[] }> } }
		| undefined;
	const kept = Object.values(ledger?.segmindLedger?.entries ?? {});
	return kept.length
		? kept.reduce((sum, { before = [] }) => sum + before.length, 0)
		: told.reduce((sum, times) => sum + (times === 'once' ? 1 : Number.parseInt(times ?? '0')), 0);
}

const bad = (isBad: (outcome: Outcome) => boolean) =>
	outcomes.filter(isBad).map(({ plan, text, lost, misplaced, accepted, sentAnew: more }) => ({
		plan,
		text,
		lost,
		misplaced,
		accepted,
		sentAnew: more,
	}));

it(`ran ${EXECUTIONS} executions with random faults`, () => {
	const sum = (count: (outcome: Outcome) => number) =>
		outcomes.reduce((total, outcome) => total + count(outcome), 0);
	process.stdout.write(
		[
			'',
			`seed ${SEED}: ${outcomes.length} executions, ${sum(({ plan }) => plan.items)} items, ${sum(({ requests }) => requests)} requests, ${sum(({ faults }) => faults)} of them with a fault`,
			`submits accepted: ${sum(({ accepted }) => accepted)}, billed: ${sum(({ billed }) => billed)}, sent anew by Retry: ${sum(({ sentAnew: more }) => more)}, results lost: ${sum(({ lost }) => lost.length)}`,
			'',
		].join('\n'),
	);
	expect(outcomes).toHaveLength(EXECUTIONS);
	expect(sum(({ faults }) => faults) / sum(({ requests }) => requests)).toBeGreaterThan(
		SHARE * 0.8,
	);
});

it('never pays twice except on a manual Retry: accepts no more submits than items', () => {
	expect(bad(({ accepted, plan, sentAnew: more }) => accepted > plan.items + more)).toEqual([]);
	// Most are paid for once, and some were sent anew.
	expect(outcomes.some(({ sentAnew: more }) => more > 0)).toBe(true);
});

it('loses nothing: every billed job is in an output or in an error', () => {
	expect(bad(({ lost }) => lost.length > 0)).toEqual([]);
});

it('keeps the order, and each result with its item', () => {
	expect(bad(({ misplaced }) => misplaced.length > 0)).toEqual([]);
});

it('never reveals the key', () => expect(bad(({ keyShown }) => keyShown)).toEqual([]));
