import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { flowFailed } from '../api/failedJob';
import { resultOfFlow } from '../api/flowResult';
import { missingResult } from '../api/missingResult';
import { submitPixelFlow } from '../api/pixelFlow';
import type { InputFile } from '../media/inputFile';
import { flowItems, flowJson } from '../media/flowItems';
import type { OutputSettings } from '../media/outputSettings';
import { jobApi } from './jobKind';
import type { Run } from './run';
import { submitOnce } from './submitJob';
import { waitForJob } from './waitForJob';

/** One run of a PixelFlow. */
export interface FlowRun {
	/** See `callKey`. */
	key: string;
	/** The part of its API address after /workflows/. */
	path: string;
	body: IDataObject;
	inputFiles: InputFile[];
	wait: boolean;
	timeoutMs: number;
	output: OutputSettings;
	warnings: string[];
}

/** Runs a PixelFlow to its end, or only submits it, and returns its item. */
export async function runPixelFlow(run: Run, flow: FlowRun): Promise<INodeExecutionData[]> {
	const { connection, ledger } = run;
	const { key, path, wait, timeoutMs, output } = flow;
	const { items } = ledger.find(key);
	if (items) return items;
	const { requestId, acceptedAt } = await submitOnce(run, flow, async ({ body }) => {
		return await submitPixelFlow(connection, path, body);
	});
	if (!wait) return [{ json: flowJson('QUEUED', requestId) }];
	const usualMs = () => run.usualMs(path, null);
	const job = { requestId, model: null, acceptedAt, usualMs, api: jobApi('pixelFlow', requestId) };
	const state = await waitForJob(connection, job, now() + timeoutMs);
	// Not forgotten: its models may have been billed, so a retry does not submit it again.
	if (state.status === 'FAILED') throw flowFailed(requestId, state);
	run.sawDuration(path, now() - acceptedAt);
	const result = resultOfFlow(state.body, requestId);
	const missing = missingResult(result, 'anything');
	if (missing) throw missing;
	const made = await connection.fileTransfers.use(
		async () => await flowItems(connection, result, output),
	);
	ledger.finished(key, made);
	return made;
}
