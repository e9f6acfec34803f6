import { leadsToFiles } from './outputRole';
import { reasonOf } from './reason';
import { isRequestId } from './requestId';

export type JobStatus = 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'FAILED';

/** What a poll or result body says about a job. */
export interface JobState {
	status: JobStatus;
	/** The failure reason; only with FAILED. */
	failureReason?: string;
	/** A status word for failure that is not documented: whether such a job is billed is unknown. */
	undocumentedStatus?: string;
	body: Record<string, unknown>;
	/** For a job that only the request history knows: what the history says about it; null where it says nothing. */
	recovered?: { model: string | null; prompt: string | null; createdAt: number | null };
}

/** A finished body has at least one of these keys. Source: Segmind documentation "Async inference", result. */
const OUTPUT_KEYS = ['output', 'images', 'image', 'video', 'audio'];

/** Keys under which language models return their text. */
const TEXT_KEYS = ['choices', 'candidates', 'content', 'text'];

/** Undocumented words for an end, without separators; only COMPLETED and FAILED are documented. */
const COMPLETED_WORDS =
	/^(COMPLETED?|SUCCEED(ED)?|SUCCESS(FUL|FULLY)?|DONE|FINISHED|FULFILLED|ENDED)$/;
const FAILED_WORDS =
	/^(FAIL(ED|URE)?|ERROR(ED)?|EXCEPTION|CRASHED|DEAD|KILLED|CANCELL?ED|ABORTED|STOPPED|INTERRUPTED|TERMINATED|REJECTED|REFUSED|DENIED|DECLINED|BLOCKED|FILTERED|MODERATED|NSFW|INVALID|UNSUCCESSFUL|TIMEDOUT|TIMEOUT|EXPIRED)$/;
/** Words for a job under way, of which only QUEUED and PROCESSING are documented. */
const RUNNING_WORDS =
	/^(INQUEUE|QUEUED|PENDING|WAITING|SCHEDULED|SUBMITTED|ACCEPTED|STARTING|STARTED|PROCESSING|RUNNING|INPROGRESS|GENERATING|WARMINGUP)$/;
/** What may precede such a word, as in TASK_SUCCEEDED and INTERNAL_ERROR. */
const SUBJECTS =
	/^((TASK|JOB|REQUEST|RUN(?!NING)|GENERATION|INFERENCE|PREDICTION|PROCESSING|EXECUTION|MODEL|CONTENT|INTERNAL|SERVER|SYSTEM)_?)+(?=[A-Z])/;

/**
 * Trusts the body over the status code: COMPLETED and FAILED count whatever the code (a failed job arrives as 422 or
 * 200), and a body without a status but with an output is complete. Undefined if the body says nothing about a job.
 * Source: Segmind documentation "Async inference"; the SDK accepts both codes for FAILED.
 * @param isFinished whether the job is known to be complete, so that its output may have any form
 */
export function readJobState(
	httpStatus: number,
	json: unknown,
	isFinished = false,
): JobState | undefined {
	if (typeof json !== 'object' || json === null) return undefined;
	if (Array.isArray(json)) {
		const isOutput = isFinished && httpStatus < 300 && json.length > 0;
		return isOutput ? { status: 'COMPLETED', body: { output: json } } : undefined;
	}
	const body = json as Record<string, unknown>;
	const word = statusIn(body).trim().toUpperCase();
	if (word === 'COMPLETED') return { status: word, body };
	if (word === 'FAILED' || (httpStatus === 422 && !word)) {
		return { status: 'FAILED', failureReason: reasonIn(body) ?? NO_REASON, body };
	}
	const finalStatus = httpStatus < 300 || httpStatus === 422 ? finalStatusOf(word) : undefined;
	if (finalStatus === 'COMPLETED') return { status: finalStatus, body };
	if (finalStatus === 'FAILED') {
		const failureReason = `${reasonIn(body) ?? NO_REASON} (${word})`;
		return { status: finalStatus, failureReason, undocumentedStatus: word, body };
	}
	if (httpStatus >= 300) return undefined;
	if (word === 'QUEUED') return { status: word, body };
	// An unknown status: the job is not known to have ended.
	if (word) return { status: 'PROCESSING', body };
	const outputKeys = isFinished
		? [...TEXT_KEYS, ...Object.keys(body).filter(leadsToFiles)]
		: OUTPUT_KEYS;
	return outputKeys.some((key) => body[key] !== undefined && body[key] !== null)
		? { status: 'COMPLETED', body }
		: undefined;
}

/**
 * The job that an answer to a v1 call without a file names as under way; undefined if it names none. Segmind's documentation
 * of v1 knows only results, but whoever queues instead would otherwise have been paid for nothing.
 */
export function queuedJobOf(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const { request_id: requestId } = body as Record<string, unknown>;
	if (!RUNNING_WORDS.test(plainWordOf(statusIn(body as Record<string, unknown>)))) return undefined;
	return typeof requestId === 'string' && isRequestId(requestId) ? requestId : undefined;
}

/** The final status that a status word means, in any case; undefined if the job is not known to have ended. */
export function finalStatusOf(status: string): 'COMPLETED' | 'FAILED' | undefined {
	const word = plainWordOf(status);
	if (COMPLETED_WORDS.test(word)) return 'COMPLETED';
	return FAILED_WORDS.test(word) ? 'FAILED' : undefined;
}

/** A status word in capitals, without its subject and separators. */
function plainWordOf(status: string): string {
	const snake = status
		.toUpperCase()
		.replace(/[^A-Z]+/g, '_')
		.replace(/^_/, '');
	return snake.replace(SUBJECTS, '').replaceAll('_', '');
}

/** What a body calls its status; empty if it calls it nothing. */
function statusIn({ status, state }: Record<string, unknown>): string {
	return [status, state].find((value): value is string => typeof value === 'string') ?? '';
}

const NO_REASON = 'Segmind gave no reason';

/** A failed job's own reason: a general message only as a last resort, and none of its other texts. */
function reasonIn(body: Record<string, unknown>): string | undefined {
	const { error, error_message: message, detail, failure_reason: why, reason, output } = body;
	return (
		reasonOf({ error, detail, error_message: message, failure_reason: why, reason }) ??
		(typeof output === 'object' ? reasonOf(output) : undefined) ??
		(output ? undefined : reasonOf(body.message))
	);
}
