/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { startSimulator, type Simulator } from '../simulator/simulator';
import { clientOf, submitted } from '../simulator/testClient';
import { startEngine, type Engine } from './engine';

// At the real speed, since a stop is promised within a real second: a file of its own, as a simulator keeps its speed.
const STOPS_WITHIN_MS = 1000;

let engine: Engine;
let sim: Simulator;

beforeAll(async () => {
	engine = await startEngine();
	sim = await startSimulator({ duration: () => 600 });
});

afterEach(() => sim.reset());

afterAll(async () => {
	await sim.close();
	await engine.close();
});

/** Waits for ten jobs, presses Stop once `isTime` says so, and tells how long the run went on. */
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
	const pressedAt = performance.now();
	button.abort();
	const run = await running;
	return { run, tookMs: performance.now() - pressedAt };
}

const looks = () => sim.requests.filter(({ path }) => path.endsWith('/status'));

/** Makes every wait that might be left over end at once, and gives it the time to do harm. */
async function hurry(): Promise<void> {
	const { clock } = engine.packageClock();
	clock.speed = 1000;
	// Longer than a slice of `sleepUntil`, which is in real time.
	await new Promise((resolve) => setTimeout(resolve, 300));
	clock.speed = 1;
}

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
			// As many as are sent at once.
			return looks().filter(({ status }) => status === 429).length === 5;
		},
	],
])('a stop ends the wait within a second and sends nothing more: %s', async (_, isTime) => {
	const { run, tookMs } = await stopped(isTime);
	const sent = sim.requests.length;

	expect(run.status).toBe('canceled');
	expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
	await hurry();
	expect(sim.requests).toHaveLength(sent);
	expect(sim.inFlight).toBe(0);
});
