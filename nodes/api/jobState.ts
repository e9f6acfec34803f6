import { reasonOf } from './reason';

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

/** Undocumented synonyms; only COMPLETED and FAILED are documented. */
const SYNONYMS: Record<string, 'COMPLETED' | 'FAILED'> = {
	COMPLETE: 'COMPLETED',
	SUCCEEDED: 'COMPLETED',
	SUCCESS: 'COMPLETED',
	SUCCESSFUL: 'COMPLETED',
	DONE: 'COMPLETED',
	FINISHED: 'COMPLETED',
	FAILURE: 'FAILED',
	ERROR: 'FAILED',
	ERRORED: 'FAILED',
	CANCELED: 'FAILED',
	CANCELLED: 'FAILED',
	ABORTED: 'FAILED',
	TERMINATED: 'FAILED',
	REJECTED: 'FAILED',
	REFUSED: 'FAILED',
	TIMEOUT: 'FAILED',
	TIMED_OUT: 'FAILED',
	EXPIRED: 'FAILED',
};

/**
 * Trusts the body over the status code: COMPLETED and FAILED count whatever the code (a failed job arrives as 422 or
 * 200), and a body without a status but with an output is complete. Undefined if the body says nothing about a job.
 * Source: Segmind documentation "Async inference"; the SDK accepts both codes for FAILED.
 */
export function readJobState(httpStatus: number, json: unknown): JobState | undefined {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
	const body = json as Record<string, unknown>;
	const word = typeof body.status === 'string' ? body.status.trim().toUpperCase() : '';
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
	return OUTPUT_KEYS.some((key) => body[key] !== undefined && body[key] !== null)
		? { status: 'COMPLETED', body }
		: undefined;
}

/** The final status that a status word means, in any case; undefined if the job is not known to have ended. */
export function finalStatusOf(status: string): 'COMPLETED' | 'FAILED' | undefined {
	const word = status.trim().toUpperCase();
	return word === 'COMPLETED' || word === 'FAILED' ? word : SYNONYMS[word.replace(/\W/g, '_')];
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
