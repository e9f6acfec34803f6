import { now, wallTime } from '../clock';
import type { Connection } from '../api/connection';
import { asFailure, SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import { fetchResult } from '../api/inference';
import type { JobState } from '../api/jobState';
import { resultOfJob, type Result } from '../api/result';
import { inSlices } from '../api/slices';
import { openFile } from '../media/openFile';
import { mayHaveAnswer } from './reusePolicy';

/** How long a file's server may take to confirm that the file exists, in milliseconds. */
const MAX_CHECK_MS = 60_000;

/**
 * The result of a finished request of the history, at no cost: Segmind's own answer as long as it has it, else what the
 * history says. Undefined if one of its files is gone.
 */
export async function earlierResult(
	connection: Connection,
	request: HistoryRequest,
): Promise<Result | undefined> {
	const { requestId, model, parameters, latencyMs } = request;
	const state = (await ownAnswer(connection, request)) ?? stateOf(request);
	if (!state) return undefined;
	const result = await inSlices(resultOfJob(state, requestId, model, parameters?.seed, parameters));
	for (const { url } of result.files) {
		if (url !== null && !(await isAvailable(connection, url))) return undefined;
	}
	const inference_time =
		result.metrics.inference_time ?? (latencyMs === null ? null : latencyMs / 1000);
	return { ...result, metrics: { cost: 0, remaining_credits: null, inference_time } };
}

async function ownAnswer(
	connection: Connection,
	request: HistoryRequest,
): Promise<JobState | undefined> {
	if (!mayHaveAnswer(request, wallTime())) return undefined;
	try {
		const poll = await fetchResult(connection, request.requestId);
		return 'state' in poll && poll.state.status === 'COMPLETED' ? poll.state : undefined;
	} catch (thrown) {
		return rethrowIfStopped(thrown);
	}
}

function stateOf({ urls }: HistoryRequest): JobState | undefined {
	if (!urls.length) return undefined;
	return { status: 'COMPLETED', body: { output: urls.length > 1 ? urls : urls[0] } };
}

async function isAvailable(connection: Connection, url: string): Promise<boolean> {
	const { context, cancel, maxRetries } = connection;
	const failure = (reason: string) => new SegmindFailure(reason);
	try {
		const request = { url, maxRetries, cancel, failure };
		const { close } = await openFile(context, request, 0, now() + MAX_CHECK_MS);
		close();
		return true;
	} catch (thrown) {
		return rethrowIfStopped(thrown) ?? false;
	}
}

/** A result that is no longer available is not a failure; a stopped run is. */
function rethrowIfStopped(thrown: unknown): undefined {
	const failure = asFailure(thrown);
	if (failure.details.stopped) throw failure;
	return undefined;
}
