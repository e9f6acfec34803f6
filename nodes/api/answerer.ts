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

/** Headers of a message itself, which even the smallest proxy adds. */
const FRAMING = new Set(['content-length', 'connection', 'keep-alive']);

/**
 * Errors of a proxy that had passed the request on. Source: Squid's error pages (ERR_READ_TIMEOUT, ...), and the proxy
 * error types of RFC 9209.
 */
const PASSED_ON =
	/ERR_(READ|WRITE|ZERO_SIZE|LIFETIME|TOO_BIG|INVALID_RESP|ICAP|ADAPT)|error="?(http_(?!request)|connection_(read|write)|connection_terminated|proxy_internal_response)|received-status/i;

/** Who wrote an error answer. */
export function answererOf(answer: Signature): Answerer {
	if (isProvenProxy(answer)) return 'proxy';
	const { headers, json, text } = answer;
	const isJson = typeof json === 'object' && json !== null;
	// JSON that broke off on the way is Segmind's, too.
	if (isJson || /^\s*[{[]/.test(text)) return 'segmind';
	return Object.keys(headers).some((name) => OWN_HEADERS.test(name)) ? 'segmind' : 'unclear';
}

/**
 * Whether a proxy answered that did not pass the request on: it wants a password (407), it has a header that only
 * proxies send, or an https answer has no header at all but its length. The last is a proxy's answer to CONNECT, which
 * n8n's client hands on as if it were the server's: no web server leaves out the date and the type.
 */
function isProvenProxy({ status, headers, isHttps }: Signature): boolean {
	if (status < 400) return false;
	if (status === 407 || headers['proxy-authenticate'] !== undefined) return true;
	const said = [headers['x-squid-error'], headers['proxy-status']].filter(Boolean).join(' ');
	if (said) return !PASSED_ON.test(said);
	return isHttps === true && Object.keys(headers).every((name) => FRAMING.has(name));
}
