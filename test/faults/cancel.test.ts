import { sleep, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';
import { startEngine, type Engine } from '../engine/engine';
import { startSimulator, type ScriptRule, type Simulator } from '../simulator/simulator';
import { STAGES, type Stage } from './matrix';
import { model, smallPicture, textOf } from './runs';

/*
 * In real time: Stop has to act within a second.
 */

let engine: Engine;
let simulators: Simulator[];
let withFile: INodeExecutionData[];

const generate = (mode: string): INodeParameters => ({
	model,
	prompt: 'a fox',
	options: { mode, ...smallPicture, checkParameters: 'off', concurrency: 2 },
});
const flow = {
	workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
	inputs: '{}',
};
const never = { fault: 'hang' } as const;
const slow = { fault: 'slowBody' } as const;
const limited = { status: 429, headers: { 'retry-after': '60' }, body: { error: 'slow down' } };

interface Case {
	name: string;
	type: string;
	parameters: INodeParameters;
	/** What keeps the node busy at the moment of the stop. */
	stage?: Stage;
	answer?: ScriptRule['answer'];
	/** The accepted jobs have to be named. */
	accepted?: boolean;
	/** What was on its way may have been billed. */
	uncertain?: boolean;
}

const CASES: Case[] = [
	{
		name: 'submitting (v1)',
		type: 'segmindGenerateImage',
		parameters: generate('sync'),
		stage: 'sync',
		answer: never,
		uncertain: true,
	},
	{
		name: 'submitting (v2)',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		stage: 'submit',
		answer: never,
		uncertain: true,
	},
	{
		name: 'reading a v1 picture',
		type: 'segmindGenerateImage',
		parameters: generate('sync'),
		stage: 'sync',
		answer: { ...slow, afterProcessing: true },
		uncertain: true,
	},
	{
		name: 'waiting for a job',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		accepted: true,
	},
	{
		name: 'looking at a job',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		stage: 'poll',
		answer: never,
		accepted: true,
	},
	{
		name: 'fetching a result',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		stage: 'result',
		answer: never,
		accepted: true,
	},
	{
		name: 'downloading, before the answer',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		stage: 'download',
		answer: never,
		accepted: true,
	},
	{
		name: 'downloading',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		stage: 'download',
		answer: slow,
		accepted: true,
	},
	{
		name: 'waiting between two tries of a download',
		type: 'segmindGenerateImage',
		parameters: generate('async'),
		stage: 'download',
		answer: { status: 503, headers: { 'retry-after': '60' } },
		accepted: true,
	},
	{ name: 'uploading', type: 'segmindUploadAsset', parameters: {}, stage: 'upload', answer: never },
	{
		name: 'waiting between two tries of an upload',
		type: 'segmindUploadAsset',
		parameters: {},
		stage: 'upload',
		answer: { status: 503, headers: { 'retry-after': '60' } },
	},
	{
		name: 'waiting for a rate limit',
		type: 'segmindGenerateImage',
		parameters: generate('sync'),
		stage: 'sync',
		answer: limited,
	},
	{
		name: 'submitting only',
		type: 'segmindSubmitAsync',
		parameters: { model, prompt: 'a fox' },
		stage: 'submit',
		answer: never,
		uncertain: true,
	},
	{
		name: 'reading the balance',
		type: 'segmindGetCredits',
		parameters: {},
		stage: 'credits',
		answer: never,
	},
	{
		name: 'starting a PixelFlow',
		type: 'segmindRunPixelFlow',
		parameters: flow,
		stage: 'flow submit',
		answer: never,
		uncertain: true,
	},
	{
		name: 'waiting for a PixelFlow',
		type: 'segmindRunPixelFlow',
		parameters: flow,
		accepted: true,
	},
];

beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem' });
	const { now } = engine.packageClock();
	// One each, so that all cases can be waited for together.
	simulators = await Promise.all(
		CASES.map(
			async ({ stage }) => await startSimulator({ now, duration: () => (stage ? 0.1 : 60) }),
		),
	);
	const data = await engine.storeBinary(Buffer.from('GIF89a-small-file'), 'a.gif', 'image/gif');
	withFile = [1, 2, 3].map(() => ({ json: {}, binary: { data } }));
});
afterAll(async () => {
	await Promise.all(simulators.map(async (simulator) => await simulator.close()));
	await engine.close();
});

/** Runs a node, stops it in the middle of its work, and tells how that went. */
async function stopped(
	{ type, parameters, stage, answer }: Case,
	simulator: Simulator,
	onError?: 'continueRegularOutput',
) {
	simulator.reset();
	if (stage && answer) simulator.script({ ...STAGES[stage], times: 100, answer });
	const stop = new AbortController();
	const running = engine.runNode(type, parameters, {
		credentials: { segmindApi: { ...simulator.credential } },
		items: type === 'segmindUploadAsset' ? withFile : [0, 1, 2].map(() => ({ json: {} })),
		cancel: stop.signal,
		nodeOptions: {
			...(onError ? { onError } : {}),
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		},
	});
	const path = stage && STAGES[stage].path;
	const isThere = () =>
		stage
			? simulator.requests.some(
					(request) =>
						request.origin === STAGES[stage].origin &&
						request.method === STAGES[stage].method &&
						(path === undefined || new RegExp(path).test(request.path)),
				)
			: simulator.jobs.length >= 2;
	while (!isThere()) await sleep(20);
	await sleep(150);
	const stoppedAt = Date.now();
	stop.abort();
	// What was on its way at that very moment still arrives.
	await sleep(50);
	const sentBefore = simulator.requests.length;
	const result = await running;
	const tookMs = Date.now() - stoppedAt;
	await sleep(300);
	return {
		result,
		tookMs,
		sentAfter: simulator.requests.slice(sentBefore),
		inFlight: simulator.inFlight,
	};
}

// Side by side: each waits for real time.
describe.each([undefined, 'continueRegularOutput' as const])('Stop, on error: %s', (onError) => {
	let outcomes: Array<Awaited<ReturnType<typeof stopped>>>;

	beforeAll(async () => {
		outcomes = await Promise.all(
			CASES.map(async (one, index) => await stopped(one, simulators[index]!, onError)),
		);
	}, 30_000);

	it.each(CASES.map((one, index) => [one.name, one, index] as const))(
		'while %s: acts at once, and nothing is sent afterwards',
		(_name, { accepted, uncertain }, index) => {
			const { result, tookMs, sentAfter, inFlight } = outcomes[index]!;
			const simulator = simulators[index]!;
			expect(tookMs).toBeLessThan(1_000);
			expect(sentAfter.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
			expect(inFlight).toBe(0);
			expect(result.status).toBe('canceled');
			const text = textOf(result) + JSON.stringify(result.items().map(({ json }) => json));
			if (accepted) {
				for (const { requestId } of simulator.jobs) expect(text).toContain(requestId);
			}
			// Three items, two at a time: both that were on their way say so.
			if (uncertain)
				expect(
					text.match(/may have been carried out and billed|made and billed/g)?.length,
				).toBeGreaterThanOrEqual(2);
			expect(text).not.toContain(simulator.apiKey);
		},
	);
});
