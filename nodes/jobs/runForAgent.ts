import type { INodeExecutionData } from 'n8n-workflow';

import { asFailure, type SegmindFailure } from '../api/failure';
import { unfinishedJson } from '../media/itemJson';
import type { Run } from './run';
import { runModel, type ModelRun } from './runModel';

/**
 * Runs one model for an agent, which cannot wait long: a job still running at the timeout is a result too. It says how
 * to ask again, and repeating the call collects the job without paying again.
 */
export async function runForAgent(
	run: Run,
	modelRun: ModelRun,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	try {
		return await runModel(run, modelRun, hint);
	} catch (thrown) {
		const failure = asFailure(thrown);
		const requestId = stillRunning(failure);
		if (requestId === undefined) throw failure;
		run.leavesJobs = true;
		// The input item's files are kept, as with a result.
		const { inputBinary: binary } = modelRun.output;
		return [{ json: processing(requestId, modelRun), ...(binary ? { binary } : {}) }];
	}
}

/** The job of a call that timed out while waiting; undefined for any other failure. */
function stillRunning({ details }: SegmindFailure): string | undefined {
	const { requestId, status, stopped, mayBeBilled } = details;
	const isRunning = status === 'QUEUED' || status === 'PROCESSING';
	return isRunning && !stopped && !mayBeBilled ? requestId : undefined;
}

function processing(requestId: string, { call, unfinished }: ModelRun) {
	const { slug, prompt } = call;
	// The seed that was sent is reported with the result.
	const job = { status: 'PROCESSING', requestId, model: slug, prompt, seed: null };
	return {
		...(unfinished?.(requestId) ?? unfinishedJson(job)),
		advice: `The job ${requestId} is still running and is billed once, when it ends. Wait a little, then ask Segmind Check Status for this request_id within one hour, or call this tool again with exactly the same input: it goes on waiting for the same job`,
	};
}
