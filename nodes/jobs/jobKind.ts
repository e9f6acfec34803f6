import { fetchResult, pollJob } from '../api/inference';
import { isFirstContractId, pollPixelFlow } from '../api/pixelFlow';
import { withHistory } from './historyJob';
import type { JobApi } from './jobApi';

/** What a job runs; determines the format of its outputs. */
export type JobKind = 'model' | 'pixelFlow';

const REQUESTS: JobApi = { poll: pollJob, fetch: fetchResult };
const WORKFLOW_REQUESTS: JobApi = { poll: pollPixelFlow };

/**
 * The endpoint for polling one job: PixelFlows of the first contract have a separate one, those of the second are
 * ordinary requests. A job that it no longer knows is looked up in the request history.
 */
export function jobApi(kind: JobKind, requestId: string): JobApi {
	const isFlow = kind === 'pixelFlow' && isFirstContractId(requestId);
	return withHistory(isFlow ? WORKFLOW_REQUESTS : REQUESTS);
}
