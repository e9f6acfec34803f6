/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console -- runs outside n8n */
import axios from 'axios';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WorkflowJson } from '../engine/workflow';
import { eventually, type Child } from './children';
import { itemsOf } from './client';
import { bySlug, oneNode, startHost, type Host } from './host';
import { checkFiles } from './pictures';
import { startServices, type Services } from './services';

const EXECUTIONS = 60;
const WAITING = 6;

describe('queue mode: one main, two workers, Redis and Postgres', () => {
	let services: Services;
	let host: Host;
	let workers: Child[] = [];

	before(async () => {
		services = await startServices();
		// A worker that is gone is noticed within seconds instead of a minute.
		const stalled = {
			QUEUE_WORKER_LOCK_DURATION: '5000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '3000',
		};
		host = await startHost({ binaryMode: 'default', env: { ...services.env, ...stalled } });
		workers = await Promise.all(['worker 1', 'worker 2'].map(host.n8n.startWorker));
	});

	after(async () => {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
		await host?.close();
		await services?.stop();
	});

	/** Publishes a workflow that a webhook starts, and gives its address. */
	async function published(path: string, responseMode: string, prompt: string): Promise<string> {
		const workflow: WorkflowJson = oneNode(
			'segmindGenerateImage',
			{ model: bySlug('fast-flux-schnell'), prompt, mode: 'async' },
			host.good,
		);
		workflow.nodes[0] = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: path,
			parameters: { path, httpMethod: 'POST', responseMode, options: {} },
		};
		const { client, url } = host.n8n;
		const { id, versionId } = (await client.addWorkflow(workflow)) as { id: string } & {
			versionId?: string;
		};
		await client.post(`/rest/workflows/${id}/activate`, { versionId });
		return `${url}/webhook/${path}`;
	}

	async function call(url: string): Promise<void> {
		// A webhook is unknown for a second after its workflow was published.
		await eventually(url, 60, async () => {
			const { status } = await axios.post(url, {}, { validateStatus: () => true });
			return status === 200 || undefined;
		});
	}

	async function executions(): Promise<Array<{ id: string; status: string }>> {
		const { results } = await host.n8n.client.get<{
			results: Array<{ id: string; status: string }>;
		}>('/rest/executions?limit=100');
		return results;
	}

	it(`spreads ${EXECUTIONS} executions over both workers, all with whole files`, async () => {
		const { n8n, simulator } = host;
		const url = await published('spread', 'lastNode', 'a pear');
		await Promise.all(Array.from({ length: EXECUTIONS }, async () => await call(url)));
		assert.equal(simulator.jobs.length, EXECUTIONS, 'each was submitted once');
		const all = await executions();
		assert.equal(all.filter(({ status }) => status === 'success').length, EXECUTIONS);
		const execution = await n8n.client.ended(String(all[0]?.id));
		assert.equal(await checkFiles(n8n.client, itemsOf(execution, 'Segmind')), 1);
		for (const worker of workers) {
			const share = worker.output.match(/started execution/gi)?.length ?? 0;
			console.log(`one worker ran ${share} executions`);
			assert.ok(share > EXECUTIONS / 6, worker.output);
		}
	});

	it('submits nothing twice when a worker is killed in the middle of waiting jobs', async () => {
		const { simulator } = host;
		simulator.reset();
		const url = await published('killed', 'onReceived', 'an endless sea');
		for (let started = 0; started < WAITING; started++) await call(url);
		await eventually('all jobs', 60, () => simulator.jobs.length === WAITING || undefined);
		const running = (await executions()).filter(({ status }) => status === 'running');
		const [victim] = workers;
		const lost = running.filter(({ id }) => victim?.output.includes(`started execution ${id} `));
		assert.ok(lost.length > 0, 'it was running some');
		victim?.kill('SIGKILL');
		await eventually('the end of what the worker ran', 120, async () => {
			const now = new Map((await executions()).map(({ id, status }) => [id, status]));
			return lost.every(({ id }) => now.get(id) === 'error') || undefined;
		});
		console.log(`${lost.length} of ${WAITING} executions were lost with their worker`);
		assert.equal(simulator.jobs.length, WAITING, 'no job was submitted again');
	});
});
