import { now } from '../clock';
import type { Connection } from './connection';
import { explain, unreadable, type Purpose } from './explain';
import { asFailure } from './failure';
import { readJobNews, type JobNews } from './jobNews';
import { NoAnswer, send, type Answer } from './request';
import { serverWaitMs } from './retryRules';

const LOOK_TIMEOUT_MS = 30_000;

/** What one look at a job brought: news of it, or the reason to look again later. */
export type Look = { news: JobNews } | { again: true; waitMs: number | undefined };

/** A UUID, or the 32 hexadecimal digits of older endpoints: nothing that could change a path. */
export function isRequestId(text: string): boolean {
	return /^[A-Za-z0-9][A-Za-z0-9_-]{7,99}$/.test(text);
}

/**
 * The id in the answer to a submit; without one the job, and what it costs, is unknown. An answer that was cut off is
 * searched for it: whoever has the id can collect what was paid for.
 */
export function readRequestId(answer: Answer, purpose: Purpose): string {
	const { request_id: requestId = /"request_id"\s*:\s*"([^"]*)"/.exec(answer.text)?.[1] } =
		(answer.json ?? {}) as { request_id?: unknown };
	if (typeof requestId !== 'string' || !isRequestId(requestId)) throw unreadable(answer, purpose);
	return requestId;
}

/**
 * One bad answer never kills a job: a missing answer, 429, 5xx, an HTML page or broken JSON mean "look again". Only the
 * API's own refusal (401, 403, 404, ...) ends the wait.
 */
export async function look(
	connection: Connection,
	requestId: string,
	url: string,
	maxRetries: number,
): Promise<Look> {
	let answer: Answer;
	try {
		const timeoutMs = LOOK_TIMEOUT_MS;
		answer = await send(connection, { kind: 'read', method: 'GET', url, timeoutMs, maxRetries });
	} catch (thrown) {
		if (thrown instanceof NoAnswer && thrown.network !== 'refused')
			return { again: true, waitMs: undefined };
		throw asFailure(thrown);
	}
	const news = readJobNews(answer.status, answer.json);
	if (news) return { news };
	const refused =
		answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status);
	if (refused && answer.json !== undefined) {
		throw explain(answer, { kind: 'read', task: `look at job ${requestId}`, requestId });
	}
	return { again: true, waitMs: serverWaitMs(answer.headers, now()) };
}
