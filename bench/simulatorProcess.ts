/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
/*
 * A simulator in a separate process, started by remoteSimulator.ts, so that it does not share CPU time with what is measured.
 */
import { randomFrom } from '../test/simulator/random';
import { startSimulator, type Simulator } from '../test/simulator/simulator';
import type { Report, Settings, Task } from './remoteSimulator';

/** A one-pixel PNG, so that drawing does not affect the result. */
const PICTURE = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

const PICTURE_ANSWER = {
	headers: {
		'content-type': 'image/png',
		'x-request-id': '0b5cbf0e-62dc-4f4a-9d40-0e0a2f9c5a5b',
		'x-cost': '0.005',
		'x-remaining-credits': '41.5',
		'x-generation-time': '0.3',
		'x-seed-value': '42',
	},
	body: PICTURE,
};

let simulator: Simulator | undefined;
let settings: Settings | undefined;

const tasks: Record<Task['name'], (given: Settings | undefined) => Promise<unknown>> = {
	start: async (given) => {
		settings = given;
		const { speed = 1, clock, seconds, rateLimit, seed = 1 } = given ?? {};
		simulator = await startSimulator({
			speed,
			seed,
			credits: 1e6,
			...(rateLimit ? { rateLimit } : {}),
			...(clock ? { now: () => clock.virtualMs + (Date.now() - clock.realMs) * speed } : {}),
			...(seconds
				? {
						// Derived from the index, not from the order of draws, so that every contender gets the same jobs.
						duration: ({ index }) =>
							seconds[0] + randomFrom(seed * 1000 + index)() * (seconds[1] - seconds[0]),
					}
				: {}),
		});
		scriptAnswers();
		return simulator.credential;
	},
	reset: async () => {
		simulator?.reset();
		scriptAnswers();
	},
	report: async () => simulator && reportOf(simulator),
	stop: async () => {
		await simulator?.close();
		// After the answer has been sent.
		setImmediate(() => process.disconnect());
	},
};

function scriptAnswers(): void {
	if (settings?.pictureAfterSeconds === undefined) return;
	simulator?.script({
		method: 'POST',
		times: Infinity,
		answer: { ...PICTURE_ANSWER, delaySeconds: settings.pictureAfterSeconds },
	});
}

function reportOf({ requests, jobs, maxInFlight, maxRunningJobs }: Simulator): Report {
	const api = requests.filter(({ origin }) => origin === 'api');
	return {
		requests: api.length,
		polls: api.filter(({ method }) => method === 'GET').length,
		refused: api.filter(({ status }) => status === 429).length,
		acceptedAt: api.filter(({ status }) => status === 200).map(({ at }) => at),
		maxInFlight,
		maxRunningJobs,
		jobs: jobs.map(({ submittedAt, readyAt }) => ({ submittedAt, readyAt })),
	};
}

process.on('message', ({ name, settings: given }: Task) => {
	tasks[name](given).then(
		(result) => process.send?.({ result }),
		(error: Error) => process.send?.({ error: error.stack }),
	);
});
