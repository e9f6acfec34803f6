/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { startSimulator, type Simulator } from '../simulator/simulator';
import { clientOf, submitted } from '../simulator/testClient';
import { takeTimers, type Timers } from '../faults/timers';
import { startEngine, type Engine } from './engine';

// At real speed, where each of these waits takes minutes; after the stop no timer fires.
let engine: Engine;
let sim: Simulator;
let timers: Timers;

beforeAll(async () => {
	engine = await startEngine();
	sim = await startSimulator({ duration: () => 600 });
});

beforeEach(() => (timers = takeTimers()));
afterEach(() => {
	timers.release();
	sim.reset();
});

afterAll(async () => {
	await sim.close();
	await engine.close();
});

/** Waits for ten jobs, and presses Stop as soon as `isTime` returns true. */
async function stopped(isTime: () => boolean) {
	const client = clientOf(sim);
	const ids = Array.from(
		{ length: 10 },
		async () => await submitted(client, 'lyria-2', { prompt: 'rain' }),
	);
	const items = (await Promise.all(ids)).map((request_id) => ({ json: { request_id } }));
	const button = new AbortController();
	const running = engine.runNode(
		'segmindCheckStatus',
		{ requestId: '={{ $json.request_id }}', waitForCompletion: true },
		{ credentials: { segmindApi: { ...sim.credential } }, items, cancel: button.signal },
	);
	while (!isTime()) await new Promise((resolve) => setImmediate(resolve));
	timers.hold();
	button.abort();
	return await running;
}

const looks = () => sim.requests.filter(({ path }) => path.endsWith('/status'));

it.each([
	['between two looks', () => looks().filter(({ status }) => status === 200).length === 10],
	[
		'while looks are unanswered',
		() => {
			if (!looks().length) sim.script({ path: /status$/, times: 99, answer: { fault: 'hang' } });
			return looks().length >= 5;
		},
	],
	[
		'while a rate limit holds everything up',
		() => {
			if (!looks().length) {
				const headers = { 'retry-after': '300' };
				sim.script({ path: /status$/, times: 99, answer: { status: 429, headers, body: {} } });
			}
			// As many as are sent concurrently.
			return looks().filter(({ status }) => status === 429).length === 5;
		},
	],
])('a stop ends the wait without any timer and sends nothing more: %s', async (_, isTime) => {
	const run = await stopped(isTime);
	const sent = sim.requests.length;

	expect(run.status).toBe('canceled');
	await timers.hurry();
	expect(sim.requests).toHaveLength(sent);
	expect(sim.inFlight).toBe(0);
});
