/** The timeouts of single requests, in milliseconds: how long one attempt may take, including reading its answer. */

/** Reading the balance. */
export const CREDITS_TIMEOUT_MS = 60_000;
/** Submitting a job, which is answered at once; an answer that has not come by then is lost. */
export const SUBMIT_TIMEOUT_MS = 60_000;
/** Polling a job, or fetching its result. */
export const POLL_TIMEOUT_MS = 30_000;
/** Reading a page of the request history. */
export const HISTORY_TIMEOUT_MS = 60_000;

/** Segmind's time to store an upload, and the transfer time on a slow line (1 Mbit/s). */
const STORING_MS = 2 * 60_000;
const BYTES_PER_MS = 125;
const MAX_UPLOAD_MS = 30 * 60_000;

/** The timeout of an upload of the given size. */
export function uploadTimeoutMs(bytes: number): number {
	return Math.min(STORING_MS + bytes / BYTES_PER_MS, MAX_UPLOAD_MS);
}
