import type { IDataObject } from 'n8n-workflow';

import type { Connection } from './connection';
import { expectOk, unreadable } from './explain';
import { poll, pollWithOutput, readRequestId, type Poll } from './poll';
import { send, type Answer } from './request';
import type { RequestContext } from './requestContext';
import { SUBMIT_TIMEOUT_MS } from './timeouts';

/** A v1 answer may contain images as base64. */
const MAX_SYNC_TEXT_BYTES = 100 * 1024 * 1024;

/** One model call. */
export interface Call {
	slug: string;
	body: IDataObject;
	/** Models with similar names, for the message about a misspelt one. */
	nearModels: () => readonly string[];
}

/** POST /v1/{slug}: runs the model and answers with its result. Source: Segmind documentation "Serverless API". */
export async function generate(
	connection: Connection,
	call: Call,
	timeoutMs: number,
): Promise<Answer> {
	const request = requestContextOf(call, 'generate', 'run');
	const answer = await expectOk(
		send(connection, {
			kind: 'generate',
			method: 'POST',
			url: modelUrl(connection, 'v1', call.slug),
			body: call.body,
			timeoutMs,
			mayBeFile: true,
			maxTextBytes: MAX_SYNC_TEXT_BYTES,
		}),
		request,
	);
	if (answer.file) return answer;
	if (isBroken(answer)) throw unreadable(answer, request);
	return answer;
}

/** POST /v2/{slug}: queues a job and returns its request ID. Source: Segmind documentation "Async inference". */
export async function submit(connection: Connection, call: Call): Promise<string> {
	const request = requestContextOf(call, 'submit', 'submit a job to');
	const answer = await expectOk(
		send(connection, {
			kind: 'submit',
			method: 'POST',
			url: modelUrl(connection, 'v2', call.slug),
			body: call.body,
			timeoutMs: SUBMIT_TIMEOUT_MS,
		}),
		request,
	);
	return readRequestId(answer, request);
}

/** GET /v2/requests/{id}/status: the job's state, without its output. */
export async function pollJob(
	connection: Connection,
	requestId: string,
	maxRetries = 0,
): Promise<Poll> {
	return await poll(connection, requestId, statusUrl(connection, requestId), maxRetries);
}

/** GET /v2/requests/{id}: the job with its output. */
export async function fetchResult(connection: Connection, requestId: string): Promise<Poll> {
	const url = responseUrl(connection, requestId);
	return await pollWithOutput(connection, requestId, url, 0, 'collect');
}

/** Always built from the ID and the credential's host, never taken from an answer, because the key is sent there. */
export function statusUrl(connection: Connection, requestId: string): string {
	return `${responseUrl(connection, requestId)}/status`;
}

/** The URL of the job's result, which requires the key. */
export function responseUrl({ hosts }: Connection, requestId: string): string {
	return `${hosts.baseUrl}/v2/requests/${encodeURIComponent(requestId)}`;
}

/** An empty body, truncated JSON, or a gateway's page: text that is not a result. */
function isBroken({ json, text }: Answer): boolean {
	return json === undefined && (!text.trim() || /^\s*([{[]|<(!doctype html|html))/i.test(text));
}

function modelUrl({ hosts }: Connection, version: 'v1' | 'v2', slug: string): string {
	return `${hosts.baseUrl}/${version}/${encodeURIComponent(slug)}`;
}

function requestContextOf(
	{ slug, nearModels }: Call,
	kind: RequestContext['kind'],
	task: string,
): RequestContext {
	return { kind, task: `${task} "${slug}"`, model: slug, nearModels };
}
