/** The timeouts of single requests, in milliseconds: how long one attempt may take until its answer is read. */

/** Reading the balance. */
export const CREDITS_TIMEOUT_MS = 60_000;
/** Submitting a job, which is answered at once: a slower answer is lost. */
export const SUBMIT_TIMEOUT_MS = 60_000;
/** Polling a job, or fetching its result. */
export const POLL_TIMEOUT_MS = 30_000;

/** What Segmind needs to store an upload, and its bytes to travel on a slow line (1 Mbit/s). */
const STORING_MS = 2 * 60_000;
const BYTES_PER_MS = 125;
const MAX_UPLOAD_MS = 30 * 60_000;

/** The timeout of an upload of so many bytes. */
export function uploadTimeoutMs(bytes: number): number {
	return Math.min(STORING_MS + bytes / BYTES_PER_MS, MAX_UPLOAD_MS);
}
