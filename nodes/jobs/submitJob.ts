import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { now } from '../clock';
import { responseUrl, statusUrl, submit } from '../api/inference';
import type { InputFile } from '../media/inputFile';
import type { ModelCall } from './modelCall';
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

/** What is submitted: a model call or a PixelFlow. */
interface Submission {
	key: string;
	body: IDataObject;
	inputFiles: InputFile[];
}

/** Submits a job unless an earlier try of the run did; `send` gets it with its input files in the body. */
export async function submitOnce<T extends Submission>(
	run: Run,
	submission: T,
	send: (sent: T) => Promise<string>,
): Promise<SubmittedJob> {
	const { key } = submission;
	const { requestId, acceptedAt = now(), seed } = run.ledger.find(key);
	if (requestId !== undefined) return { requestId, acceptedAt, seed };
	const sent = await withInputFiles(run, submission);
	return await run.ledger.spend(key, async () => {
		const job = { requestId: await send(sent), acceptedAt: now(), seed: sent.body.seed ?? null };
		run.ledger.accepted(key, job);
		noteInLog(run, job.requestId);
		return job;
	});
}

/** The log is all that is left of a paid job when n8n is killed: what the run had found until then is thrown away. */
function noteInLog({ connection: { context } }: Run, requestId: string): void {
	const place = `execution ${context.getExecutionId()}, node "${context.getNode().name}"`;
	context.logger.info(`Segmind accepted job ${requestId} (${place})`);
}

/** Submits a model call, once. */
export async function submitModel(run: Run, call: ModelCall): Promise<SubmittedJob> {
	return await submitOnce(run, call, async (sent) => await submit(run.connection, sent));
}

/** Submits one job and returns the item that says where it can be collected. */
export async function submitJob(run: Run, call: ModelCall): Promise<INodeExecutionData[]> {
	const { requestId, acceptedAt, seed } = await submitModel(run, call);
	return [
		{
			json: {
				request_id: requestId,
				status: 'QUEUED',
				model: call.slug,
				prompt: call.prompt,
				seed,
				status_url: statusUrl(run.connection, requestId),
				response_url: responseUrl(run.connection, requestId),
				submitted_at: new Date(acceptedAt).toISOString(),
				expires_at: new Date(acceptedAt + REMEMBERED_MS).toISOString(),
			},
		},
	];
}
