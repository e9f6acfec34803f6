import { now, sleepUntil } from '../clock';
import { describe, descriptionOf } from '../api/advice';
import type { Connection } from '../api/connection';
import { SegmindFailure } from '../api/failure';
import type { JobState } from '../api/jobState';
import type { Poll } from '../api/poll';
import type { JobApi } from './jobApi';
import { pollBudgetOf } from './pollBudget';
import { closePauseMs, nextPollMs, type PollsSoFar } from './pollSchedule';

/** A job that Segmind accepted. */
export interface AcceptedJob {
	requestId: string;
	/** Null if only its ID is known. */
	model: string | null;
	api: JobApi;
	/** When it was accepted (see clock); if unknown, shortly before the wait began. */
	acceptedAt: number;
	/** The usual duration of such a job; a function, because the run learns it between polls. */
	usualMs: () => number | undefined;
}

/** The schedule for fetching the result of a finished job. */
const SPARSE_LOAD = { share: 0, isLimited: false };
/** Minimum time to keep trying to fetch the result of a completed job. */
const FETCH_GRACE_MS = 60_000;

/**
 * Polls until the job has ended and returns its final state: COMPLETED with the result's body, or FAILED.
 * @param deadline the time of the last poll (see clock)
 * @throws SegmindFailure on timeout, if the run was stopped, or if Segmind refuses: always with the request ID
 */
export async function waitForJob(
	connection: Connection,
	job: AcceptedJob,
	deadline: number,
): Promise<JobState> {
	const startedAt = now();
	let status = 'QUEUED';
	const budget = pollBudgetOf(connection);
	const lastState = await pollUntil(
		connection,
		job,
		deadline,
		job.api.poll,
		(polls) => {
			const age = { elapsedMs: now() - job.acceptedAt, usualMs: job.usualMs(), ...polls };
			const headroom = connection.rateLimiterFor(connection.hosts.baseUrl).headroom();
			return nextPollMs(age, budget.loadFor(job, closePauseMs(age), headroom));
		},
		(state) => (status = state.status),
	).finally(() => budget.leave(job));
	if (!('status' in lastState)) throw timedOut(job, status, now() - startedAt, lastState);
	return lastState.status === 'COMPLETED'
		? await collectResult(connection, job, lastState, deadline)
		: lastState;
}

/**
 * Fetches the result of a completed job, trying until the deadline or a little longer, since it stays available for an
 * hour.
 */
export async function collectResult(
	connection: Connection,
	job: AcceptedJob,
	completed: JobState,
	deadline = 0,
): Promise<JobState> {
	const { fetch } = job.api;
	if (!fetch) return completed;
	const completedAt = now();
	const until = Math.max(deadline, completedAt + FETCH_GRACE_MS);
	const result = await pollUntil(connection, job, until, fetch, (polls) => {
		if (polls.count === 0) return 0;
		return nextPollMs({ elapsedMs: now() - completedAt, usualMs: 0, ...polls }, SPARSE_LOAD);
	});
	if (!('status' in result)) throw notFetched(job, result);
	return { ...result, body: withStatusMetrics(result.body, completed.body) };
}

/** Polling that ended without a final state; `instead` is what the last poll received instead of a state. */
interface TimeUp {
	instead?: string;
}

/** The only polling loop: polls until the job has ended, the last time at the deadline. */
async function pollUntil(
	connection: Connection,
	job: AcceptedJob,
	deadline: number,
	poll: (connection: Connection, requestId: string) => Promise<Poll>,
	waitMs: (polls: PollsSoFar) => number,
	onState?: (state: JobState) => void,
): Promise<JobState | TimeUp> {
	const polls: PollsSoFar = { count: 0, failedPolls: 0, serverWaitMs: undefined };
	for (;;) {
		const pollAt = Math.min(now() + waitMs(polls), deadline);
		await sleepUntil(pollAt, connection.cancel);
		const isLast = now() >= deadline;
		const polled = await poll(connection, job.requestId).catch((thrown: unknown) => {
			throw withJob(thrown, job);
		});
		polls.count++;
		polls.failedPolls = 'state' in polled ? 0 : polls.failedPolls + 1;
		polls.serverWaitMs = 'state' in polled ? undefined : polled.waitMs;
		if ('state' in polled) {
			onState?.(polled.state);
			if (polled.state.status === 'COMPLETED' || polled.state.status === 'FAILED')
				return polled.state;
		}
		if (isLast) return 'state' in polled ? {} : { instead: polled.instead };
	}
}

/** Every failure after acceptance names the job, so that it can be collected. */
function withJob(thrown: unknown, { requestId, model }: AcceptedJob): unknown {
	if (!(thrown instanceof SegmindFailure)) return thrown;
	const { message, details } = thrown;
	const goesOn = `The job ${requestId} continues at Segmind: collect it with Segmind Check Status within one hour of its submission.`;
	const isNamed = message.includes(requestId);
	return new SegmindFailure(
		message,
		{
			...details,
			...describe(descriptionOf(details), !isNamed && goesOn),
			requestId,
			...(model ? { model } : {}),
		},
		thrown.cause,
	);
}

function timedOut(
	{ requestId, model }: AcceptedJob,
	status: string,
	waitedMs: number,
	{ instead }: TimeUp,
): SegmindFailure {
	return new SegmindFailure(
		`The job ${requestId} was not finished after ${Math.round(waitedMs / 1000)} seconds (status ${status})`,
		{
			requestId,
			status,
			...(model ? { model } : {}),
			...describe(
				{
					person:
						'It continues at Segmind and is billed when it ends: collect it with Segmind Check Status within one hour of its submission, or raise Timeout.',
					agent:
						'It continues at Segmind and is billed when it ends: ask Segmind Check Status for this request_id within one hour of its submission.',
				},
				receivedInstead(instead),
			),
		},
	);
}

function notFetched({ requestId, model }: AcceptedJob, { instead }: TimeUp): SegmindFailure {
	return new SegmindFailure(
		`The job ${requestId} is finished, but its result could not be fetched`,
		{
			requestId,
			status: 'COMPLETED',
			...(model ? { model } : {}),
			...describe(
				'It was made and billed. Segmind did not deliver it in time: collect it with Segmind Check Status within one hour of its submission.',
				receivedInstead(instead),
			),
		},
	);
}

function receivedInstead(instead: string | undefined): string | undefined {
	return instead && `The last check returned no status: ${instead}.`;
}

/** Older answers include the metrics only in the status, newer ones in both. */
function withStatusMetrics(result: Record<string, unknown>, status: Record<string, unknown>) {
	const metrics = { ...(status.metrics as object), ...(result.metrics as object) };
	return { ...result, metrics };
}
