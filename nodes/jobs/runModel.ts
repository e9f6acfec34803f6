import type { INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { SegmindFailure } from '../api/failure';
import { generate, submit } from '../api/inference';
import type { CheckedCall } from '../fields/call';
import { outputItems, type OutputSettings } from '../media/outputItems';
import { resultOfAnswer, resultOfJob, type Result } from './result';
import type { Api, Run } from './run';
import { waitForJob } from './waitForJob';
import { withInputFiles } from './withInputFiles';

export type Mode = 'auto' | 'sync' | 'async';

/** Longest average for which one request may stay open until the result is there. */
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
	call: CheckedCall;
	api: Api;
	timeoutMs: number;
	output: OutputSettings;
}

/** Runs one model to its end and returns the output items. */
export async function runModel(
	run: Run,
	{ call, api, timeoutMs, output }: ModelRun,
): Promise<INodeExecutionData[]> {
	const { connection } = run;
	if (api === 'sync') {
		return await connection.fileSlots.use(async () => {
			const answer = await generate(connection, await withInputFiles(run, call), timeoutMs);
			return await outputItems(
				connection,
				resultOfAnswer(answer, call.slug, call.body.seed),
				output,
			);
		});
	}
	const result = await runJob(run, call, timeoutMs);
	return await connection.fileSlots.use(async () => await outputItems(connection, result, output));
}

async function runJob(run: Run, call: CheckedCall, timeoutMs: number): Promise<Result> {
	const { slug, averageSeconds } = call;
	const requestId = await submit(run.connection, await withInputFiles(run, call));
	const acceptedAt = now();
	const usualMs = () => run.usualMs(slug, averageSeconds);
	const job = { requestId, model: slug, acceptedAt, usualMs };
	const news = await waitForJob(run.connection, job, acceptedAt + timeoutMs);
	if (news.status === 'FAILED') throw jobFailed(requestId, slug, news.failureReason);
	run.sawDuration(slug, now() - acceptedAt);
	return resultOfJob(news, requestId, slug, call.body.seed);
}

/** The failure of a job that Segmind reports as FAILED. Source: Segmind documentation "Async inference": never billed. */
export function jobFailed(
	requestId: string,
	model: string | null,
	reason = 'Segmind gave no reason',
): SegmindFailure {
	return new SegmindFailure(`The job failed: ${reason}`, {
		requestId,
		...(model ? { model } : {}),
		status: 'FAILED',
		failureReason: reason,
		description: `Nothing was billed. Change the prompt or the fields that Segmind names and run it again. Job ${requestId}`,
	});
}
