/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, type Child } from '../test/n8n/children';
import { isUnderway, type ListedExecution } from '../test/n8n/client';
import { call, onWebhook } from '../test/n8n/host';
import { startN8n, type N8n } from '../test/n8n/server';
import { startServices } from '../test/n8n/services';
import type { WorkflowJson } from '../test/engine/workflow';

/** The default of `n8n worker`, and enough for all executions of a round at once. */
const SLOTS = 10;
const PATIENCE_SECONDS = 180;
/** n8n itself lists the executions, so it is not asked often. */
const LOOK_MS = 1000;

/** The executions of one workflow that were started together. */
export interface Together {
	/** Until the last one was over, from the first call. */
	seconds: number;
	succeeded: number;
	failed: number;
	/** How many each worker ran. */
	shares: number[];
}

/** n8n's queue mode: main, workers, Redis and Postgres, each a process of its own. */
export class QueueMode {
	private constructor(
		readonly n8n: N8n,
		private readonly workers: Child[],
		readonly stop: () => Promise<void>,
	) {}

	/** @param tarball the packed package */
	static async start(tarball: string, count: number): Promise<QueueMode> {
		const services = await startServices();
		let n8n: N8n | undefined;
		const workers: Child[] = [];
		const stop = async () => {
			await Promise.all(workers.map(async (worker) => await worker.stop()));
			await n8n?.stop();
			await services.stop();
		};
		try {
			n8n = await startN8n({ binaryMode: 'default', env: services.env, tarball });
			while (workers.length < count) {
				workers.push(await n8n.startWorker(`worker ${workers.length + 1}`, SLOTS));
			}
			return new QueueMode(n8n, workers, stop);
		} catch (error) {
			await stop();
			throw error;
		}
	}

	/** Puts a workflow behind a webhook, which answers at once, and runs it once; returns the URL. */
	async publish(workflow: WorkflowJson, path: string): Promise<string> {
		const url = await this.n8n.client.publish(onWebhook(workflow, path, 'onReceived'));
		// n8n does not know it for a second after publishing.
		await eventually(url, 60, async () => (await call(url)).status === 200 || undefined);
		await this.idle();
		return url;
	}

	/** Calls a webhook so many times at the same moment, and waits for the executions. */
	async run(url: string, count: number): Promise<Together> {
		const earlier = new Set((await this.n8n.client.executions()).map(({ id }) => id));
		const before = this.workers.map(executionsOf);
		const startedAt = Date.now();
		const answers = await Promise.all(Array.from({ length: count }, async () => await call(url)));
		const refusal = answers.find(({ status }) => status !== 200);
		if (refusal) throw new Error(`n8n took no execution: ${JSON.stringify(refusal)}`);
		const ended = (await this.idle()).filter(({ id }) => !earlier.has(id));
		const last = Math.max(...ended.map(({ stoppedAt }) => Date.parse(stoppedAt ?? '')));
		const succeeded = ended.filter(({ status }) => status === 'success').length;
		return {
			seconds: (last - startedAt) / 1000,
			succeeded,
			failed: count - succeeded,
			shares: this.workers.map((worker, index) => executionsOf(worker) - (before[index] ?? 0)),
		};
	}

	/** The newest executions, once all are over. */
	private async idle(): Promise<ListedExecution[]> {
		return await eventually('the end of all executions', PATIENCE_SECONDS, async () => {
			await pause(LOOK_MS);
			const all = await this.n8n.client.executions();
			return all.some(({ status }) => isUnderway(status)) ? undefined : all;
		});
	}
}

function executionsOf(worker: Child): number {
	return worker.output.match(/started execution/gi)?.length ?? 0;
}
