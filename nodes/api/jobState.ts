import { reasonOf } from './reason';

export type JobStatus = 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'FAILED';

/** What a poll or result body says of a job. */
export interface JobState {
	status: JobStatus;
	/** Why it failed; only with FAILED. */
	failureReason?: string;
	body: Record<string, unknown>;
}

/** Keys of which a finished body has at least one. Source: Segmind documentation "Async inference", result. */
const OUTPUT_KEYS = ['output', 'images', 'image', 'video', 'audio'];

/**
 * Reads the body before the status code: COMPLETED and FAILED are believed whatever the code (a failed job arrives as
 * 422, and as 200), and a body without a status but with an output is complete. Undefined: the body says nothing of a job.
 * Source: Segmind documentation "Async inference"; the SDK accepts both codes for FAILED.
 */
export function readJobState(httpStatus: number, json: unknown): JobState | undefined {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
	const body = json as Record<string, unknown>;
	const status = typeof body.status === 'string' ? body.status.toUpperCase() : undefined;
	if (status === 'COMPLETED') return { status, body };
	if (status === 'FAILED' || (httpStatus === 422 && !status)) {
		return {
			status: 'FAILED',
			failureReason: reasonOf(failureBody(body)) ?? 'Segmind gave no reason',
			body,
		};
	}
	if (httpStatus >= 300) return undefined;
	if (status === 'QUEUED') return { status, body };
	// A status never seen before means that the job is not known to have ended.
	if (status) return { status: 'PROCESSING', body };
	return OUTPUT_KEYS.some((key) => body[key] !== undefined && body[key] !== null)
		? { status: 'COMPLETED', body }
		: undefined;
}

/** Without the fields of a failed job that hold text but no reason. */
function failureBody({ error, error_message: message, detail }: Record<string, unknown>) {
	return { error, detail, error_message: message };
}
