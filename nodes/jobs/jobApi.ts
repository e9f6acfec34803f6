import type { Connection } from '../api/connection';
import type { Poll } from '../api/poll';

/** The endpoint for polling a job. */
export interface JobApi {
	poll: (connection: Connection, requestId: string, maxRetries?: number) => Promise<Poll>;
	/** The endpoint for fetching the output of a completed job; undefined if polls include it. */
	fetch?: (connection: Connection, requestId: string) => Promise<Poll>;
}
