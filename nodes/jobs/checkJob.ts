import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now, toMonotonic, wallTime } from '../clock';
import { describe, descriptionOf, type Advice } from '../api/advice';
import { failedJson, type RequestedRun } from '../api/failedItem';
import { flowFailed, jobFailed } from '../api/failedJob';
import { asFailure, SegmindFailure } from '../api/failure';
import { resultOfFlow } from '../api/flowResult';
import type { JobState } from '../api/jobState';
import { jobDurationMs } from '../api/metrics';
import { missingResult } from '../api/missingResult';
import { isFirstContractId } from '../api/pixelFlow';
import { resultOfJob } from '../api/result';
import { inSlices } from '../api/slices';
import { findModel } from '../catalog/models';
import { flowItems, flowJson } from '../media/flowItems';
import { asRecovered, unfinishedJson } from '../media/itemJson';
import { outputItems } from '../media/outputItems';
import type { OutputSettings } from '../media/outputSettings';
import { replacedFiles } from '../media/replacedFiles';
import { jobApi, type JobKind } from './jobKind';
import { rememberId } from './openRequests';
import { MAX_FIRST_POLL_MS } from './pollSchedule';
import type { Run } from './run';
import { collectResult, waitForJob, type AcceptedJob } from './waitForJob';

/** One job to check, and what to do with its result. */
export interface JobCheck {
	kind: JobKind;
	requestId: string;
	/** From the item that submitted it; null when unknown. */
	model: string | null;
	/** From the item that submitted it; null when unknown. */
	prompt: string | null;
	/** The seed that was sent, for a model that does not report it; null when unknown. */
	seed: number | string | null;
	submittedAt: number | undefined;
	wait: boolean;
	/**
	 * Whether a job still running at the timeout is a result, not a failure: so it is for an agent, which asks again, and
	 * if the node has an output for it.
	 */
	timeoutIsResult: boolean;
	timeoutMs: number;
	output: OutputSettings;
	/** The node has the outputs Completed, In Progress and Failed; without them a failed job is an error. */
	byStatus: boolean;
}

const MAYBE_FLOW: Advice = {
	person: 'If it belongs to a PixelFlow, set the option Kind to PixelFlow.',
	agent: 'It may belong to a PixelFlow, which this tool does not look for.',
};

/** The output for each status with `routing` by status. */
const OUTPUTS = { COMPLETED: 0, QUEUED: 1, PROCESSING: 1, FAILED: 2, NOT_FOUND: 2 };

/** Number of outputs with `routing` by status. */
export const STATUS_OUTPUTS = 3;

/** The output for a check that itself failed, with `routing` by status. */
export const FAILED_OUTPUT = OUTPUTS.FAILED;

/** Polls a job once or until it has ended, and returns its items per output of Check Status. */
export async function checkJob(
	run: Run,
	check: JobCheck,
	hint: (message: string) => void,
): Promise<INodeExecutionData[][]> {
	const { requestId, model } = check;
	rememberId(requestId);
	// A job of unknown age may be finished, so it counts as old enough to be polled at once.
	const { submittedAt = wallTime() - MAX_FIRST_POLL_MS } = check;
	const job: AcceptedJob = {
		requestId,
		model,
		api: jobApi(check.kind, requestId),
		acceptedAt: toMonotonic(submittedAt),
		usualMs: () =>
			model ? run.usualMs(model, findModel(model)?.averageSeconds ?? null) : undefined,
	};
	const state = await stateOf(run, job, check);
	const datedCheck = withHistoryFacts({ ...check, submittedAt }, state);
	const outputs = await outputsOf(run, datedCheck, state, hint);
	const isFound = state.recovered && state.status !== 'FAILED';
	return isFound ? outputs.map((items) => items.map(asRecovered)) : outputs;
}

/** A check with the time of submission, even if only an assumed one. */
type DatedCheck = JobCheck & { submittedAt: number };

/** What the request history knows of a job that the input item does not. */
function withHistoryFacts(check: DatedCheck, { recovered }: AnyState): DatedCheck {
	if (!recovered) return check;
	return {
		...check,
		model: check.model ?? recovered.model,
		prompt: check.prompt ?? recovered.prompt,
		submittedAt: recovered.createdAt ?? check.submittedAt,
	};
}

async function outputsOf(
	run: Run,
	check: DatedCheck,
	state: AnyState,
	hint: (message: string) => void,
): Promise<INodeExecutionData[][]> {
	const { requestId, model, submittedAt } = check;
	if (state.status === 'QUEUED' || state.status === 'PROCESSING') {
		hint(unfinishedHint(check));
		return routeItems(check, state.status, [
			{ json: unfinished(check, state.status), ...inputFiles(check) },
		]);
	}
	if (state.status !== 'COMPLETED') {
		return failedItems(check, state.failure ?? failureOf(check, state));
	}
	// For an old job, the time at which its end was noticed says little.
	const durationMs = jobDurationMs(state.body);
	if (model && durationMs) run.recordDuration(model, durationMs);
	const flow =
		check.kind === 'pixelFlow' ? await inSlices(resultOfFlow(state.body, requestId)) : undefined;
	const result = flow ?? (await inSlices(resultOfJob(state, requestId, model, check.seed)));
	const missing = missingResult(result, 'anything');
	if (missing) return failedItems(check, missing);
	const request = { prompt: check.prompt, sentAt: Math.min(submittedAt, wallTime()) };
	const items = await run.connection.fileTransfers.use(async () =>
		flow
			? await flowItems(run.connection, flow, check.output)
			: await outputItems(run.connection, result, check.output, request),
	);
	replacedFiles(check.output, items).forEach(hint);
	return routeItems(check, 'COMPLETED', items);
}

/** The run that a failed check's item reports as requested. */
export function requestedRunOf({ kind, model, prompt }: JobCheck): RequestedRun {
	return kind === 'pixelFlow' ? 'pixelFlow' : { model, prompt };
}

function failureOf(
	{ kind, requestId, model }: JobCheck,
	state: Pick<JobState, 'failureReason' | 'undocumentedStatus'>,
): SegmindFailure {
	return kind === 'pixelFlow' ? flowFailed(requestId, state) : jobFailed(requestId, model, state);
}

/** A failed job goes to the Failed output if there is one; otherwise it is an error. */
function failedItems(check: JobCheck, failure: SegmindFailure): INodeExecutionData[][] {
	if (!check.byStatus) throw failure;
	const json = failedJson(failure, requestedRunOf(check));
	const failed =
		check.kind === 'pixelFlow'
			? { ...flowJson(String(json.status), check.requestId), ...json }
			: { ...json, seed: check.seed };
	return routeItems(check, 'FAILED', [{ json: failed, ...inputFiles(check) }]);
}

/** The JSON of a job without a result, including what a later check needs. */
function unfinished(check: JobCheck, status: string): IDataObject {
	const json =
		check.kind === 'pixelFlow'
			? flowJson(status, check.requestId)
			: unfinishedJson({ ...check, status });
	// An agent sees no hints.
	return check.timeoutIsResult && !check.byStatus ? { ...json, advice: askAgain(check) } : json;
}

/** The input item's files. */
function inputFiles({ output }: JobCheck): { binary?: IBinaryKeyData } {
	return output.inputBinary ? { binary: output.inputBinary } : {};
}

function askAgain({ requestId }: JobCheck): string {
	return `The job ${requestId} is still running: check it again with the same request ID`;
}

function unfinishedHint(check: JobCheck): string {
	return check.wait
		? askAgain(check)
		: 'Some jobs are still running, and this node checked them only once. Turn on Wait for Completion to wait for them, or check them again later';
}

/** A job's state, with one more case: Segmind does not, or no longer, know the job. */
type AnyState =
	| (JobState & { failure?: undefined })
	| {
			status: 'NOT_FOUND';
			failureReason: string;
			undocumentedStatus?: undefined;
			recovered?: undefined;
			failure: SegmindFailure;
	  };

async function stateOf(
	run: Run,
	job: AcceptedJob,
	{ kind, wait, timeoutMs, timeoutIsResult }: JobCheck,
): Promise<AnyState> {
	try {
		return await (wait ? waitForJob(run.connection, job, now() + timeoutMs) : pollOnce(run, job));
	} catch (thrown) {
		const pollFailure = asFailure(thrown);
		const { message, details } = pollFailure;
		const { status } = details;
		if (timeoutIsResult && (status === 'QUEUED' || status === 'PROCESSING')) {
			return { status, body: {} };
		}
		if (details.httpStatus !== 404) throw pollFailure;
		const maybeFlow = kind === 'model' && isFirstContractId(job.requestId);
		const failure = new SegmindFailure(message, {
			...details,
			status: 'NOT_FOUND',
			...describe(descriptionOf(details), maybeFlow && MAYBE_FLOW),
		});
		return { status: 'NOT_FOUND', failureReason: message, failure };
	}
}

async function pollOnce({ connection }: Run, job: AcceptedJob): Promise<JobState> {
	const polled = await job.api.poll(connection, job.requestId, connection.maxRetries);
	if (!('state' in polled)) {
		throw new SegmindFailure(`Segmind did not report the status of job ${job.requestId}`, {
			requestId: job.requestId,
			description: `The job itself continues: check again later. Received instead: ${polled.instead}.`,
		});
	}
	return polled.state.status === 'COMPLETED'
		? await collectResult(connection, job, polled.state)
		: polled.state;
}

function routeItems(
	{ byStatus }: JobCheck,
	status: keyof typeof OUTPUTS,
	items: INodeExecutionData[],
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[], [], []];
	outputs[byStatus ? OUTPUTS[status] : 0] = items;
	return outputs;
}
