import type { IDataObject } from 'n8n-workflow';

import type { FailureDetails, SegmindFailure } from './failure';

/**
 * What became of a failed item:
 * - `FAILED`: reported as failed by Segmind
 * - `REJECTED`: invalid or refused; nothing was billed
 * - `NOT_SENT`: the run was stopped before sending, or its cost limit did not allow it
 * - `UNKNOWN`: it may have been carried out and billed
 * - `PROCESSING`: accepted and still collectable
 * - `NOT_FOUND`: Segmind does not, or no longer, know the job
 */
type FailedStatus = 'FAILED' | 'REJECTED' | 'NOT_SENT' | 'UNKNOWN' | 'PROCESSING' | 'NOT_FOUND';

/** The run that an input item requested: a PixelFlow, or a model and a prompt; null where unknown or not set. */
export type RequestedRun = 'pixelFlow' | { model: string | null; prompt: string | null };

/**
 * The JSON of a failed item, when the node continues on fail. It has no key named `error`: n8n gives that key a meaning
 * of its own.
 * @param requestedRun undefined for a node that neither starts nor collects jobs
 */
export function failedJson(
	{ message, details }: SegmindFailure,
	requestedRun?: RequestedRun,
): IDataObject {
	const { failureReason, description, model, requestId, httpStatus, rawResponse, recovered } =
		details;
	return {
		status: failedStatus(details),
		failure_reason: failureReason ?? message,
		billed: billed(details),
		advice: description ?? null,
		...(requestedRun && requestedRun !== 'pixelFlow'
			? { model: model ?? requestedRun.model, prompt: requestedRun.prompt }
			: {}),
		...(requestedRun ? { request_id: requestId ?? null } : {}),
		http_status: httpStatus ?? null,
		...(rawResponse ? { raw_response: rawResponse } : {}),
		...(recovered ? { recovered } : {}),
	};
}

function failedStatus(details: FailureDetails): FailedStatus {
	const { status, requestId, mayBeBilled, stopped, notSent, unexpected } = details;
	if (status === 'FAILED' || status === 'NOT_FOUND') return status;
	if (mayBeBilled) return 'UNKNOWN';
	if (requestId !== undefined) return 'PROCESSING';
	// The result was lost in transit, and there is no job to collect it from.
	if (status === 'COMPLETED') return 'UNKNOWN';
	if (stopped || notSent) return 'NOT_SENT';
	// A bug may have struck after the work was paid for.
	return unexpected ? 'UNKNOWN' : 'REJECTED';
}

/** Whether the request of a failed item was billed. */
export function billed(details: FailureDetails): 'no' | 'yes' | 'unknown' {
	if (details.billed) return details.billed;
	if (details.status === 'COMPLETED') return 'yes';
	if (details.mayBeBilled) return 'unknown';
	const status = failedStatus(details);
	return status === 'FAILED' || status === 'REJECTED' || status === 'NOT_SENT' ? 'no' : 'unknown';
}
