import type { INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { responseUrl, statusUrl, submit } from '../api/inference';
import type { CheckedCall } from '../fields/call';
import type { Run } from './run';
import { withInputFiles } from './withInputFiles';

/** How long Segmind remembers a job. Source: Segmind documentation "Async inference". */
const REMEMBERED_MS = 3600 * 1000;

/** Submits one job and returns the item that says where it can be collected. */
export async function submitJob(run: Run, call: CheckedCall): Promise<INodeExecutionData[]> {
	const { connection } = run;
	const requestId = await submit(connection, await withInputFiles(run, call));
	const submittedAt = now();
	return [
		{
			json: {
				request_id: requestId,
				status: 'QUEUED',
				model: call.slug,
				seed: call.body.seed ?? null,
				status_url: statusUrl(connection, requestId),
				response_url: responseUrl(connection, requestId),
				submitted_at: new Date(submittedAt).toISOString(),
				expires_at: new Date(submittedAt + REMEMBERED_MS).toISOString(),
			},
		},
	];
}
