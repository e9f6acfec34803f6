/**
 * Who wrote an answer:
 * - `segmind`: its JSON, or a header of its own
 * - `proxy`: a proxy, of which it is proven that it did not pass the request on
 * - `unclear`: a proxy, a firewall or a gateway, on this side or on Segmind's
 */
export type Answerer = 'segmind' | 'proxy' | 'unclear';

/** What of an answer shows who wrote it. */
export interface Signature {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	json: unknown;
	/** Whether an https address was asked. */
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

/** Headers of a message itself, which even the smallest proxy adds. */
const FRAMING = new Set([
	'content-length',
	'connection',
	'keep-alive',
	'proxy-connection',
	'proxy-agent',
]);

/** Errors of Squid's that may come after the request was passed on. Source: the names of Squid's error pages. */
const SQUID_PASSED_ON =
	/ERR_(READ|WRITE|ZERO_SIZE|LIFETIME|TOO_BIG|INVALID_RESP|ICAP|ADAPT|GATEWAY)/i;

/** Errors of a proxy that did not pass the request on. Source: the proxy error types of RFC 9209. */
const NOT_PASSED_ON =
	/^(dns_\w+|destination_\w+|connection_(refused|timeout|limit_reached)|tls_(protocol|certificate)_error|http_request_\w+|proxy_(configuration_error|loop_detected))$/i;

/** The beginning of JSON: a bracket and what may follow it, not a word in brackets. */
const JSON_START = /^\s*(\{\s*("|\}|$)|\[\s*(["{[\]]|$))/;

/** Who wrote an error answer. */
export function answererOf(answer: Signature): Answerer {
	if (isProvenProxy(answer)) return 'proxy';
	const { headers, json, text } = answer;
	// JSON that broke off on the way is Segmind's, too.
	if (isObject(json) ? !isForeign(answer.status, json) : JSON_START.test(text)) return 'segmind';
	return Object.keys(headers).some((name) => OWN_HEADERS.test(name)) ? 'segmind' : 'unclear';
}

function isObject(json: unknown): json is object {
	return typeof json === 'object' && json !== null;
}

/** An error in JSON with none of Segmind's keys: firewalls and gateways answer in JSON, too. */
function isForeign(status: number, json: object): boolean {
	const keys = Array.isArray(json) ? [] : Object.keys(json);
	return status >= 400 && keys.length > 0 && !keys.some((key) => OWN_KEYS.has(key));
}

/**
 * Whether a proxy answered that did not pass the request on: it wants a password (407) or a sign-in (511, which no
 * server but only proxies send: RFC 6585), it has a header that only proxies send, or an https answer has no header at
 * all but its length. The last is a proxy's answer to CONNECT, which n8n's client hands on as if it were the server's:
 * no web server leaves out the date and the type.
 */
function isProvenProxy({ status, headers, isHttps }: Signature): boolean {
	if (status < 400) return false;
	if (status === 407 || status === 511 || headers['proxy-authenticate'] !== undefined) return true;
	const { 'x-squid-error': squid, 'proxy-status': proxies } = headers;
	if (squid) return !SQUID_PASSED_ON.test(squid);
	// Without an error it only names the proxies that an answer came through.
	if (proxies) {
		const errors = [...proxies.matchAll(/;\s?error="?(\w+)/gi)];
		return errors.length > 0 && errors.every(([, error = '']) => NOT_PASSED_ON.test(error));
	}
	return isHttps === true && Object.keys(headers).every((name) => FRAMING.has(name));
}
