/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
import { startEngine, type Engine, type RunResult, type WorkflowJson } from '../test/engine/engine';
import { startSimulator } from '../test/simulator/simulator';
import { Complaint, oneLine } from './complaint';
import { prepareFolder } from './output-folder';
import { Progress } from './progress';
import { collectResults, rescueFiles, resultTable, type Failed, type Finished } from './results';
import { help, readOptions } from './start-options';
import { itemsForSegmind, loadWorkflow } from './start-workflow';

const executionId = 'start';

/** How many times faster than Segmind the simulator works. */
const SIMULATOR_SPEED = 10;

async function main(args: string[]): Promise<void> {
	const options = readOptions(args);
	if (options.help) {
		console.log(help);
		return;
	}
	const workflow = await loadWorkflow(options);
	await prepareFolder(options.out);

	const engine = await startEngine({ binaryMode: 'filesystem' });
	const segmind = await connect(engine);
	try {
		const run = await runWorkflow(engine, workflow, segmind.credential);
		const { finished, failed } = await collectResults(engine, run, workflow, options.out);
		if (run.error) finished.push(...(await rescueFiles(engine, executionId, options.out)));
		report(run, finished, failed);
	} finally {
		await segmind.close();
		await engine.close();
	}
}

/** Segmind itself if there is a key, else a simulated one. */
async function connect(engine: Engine) {
	const apiKey = process.env.SEGMIND_API_KEY?.trim();
	if (apiKey) return { credential: { apiKey }, close: async () => {} };
	console.log('simulator: no Segmind key given; set SEGMIND_API_KEY for real pictures');
	const { clock, now } = engine.packageClock();
	clock.speed = SIMULATOR_SPEED;
	const { credential, close } = await startSimulator({ speed: SIMULATOR_SPEED, now });
	return { credential: { ...credential }, close };
}

async function runWorkflow(
	engine: Engine,
	workflow: WorkflowJson,
	segmindApi: { apiKey: string },
): Promise<RunResult> {
	const stop = new AbortController();
	process.once('SIGINT', () => {
		console.log('\nStopping...');
		stop.abort();
	});
	const progress = new Progress(async () => (await engine.storedFiles(executionId)).length);
	try {
		return await engine.run(workflow, {
			executionId,
			credentials: { segmindApi },
			cancel: stop.signal,
			onNodeFinished: (name, { data }) =>
				progress.expect(
					itemsForSegmind(
						workflow,
						name,
						(data?.main ?? []).map((items) => items ?? []),
					),
				),
		});
	} finally {
		await progress.stop();
	}
}

function report(run: RunResult, finished: Finished[], failed: Failed[]): void {
	if (finished.length) console.log(resultTable(finished));
	if (run.status === 'canceled') process.exitCode = 130;
	else if (run.error || failed.length) process.exitCode = 1;

	const reasons = new Set(failed.map(({ message }) => message));
	if (run.error) {
		const { message, description } = run.error as Error & { description?: string };
		console.error(oneLine(`${run.lastNode}: ${[message, description].filter(Boolean).join('. ')}`));
	} else if (!finished.length && reasons.size === 1) {
		console.error(oneLine([...reasons][0]));
	} else {
		for (const { prompt, message } of failed)
			console.error(oneLine(`Failed: "${prompt}": ${message}`));
	}
	if (!run.error && !finished.length && !failed.length) {
		throw new Complaint('The workflow gave no files');
	}
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(oneLine(error));
	process.exitCode = 1;
});
