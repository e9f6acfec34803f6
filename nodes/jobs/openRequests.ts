import type { IDataObject } from 'n8n-workflow';

import { wallTime } from '../clock';
import { digestsOf, type SentRequest } from './sentRequest';

/** A paid request of this process that was sent, until its ID is known or it is no longer looked for. */
export interface OpenRequest {
	/** Stands for the API key; see `hashOfNames`. */
	account: string;
	model: string;
	body: IDataObject;
	/** Wall-clock time. */
	sentAt: number;
	/** Known of an answer that began to arrive; its files may still be lost. */
	requestId?: string;
}

/** Cap on the remembered IDs: about 2 MB, and more than a key's rate limit lets pass in the time of a search. */
const MAX_IDS = 20_000;
/** Cap on the remembered requests whose ID nobody knows. */
const MAX_NAMELESS = 50;

/** IDs of this process's requests, the oldest first. */
const knownIds = new Set<string>();
const openRequests = new Set<OpenRequest>();
/** Requests whose ID nobody knows. */
const nameless: Array<SentRequest & { account: string }> = [];

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
	const sent = request.requestId === undefined ? asSent(request, wallTime()) : undefined;
	if (sent) rememberNameless(request.account, sent);
}

/** Call when it was looked for in vain: the history may still show it. */
export function giveUp(request: OpenRequest, sent: SentRequest): void {
	close(request);
	rememberNameless(request.account, sent);
}

function rememberNameless(account: string, sent: SentRequest): void {
	nameless.push({ ...sent, account });
	if (nameless.length > MAX_NAMELESS) nameless.shift();
}

/** Call when it was refused or found. */
export function close(request: OpenRequest): void {
	openRequests.delete(request);
}

/**
 * This process's requests, with the same key and model, whose ID is not known: the history may show any of them.
 * @param own the one that is looked for, which is none of them
 */
export function othersOpen(
	own: OpenRequest | SentRequest,
	account: string,
	model: string,
): SentRequest[] {
	const isOther = (other: { account: string; model: string; requestId?: string }) =>
		other.account === account && other.model === model && other.requestId === undefined;
	const open = [...openRequests].filter((request) => request !== own && isOther(request));
	const given = nameless.filter((sent) => isOther(sent) && !isSame(sent, own));
	return [...open.flatMap((request) => asSent(request, Infinity) ?? []), ...given];
}

/** Whether a remembered request is the one that an earlier try of the same call has lost. */
function isSame(sent: SentRequest, own: OpenRequest | SentRequest): boolean {
	if (!('digests' in own) || sent.sentAt !== own.sentAt) return false;
	return JSON.stringify(sent.digests) === JSON.stringify(own.digests);
}

/** A request as the history is searched for it; undefined if it is too large. */
export function asSent(request: OpenRequest, lostAt: number): SentRequest | undefined {
	const { model, body, sentAt, requestId } = request;
	const digests = digestsOf(body);
	return digests && { model, digests, sentAt, lostAt, ...(requestId ? { requestId } : {}) };
}
