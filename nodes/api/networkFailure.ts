/**
 * Why no answer came:
 * - `unreached`: the server was never reached (refused connection, unknown host), so it cannot have accepted anything
 * - `refused`: the two sides could not agree on a connection (certificate, protocol); retrying changes nothing
 * - `timeout`: the server was silent too long; what it did is unknown
 * - `broken`: the connection was lost; what the server did is unknown
 * - `oversized`: the answer exceeded the size limit
 */
export type NetworkFailure = 'unreached' | 'refused' | 'timeout' | 'broken' | 'oversized';

const UNREACHED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'TimeoutError']);
const REFUSED = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_INVALID_URL|EPROTO)/;

/** Maximum depth of the chain of causes that n8n's helpers wrap around Node's own error. */
const MAX_CAUSE_DEPTH = 6;

/** Classifies what n8n's HTTP helper threw by Node's error code, found anywhere in the chain of causes. */
export function networkFailure(thrown: unknown): { kind: NetworkFailure; code: string } {
	const codes = codesOf(thrown);
	const find = (match: (code: string) => boolean) => codes.find(match);
	const unreached = find((code) => UNREACHED.has(code));
	if (unreached) return { kind: 'unreached', code: unreached };
	const timeout = find((code) => TIMED_OUT.has(code));
	if (timeout) return { kind: 'timeout', code: timeout };
	const refused = find((code) => REFUSED.test(code));
	if (refused) return { kind: 'refused', code: refused };
	return { kind: 'broken', code: codes[0] ?? 'connection lost' };
}

function codesOf(thrown: unknown): string[] {
	const codes: string[] = [];
	let error = thrown as
		| { code?: unknown; name?: unknown; httpCode?: unknown; cause?: unknown }
		| undefined;
	for (let depth = 0; error && typeof error === 'object' && depth < MAX_CAUSE_DEPTH; depth++) {
		for (const code of [error.code, error.httpCode, error.name]) {
			if (typeof code === 'string' && code) codes.push(code);
		}
		error = error.cause as typeof error;
	}
	return codes.filter((code) => !/Error$/.test(code) || code === 'TimeoutError');
}
