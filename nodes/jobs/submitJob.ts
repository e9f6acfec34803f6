import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { responseUrl, statusUrl, submit } from '../api/inference';
import type { CheckedCall } from '../fields/call';
import type { Run } from './run';
import { withInputFiles } from './withInputFiles';

/** How long Segmind remembers a job. Source: Segmind documentation "Async inference". */
const REMEMBERED_MS = 3600 * 1000;

/** A job that was submitted, now or by an earlier try of the run. */
interface SubmittedJob {
	requestId: string;
	/** See clock. */
	acceptedAt: number;
	/** The seed that was sent. */
	seed: IDataObject[string];
}

/** Submits a job unless an earlier try of the run did. */
export async function submitOnce(run: Run, call: CheckedCall): Promise<SubmittedJob> {
	const { requestId, acceptedAt = now(), seed } = run.ledger.find(call.key);
	if (requestId !== undefined) return { requestId, acceptedAt, seed };
	const sent = await withInputFiles(run, call);
	return await run.ledger.spend(call.key, async () => {
		const job = {
			requestId: await submit(run.connection, sent),
			acceptedAt: now(),
			seed: sent.body.seed ?? null,
		};
		run.ledger.accepted(call.key, job);
		return job;
	});
}

/** Submits one job and returns the item that says where it can be collected. */
export async function submitJob(run: Run, call: CheckedCall): Promise<INodeExecutionData[]> {
	const { requestId, acceptedAt, seed } = await submitOnce(run, call);
	return [
		{
			json: {
				request_id: requestId,
				status: 'QUEUED',
				model: call.slug,
				seed,
				status_url: statusUrl(run.connection, requestId),
				response_url: responseUrl(run.connection, requestId),
				submitted_at: new Date(acceptedAt).toISOString(),
				expires_at: new Date(acceptedAt + REMEMBERED_MS).toISOString(),
			},
		},
	];
}
