/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/*
 * An engine in a separate process, started by workers.ts.
 */
import { startEngine } from '../test/engine/engine';
import { generateImages, prompts } from './contenders';
import type { WorkerTask } from './workers';

async function main(): Promise<void> {
	const engine = await startEngine({ binaryMode: 'filesystem' });
	/** How many pictures were made; those of a failed execution do not count. */
	const run = async ({ credential, runs, each }: WorkerTask): Promise<number> => {
		const one = async () => {
			const parameters = { options: { mode: 'sync' } };
			return (await generateImages(engine, credential, prompts(each), parameters)).length;
		};
		const made = await Promise.allSettled(Array.from({ length: runs }, one));
		return made.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0);
	};
	process.on('message', (task: WorkerTask) => {
		void run(task).then((made) => process.send?.(made));
	});
	process.once('disconnect', () => void engine.close().then(() => process.exit()));
	process.send?.(0);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
