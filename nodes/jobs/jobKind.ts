import { fetchResult, pollJob } from '../api/inference';
import type { Poll } from '../api/poll';
import { isFirstContractId, pollPixelFlow } from '../api/pixelFlow';
import type { Connection } from '../api/connection';

/** What a job runs, which decides the shape of its outputs. */
export type JobKind = 'model' | 'pixelFlow';

/** Where a job is polled. */
export interface JobApi {
	poll: (connection: Connection, requestId: string, maxRetries?: number) => Promise<Poll>;
	/** Where its output is fetched once it has completed; undefined when a poll brings it along. */
	fetch?: (connection: Connection, requestId: string) => Promise<Poll>;
}

const REQUESTS: JobApi = { poll: pollJob, fetch: fetchResult };
const WORKFLOW_REQUESTS: JobApi = { poll: pollPixelFlow };

/** PixelFlows of the first contract have a place of their own; those of the second one are requests like all others. */
export function jobApi(kind: JobKind, requestId: string): JobApi {
	return kind === 'pixelFlow' && isFirstContractId(requestId) ? WORKFLOW_REQUESTS : REQUESTS;
}
