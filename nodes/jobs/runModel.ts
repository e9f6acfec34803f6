import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now, toMonotonic, wallTime } from '../clock';
import { jobFailed } from '../api/failedJob';
import { generate } from '../api/inference';
import type { HistoryRequest } from '../api/historyRows';
import { jobDurationMs } from '../api/metrics';
import { queuedJobOf } from '../api/jobState';
import { missingResult } from '../api/missingResult';
import { findModel, makesFiles } from '../catalog/models';
import { asRecovered } from '../media/itemJson';
import { outputItems } from '../media/outputItems';
import type { OutputSettings } from '../media/outputSettings';
import { resultOfAnswer, resultOfJob, type Result } from '../api/result';
import { inSlices } from '../api/slices';
import { earlierResult } from './earlierResult';
import { jobApi } from './jobKind';
import { trackRequest } from './trackRequest';
import { keepResult, recallResult, type ModelAnswer } from './keptAnswer';
import type { SubmittedJob } from './ledgerEntry';
import type { ModelCall } from './modelCall';
import { payForCall, type CallWork } from './payForCall';
import type { Api, Run } from './run';
import { reusableSince } from './reusePolicy';
import { acceptJob, submitModel } from './submitJob';
import { waitForJob } from './waitForJob';
import { withInputFiles } from './withInputFiles';

export type Mode = 'auto' | 'sync' | 'async';

/** Maximum average duration for which a request is kept open until the result arrives. */
const MAX_SYNC_SECONDS = 10;

/**
 * Which API serves a call. Only v2 returns URLs. Auto uses v1 (one request, no polling) only if the model is known to
 * be quick, since the result of an interrupted v1 call cannot be collected.
 */
export function chooseApi(mode: Mode, wantsFile: boolean, averageSeconds: number | null): Api {
	if (!wantsFile || mode === 'async') return 'async';
	if (mode === 'sync') return 'sync';
	return averageSeconds !== null && averageSeconds < MAX_SYNC_SECONDS ? 'sync' : 'async';
}

/** A call, with how to run it and how to return its result. */
export interface ModelRun {
	call: ModelCall;
	api: Api;
	timeoutMs: number;
	output: OutputSettings;
	/** Turns a non-file answer into items, or throws its failure; pure. By default answers are files. */
	read?: (result: Result) => INodeExecutionData[];
	/** The JSON of an unfinished job, if its keys differ from those of files. */
	unfinished?: (requestId: string) => IDataObject;
}

/** Runs one model to completion and returns the output items; what an earlier try paid for is not paid for again. */
export async function runModel(
	run: Run,
	modelRun: ModelRun,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const { call, api, output } = modelRun;
	const work: CallWork<ModelAnswer> = {
		send: async () =>
			api === 'sync'
				? await runSync(run, modelRun)
				: await collectJob(run, modelRun, await submitModel(run, call)),
		// An accepted job is collected even if the mode has changed since.
		collect: async (job) => await collectJob(run, modelRun, job),
		recall: async () => await recallResult(run, call.key),
		deliver: async (answer) => await deliver(run, modelRun, answer),
		deliverEarlier: async (earlier) => {
			const answer = await earlierAnswer(run, modelRun, earlier);
			return answer && (await deliver(run, modelRun, answer));
		},
		inputBinary: output.inputBinary,
	};
	return await payForCall(run, call, work, hint);
}

async function deliver(
	{ connection }: Run,
	{ call: { prompt }, output, read }: ModelRun,
	{ result, sentAt, recovered }: ModelAnswer,
): Promise<INodeExecutionData[]> {
	const items = read
		? read(result)
		: await connection.fileTransfers.use(async () => {
				return await outputItems(connection, result, output, { prompt, sentAt });
			});
	return recovered ? items.map(asRecovered) : items;
}

/** The answer to an equal earlier request; undefined if it is no longer available, or not what is requested now. */
async function earlierAnswer(
	{ connection }: Run,
	modelRun: ModelRun,
	earlier: HistoryRequest,
): Promise<ModelAnswer | undefined> {
	const result = await connection.fileTransfers.use(async () => {
		return await earlierResult(connection, earlier);
	});
	if (!result) return undefined;
	try {
		expectAnswer(result, modelRun);
	} catch {
		return undefined;
	}
	return {
		result,
		sentAt: earlier.createdAt ?? reusableSince(modelRun.call.reuseDays, wallTime()),
	};
}

/** Throws if an answer is not what the call asked for. */
function expectAnswer(result: Result, { call, read }: ModelRun): void {
	if (read) read(result);
	else expectResult(result, call);
}

/** Runs a v1 call; if it is answered with a job, that is collected like any other. */
async function runSync(run: Run, modelRun: ModelRun): Promise<ModelAnswer> {
	const { fileTransfers } = run.connection;
	const answer = await fileTransfers.use(async () => await sendSync(run, modelRun));
	return 'requestId' in answer ? await collectJob(run, modelRun, answer) : answer;
}

async function sendSync(
	run: Run,
	{ call, timeoutMs, output }: ModelRun,
): Promise<ModelAnswer | SubmittedJob> {
	const sent = await withInputFiles(run, call);
	const sentAt = wallTime();
	return await trackRequest(run, sent, async (identify) => {
		const answer = await run.ledger.spend(call.key, async () => {
			return await generate(run.connection, sent, timeoutMs);
		});
		identify(answer.headers['x-request-id']);
		const result = await inSlices(resultOfAnswer(answer, sent.slug, sent.body.seed, sent.body));
		const job = result.files.length ? undefined : queuedJobOf(answer.json);
		if (job !== undefined) {
			identify(job);
			return acceptJob(run, call.key, job, sent.body.seed);
		}
		run.costs.recordCost(call, result.metrics.cost);
		run.earlier.sent(result.requestId);
		await run.ledger.guard(call.key, async () => expectResult(result, call));
		return await keepResult(run, call.key, { result, sentAt }, output);
	});
}

async function collectJob(
	run: Run,
	modelRun: ModelRun,
	submitted: SubmittedJob,
): Promise<ModelAnswer> {
	const { requestId, acceptedAt, seed } = submitted;
	const { connection } = run;
	const { call, timeoutMs, output, read } = modelRun;
	const { slug, key } = call;
	const usualMs = () => run.usualMs(slug, call.averageSeconds);
	const api = jobApi('model', requestId);
	const job = { requestId, model: slug, acceptedAt: toMonotonic(acceptedAt), usualMs, api };
	const state = await waitForJob(connection, job, now() + timeoutMs);
	if (state.status === 'FAILED') throw jobFailed(requestId, slug, state);
	// A job found only later in the history says nothing about its duration.
	if (!state.recovered) {
		run.recordDuration(slug, jobDurationMs(state.body) ?? now() - job.acceptedAt);
	}
	const inputUrls = call.inputFiles.map(({ source }) => ('url' in source ? source.url : null));
	const sent = [call.body, inputUrls, run.uploads.urls()];
	const result = await inSlices(resultOfJob(state, requestId, slug, seed, sent));
	run.costs.recordCost(call, result.metrics.cost);
	await run.ledger.guard(key, async () => expectAnswer(result, modelRun));
	const answer: ModelAnswer = {
		// Files in a text answer are ignored.
		result: read ? { ...result, files: [] } : result,
		sentAt: acceptedAt,
		...(submitted.recovered || state.recovered ? { recovered: true } : {}),
	};
	if (read) return await keepResult(run, key, answer, output);
	return await connection.fileTransfers.use(async () => {
		return await keepResult(run, key, answer, output);
	});
}

/** Throws if the answer lacks what the model is for: a file, unless it is known to produce none. */
function expectResult(result: Result, { slug }: ModelCall): void {
	const model = findModel(slug);
	const missing = missingResult(result, model && !makesFiles(model) ? 'anything' : 'file');
	if (missing) throw missing;
}
