import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { now, sleepUntil, socketMs, wallTime } from '../clock';
import { SegmindFailure } from '../api/failure';
import { networkFailure, type NetworkFailure } from '../api/networkFailure';
import { backoffMs, mayRetry, serverWaitMs } from '../api/retryRules';
import { destroyOnAbort, type Stream } from '../api/stream';

/** A request for a file. */
export interface FileRequest {
	url: string;
	maxRetries: number;
	cancel: AbortSignal | undefined;
	/** Builds the failure for an unavailable file, from the reason as half a sentence and the server's last status. */
	failure: (reason: string, status?: number) => SegmindFailure;
}

/** An open answer of the file's server. */
export interface OpenedFile {
	stream: Stream;
	/** Closes the connection, whatever it is waiting for. */
	close: () => void;
	status: number;
	headers: Record<string, string>;
}

export const MAX_SILENCE_MS = 30_000;

/**
 * Opens a public file at an offset, without the key and following redirects; retries where that may help.
 * @param etag of the partly downloaded file: a different version must not be resumed
 */
export async function openFile(
	context: IExecuteFunctions,
	request: FileRequest,
	from: number,
	deadline: number,
	etag?: string,
): Promise<OpenedFile> {
	const { maxRetries, cancel, failure } = request;
	for (let attempt = 1; ; attempt++) {
		stopIfCancelled(request);
		let reason: string;
		let status: number | undefined;
		let waitMs: number | undefined;
		let isRetryable: boolean;
		try {
			const opened = await requestFile(context, request, from, deadline, etag);
			if (opened.status === 200 || opened.status === 206) return opened;
			opened.close();
			({ status } = opened);
			reason = `its server answered ${status}`;
			waitMs = serverWaitMs(opened.headers, wallTime());
			isRetryable = mayRetry('read', { status: opened.status, apiError: false }, attempt);
		} catch (thrown) {
			stopIfCancelled(request);
			reason = asHalfSentence(thrown);
			isRetryable = mayRetry('read', { network: networkFailure(thrown).kind }, attempt);
		}
		if (!isRetryable || attempt > maxRetries || now() > deadline) throw failure(reason, status);
		await sleepUntil(now() + backoffMs(attempt, waitMs, Math.random), cancel);
	}
}

async function requestFile(
	context: IExecuteFunctions,
	{ url, cancel }: FileRequest,
	from: number,
	deadline: number,
	etag?: string,
): Promise<OpenedFile> {
	const controller = new AbortController();
	const close = () => controller.abort();
	const stopListening = () => cancel?.removeEventListener('abort', close);
	cancel?.addEventListener('abort', close);
	const request = context.helpers.httpRequest({
		method: 'GET',
		url,
		headers: {
			// Only the length of the file itself can be checked and resumed, not that of a compressed copy.
			'accept-encoding': 'identity',
			...(from > 0 ? { range: `bytes=${from}-`, ...(etag ? { 'if-range': etag } : {}) } : {}),
		},
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: socketMs(MAX_SILENCE_MS),
		abortSignal: controller.signal,
	}) as Promise<{ statusCode: number; headers: IDataObject; body: Stream }>;
	const response = await request.catch((thrown: unknown) => {
		stopListening();
		throw thrown;
	});
	const timeUp = AbortSignal.timeout(socketMs(deadline - now()));
	// Without a listener, an error after closing an unread stream would be unhandled and end n8n's process.
	response.body.on('error', () => {});
	response.body.once('close', stopListening);
	destroyOnAbort(response.body, timeUp, ...(cancel ? [cancel] : []));
	return {
		stream: response.body,
		close,
		status: response.statusCode,
		headers: response.headers as Record<string, string>,
	};
}

/**
 * The size of the whole file according to an answer's headers, in bytes; undefined if they do not say. A server may
 * compress a file although asked not to: n8n's client then decompresses it transparently, and this is the compressed
 * size.
 */
export function announcedBytes({ status, headers }: OpenedFile): number | undefined {
	const size =
		status === 206
			? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
			: headers['content-length'];
	return size === undefined ? undefined : Number(size);
}

/** The offset at which an answer begins: a server that ignores the range sends the whole file again. */
export function startOf({ status, headers }: OpenedFile): number {
	if (status !== 206) return 0;
	return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? Infinity);
}

/** The file's version tag, the same compressed or not; undefined if the server sends none. */
export function versionOf({ headers: { etag } }: OpenedFile): string | undefined {
	return etag?.replace(/^W\//, '').replace(/[-;:](gzip|br|deflate|zstd)"$/, '"');
}

/** Why a file's server sent nothing, as half a sentence. */
export function asHalfSentence(thrown: unknown): string {
	if (thrown instanceof SegmindFailure) return thrown.message;
	const { kind, code } = networkFailure(thrown);
	const reasons: Record<NetworkFailure, string> = {
		unreached: 'its server could not be reached',
		refused: 'no secure connection to its server could be made',
		timeout: 'its server was silent for too long',
		broken: 'the connection to its server broke',
		oversized: 'its server sent too much',
	};
	return `${reasons[kind]} (${code})`;
}

/** Throws the failure of a stopped run if Stop was pressed. */
export function stopIfCancelled({ cancel, url }: Pick<FileRequest, 'cancel' | 'url'>): void {
	if (cancel?.aborted) {
		throw new SegmindFailure(`The run was stopped while ${url} was being downloaded`, {
			stopped: true,
		});
	}
}
