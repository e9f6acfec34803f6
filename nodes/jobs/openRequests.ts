import type { IDataObject } from 'n8n-workflow';

import { wallTime } from '../clock';
import { digestsOf, type SentRequest } from './sentRequest';

/** A paid request that this process has sent, until its ID is known or the search for it is given up. */
export interface OpenRequest {
	/** Stands in for the API key; see `hashOfNames`. */
	account: string;
	model: string;
	body: IDataObject;
	/** Wall-clock time. */
	sentAt: number;
	/** Set once an answer has begun to arrive; its files may still be lost. */
	requestId?: string;
}

/** Maximum number of remembered IDs: about 2 MB, and more than a key's rate limit allows during a search. */
const MAX_IDS = 20_000;
/** Maximum number of remembered requests without a known ID. */
const MAX_UNIDENTIFIED = 50;

/** IDs of this process's requests, oldest first. */
const knownIds = new Set<string>();
const openRequests = new Set<OpenRequest>();
/** Requests that are no longer open and whose ID never became known. */
const unidentified: Array<SentRequest & { account: string }> = [];

/** Remembers the ID of a request that this process sent or looked up: no search may take it for another one. */
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

/** Call when the request was answered; without an ID in the answer, the history may still show it at any time. */
export function answered(request: OpenRequest): void {
	close(request);
	const sent = request.requestId === undefined ? toSentRequest(request, wallTime()) : undefined;
	if (sent) rememberUnidentified(request.account, sent);
}

/** Call when a search did not find the request: the history may still show it later. */
export function giveUp(request: OpenRequest, sent: SentRequest): void {
	close(request);
	rememberUnidentified(request.account, sent);
}

function rememberUnidentified(account: string, sent: SentRequest): void {
	unidentified.push({ ...sent, account });
	if (unidentified.length > MAX_UNIDENTIFIED) unidentified.shift();
}

/** Call when the request was refused or found. */
export function close(request: OpenRequest): void {
	openRequests.delete(request);
}

/**
 * This process's other requests with the same key and model whose ID is not known: the history may show any of them.
 * @param own the request being searched for
 */
export function otherOpenRequests(
	own: OpenRequest | SentRequest,
	account: string,
	model: string,
): SentRequest[] {
	const isOther = (other: { account: string; model: string; requestId?: string }) =>
		other.account === account && other.model === model && other.requestId === undefined;
	const open = [...openRequests].filter((request) => request !== own && isOther(request));
	const withoutId = unidentified.filter((sent) => isOther(sent) && !isSame(sent, own));
	return [...open.flatMap((request) => toSentRequest(request, Infinity) ?? []), ...withoutId];
}

/** Whether a remembered request is the one that an earlier try of the same call lost. */
function isSame(sent: SentRequest, own: OpenRequest | SentRequest): boolean {
	if (!('digests' in own) || sent.sentAt !== own.sentAt) return false;
	return JSON.stringify(sent.digests) === JSON.stringify(own.digests);
}

/** A request in the form in which the history is searched for it; undefined if it is too large. */
export function toSentRequest(request: OpenRequest, lostAt: number): SentRequest | undefined {
	const { model, body, sentAt, requestId } = request;
	const digests = digestsOf(body);
	return digests && { model, digests, sentAt, lostAt, ...(requestId ? { requestId } : {}) };
}
