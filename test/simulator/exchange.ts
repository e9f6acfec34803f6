/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inflict, unprocessed } from './faults';
import { answerRequest } from './gateway';
import { receiveBody } from './receivedBody';
import type { Answer, Origin, RecordedRequest, ScriptedAnswer } from './types';
import type { World } from './world';

/** One request from its first byte to the last of its answer: recorded, scripted or answered as Segmind would. */
export async function exchange(
	world: World,
	origin: Origin,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const record = recordOf(world, origin, request);
	world.requests.push(record);
	countInFlight(world, origin, response);
	response.on('error', () => {});
	request.on('error', () => {});

	// Decided before the body is read if possible, and only once: every lookup counts as a use.
	const later = world.rules.needBody(record);
	const early = later ? undefined : world.rules.take(record);
	if (early?.fault === 'reset' && !early.afterProcessing) {
		await world.time.seconds(early.delaySeconds ?? 0);
		request.socket.resetAndDestroy();
		return;
	}
	const received = await receiveBody(request, origin, record);
	const scripted = later ? world.rules.take(record) : early;
	const answer = await decided(world, record, received, scripted);
	if (response.destroyed) return;
	// Stamped when the answer is ready, as servers do: a wait is counted from then.
	response.setHeader('date', world.time.date().toUTCString());
	record.status = answer.status;
	if (scripted?.fault !== undefined) {
		const { fault, location, status } = scripted;
		const cuts = ['reset', 'resetAfterBody', 'hang'].includes(fault);
		record.status = cuts ? 0 : fault === 'redirect' ? (status ?? 302) : answer.status;
		const { time } = world;
		await inflict(fault, { request, response, time, normal: answer, location, status });
		return;
	}
	send(response, answer, received.tooLarge);
}

/** The answer, or for a fault the answer that it will damage. */
async function decided(
	world: World,
	record: RecordedRequest,
	received: Awaited<ReturnType<typeof receiveBody>>,
	scripted: ScriptedAnswer | undefined,
): Promise<Answer> {
	if (!scripted) return await answerRequest(world, record, received);
	const reads = record.method === 'GET' || record.method === 'HEAD';
	let answer: Answer;
	if (scripted.transform) {
		const normal = await answerRequest(world, record, received);
		// A copy: a transform may change it in place, and some answers are shared.
		answer = scripted.transform({ ...normal, headers: { ...normal.headers } });
	} else if (scripted.fault === undefined) answer = literal(scripted);
	else if (scripted.afterProcessing === true || reads)
		answer = await answerRequest(world, record, received);
	else answer = unprocessed;
	await world.time.seconds(scripted.delaySeconds ?? 0);
	return answer;
}

/** A scripted status, header set and body; an object is sent as JSON. */
function literal(scripted: {
	status?: number;
	headers?: Record<string, string>;
	body?: string | Buffer | object;
}): Answer {
	const { status = 200, headers = {}, body = '' } = scripted;
	const plain = typeof body === 'string' || Buffer.isBuffer(body);
	const types: Record<string, string> = plain ? {} : { 'content-type': 'application/json' };
	return {
		status,
		headers: { ...types, ...headers },
		body: Buffer.isBuffer(body) ? body : Buffer.from(plain ? String(body) : JSON.stringify(body)),
	};
}

function send(response: ServerResponse, answer: Answer, close: boolean): void {
	const headers = { ...answer.headers, 'content-length': String(answer.body.length) };
	response.writeHead(answer.status, close ? { ...headers, connection: 'close' } : headers);
	// Node leaves the body out by itself when the request was a HEAD.
	response.end(answer.body);
}

function recordOf(world: World, origin: Origin, request: IncomingMessage): RecordedRequest {
	const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
	return {
		at: world.time.now(),
		origin,
		method: request.method ?? 'GET',
		path: request.url ?? '/',
		headers: Object.fromEntries(headers) as Record<string, string>,
		body: undefined,
		bodyBytes: 0,
		bodySha256: '',
		status: 0,
	};
}

/** Downloads and the model list are not counted: `concurrency` is about the hosts that do the work. */
function countInFlight(world: World, origin: Origin, response: ServerResponse): void {
	if (origin !== 'api' && origin !== 'storage') return;
	world.inFlight += 1;
	world.maxInFlight = Math.max(world.maxInFlight, world.inFlight);
	let open = true;
	const done = () => {
		if (open) world.inFlight -= 1;
		open = false;
	};
	response.once('finish', done);
	response.once('close', done);
}
