import type { IDataObject } from 'n8n-workflow';

import { wallTime } from '../clock';
import { digestsOf, type SentRequest } from './sentRequest';

/** A paid request of this process that was sent, until its ID is known or it is no longer looked for. */
export interface OpenRequest {
	apiKey: string;
	model: string;
	body: IDataObject;
	/** Wall-clock time. */
	sentAt: number;
	/** Known of an answer that began to arrive; its files may still be lost. */
	requestId?: string;
}

/** Cap on the remembered IDs: about 2 MB, and more than a key's rate limit lets pass in the time of a search. */
const MAX_IDS = 20_000;
/** Cap on the remembered requests whose answers had no ID. */
const MAX_NAMELESS = 50;

/** IDs of this process's requests, the oldest first. */
const knownIds = new Set<string>();
const openRequests = new Set<OpenRequest>();
/** Requests that were answered without an ID: the history may show them at any time. */
const nameless: Array<SentRequest & { apiKey: string }> = [];

/** Remembers the ID of a request that this process sent or asked for: it is nobody else's. */
export function rememberId(requestId: string): void {
	knownIds.delete(requestId);
	knownIds.add(requestId);
	if (knownIds.size > MAX_IDS) knownIds.delete(knownIds.values().next().value ?? '');
}

/** Whether a request of this process has the ID. */
export function isKnownId(requestId: string): boolean {
	return knownIds.has(requestId);
}

/** Call when a paid request is sent. */
export function open(request: OpenRequest): void {
	openRequests.add(request);
}

/** Call when it was answered; without an ID in the answer, the history may show it at any time. */
export function answered(request: OpenRequest): void {
	close(request);
	if (request.requestId !== undefined) return;
	const sent = asSent(request, wallTime());
	if (!sent) return;
	nameless.push({ ...sent, apiKey: request.apiKey });
	if (nameless.length > MAX_NAMELESS) nameless.shift();
}

/** Call when it was refused, or is no longer looked for. */
export function close(request: OpenRequest): void {
	openRequests.delete(request);
}

/** This process's other requests, with the same key and model, whose ID is not known: the history may show any of them. */
export function othersOpen(
	own: OpenRequest | undefined,
	apiKey: string,
	model: string,
): SentRequest[] {
	const isLike = (other: { apiKey: string; model: string }) =>
		other.apiKey === apiKey && other.model === model;
	const others = [...openRequests].filter(
		(request) => request !== own && request.requestId === undefined && isLike(request),
	);
	return [
		...others.flatMap((request) => asSent(request, Infinity) ?? []),
		...nameless.filter(isLike),
	];
}

/** A request as the history is searched for it; undefined if it is too large. */
export function asSent(request: OpenRequest, lostAt: number): SentRequest | undefined {
	const { model, body, sentAt, requestId } = request;
	const digests = digestsOf(body);
	return digests && { model, digests, sentAt, lostAt, ...(requestId ? { requestId } : {}) };
}
