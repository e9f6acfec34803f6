import { now, sleepUntil } from '../clock';
import type { Connection } from '../api/connection';
import { SegmindFailure } from '../api/failure';
import type { Look } from '../api/look';
import type { JobNews } from '../api/jobNews';
import type { JobApi } from './jobKind';
import { nextLookMs } from './lookTimes';

/** A job that Segmind accepted. */
export interface AcceptedJob {
	requestId: string;
	/** Null when only its id is known. */
	model: string | null;
	api: JobApi;
	/** When it was accepted (see clock); when unknown, shortly before the wait began. */
	acceptedAt: number;
	/** What such a job usually takes, asked anew before each look because the run learns it. */
	usualMs: () => number | undefined;
}

/** How long to try to fetch the result of a job that was seen to be complete, at least. */
const FETCH_GRACE_MS = 60_000;

/**
 * Waits until the job has ended and returns its final news: COMPLETED with the result's body, or FAILED.
 * @param deadline the moment of the last look (see clock)
 * @throws SegmindFailure when the time is up, the run was stopped, or Segmind refuses to tell: always with the request id
 */
export async function waitForJob(
	connection: Connection,
	job: AcceptedJob,
	deadline: number,
): Promise<JobNews> {
	const startedAt = now();
	let status = 'QUEUED';
	const done = await lookUntil(
		connection,
		job,
		deadline,
		job.api.look,
		(looks) => {
			return nextLookMs({ elapsedMs: now() - job.acceptedAt, usualMs: job.usualMs(), ...looks });
		},
		(news) => (status = news.status),
	);
	if (!done) throw timeIsUp(job, status, now() - startedAt);
	return done.status === 'COMPLETED' ? await collectResult(connection, job, done, deadline) : done;
}

/** Fetches the result of a job that was seen to be complete: until the deadline, or a little longer, for it can be had for an hour. */
export async function collectResult(
	connection: Connection,
	job: AcceptedJob,
	done: JobNews,
	deadline = 0,
): Promise<JobNews> {
	const { fetch } = job.api;
	if (!fetch) return done;
	const doneAt = now();
	const until = Math.max(deadline, doneAt + FETCH_GRACE_MS);
	const result = await lookUntil(connection, job, until, fetch, (looks) => {
		return looks.count === 0 ? 0 : nextLookMs({ elapsedMs: now() - doneAt, usualMs: 0, ...looks });
	});
	if (!result) throw notFetched(job);
	return { ...result, body: withStatusMetrics(result.body, done.body) };
}

/** The looks so far. */
interface Looks {
	count: number;
	/** Those in a row that brought no news. */
	failedLooks: number;
	serverWaitMs: number | undefined;
}

/** The only loop over time: looks until the job has ended, the last time at the deadline; undefined when it has not by then. */
async function lookUntil(
	connection: Connection,
	job: AcceptedJob,
	deadline: number,
	look: (connection: Connection, requestId: string) => Promise<Look>,
	waitMs: (looks: Looks) => number,
	onNews?: (news: JobNews) => void,
): Promise<JobNews | undefined> {
	const looks: Looks = { count: 0, failedLooks: 0, serverWaitMs: undefined };
	for (;;) {
		await sleepUntil(Math.min(now() + waitMs(looks), deadline), connection.cancel);
		const isLast = now() >= deadline;
		const seen = await look(connection, job.requestId).catch((thrown: unknown) => {
			throw withJob(thrown, job);
		});
		looks.count++;
		looks.failedLooks = 'news' in seen ? 0 : looks.failedLooks + 1;
		looks.serverWaitMs = 'news' in seen ? undefined : seen.waitMs;
		if ('news' in seen) {
			onNews?.(seen.news);
			if (seen.news.status === 'COMPLETED' || seen.news.status === 'FAILED') return seen.news;
		}
		if (isLast) return undefined;
	}
}

/** Every failure from here on names the job: it was accepted, so it can be collected. */
function withJob(thrown: unknown, { requestId, model }: AcceptedJob): unknown {
	if (!(thrown instanceof SegmindFailure)) return thrown;
	const { message, details } = thrown;
	const goesOn = `The job ${requestId} goes on at Segmind: collect it with Segmind Check Status until one hour after its submission.`;
	const isNamed = message.includes(requestId);
	return new SegmindFailure(message, {
		...details,
		description: [details.description, !isNamed && goesOn].filter(Boolean).join(' '),
		requestId,
		...(model ? { model } : {}),
	});
}

function timeIsUp(
	{ requestId, model }: AcceptedJob,
	status: string,
	waitedMs: number,
): SegmindFailure {
	return new SegmindFailure(
		`The job ${requestId} was not finished after ${Math.round(waitedMs / 1000)} seconds (status ${status})`,
		{
			requestId,
			status,
			...(model ? { model } : {}),
			description:
				'It goes on at Segmind and is billed when it ends: collect it with Segmind Check Status until one hour after its submission, or raise Timeout.',
		},
	);
}

function notFetched({ requestId, model }: AcceptedJob): SegmindFailure {
	return new SegmindFailure(
		`The job ${requestId} is finished, but its result could not be fetched`,
		{
			requestId,
			status: 'COMPLETED',
			...(model ? { model } : {}),
			description:
				'It was made and billed. Segmind did not hand it over in time: collect it with Segmind Check Status until one hour after its submission.',
		},
	);
}

/** Older answers carry the metrics only in the status, newer ones in both. */
function withStatusMetrics(result: Record<string, unknown>, status: Record<string, unknown>) {
	const metrics = { ...(status.metrics as object), ...(result.metrics as object) };
	return { ...result, metrics };
}
