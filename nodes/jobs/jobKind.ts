import { fetchResult, pollJob } from '../api/inference';
import type { Poll } from '../api/poll';
import { isFirstContractId, pollPixelFlow } from '../api/pixelFlow';
import type { Connection } from '../api/connection';

/** What a job runs; determines the format of its outputs. */
export type JobKind = 'model' | 'pixelFlow';

/** The endpoint for polling a job. */
export interface JobApi {
	poll: (connection: Connection, requestId: string, maxRetries?: number) => Promise<Poll>;
	/** The endpoint for fetching the output of a completed job; undefined if polls include it. */
	fetch?: (connection: Connection, requestId: string) => Promise<Poll>;
}

const REQUESTS: JobApi = { poll: pollJob, fetch: fetchResult };
const WORKFLOW_REQUESTS: JobApi = { poll: pollPixelFlow };

/** PixelFlows of the first contract have a separate endpoint; those of the second are ordinary requests. */
export function jobApi(kind: JobKind, requestId: string): JobApi {
	return kind === 'pixelFlow' && isFirstContractId(requestId) ? WORKFLOW_REQUESTS : REQUESTS;
}
