/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startEngine, type Engine } from '../engine/engine';
import {
	startSimulator,
	type RecordedRequest,
	type ScriptRule,
	type Simulator,
} from '../simulator/simulator';
import { STAGES, type Stage } from './matrix';
import { model, smallPicture, textOf } from './runs';
import { takeTimers, type Timers } from './timers';

/*
 * Stop must act within a second, whatever the node is doing. No time is measured here: after the stop no timer fires any
 * more, so a run that waits for one never ends.
 */

/** The package's own clock; the simulator's files, jobs and silences last for real seconds. */
const SPEED = 100;

let engine: Engine;
let simulator: Simulator;
let timers: Timers;
let withFile: INodeExecutionData;
/** Requests that this process has sent, in order. */
const sent: string[] = [];

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
	/** Requests in flight may have been billed. */
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
		name: 'polling a job',
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
	engine.packageClock().clock.speed = SPEED;
	simulator = await startSimulator({ duration: () => (isJobSlow ? 3600 : 0.05) });
	const gif = Buffer.from('GIF89a-small-file');
	const data = await engine.storeBinary(gif, 'a.gif', 'image/gif');
	withFile = { json: {}, binary: { data } };
	subscribe('http.client.request.start', note);
});
beforeEach(() => (timers = takeTimers()));
afterEach(() => timers.release());
afterAll(async () => {
	unsubscribe('http.client.request.start', note);
	await simulator.close();
	await engine.close();
});

let isJobSlow = false;

function note(message: unknown): void {
	const { method, path } = (message as { request: ClientRequest }).request;
	sent.push(`${method} ${path}`);
}

/** The requests that belong to a stage. */
function requestsOf(stage: Stage) {
	const { origin, method, path } = STAGES[stage];
	return simulator.requests.filter(
		(request) =>
			request.origin === origin &&
			request.method === method &&
			(path === undefined || new RegExp(path).test(request.path)),
	);
}

/** Whether the node is busy with the case's work: at least two items, if there are several. */
function isThere({ type, stage, answer, accepted }: Case): boolean {
	const isAnswered = typeof answer === 'object' && 'status' in answer;
	const requests = stage ? requestsOf(stage) : simulator.requests.filter(isPoll);
	const busy = requests.filter(({ status }) => !isAnswered || status === answer.status);
	// An id that was polled has come in.
	const count = accepted ? new Set(busy.map(({ path }) => path)).size : busy.length;
	return count >= (type === 'segmindGetCredits' ? 1 : 2);
}

const isPoll = ({ method, path }: RecordedRequest) =>
	method === 'GET' && /status$|workflows\/request/.test(path);

/** Runs a node and stops it in mid-work. */
async function stopped(one: Case, onError?: 'continueRegularOutput') {
	const { type, parameters, stage, answer, accepted } = one;
	simulator.reset();
	isJobSlow = !stage;
	if (stage && answer) simulator.script({ ...STAGES[stage], times: 100, answer });
	const stop = new AbortController();
	const running = engine.runNode(type, parameters, {
		credentials: { segmindApi: { ...simulator.credential } },
		items: (accepted ? [0, 1] : [0, 1, 2]).map(() =>
			stage === 'upload' ? withFile : { json: {} },
		),
		cancel: stop.signal,
		nodeOptions: {
			...(onError ? { onError } : {}),
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		},
	});
	let hasEnded = false;
	void running.finally(() => (hasEnded = true));
	while (!isThere(one) && !hasEnded) await turn();
	// The last answer has to come in, and what it leads to has to begin.
	for (let turns = 0; turns < 20; turns++) await turn();
	timers.hold();
	sent.length = 0;
	stop.abort();
	const result = await running;
	await timers.hurry();
	return result;
}

const turn = async () => await new Promise((resolve) => setTimeout(resolve, 1));

describe.each([undefined, 'continueRegularOutput' as const])('Stop, on error: %s', (onError) => {
	it.each(CASES.map((one) => [one.name, one] as const))(
		'while %s: acts without any timer, and nothing is sent afterwards',
		async (_name, one) => {
			const result = await stopped(one, onError);
			expect(sent).toEqual([]);
			expect(simulator.inFlight).toBe(0);
			expect(result.status).toBe('canceled');
			const text = textOf(result) + JSON.stringify(result.items().map(({ json }) => json));
			if (one.accepted) {
				for (const { requestId } of simulator.jobs) expect(text).toContain(requestId);
			}
			// The two in flight say so; those never sent do not.
			const uncertain = text.match(/may have been carried out and billed/g)?.length ?? 0;
			if (one.uncertain) expect(uncertain).toBeGreaterThanOrEqual(2);
			else expect(uncertain).toBe(0);
			expect(text).not.toContain(simulator.apiKey);
		},
	);
});
