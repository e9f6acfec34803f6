/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INodeParameters } from 'n8n-workflow';
import { startStage, type Stage } from '../engine/stage';
import { allEnded, model, smallPicture } from './runs';

/** The first executions only fill caches. */
const WARM_UP = 100;
const MEASUREMENTS = 7;
/** Between two measurements, in batches that run side by side. */
const EXECUTIONS = 50;
const BATCH = 10;
/** A leak of 20 kB per execution must be detected. */
const MAX_GROWTH = 10_000;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage('filesystem');
	stage.duration = () => 1;
});
afterAll(async () => await stage.close());

const picture = (mode: string) => ({
	model,
	prompt: 'a fox',
	options: { ...smallPicture, mode },
});
const RUNS: Array<[node: string, parameters: INodeParameters]> = [
	['segmindGenerateImage', picture('sync')],
	['segmindGenerateImage', picture('async')],
	['segmindSubmitAsync', { model, prompt: 'a fox' }],
	['segmindGetCredits', {}],
	[
		'segmindRunPixelFlow',
		{
			workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
			inputs: '{}',
			download: false,
		},
	],
];

/** Runs of every kind, each fifth request with a fault; what they left in the simulator is forgotten. */
async function execute(count: number): Promise<void> {
	for (let done = 0; done < count; done += BATCH) {
		let asked = 0;
		stage.sim.script({
			times: Infinity,
			answer: () => {
				const fault = asked++ % 5 === 4 ? asked % 3 : undefined;
				if (fault === undefined) return undefined;
				return [{ status: 503, body: {} }, { status: 400, body: {} }, { fault: 'reset' as const }][
					fault
				];
			},
		});
		const runs = Array.from({ length: BATCH }, (_, at) => RUNS[at % RUNS.length]!);
		await Promise.all(
			runs.map(async ([node, parameters]) => {
				await stage.run(node, parameters, { items: [{ json: {} }, { json: {} }] });
			}),
		);
		await allEnded(stage.sim);
		stage.sim.reset();
	}
}

/** Bytes in use after garbage collection. */
function bytesInUse(): number {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

it('an execution leaves nothing behind in memory', async () => {
	await execute(WARM_UP);
	const inUse = [bytesInUse()];
	while (inUse.length < MEASUREMENTS) {
		await execute(EXECUTIONS);
		inUse.push(bytesInUse());
	}
	// The median of all slopes: a single measurement that lies off changes nothing.
	const slopes = inUse
		.flatMap((later, to) =>
			inUse.slice(0, to).map((earlier, from) => (later - earlier) / ((to - from) * EXECUTIONS)),
		)
		.sort((one, other) => one - other);
	const growth = slopes[Math.floor(slopes.length / 2)]!;
	process.stdout.write(`\nmemory: ${Math.round(growth)} bytes more per execution\n`);
	expect(growth).toBeLessThan(MAX_GROWTH);
}, 120_000);
