import type { IDataObject } from 'n8n-workflow';

import type { FailureDetails, SegmindFailure } from './failure';

/**
 * What became of a failed item:
 * - `FAILED`: Segmind says so
 * - `REJECTED`: checked or refused, nothing was billed
 * - `NOT_SENT`: the run was stopped before
 * - `UNKNOWN`: it may have been carried out and billed
 * - `PROCESSING`: accepted, and can be collected
 * - `NOT_FOUND`: Segmind does not know the job, or no longer
 */
type FailedStatus = 'FAILED' | 'REJECTED' | 'NOT_SENT' | 'UNKNOWN' | 'PROCESSING' | 'NOT_FOUND';

/** What the input item asked for: a PixelFlow, or a model and a prompt, null for what it did not say. */
export type Asked = 'pixelFlow' | { model: string | null; prompt: string | null };

/**
 * The JSON of a failed item, when the node continues on fail. It has no key named `error`: n8n would take that for its own.
 * @param asked undefined for a node that starts and collects no job
 */
export function failedJson({ message, details }: SegmindFailure, asked?: Asked): IDataObject {
	const { failureReason, description, model, requestId, httpStatus, rawResponse } = details;
	return {
		status: failedStatus(details),
		failure_reason: failureReason ?? message,
		billed: billed(details),
		advice: description ?? null,
		...(asked && asked !== 'pixelFlow'
			? { model: model ?? asked.model, prompt: asked.prompt }
			: {}),
		...(asked ? { request_id: requestId ?? null } : {}),
		http_status: httpStatus ?? null,
		...(rawResponse ? { raw_response: rawResponse } : {}),
	};
}

function failedStatus(details: FailureDetails): FailedStatus {
	const { status, requestId, mayBeBilled, stopped, unexpected } = details;
	if (status === 'FAILED' || status === 'NOT_FOUND') return status;
	if (mayBeBilled) return 'UNKNOWN';
	if (requestId !== undefined) return 'PROCESSING';
	// A result that was lost on its way and has no job to collect it from.
	if (status === 'COMPLETED') return 'UNKNOWN';
	if (stopped) return 'NOT_SENT';
	// A bug may have struck after the work was paid for.
	return unexpected ? 'UNKNOWN' : 'REJECTED';
}

function billed(details: FailureDetails): 'no' | 'yes' | 'unknown' {
	if (details.billed) return details.billed;
	if (details.status === 'COMPLETED') return 'yes';
	if (details.mayBeBilled) return 'unknown';
	const status = failedStatus(details);
	return status === 'FAILED' || status === 'REJECTED' || status === 'NOT_SENT' ? 'no' : 'unknown';
}
