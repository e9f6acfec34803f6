import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now, toMonotonic } from '../clock';
import { flowFailed } from '../api/failedJob';
import { resultOfFlow, type FlowResult } from '../api/flowResult';
import { jobDurationMs } from '../api/metrics';
import { missingResult } from '../api/missingResult';
import { submitPixelFlow } from '../api/pixelFlow';
import { inSlices } from '../api/slices';
import type { InputFile } from '../media/inputFile';
import { flowItems, flowJson } from '../media/flowItems';
import { asRecovered } from '../media/itemJson';
import type { OutputSettings } from '../media/outputSettings';
import { jobApi } from './jobKind';
import { keepAnswer, recall } from './keptAnswer';
import type { SubmittedJob } from './ledgerEntry';
import { payOnce, type PaidWork } from './payOnce';
import type { Run } from './run';
import { existingJob, submitPaid } from './submitJob';
import { waitForJob } from './waitForJob';

/** One run of a PixelFlow. */
export interface FlowRun {
	/** See `callKey`. */
	key: string;
	/** The part of its API URL after /workflows/. */
	path: string;
	body: IDataObject;
	inputFiles: InputFile[];
	/** See `withInputFiles`. */
	maxBytes?: number;
	wait: boolean;
	timeoutMs: number;
	output: OutputSettings;
	warnings: string[];
}

/** A PixelFlow's answer and its job. */
interface FlowAnswer {
	requestId: string;
	body: Record<string, unknown>;
	/** It was found in the request history. */
	recovered?: true;
}

/** Runs a PixelFlow to completion, or only submits it, and returns its item. */
export async function runPixelFlow(
	run: Run,
	flow: FlowRun,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const { connection } = run;
	const { key, path, wait, output } = flow;
	const submit = async () => {
		return await submitPaid(run, flow, async ({ body }) => {
			return await submitPixelFlow(connection, path, body);
		});
	};
	if (!wait) {
		const work: PaidWork<SubmittedJob> = {
			send: submit,
			collect: async (job) => await existingJob(run, key, 'pixelFlow', job),
			deliver: async ({ requestId }) => [{ json: flowJson('QUEUED', requestId) }],
		};
		return await payOnce(run, key, work, hint);
	}
	const work: PaidWork<FlowAnswer> = {
		send: async () => await collectFlow(run, flow, await submit()),
		collect: async (job) => await collectFlow(run, flow, job),
		recall: async () => (await recall(run, key)) as FlowAnswer | undefined,
		deliver: async ({ requestId, body, recovered }) => {
			const items = await connection.fileTransfers.use(
				async () => await flowItems(connection, await expectFlow(body, requestId), output),
			);
			return recovered ? items.map(asRecovered) : items;
		},
	};
	return await payOnce(run, key, work, hint);
}

async function collectFlow(
	run: Run,
	{ key, path, timeoutMs }: FlowRun,
	{ requestId, acceptedAt }: SubmittedJob,
): Promise<FlowAnswer> {
	const usualMs = () => run.usualMs(path, null);
	const api = jobApi('pixelFlow', requestId);
	const job = { requestId, model: null, acceptedAt: toMonotonic(acceptedAt), usualMs, api };
	const state = await waitForJob(run.connection, job, now() + timeoutMs);
	// Kept in the ledger: its models may have been billed, so a retry must not submit it again.
	if (state.status === 'FAILED') throw flowFailed(requestId, state);
	// A job found only later in the history says nothing about its duration.
	if (!state.recovered) {
		run.recordDuration(path, jobDurationMs(state.body) ?? now() - job.acceptedAt);
	}
	const recovered = state.recovered ? { recovered: true as const } : {};
	return await keepAnswer(run, key, { requestId, body: state.body, ...recovered });
}

/** Reads a PixelFlow's outputs; throws if one is missing. */
async function expectFlow(body: Record<string, unknown>, requestId: string): Promise<FlowResult> {
	const result = await inSlices(resultOfFlow(body, requestId));
	const missing = missingResult(result, 'anything');
	if (missing) throw missing;
	return result;
}
