import { answererOf } from './answerer';
import type { Connection } from './connection';
import { explain, explainNoAnswer, unreadable } from './explain';
import { SegmindFailure } from './failure';
import type { Priority } from './fairQueue';
import { readJobState, type JobState } from './jobState';
import { send, type Answer } from './request';
import type { RequestContext } from './requestContext';
import { isRequestId } from './requestId';
import { POLL_TIMEOUT_MS } from './timeouts';

/** The result of one poll: the job's state, or a request to poll again later. */
export type Poll = { state: JobState } | PollAgain;

/** A poll that said nothing about the job. */
export interface PollAgain {
	again: true;
	waitMs: number | undefined;
	/** What was received instead of the job's state, as a title. */
	instead: string;
}

/** A result may contain files as base64. */
const MAX_RESULT_BYTES = 50 * 1024 * 1024;

/**
 * The request ID in the answer to a submit; without one the job, and its cost, is unknown. A truncated answer is searched
 * for it as well: with the ID, what was paid for can be collected.
 */
export function readRequestId(answer: Answer, request: RequestContext): string {
	const { request_id: requestId = /"request_id"\s*:\s*"([^"]*)"/.exec(answer.text)?.[1] } =
		(answer.json ?? {}) as { request_id?: unknown };
	if (typeof requestId !== 'string' || !isRequestId(requestId)) throw unreadable(answer, request);
	return requestId;
}

/**
 * One bad answer never kills a job: no answer, 429, 5xx, an HTML page or broken JSON mean "poll again". Only the API's
 * own refusal (401, 403, 404, ...) ends the polling.
 */
export async function poll(
	connection: Connection,
	requestId: string,
	url: string,
	maxRetries: number,
	maxTextBytes?: number,
	priority: Priority = 'poll',
): Promise<Poll> {
	const request: RequestContext = { kind: 'read', task: `check job ${requestId}`, requestId };
	const answer = await send(connection, {
		kind: 'read',
		priority,
		method: 'GET',
		url,
		timeoutMs: POLL_TIMEOUT_MS,
		maxRetries,
		maxTextBytes,
	});
	if ('network' in answer) {
		if (answer.network === 'refused') throw explainNoAnswer(answer, request);
		if (answer.network === 'oversized' && maxTextBytes !== undefined) throw tooLarge(requestId);
		const instead = explainNoAnswer(answer, request).message;
		return { again: true, waitMs: undefined, instead };
	}
	const state = readJobState(answer.status, answer.json, priority === 'collect');
	if (state) return { state };
	const refused =
		answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status);
	const isOwn = answer.json !== undefined && answererOf(answer) === 'segmind';
	if (refused && isOwn) throw explain(answer, request);
	const isError = answer.status >= 300;
	const instead = (isError ? explain(answer, request) : unreadable(answer, request)).message;
	return { again: true, waitMs: answer.waitMs, instead };
}

/**
 * A poll whose answer includes the output. An answer that exceeds the size limit would do so again: polling ends at
 * once, naming the job.
 */
export async function pollWithOutput(
	connection: Connection,
	requestId: string,
	url: string,
	maxRetries: number,
	priority: Priority,
): Promise<Poll> {
	return await poll(connection, requestId, url, maxRetries, MAX_RESULT_BYTES, priority);
}

function tooLarge(requestId: string): SegmindFailure {
	const megabytes = MAX_RESULT_BYTES / 1024 / 1024;
	return new SegmindFailure(
		`The result of job ${requestId} is larger than ${megabytes} MB and was not read`,
		{
			requestId,
			description: `A finished job is billed. Its files seem to be in the answer itself instead of at a URL: ask for fewer or smaller ones. Segmind Get History shows the job`,
		},
	);
}
