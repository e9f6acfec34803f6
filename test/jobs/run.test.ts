import type { IExecuteFunctions } from 'n8n-workflow';
import { Run } from '../../nodes/jobs/run';
import { startSimulator, type Simulator } from '../simulator/simulator';

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator()));
afterAll(async () => await sim.close());

async function startRun() {
	const kept = {};
	const context = {
		getCredentials: async () => sim.credential,
		getExecutionCancelSignal: () => undefined,
		getContext: () => kept,
		getNode: () => ({ type: 'n8n-nodes-segmind.segmindGenerateImage', name: 'Node' }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionId: () => '1',
		getMode: () => 'manual',
	} as unknown as IExecuteFunctions;
	return await Run.start(context, {
		concurrency: 3,
		maxJobs: 40,
		maxRetries: 2,
		maxCostUsd: Infinity,
	});
}

it('uses the key and limits of its node', async () => {
	const { apiKey, connection } = await startRun();
	expect(apiKey).toBe(sim.apiKey);
	expect(connection).toMatchObject({ concurrency: 3, maxRetries: 2 });
});

it.each<[apis: Array<'sync' | 'async'>, maxConcurrency: number]>([
	[[], 3],
	[['sync', 'sync'], 3],
	// Waiting for jobs costs nothing.
	[['async'], 40],
	[['sync', 'async'], 40],
])('processes items with APIs %j concurrently: %i', async (apis, maxConcurrency) => {
	expect((await startRun()).maxConcurrency(apis)).toBe(maxConcurrency);
});

it('learns each model’s duration, for later runs too', async () => {
	const run = await startRun();
	expect(run.usualMs('flux', null)).toBeUndefined();
	for (const ms of [30_000, 31_000, 32_000]) run.recordDuration('flux', ms);
	expect(run.usualMs('flux', 2)).toBe(31_000);
	expect((await startRun()).usualMs('flux', 2)).toBe(31_000);
	expect(run.usualMs('veo-3', 60)).toBe(60_000);
	expect(run.usualMs('veo-3', null)).toBeUndefined();
});
