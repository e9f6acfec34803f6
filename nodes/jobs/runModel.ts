import type { INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { jobFailed } from '../api/failedJob';
import { generate } from '../api/inference';
import { missingResult } from '../api/missingResult';
import { findModel, makesFiles } from '../catalog/models';
import { outputItems } from '../media/outputItems';
import type { OutputSettings } from '../media/outputSettings';
import { resultOfAnswer, resultOfJob, type Result } from '../api/result';
import { jobApi } from './jobKind';
import type { ModelCall } from './modelCall';
import type { Api, Run } from './run';
import { submitModel } from './submitJob';
import { waitForJob } from './waitForJob';
import { withInputFiles } from './withInputFiles';

export type Mode = 'auto' | 'sync' | 'async';

/** Maximum average for which one request stays open until the result is there. */
const SYNC_UP_TO_SECONDS = 10;

/**
 * Which API serves a call. A URL only comes from v2. Auto takes v1 (one request, no waiting loop) only where the model
 * is known to be quick, since a v1 call that breaks cannot be collected.
 */
export function chooseApi(mode: Mode, wantsFile: boolean, averageSeconds: number | null): Api {
	if (!wantsFile || mode === 'async') return 'async';
	if (mode === 'sync') return 'sync';
	return averageSeconds !== null && averageSeconds < SYNC_UP_TO_SECONDS ? 'sync' : 'async';
}

/** A call together with how it is run and handed over. */
export interface ModelRun {
	call: ModelCall;
	api: Api;
	timeoutMs: number;
	output: OutputSettings;
}

/** Runs one model to its end and returns the output items; what an earlier try of the run paid for is not paid again. */
export async function runModel(
	run: Run,
	{ call, api, timeoutMs, output }: ModelRun,
): Promise<INodeExecutionData[]> {
	const { connection, ledger } = run;
	const { items, requestId } = ledger.find(call.key);
	if (items) return items;
	// An accepted job is collected even if the mode would now be another.
	const made =
		api === 'sync' && requestId === undefined
			? await connection.fileTransfers.use(async () => await runSync(run, call, timeoutMs, output))
			: await runAsync(run, call, timeoutMs, output);
	ledger.finished(call.key, made);
	return made;
}

async function runSync(run: Run, call: ModelCall, timeoutMs: number, output: OutputSettings) {
	const sent = await withInputFiles(run, call);
	return await run.ledger.spend(call.key, async () => {
		const request = { prompt: call.prompt, sentAt: now() };
		const answer = await generate(run.connection, sent, timeoutMs);
		const result = resultOfAnswer(answer, sent.slug, sent.body.seed, sent.body);
		expectResult(result, call);
		return await outputItems(run.connection, result, output, request);
	});
}

async function runAsync(run: Run, call: ModelCall, timeoutMs: number, output: OutputSettings) {
	const { connection } = run;
	const { requestId, acceptedAt, seed } = await submitModel(run, call);
	const usualMs = () => run.usualMs(call.slug, call.averageSeconds);
	const job = { requestId, model: call.slug, acceptedAt, usualMs, api: jobApi('model', requestId) };
	const state = await waitForJob(connection, job, now() + timeoutMs);
	if (state.status === 'FAILED') {
		if (!state.unknownEnd) run.ledger.forget(call.key);
		throw jobFailed(requestId, call.slug, state);
	}
	run.sawDuration(call.slug, now() - acceptedAt);
	const given = call.inputFiles.map(({ source }) => ('url' in source ? source.url : null));
	const sent = [call.body, given, run.uploads.urls()];
	const result = resultOfJob(state, requestId, call.slug, seed, sent);
	expectResult(result, call);
	const request = { prompt: call.prompt, sentAt: acceptedAt };
	return await connection.fileTransfers.use(
		async () => await outputItems(connection, result, output, request),
	);
}

/** Throws where the answer does not hold what the model is there for: a file, unless it is known to make none. */
function expectResult(result: Result, { slug }: ModelCall): void {
	const model = findModel(slug);
	const missing = missingResult(result, model && !makesFiles(model) ? 'anything' : 'file');
	if (missing) throw missing;
}
