/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
import { dirname } from 'node:path';
import { startEngine, type Engine, type RunResult, type WorkflowJson } from '../test/engine/engine';
import { startSimulator } from '../test/simulator/simulator';
import { Complaint, oneLine } from './complaint';
import { prepareFolder } from './output-folder';
import { Progress } from './progress';
import { collectResults, rescueFiles, resultTable, type Results } from './results';
import { help, readOptions } from './start-options';
import { itemsForSegmind, loadWorkflow } from './start-workflow';

const executionId = 'start';

/** The simulator's speed relative to Segmind. */
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
	let onlyCopies = false;
	try {
		const run = await runWorkflow(engine, workflow, segmind.credential);
		onlyCopies = true;
		const results = await save(engine, run, workflow, options.out);
		onlyCopies = false;
		report(run, results);
	} finally {
		await segmind.close();
		if (!onlyCopies) await engine.close();
	}
}

/** Writes the files to the folder. If that fails, reports where the engine's own copies are, since they are paid for. */
async function save(
	engine: Engine,
	run: RunResult,
	workflow: WorkflowJson,
	folder: string,
): Promise<Results> {
	const results: Results = { finished: [], failed: [] };
	try {
		await collectResults(engine, run, workflow, folder, results);
		if (run.error) await rescueFiles(engine, executionId, folder, results);
	} catch (error) {
		const [stored] = await engine.storedFiles(executionId);
		if (!stored) throw error;
		throw new Complaint(
			`${oneLine(error)}. All files of this run are kept in ${dirname(stored.path)}`,
		);
	} finally {
		if (results.finished.length) console.log(resultTable(results.finished));
	}
	return results;
}

/** Connects to Segmind if there is a key, otherwise to a simulator. */
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
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			console.log('\nStopping...');
			stop.abort();
		});
	}
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

function report(run: RunResult, { finished, failed }: Results): void {
	if (run.status === 'canceled') process.exitCode = 130;
	else if (run.error || failed.length || !finished.length) process.exitCode = 1;

	const reasons = new Set(failed.map(({ message }) => message));
	if (run.error) {
		const { message, description } = run.error as Error & { description?: string };
		console.error(oneLine(`${run.lastNode}: ${[message, description].filter(Boolean).join('. ')}`));
	} else if (!finished.length && !failed.length) {
		console.error('The workflow gave no files');
	} else if (!finished.length && reasons.size === 1) {
		console.error(oneLine([...reasons][0]));
	} else {
		for (const { prompt, message } of failed)
			console.error(oneLine(`Failed: "${prompt}": ${message}`));
	}
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(oneLine(error));
	process.exitCode = 1;
});
