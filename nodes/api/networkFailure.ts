/**
 * Why no answer came:
 * - `unreached`: the server was never reached (refused connection, unknown host, a proxy or firewall that hangs up), so
 *   it cannot have accepted anything
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

/**
 * Connections that ended before anything could be sent on them, which Node reports like any other lost one. Source: the
 * messages of Node's tls and of https-proxy-agent.
 */
const BEFORE_SENDING: ReadonlyArray<[message: RegExp, code: string]> = [
	[/before receiving CONNECT response/i, 'the proxy hung up'],
	[
		/before secure TLS connection was established/i,
		'the connection ended during the TLS handshake',
	],
];

/** Maximum depth of the chain of causes that n8n's helpers wrap around Node's own error. */
const MAX_CAUSE_DEPTH = 6;

/** Why a request got no answer. */
export interface NetworkReason {
	kind: NetworkFailure;
	/** Node's error code. */
	code: string;
	/** The address that was tried, if known. */
	address?: string;
}

/** Classifies what n8n's HTTP helper threw by Node's error, found anywhere in the chain of causes. */
export function networkFailure(thrown: unknown): NetworkReason {
	const chain = chainOf(thrown);
	const codes = chain.flatMap(codesOf);
	const find = (match: (code: string) => boolean) => codes.find(match);
	const isConnecting = chain.some(({ syscall }) => syscall === 'connect');
	const unreached = find((code) => UNREACHED.has(code) || (isConnecting && TIMED_OUT.has(code)));
	if (unreached) return { kind: 'unreached', code: unreached, ...addressIn(chain) };
	for (const [message, code] of BEFORE_SENDING) {
		if (chain.some((error) => message.test(String(error.message)))) {
			return { kind: 'unreached', code };
		}
	}
	const timeout = find((code) => TIMED_OUT.has(code));
	if (timeout) return { kind: 'timeout', code: timeout };
	const refused = find((code) => REFUSED.test(code));
	if (refused) return { kind: 'refused', code: refused };
	return { kind: 'broken', code: codes[0] ?? 'connection lost' };
}

interface ErrorLike {
	code?: unknown;
	name?: unknown;
	httpCode?: unknown;
	message?: unknown;
	syscall?: unknown;
	address?: unknown;
	port?: unknown;
	cause?: unknown;
}

function chainOf(thrown: unknown): ErrorLike[] {
	const chain: ErrorLike[] = [];
	let error = thrown as ErrorLike | undefined;
	while (error && typeof error === 'object' && chain.length < MAX_CAUSE_DEPTH) {
		chain.push(error);
		error = error.cause as ErrorLike | undefined;
	}
	return chain;
}

function codesOf({ code, httpCode, name }: ErrorLike): string[] {
	return [code, httpCode, name].filter(
		(entry): entry is string =>
			typeof entry === 'string' &&
			entry !== '' &&
			(!/Error$/.test(entry) || entry === 'TimeoutError'),
	);
}

function addressIn(chain: readonly ErrorLike[]): { address?: string } {
	const found = chain.find(({ address }) => typeof address === 'string');
	return found ? { address: [found.address, found.port].filter(Boolean).join(':') } : {};
}
