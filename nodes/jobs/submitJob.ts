import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { wallTime } from '../clock';
import { flowFailed, jobFailed } from '../api/failedJob';
import type { HistoryRequest } from '../api/historyRows';
import { responseUrl, statusUrl, submit } from '../api/inference';
import type { InputFile } from '../media/inputFile';
import { earlierResult } from './earlierResult';
import { jobApi, type JobKind } from './jobKind';
import { trackRequest } from './trackRequest';
import type { SubmittedJob } from './ledgerEntry';
import { itemOfKey, type ModelCall } from './modelCall';
import { payForCall } from './payForCall';
import { reusableSince } from './reusePolicy';
import type { Run } from './run';
import { withInputFiles } from './withInputFiles';

/** How long Segmind keeps a job. Source: Segmind documentation "Async inference". */
const JOB_KEPT_MS = 3600 * 1000;

/** A model call or a PixelFlow to submit. */
interface Submission {
	key: string;
	body: IDataObject;
	inputFiles: InputFile[];
}

/** Submits a job and records it in the ledger; `send` receives it with its input files in the body. */
export async function submitPaid<T extends Submission>(
	run: Run,
	submission: T,
	send: (sent: T) => Promise<string>,
): Promise<SubmittedJob> {
	const { key } = submission;
	const sent = await withInputFiles(run, submission);
	const requestId = await run.ledger.spend(key, async () => await send(sent));
	return acceptJob(run, key, requestId, sent.body.seed);
}

/** Records at once a job that Segmind has accepted. */
export function acceptJob(
	run: Run,
	key: string,
	requestId: string,
	seed: IDataObject[string],
): SubmittedJob {
	const job = { requestId, acceptedAt: wallTime(), seed: seed ?? null };
	run.ledger.accepted(key, job);
	run.earlier.sent(requestId);
	logJob(run, requestId);
	return job;
}

/** If n8n is killed, the log is the only trace of a paid job: everything the run has collected is lost. */
function logJob({ connection: { context } }: Run, requestId: string): void {
	const place = `execution ${context.getExecutionId()}, node "${context.getNode().name}"`;
	context.logger.info(`Segmind accepted job ${requestId} (${place})`);
}

/** Submits a model call. */
export async function submitModel(run: Run, call: ModelCall): Promise<SubmittedJob> {
	return await submitPaid(run, call, async (sent) => {
		return await trackRequest(run, sent, async (identify) => {
			const requestId = await submit(run.connection, sent);
			identify(requestId);
			return requestId;
		});
	});
}

/**
 * A previously submitted job, for a node that does not wait. One from an earlier execution may have expired or failed
 * by now, so it is polled once.
 * @throws SegmindFailure if Segmind no longer knows it or reports that it failed
 */
export async function existingJob(
	{ connection, ledger }: Run,
	key: string,
	kind: JobKind,
	job: SubmittedJob,
): Promise<SubmittedJob> {
	if (!ledger.isFromEarlier(key)) return job;
	const { requestId } = job;
	const polled = await jobApi(kind, requestId).poll(connection, requestId, connection.maxRetries);
	if ('state' in polled && polled.state.status === 'FAILED') {
		throw kind === 'pixelFlow'
			? flowFailed(requestId, polled.state)
			: jobFailed(requestId, null, polled.state);
	}
	return job;
}

/** Submits one job and returns the item with which it can be collected. */
export async function submitJob(
	run: Run,
	call: ModelCall,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const work = {
		send: async () => await submitModel(run, call),
		collect: async (job: SubmittedJob) => await existingJob(run, call.key, 'model', job),
		deliver: async (job: SubmittedJob) => {
			if (job.recovered) {
				hint(
					`The answer to the submission of item ${itemOfKey(call.key)} was lost: its job ${job.requestId} was found in the request history`,
				);
			}
			return [submittedItem(run, call, job)];
		},
		deliverEarlier: async (earlier: HistoryRequest) => {
			const result = await run.connection.fileTransfers.use(async () => {
				return await earlierResult(run.connection, earlier);
			});
			return result && [earlierItem(run, call, earlier)];
		},
	};
	return await payForCall(run, call, work, hint);
}

/** The item of a job that was submitted, and finished, earlier. */
function earlierItem(
	run: Run,
	call: ModelCall,
	{ requestId, createdAt, parameters }: HistoryRequest,
): INodeExecutionData {
	const acceptedAt = createdAt ?? reusableSince(call.reuseDays, wallTime());
	const seed = (parameters?.seed ?? null) as IDataObject[string];
	const { json } = submittedItem(run, call, { requestId, acceptedAt, seed });
	return { json: { ...json, status: 'COMPLETED' } };
}

function submittedItem(
	run: Run,
	call: ModelCall,
	{ requestId, acceptedAt, seed, recovered }: SubmittedJob,
): INodeExecutionData {
	return {
		json: {
			request_id: requestId,
			status: 'QUEUED',
			model: call.slug,
			prompt: call.prompt,
			seed,
			status_url: statusUrl(run.connection, requestId),
			response_url: responseUrl(run.connection, requestId),
			submitted_at: new Date(acceptedAt).toISOString(),
			expires_at: new Date(acceptedAt + JOB_KEPT_MS).toISOString(),
			...(recovered ? { recovered } : {}),
		},
	};
}
