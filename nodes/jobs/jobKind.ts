import { fetchResult, lookAtJob } from '../api/inference';
import type { Look } from '../api/look';
import { isFirstContractId, lookAtPixelFlow } from '../api/pixelFlow';
import type { Connection } from '../api/connection';

/** What a job runs; it decides what its outputs look like. */
export type JobKind = 'model' | 'pixelFlow';

/** Where a job is looked at. */
export interface JobApi {
	look: (connection: Connection, requestId: string, maxRetries?: number) => Promise<Look>;
	/** Where its output is fetched once it has completed; undefined when a look brings it along. */
	fetch?: (connection: Connection, requestId: string) => Promise<Look>;
}

const REQUESTS: JobApi = { look: lookAtJob, fetch: fetchResult };
const WORKFLOW_REQUESTS: JobApi = { look: lookAtPixelFlow };

/** PixelFlows of the first contract have a place of their own; those of the second one are requests like all others. */
export function jobApi(kind: JobKind, requestId: string): JobApi {
	return kind === 'pixelFlow' && isFirstContractId(requestId) ? WORKFLOW_REQUESTS : REQUESTS;
}
