import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { asFailure, SegmindFailure } from '../api/failure';
import type { JobNews } from '../api/jobNews';
import { asNumber } from '../api/outputs';
import { isFirstContractId } from '../api/pixelFlow';
import { findModel } from '../catalog/models';
import { flowItems, flowJson } from '../media/flowItems';
import { jobJson, outputItems, type OutputSettings } from '../media/outputItems';
import { jobApi, type JobKind } from './jobKind';
import { resultOfJob } from './result';
import type { Run } from './run';
import { jobFailed } from './runModel';
import { FIRST_LOOK_MS } from './lookTimes';
import { collectResult, waitForJob, type AcceptedJob } from './waitForJob';

/** One job to be looked at, and what is done with what is found. */
export interface JobCheck {
	kind: JobKind;
	requestId: string;
	/** From the item that submitted it; null when unknown. */
	model: string | null;
	/** The seed that was sent, for a model that does not report it; null when unknown. */
	seed: number | string | null;
	submittedAt: number | undefined;
	wait: boolean;
	timeoutMs: number;
	output: OutputSettings;
	/** The node has the outputs Completed, In Progress and Failed; otherwise a failed job is an error. */
	byStatus: boolean;
}

/** Where each kind of end goes with `routing` by status. */
const OUTPUTS = { COMPLETED: 0, QUEUED: 1, PROCESSING: 1, FAILED: 2, NOT_FOUND: 2 };

/** Where a failed check goes: a job that was not finished in time is still in progress, and paid for when it ends. */
export function outputOfFailure({ details: { status } }: SegmindFailure): number {
	return status === 'QUEUED' || status === 'PROCESSING' ? OUTPUTS[status] : OUTPUTS.FAILED;
}

/** Looks at a job once or until it has ended, and returns its items per output of Check Status. */
export async function checkJob(run: Run, check: JobCheck): Promise<INodeExecutionData[][]> {
	const { kind, requestId, model, byStatus } = check;
	const job: AcceptedJob = {
		requestId,
		model,
		api: jobApi(kind, requestId),
		// A job of unknown age may be done: old enough for a look at once. One from another machine may be from the future.
		acceptedAt: Math.min(check.submittedAt ?? now() - FIRST_LOOK_MS, now()),
		usualMs: () =>
			model ? run.usualMs(model, findModel(model)?.averageSeconds ?? null) : undefined,
	};
	const news = await newsOf(run, job, check);
	if (news.status !== 'COMPLETED') {
		const ended = news.status === 'FAILED' || news.status === 'NOT_FOUND';
		if (ended && !byStatus) throw news.failure ?? jobFailed(requestId, model, news.failureReason);
		return routed(check, news.status, [unfinished(check, news.status, news.failureReason)]);
	}
	const seconds = totalSeconds(news);
	if (model && seconds) run.sawDuration(model, seconds * 1000);
	const made = await run.connection.fileSlots.use(async () => {
		return kind === 'pixelFlow'
			? await flowItems(run.connection, news.body, requestId, { ...check.output, binaryField: '' })
			: await outputItems(
					run.connection,
					resultOfJob(news, requestId, model, check.seed),
					check.output,
				);
	});
	return routed(check, 'COMPLETED', made);
}

/** How long a finished job took by Segmind's own word: when it was noticed here says little about an old job. */
function totalSeconds({ body }: JobNews): number | null {
	return asNumber((body.metrics as IDataObject | undefined)?.total_time);
}

/** The item of a job without a result; it keeps what a later look needs. */
function unfinished(
	{ kind, requestId, model, seed, output }: JobCheck,
	status: string,
	reason?: string,
): INodeExecutionData {
	const json =
		kind === 'pixelFlow'
			? flowJson(status, requestId, reason)
			: { ...jobJson(status, requestId, model, reason), seed };
	return { json, ...(output.inputBinary ? { binary: output.inputBinary } : {}) };
}

/** News of a job, with one more end: Segmind does not know it, or no longer. */
type AnyNews = JobNews | { status: 'NOT_FOUND'; failureReason: string; failure: SegmindFailure };

async function newsOf(
	run: Run,
	job: AcceptedJob,
	{ kind, wait, timeoutMs }: JobCheck,
): Promise<AnyNews & { failure?: SegmindFailure }> {
	try {
		return await (wait ? waitForJob(run.connection, job, now() + timeoutMs) : lookOnce(run, job));
	} catch (thrown) {
		const { message, details } = asFailure(thrown);
		if (details.httpStatus !== 404) throw asFailure(thrown);
		const maybeFlow = kind === 'model' && isFirstContractId(job.requestId);
		const advice = maybeFlow
			? 'If it belongs to a PixelFlow, set the option Kind to PixelFlow.'
			: '';
		const description = [details.description, advice].filter(Boolean).join(' ');
		const failure = new SegmindFailure(message, { ...details, status: 'NOT_FOUND', description });
		return { status: 'NOT_FOUND', failureReason: message, failure };
	}
}

async function lookOnce({ connection }: Run, job: AcceptedJob): Promise<JobNews> {
	const seen = await job.api.look(connection, job.requestId, connection.maxRetries);
	if (!('news' in seen)) {
		throw new SegmindFailure(`Segmind did not tell the status of job ${job.requestId}`, {
			requestId: job.requestId,
			description:
				'Its server is not answering properly at the moment. The job itself goes on: look again later',
		});
	}
	return seen.news.status === 'COMPLETED'
		? await collectResult(connection, job, seen.news)
		: seen.news;
}

function routed(
	{ byStatus }: JobCheck,
	status: keyof typeof OUTPUTS,
	items: INodeExecutionData[],
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[], [], []];
	outputs[byStatus ? OUTPUTS[status] : 0] = items;
	return outputs;
}
