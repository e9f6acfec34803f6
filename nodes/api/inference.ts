import type { IDataObject } from 'n8n-workflow';

import type { Connection } from './connection';
import { answerOf, explainRefusal, unreadable, type Purpose } from './explain';
import { look, readRequestId, type Look } from './look';
import { languageText, readOutputs } from './outputs';
import { send, type Answer } from './request';

/** A submit is answered at once; a slower one is lost. */
const SUBMIT_TIMEOUT_MS = 60_000;
/** A v1 answer may hold pictures as base64. */
const MAX_SYNC_TEXT_BYTES = 100 * 1024 * 1024;

/** One model call. */
export interface Call {
	slug: string;
	body: IDataObject;
	/** Models with a similar name, for the message about a misspelt one. */
	nearModels: readonly string[];
}

/** POST /v1/{slug}: runs the model and answers with its result. Source: Segmind documentation "Serverless API". */
export async function generate(
	connection: Connection,
	call: Call,
	timeoutMs: number,
): Promise<Answer> {
	const purpose = purposeOf(call, 'generate', 'run');
	const answer = await answerOf(
		send(connection, {
			kind: 'generate',
			method: 'POST',
			url: modelUrl(connection, 'v1', call.slug),
			body: call.body,
			timeoutMs,
			mayBeFile: true,
			maxTextBytes: MAX_SYNC_TEXT_BYTES,
		}),
		purpose,
	);
	if (answer.file) return answer;
	if (isBroken(answer)) throw unreadable(answer, purpose);
	if (hasOnlyError(answer.json)) throw explainRefusal(answer, purpose);
	return answer;
}

/** POST /v2/{slug}: queues a job and gives its request id. Source: Segmind documentation "Async inference". */
export async function submit(connection: Connection, call: Call): Promise<string> {
	const purpose = purposeOf(call, 'submit', 'submit a job to');
	const answer = await answerOf(
		send(connection, {
			kind: 'submit',
			method: 'POST',
			url: modelUrl(connection, 'v2', call.slug),
			body: call.body,
			timeoutMs: SUBMIT_TIMEOUT_MS,
		}),
		purpose,
	);
	return readRequestId(answer, purpose);
}

/** GET /v2/requests/{id}/status: how far the job is, without its output. */
export async function lookAtJob(
	connection: Connection,
	requestId: string,
	maxRetries = 0,
): Promise<Look> {
	return await look(connection, requestId, statusUrl(connection, requestId), maxRetries);
}

/** GET /v2/requests/{id}: the job with its output. */
export async function fetchResult(connection: Connection, requestId: string): Promise<Look> {
	return await look(connection, requestId, responseUrl(connection, requestId), 0);
}

/** Always built from the id and the credential's host, never taken from an answer: the key goes there. */
export function statusUrl(connection: Connection, requestId: string): string {
	return `${responseUrl(connection, requestId)}/status`;
}

/** Where the job's result is read, with the key. */
export function responseUrl({ hosts }: Connection, requestId: string): string {
	return `${hosts.baseUrl}/v2/requests/${encodeURIComponent(requestId)}`;
}

/** Nothing, JSON that was cut off, or a gateway's page: text that is no result. */
function isBroken({ json, text }: Answer): boolean {
	return json === undefined && (!text.trim() || /^\s*([{[]|<(!doctype|html))/i.test(text));
}

/** A policy refusal may come with a good status. Source: observed on v1, see "Serverless API" in the reference. */
function hasOnlyError(json: unknown): boolean {
	const { error } = (json ?? {}) as { error?: unknown };
	return Boolean(error) && readOutputs(json).files.length === 0 && languageText(json) === undefined;
}

function modelUrl({ hosts }: Connection, version: 'v1' | 'v2', slug: string): string {
	return `${hosts.baseUrl}/${version}/${encodeURIComponent(slug)}`;
}

function purposeOf({ slug, nearModels }: Call, kind: Purpose['kind'], task: string): Purpose {
	return { kind, task: `${task} "${slug}"`, model: slug, nearModels };
}
