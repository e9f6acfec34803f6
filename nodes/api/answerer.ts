/**
 * Who wrote an answer:
 * - `segmind`: its JSON, or a header of its own
 * - `proxy`: a proxy that provably did not forward the request
 * - `unclear`: a proxy, a firewall or a gateway, on this side or on Segmind's
 */
export type Answerer = 'segmind' | 'proxy' | 'unclear';

/** The parts of an answer that show who wrote it. */
export interface Signature {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	json: unknown;
	/** Whether the request went to an https address. */
	isHttps?: boolean;
}

/** Source: Segmind documentation "Serverless API" and "Rate limits". */
const OWN_HEADERS =
	/^x-(request-id|cost|remaining-credits|generation-time|seed-value|output-metadata|rate-limit-.+)$/;

/** Source: Segmind documentation "Error codes" and "Async inference", and public clients. */
const OWN_KEYS = new Set([
	'error',
	'errors',
	'detail',
	'details',
	'message',
	'msg',
	'error_message',
	'error_description',
	'failure_reason',
	'status',
	'request_id',
]);

/** Headers about the message itself, which even the simplest proxy adds. */
const FRAMING = new Set([
	'content-length',
	'connection',
	'keep-alive',
	'proxy-connection',
	'proxy-agent',
]);

/** Squid errors that can occur after the request was forwarded. Source: the names of Squid's error pages. */
const SQUID_FORWARDED =
	/ERR_(READ|WRITE|ZERO_SIZE|LIFETIME|TOO_BIG|INVALID_RESP|ICAP|ADAPT|GATEWAY)/i;

/** Errors of a proxy that did not forward the request. Source: the proxy error types of RFC 9209. */
const NOT_FORWARDED =
	/^(dns_\w+|destination_\w+|connection_(refused|timeout|limit_reached)|tls_(protocol|certificate)_error|http_request_\w+|proxy_(configuration_error|loop_detected))$/i;

/** The beginning of JSON: a bracket and what may follow it, not a word in brackets. */
const JSON_START = /^\s*(\{\s*("|\}|$)|\[\s*(["{[\]]|$))/;

/** Who wrote an error answer. */
export function answererOf(answer: Signature): Answerer {
	if (isProvenProxy(answer)) return 'proxy';
	const { headers, json, text } = answer;
	// Truncated JSON is Segmind's, too.
	if (isObject(json) ? !isForeign(answer.status, json) : JSON_START.test(text)) return 'segmind';
	return Object.keys(headers).some((name) => OWN_HEADERS.test(name)) ? 'segmind' : 'unclear';
}

function isObject(json: unknown): json is object {
	return typeof json === 'object' && json !== null;
}

/** A JSON error with none of Segmind's keys: firewalls and gateways answer in JSON, too. */
function isForeign(status: number, json: object): boolean {
	const keys = Array.isArray(json) ? [] : Object.keys(json);
	return status >= 400 && keys.length > 0 && !keys.some((key) => OWN_KEYS.has(key));
}

/**
 * Whether the answer comes from a proxy that did not forward the request: it wants a password (407) or a sign-in (511,
 * which only proxies send: RFC 6585), it has a header that only proxies send, or an https answer has no headers but
 * those of its framing. The last is a proxy's answer to CONNECT, which n8n's client passes off as the server's: no web
 * server leaves out the date and the content type.
 */
function isProvenProxy({ status, headers, isHttps }: Signature): boolean {
	if (status < 400) return false;
	if (status === 407 || status === 511 || headers['proxy-authenticate'] !== undefined) return true;
	const { 'x-squid-error': squidError, 'proxy-status': proxies } = headers;
	if (squidError) return !SQUID_FORWARDED.test(squidError);
	// Without an error, the header only names the proxies that the answer came through.
	if (proxies) {
		const errors = [...proxies.matchAll(/;\s?error="?(\w+)/gi)];
		return errors.length > 0 && errors.every(([, error = '']) => NOT_FORWARDED.test(error));
	}
	return isHttps === true && Object.keys(headers).every((name) => FRAMING.has(name));
}
