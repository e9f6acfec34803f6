import type { NetworkFailure } from './networkFailure';

/**
 * The cost of sending a request twice:
 * - `read`: nothing (GET, or a POST that only stores a file)
 * - `submit`: a second job, but the gateway says so if it accepted none (POST on v2)
 * - `generate`: a second picture, and after a gateway's own 5xx it is unknown whether there is a first (POST on v1)
 */
export type RequestKind = 'read' | 'submit' | 'generate';

/** How one attempt ended, as far as the retry decision needs to know. */
export type AttemptOutcome =
	| { network: NetworkFailure }
	| {
			status: number;
			/** The body is the API's own JSON error, not a gateway's page. */
			apiError: boolean;
			/** The answer comes from a proxy that did not forward the request. */
			byProxy?: boolean;
			/** The connection behind a gateway ended while the request was being processed. */
			cutOff?: boolean;
	  };

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
/** A server that asks for more has a wrong clock, or will not be back in time for a waiting run. */
const MAX_SERVER_WAIT_MS = 5 * 60_000;

/**
 * Whether a retry is safe: the attempt proves that nothing was accepted or billed, or a repeat costs nothing. Sources:
 * Segmind documentation "Async Inference" (a submit is retried only after an explicit 5xx) and "Error codes" (429 and
 * 503 queue nothing; a 500 is not billed; the outcome of a v1 call is unknown after 502 and 504).
 */
export function mayRetry(kind: RequestKind, end: AttemptOutcome, attempt: number): boolean {
	if ('network' in end) {
		if (end.network === 'unreached') return true;
		return kind === 'read' && (end.network === 'timeout' || end.network === 'broken');
	}
	const { status, apiError, byProxy, cutOff } = end;
	// Segmind was never reached, so nothing can be billed; but a proxy that fails twice goes on failing.
	if (byProxy) return status >= 500 && attempt === 1;
	if (kind === 'generate' && cutOff) return false;
	if (status === 429 || status === 503) return true;
	if (kind === 'read' || kind === 'submit') return status >= 500;
	return status === 500 && apiError && attempt === 1;
}

/**
 * The wait before attempt number `attempt + 1`, in milliseconds: what the server asked for, else exponential backoff
 * with full jitter.
 */
export function backoffMs(
	attempt: number,
	serverWaitMs: number | undefined,
	random: () => number,
): number {
	if (serverWaitMs !== undefined) return Math.min(MAX_SERVER_WAIT_MS, serverWaitMs);
	return random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
}

/**
 * The wait requested by an answer's headers, in milliseconds: Retry-After (seconds or a date), else
 * x-rate-limit-reset-at-utc ("2026-11-21 08:00:00", UTC), both relative to the server's clock if it sends one. A time
 * in the past yields undefined: otherwise a server that repeats it would be retried without any pause. Source: Segmind
 * documentation "Rate limits"; Retry-After is undocumented there but honoured.
 */
export function serverWaitMs(headers: Record<string, string>, nowMs: number): number | undefined {
	const serverNow = Date.parse(headers.date ?? '') || nowMs;
	const until = (time: number) => (time > serverNow ? time - serverNow : undefined);
	const retryAfter = headers['retry-after']?.trim();
	if (retryAfter) {
		const isSeconds = /^\d+(\.\d+)?$/.test(retryAfter);
		const wait = until(isSeconds ? serverNow + Number(retryAfter) * 1000 : Date.parse(retryAfter));
		if (wait !== undefined) return wait;
	}
	const reset = headers['x-rate-limit-reset-at-utc']?.trim();
	if (!reset) return undefined;
	return until(Date.parse(/Z|[+-]\d\d:?\d\d$/.test(reset) ? reset : `${reset.replace(' ', 'T')}Z`));
}
