/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n, each engine in a process of its own */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SimulatorCredential } from '../test/simulator/simulator';

/** What a worker is asked to do: so many executions of so many pictures that start together. */
export interface WorkerTask {
	credential: SimulatorCredential;
	runs: number;
	each: number;
}

/** Engines in processes of their own, like the workers of queue mode: they know nothing of each other. */
export class Workers {
	private constructor(
		private readonly children: ChildProcess[],
		private readonly credential: SimulatorCredential,
	) {}

	static async start(count: number, credential: SimulatorCredential): Promise<Workers> {
		const children = Array.from({ length: count }, () =>
			fork(join(__dirname, 'workerProcess.ts'), {
				execArgv: ['--require', require.resolve('tsx/cjs')],
			}),
		);
		// The first message: it is ready.
		await Promise.all(children.map(async (child) => await once(child, 'message')));
		return new Workers(children, credential);
	}

	/** Gives every worker the same task at the same moment; the time until the last one is done. */
	async run(runs: number, each: number): Promise<{ seconds: number; done: number }> {
		const startedAt = performance.now();
		const task: WorkerTask = { credential: this.credential, runs, each };
		const done = await Promise.all(
			this.children.map(async (child) => {
				child.send(task);
				const [made] = (await once(child, 'message')) as [number];
				return made;
			}),
		);
		return {
			seconds: (performance.now() - startedAt) / 1000,
			done: done.reduce((sum, made) => sum + made, 0),
		};
	}

	async stop(): Promise<void> {
		await Promise.all(
			this.children.map(async (child) => {
				const gone = once(child, 'exit');
				child.disconnect();
				await gone;
			}),
		);
	}
}
