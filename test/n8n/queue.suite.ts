/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console -- runs outside n8n */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WorkflowJson } from '../engine/workflow';
import { eventually, type Child } from './children';
import { itemsOf, jsonOf, type StoredCredential } from './client';
import { bySlug, call, oneNode, onWebhook, startHost, type Host } from './host';
import { checkFiles } from './pictures';
import { startServices, type Services } from './services';
import { connected, readTemplate, wantedTable } from './templates';

const EXECUTIONS = 60;

/** How many executions a worker runs at once. */
const SLOTS = 5;

/** More than one worker can run at once, so that each gets some: one slot is taken. */
const WAITING = 6;

const ROWS = ['a pear', 'a quince', 'a medlar'];

interface Row {
	id: number;
	prompt: string;
	request_id: string | null;
	url: string | null;
	seed: number | null;
	cost: number | null;
	failure: string | null;
}

describe('queue mode: one main, two workers, Redis and Postgres', () => {
	let services: Services;
	let host: Host;
	let workers: Child[] = [];
	let postgres: StoredCredential;

	before(async () => {
		services = await startServices();
		// A dead worker is noticed within seconds instead of a minute.
		const stalled = {
			QUEUE_WORKER_LOCK_DURATION: '5000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '3000',
		};
		// Slow enough that Segmind does not forget a job, after its hour, on a busy machine.
		const env = { ...services.env, ...stalled };
		host = await startHost({ binaryMode: 'default', env }, 2);
		postgres = await host.n8n.client.addCredential('Postgres', 'postgres', services.credential);
		workers = await Promise.all(
			['worker 1', 'worker 2'].map(async (name) => await host.n8n.startWorker(name, SLOTS)),
		);
	});

	after(async () => {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
		await host?.close();
		await services?.stop();
	});

	/** Publishes a workflow with a webhook and one Generate Image, and returns its URL. */
	async function published(path: string, responseMode: string, prompt: string): Promise<string> {
		const parameters = { model: bySlug('fast-flux-schnell'), prompt, options: { mode: 'async' } };
		const workflow = oneNode('segmindGenerateImage', parameters, host.good);
		return await host.n8n.client.publish(onWebhook(workflow, path, responseMode));
	}

	/** Calls a webhook, which n8n does not know for a second after publishing. */
	async function start(url: string): Promise<void> {
		await eventually(url, 60, async () => (await call(url)).status === 200 || undefined);
	}

	/** The template that works on a table, which is created as the template's own note says, with the given prompts. */
	async function overTable(prompts: string[]): Promise<WorkflowJson> {
		const template = readTemplate('images-to-postgres.json');
		const sql = wantedTable(template);
		const values = prompts.map((prompt) => `('${prompt}')`).join();
		await services.execute(`DROP TABLE IF EXISTS images; ${sql}; TRUNCATE images`);
		await services.execute(`INSERT INTO images (prompt) VALUES ${values}`);
		return connected(template, { segmindApi: host.good, postgres });
	}

	async function rows(): Promise<Row[]> {
		return await services.rows<Row>('SELECT * FROM images ORDER BY id');
	}

	it(`spreads ${EXECUTIONS} executions over both workers, all with whole files`, async () => {
		const { n8n, simulator } = host;
		const url = await published('spread', 'lastNode', 'a pear');
		await Promise.all(Array.from({ length: EXECUTIONS }, async () => await start(url)));
		assert.equal(simulator.jobs.length, EXECUTIONS, 'each was submitted once');
		const all = await n8n.client.executions();
		assert.equal(all.filter(({ status }) => status === 'success').length, EXECUTIONS);
		for (const { id } of all) {
			const items = itemsOf(await n8n.client.ended(id), 'Segmind');
			assert.equal(await checkFiles(n8n.client, items), 1);
		}
		for (const worker of workers) {
			const share = worker.output.match(/started execution/gi)?.length ?? 0;
			console.log(`one worker ran ${share} executions`);
			assert.ok(share > EXECUTIONS / 6, worker.output);
		}
	});

	it('fills a Postgres table with the template images-to-postgres.json', async () => {
		const { n8n, simulator } = host;
		simulator.reset();
		const [first = '', ...others] = ROWS;
		const { status, error } = await n8n.client.run(
			await overTable([first, 'a forbidden sight', ...others]),
		);
		assert.equal(status, 'success', JSON.stringify(error));
		const [good, bad, ...more] = await rows();
		assert.match(bad?.failure ?? '', /NSFW content detected/);
		assert.equal(bad?.url, null);
		for (const row of [good, ...more]) {
			assert.ok(row);
			const job = simulator.jobs.find(({ body }) => body.prompt === row.prompt);
			assert.deepEqual(
				{ ...row, cost: Number(row.cost) },
				{
					id: row.id,
					prompt: row.prompt,
					request_id: job?.requestId,
					url: job?.outputs[0]?.url,
					seed: job?.body.seed,
					cost: job?.billed,
					failure: null,
				},
			);
		}
		assert.equal(simulator.jobs.length, ROWS.length + 1);
	});

	it('a worker killed among waiting jobs: all executions end, nothing is paid twice, all is collected', async () => {
		const { n8n, simulator } = host;
		const { client } = n8n;
		simulator.reset();
		const template = await overTable(ROWS.map((prompt) => `${prompt} in an endless sea`));
		const templateId = await client.start(await client.addWorkflow(template));
		const prompt = '=an endless sea for {{ $execution.id }}';
		const url = await published('killed', 'onReceived', prompt);
		for (let started = 0; started < WAITING; started++) await start(url);
		const submitted = WAITING + ROWS.length;
		await eventually('all jobs', 60, () => simulator.jobs.length === submitted || undefined);
		await eventually('the request IDs in the table', 60, async () => {
			return (await rows()).every(({ request_id: id }) => id !== null) || undefined;
		});

		const ids = (await client.executions())
			.filter(({ status }) => status === 'running')
			.map(({ id }) => id);
		assert.equal(ids.length, WAITING + 1);
		const has = (worker: Child, id: string) => worker.output.includes(`started execution ${id} `);
		const victim = workers.find((worker) => has(worker, templateId));
		assert.ok(victim, 'a worker runs the template');
		const lost = ids.filter((id) => has(victim, id));
		console.log(`${lost.length} of ${ids.length} executions are on the worker that is killed`);
		assert.ok(lost.length > 1, 'it runs others too');
		victim.kill('SIGKILL');
		for (const id of lost) {
			const { status, error } = await client.ended(id, 180);
			// n8n's own message; it throws away what the nodes had found until then, request IDs included.
			assert.equal(status, 'error');
			assert.match(error?.message ?? '', /failed to be processed too many times/);
		}
		for (const job of simulator.jobs) job.readyAt = simulator.now();
		for (const id of ids.filter((other) => !lost.includes(other))) {
			const execution = await client.ended(id, 180);
			assert.equal(execution.status, 'success', JSON.stringify(execution.error));
			assert.equal(await checkFiles(client, itemsOf(execution, 'Segmind')), 1);
		}

		const again = await client.run(template);
		assert.equal(again.status, 'success', JSON.stringify(again.error));
		for (const row of await rows()) assert.ok(row.url && row.seed && row.cost, JSON.stringify(row));
		for (const id of lost.filter((other) => other !== templateId)) {
			// Where the user finds it as well.
			const noted = new RegExp(`Segmind accepted job (\\S+) \\(execution ${id}, `);
			const requestId: string = noted.exec(victim.output)?.[1] ?? '';
			const job = simulator.jobs.find(({ body }) => String(body.prompt).endsWith(` ${id}`));
			assert.equal(requestId, job?.requestId);
			const check = oneNode('segmindCheckStatus', { requestId }, host.good);
			const execution = await client.run(check);
			assert.equal(jsonOf(execution, 'Segmind')[0]?.request_id, requestId);
			assert.equal(await checkFiles(client, itemsOf(execution, 'Segmind')), 1);
		}
		assert.equal(simulator.jobs.length, submitted, 'no job was submitted again');
	});
});
