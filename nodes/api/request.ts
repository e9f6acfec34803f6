import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import { now, sleepUntil, socketMs, wallTime } from '../clock';
import { isFile, textOfBytes } from './answerBody';
import { answererOf } from './answerer';
import type { AnyContext, Connection } from './connection';
import { asFailure, SegmindFailure } from './failure';
import type { Priority } from './fairQueue';
import { parseJsonInSteps } from './json';
import { networkFailure, type NetworkFailure } from './networkFailure';
import { rateReport } from './rateReport';
import {
	backoffMs,
	mayRetry,
	serverWaitMs,
	type AttemptOutcome,
	type RequestKind,
} from './retryRules';
import { inSlices } from './slices';
import {
	destroyOnAbort,
	readAll,
	startReading,
	TooLarge,
	untilBroken,
	type Stream,
} from './stream';

export interface ApiRequest {
	kind: RequestKind;
	/** Its priority among the requests waiting for the rate limit; `work` by default. */
	priority?: Priority;
	method: IHttpRequestMethods;
	url: string;
	/** JSON; a function creates it for each attempt, since a stream can be sent only once. */
	body?: IDataObject | (() => Promise<Stream | string>);
	headers?: Record<string, string>;
	/** The timeout of one attempt including reading its answer, in milliseconds. */
	timeoutMs: number;
	/** Overrides the run's number of retries; the polling loop repeats by itself. */
	maxRetries?: number;
	/** Largest answer accepted as text, in bytes. */
	maxTextBytes?: number;
	/** True if the answer may be a file, which is then returned unread. */
	mayBeFile?: boolean;
}

/** A file whose bytes are still to come. */
export interface UnreadFile {
	firstBytes: Buffer;
	/** All bytes, including the first. */
	chunks: AsyncIterable<Buffer>;
	/** See `readableFrom`. */
	streamType: Stream;
}

/** An HTTP answer of any status. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body as text; empty for a file. */
	text: string;
	/** The body parsed as JSON; undefined if it is not JSON. */
	json: unknown;
	/** The unread body, when it is a file. */
	file?: UnreadFile;
	/** Whether the request went to an https address. */
	isHttps?: boolean;
	/** How many times the request was sent. */
	attempts: number;
	/** How long the server asks us to wait before the next request, in milliseconds; undefined if it does not say. */
	waitMs: number | undefined;
	/** When the answered attempt was sent (wall-clock time). */
	sentAt?: number;
}

/** Why no answer came. */
export interface NoAnswer {
	network: NetworkFailure;
	/** Node's error code. */
	code: string;
	/** The address that was tried, if known: of a proxy, or of Segmind. */
	address?: string;
	/** What n8n's HTTP helper threw, for the log. */
	cause?: unknown;
	/** When the attempt was sent (wall-clock time). */
	sentAt?: number;
}

const STOPPED = 'The run was stopped';
const CUT_OFF =
	/polling error|reset reason: (connection termination|remote reset|local reset|protocol error)|backend fetch failed|backend read error/i;
/** How much of an error answer is searched for this wording, in characters. */
const MAX_SEARCHED = 5_000;
const MAX_JSON_BYTES = 10 * 1024 * 1024;

/**
 * Sends one request with the credential's key and retries it where `retryRules` consider that safe. Never follows
 * redirects: the key would be sent along.
 * @throws SegmindFailure `stopped` when the run was stopped
 */
export async function send(
	connection: Connection<AnyContext>,
	request: ApiRequest,
): Promise<Answer | NoAnswer> {
	const maxRetries = request.maxRetries ?? connection.maxRetries;
	const rateLimiter = connection.rateLimiterFor(request.url);
	let failures = 0;
	for (let attempt = 1; ; attempt++) {
		const outcome = await rateLimiter.send(
			async () => await attemptOnce(connection, request, attempt),
			(answer) => ('network' in answer ? undefined : rateReport(answer)),
			request.priority,
		);
		const kind = attemptOutcomeOf(outcome);
		// Segmind's own 429s do not count as retries: the limiter knows when they end, and when to give up.
		const isLimited = 'status' in outcome && rateReport(outcome)?.status === 429;
		if (!isLimited) failures++;
		const isExhausted = isLimited ? maxRetries === 0 : failures > maxRetries;
		if (isExhausted || !mayRetry(request.kind, kind, failures)) return outcome;
		if (!isLimited) {
			const waitMs = 'network' in outcome ? undefined : outcome.waitMs;
			await sleepUntil(now() + backoffMs(failures, waitMs, Math.random), connection.cancel);
		}
	}
}

/** Throws the failure of a stopped run if Stop was pressed. */
export function stopIfCancelled({ cancel }: Pick<Connection, 'cancel'>): void {
	if (cancel?.aborted) {
		throw new SegmindFailure(STOPPED, { stopped: true });
	}
}

function stoppedWhileSending({ kind }: ApiRequest): SegmindFailure {
	if (kind === 'read') return new SegmindFailure(STOPPED, { stopped: true });
	return new SegmindFailure(STOPPED, {
		stopped: true,
		mayBeBilled: true,
		description:
			'A request was on its way to Segmind: it may have been carried out and billed. Segmind Get History shows whether it was',
	});
}

async function attemptOnce(
	connection: Connection<AnyContext>,
	request: ApiRequest,
	attempt: number,
): Promise<Answer | NoAnswer> {
	stopIfCancelled(connection);
	const sentAt = wallTime();
	try {
		const { body } = request;
		const timeout = socketMs(request.timeoutMs);
		// One timeout for headers and body together: n8n's helper covers only the headers.
		const timeUp = AbortSignal.timeout(timeout);
		const options: IHttpRequestOptions = {
			method: request.method,
			url: request.url,
			headers: {
				accept: '*/*',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...request.headers,
			},
			...(body === undefined
				? {}
				: { body: typeof body === 'function' ? await body() : JSON.stringify(body) }),
			timeout,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		const response = (await connection.context.helpers.httpRequestWithAuthentication.call(
			connection.context,
			'segmindApi',
			options,
			{ credentialsDecrypted: connection.credential },
		)) as { statusCode: number; headers: IDataObject; body: Stream };
		const headers = lowerCaseHeaders(response.headers);
		const answer = {
			status: response.statusCode,
			headers,
			isHttps: /^https:/i.test(request.url),
			attempts: attempt,
			waitMs: serverWaitMs(headers, wallTime()),
			sentAt,
		};
		destroyOnAbort(response.body, timeUp, ...(connection.cancel ? [connection.cancel] : []));
		const maxBytes = request.maxTextBytes ?? MAX_JSON_BYTES;
		if (answer.status >= 400) {
			const text = textOfBytes(await readAll(untilBroken(response.body), maxBytes));
			stopIfCancelled(connection);
			return { ...answer, text, json: await inSlices(parseJsonInSteps(text)) };
		}
		const { firstBytes, chunks } = await startReading(response.body);
		if (request.mayBeFile && answer.status < 300 && isFile(firstBytes, answer.headers)) {
			const file = { firstBytes, chunks, streamType: response.body };
			return { ...answer, text: '', json: undefined, file };
		}
		const text = textOfBytes(await readAll(chunks, maxBytes));
		return { ...answer, text, json: await inSlices(parseJsonInSteps(text)) };
	} catch (thrown) {
		if (connection.cancel?.aborted) throw stoppedWhileSending(request);
		if (thrown instanceof SegmindFailure) throw asFailure(thrown);
		if (thrown instanceof TooLarge) {
			return { network: 'oversized', code: 'answer too large', sentAt };
		}
		const { kind, ...reason } = networkFailure(thrown);
		return { network: kind, ...reason, cause: thrown, sentAt };
	}
}

function attemptOutcomeOf(outcome: Answer | NoAnswer): AttemptOutcome {
	if ('network' in outcome) return { network: outcome.network };
	const answerer = answererOf(outcome);
	return {
		status: outcome.status,
		apiError: answerer === 'segmind' && isObject(outcome.json) && !isCutOff(outcome),
		byProxy: answerer === 'proxy',
		cutOff: isCutOff(outcome),
	};
}

function isObject(json: unknown): boolean {
	return typeof json === 'object' && json !== null;
}

/**
 * Whether a v1 call was cut off while its job continued: "Internal Polling Error" comes after about 100 s, and the same
 * job succeeds on v2, so the outcome is as unknown as after a gateway timeout. Source: observed by public clients. The
 * other messages come from gateways, with a 503: Envoy's for a connection that ended after the request was sent on it,
 * and Varnish's for any failure upstream. Source: Envoy's response flags, Varnish's builtin errors.
 */
export function isCutOff({ status, text }: Pick<Answer, 'status' | 'text'>): boolean {
	return status >= 500 && CUT_OFF.test(text.slice(0, MAX_SEARCHED));
}

function lowerCaseHeaders(headers: IDataObject): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}
