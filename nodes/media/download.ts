import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { now, sleepUntil, socketMs } from '../clock';
import { SegmindFailure } from '../api/failure';
import { networkFailure, type NetworkFailure } from '../api/networkFailure';
import { backoffMs, mayRepeat, serverWaitMs } from '../api/retryRules';
import { destroyOnAbort, startReading, TooLarge, unlessSilent, type Stream } from '../api/stream';
import { agreeOnType, type FileType } from './fileType';
import { storeFile, type StoredFile } from './storeFile';

export interface Download {
	url: string;
	/** What the API says of the file; null where it says nothing. */
	contentType: string | null;
	fileName: string | null;
	/** Bytes by the API's own word, or null. */
	fileSize: number | null;
	/** Names the stored file once its type is known. */
	nameOf: (type: FileType) => string;
	maxRetries: number;
	maxBytes: number;
	cancel: AbortSignal | undefined;
	/** The failure to throw when the file cannot be had, with the reason as half a sentence. */
	failure: (reason: string) => SegmindFailure;
}

/** One opened answer of the file's server. */
interface Opened {
	stream: Stream;
	/** Lets go of the connection, whatever it is waiting for. */
	close: () => void;
	status: number;
	headers: Record<string, string>;
}

const MAX_SILENCE_MS = 30_000;
const MAX_DOWNLOAD_MS = 30 * 60_000;

/**
 * Fetches a public file into n8n's binary store, without the key and following redirects. A connection that breaks on
 * the way is resumed where it broke, so the stored file is whole or there is none.
 * Source: Segmind documentation "Async inference": output URLs are public and live for seven days.
 */
export async function downloadFile(
	context: IExecuteFunctions,
	download: Download,
): Promise<StoredFile> {
	const { url, maxBytes } = download;
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw download.failure('its address is not a web address');
	}
	const deadline = now() + MAX_DOWNLOAD_MS;
	const first = await openWithRetries(context, download, 0, deadline);
	const total = Math.max(expectedBytes(first) ?? 0, download.fileSize ?? 0);
	if (total > maxBytes) {
		first.close();
		throw tooLarge(download);
	}
	const bytes = wholeFile(context, download, first, total, deadline);
	try {
		const { firstBytes, chunks } = await startReading(bytes);
		if (!firstBytes.length) throw download.failure('the file is empty');
		if (isWebPage(firstBytes, first.headers['content-type'])) {
			throw download.failure('its address leads to a web page, not to a file');
		}
		const header = download.contentType ?? first.headers['content-type'];
		const type = agreeOnType(firstBytes, header, download.fileName ?? new URL(url).pathname);
		return await storeFile(
			context,
			{ streamType: first.stream, chunks },
			type,
			download.nameOf(type),
			maxBytes,
		);
	} catch (thrown) {
		// Not waited for: the next bytes may never come.
		void bytes.return(undefined);
		throw thrown instanceof TooLarge ? tooLarge(download) : thrown;
	}
}

/** The file's bytes from its first answer on, resumed as often as the run allows. */
async function* wholeFile(
	context: IExecuteFunctions,
	download: Download,
	first: Opened,
	total: number,
	deadline: number,
): AsyncGenerator<Buffer> {
	let received = 0;
	let opened = first;
	for (let attempt = 1; ; attempt++) {
		try {
			let skip = received - startOf(opened);
			if (skip < 0) throw new SegmindFailure('the server resumed at the wrong place');
			for await (const chunk of unlessSilent(opened.stream, MAX_SILENCE_MS)) {
				const fresh = chunk.subarray(Math.min(skip, chunk.length));
				skip -= chunk.length - fresh.length;
				received += fresh.length;
				if (fresh.length) yield fresh;
			}
			if (received >= total) return;
			throw new SegmindFailure(`only ${received} of ${total} bytes came`);
		} catch (thrown) {
			opened.close();
			stopIfCancelled(download);
			// All of it came; only the end of the connection was untidy.
			if (total > 0 && received >= total) return;
			if (attempt > download.maxRetries || now() > deadline)
				throw download.failure(reasonOf(thrown));
			await sleepUntil(now() + backoffMs(attempt, undefined, Math.random), download.cancel);
			opened = await openWithRetries(context, download, received, deadline, first.headers.etag);
			if (!isSameFile(first, opened)) {
				opened.close();
				throw download.failure('it was replaced by another file while it came in');
			}
		}
	}
}

async function openWithRetries(
	context: IExecuteFunctions,
	download: Download,
	from: number,
	deadline: number,
	etag?: string,
): Promise<Opened> {
	for (let attempt = 1; ; attempt++) {
		stopIfCancelled(download);
		let reason: string;
		let waitMs: number | undefined;
		let repeatable: boolean;
		try {
			const opened = await open(context, download, from, deadline, etag);
			const lacking = lackingBytes(download, opened);
			if (!lacking && (opened.status === 200 || opened.status === 206)) return opened;
			opened.close();
			reason = lacking
				? `its server has ${lacking} bytes less than Segmind says it has`
				: `its server answered ${opened.status}`;
			waitMs = serverWaitMs(opened.headers, now());
			repeatable =
				lacking > 0 || mayRepeat('read', { status: opened.status, apiError: false }, attempt);
		} catch (thrown) {
			stopIfCancelled(download);
			reason = reasonOf(thrown);
			repeatable = mayRepeat('read', { network: networkFailure(thrown).kind }, attempt);
		}
		if (!repeatable || attempt > download.maxRetries || now() > deadline)
			throw download.failure(reason);
		await sleepUntil(now() + backoffMs(attempt, waitMs, Math.random), download.cancel);
	}
}

async function open(
	context: IExecuteFunctions,
	{ url, cancel }: Download,
	from: number,
	deadline: number,
	etag?: string,
): Promise<Opened> {
	const over = new AbortController();
	const close = () => over.abort();
	cancel?.addEventListener('abort', close, { once: true });
	const response = (await context.helpers.httpRequest({
		method: 'GET',
		url,
		headers: {
			// The length of the file itself is what can be checked and resumed, not that of a packed copy.
			'accept-encoding': 'identity',
			...(from > 0 ? { range: `bytes=${from}-`, ...(etag ? { 'if-range': etag } : {}) } : {}),
		},
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: socketMs(MAX_SILENCE_MS),
		abortSignal: over.signal,
	})) as { statusCode: number; headers: IDataObject; body: Stream };
	const timeUp = AbortSignal.timeout(socketMs(deadline - now()));
	// Closed while nobody reads it, it would fail unheard, which ends n8n's process.
	response.body.on('error', () => {});
	response.body.once('close', () => cancel?.removeEventListener('abort', close));
	destroyOnAbort(response.body, timeUp, ...(cancel ? [cancel] : []));
	return {
		stream: response.body,
		close,
		status: response.statusCode,
		headers: response.headers as Record<string, string>,
	};
}

/** The size of the whole file by an answer's headers; undefined when they do not say. */
function expectedBytes({ status, headers }: Opened): number | undefined {
	if (headers['content-encoding'] && headers['content-encoding'] !== 'identity') return undefined;
	const size =
		status === 206
			? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
			: headers['content-length'];
	return size === undefined ? undefined : Number(size);
}

/** How many bytes an answer announces less than the API said that the file has. */
function lackingBytes({ fileSize }: Download, opened: Opened): number {
	const size = opened.status === 200 ? expectedBytes(opened) : undefined;
	return Math.max(0, (fileSize ?? 0) - (size ?? Infinity));
}

/** Whether a later answer goes on with the file that the first one began. */
function isSameFile(first: Opened, later: Opened): boolean {
	const differ = <T>(one: T | undefined, other: T | undefined) =>
		one !== undefined && other !== undefined && one !== other;
	return (
		!differ(first.headers.etag, later.headers.etag) &&
		!differ(expectedBytes(first), expectedBytes(later))
	);
}

function isWebPage(firstBytes: Buffer, contentType?: string): boolean {
	const start = firstBytes.toString('latin1');
	return (
		/^\s*<(!doctype html|html)/i.test(start) ||
		(/^\s*</.test(start) && /^text\/html\b/i.test(contentType ?? ''))
	);
}

/** Why a file's server gave nothing, as half a sentence. */
function reasonOf(thrown: unknown): string {
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

/** At which byte of the file an answer begins: a server that ignores the range sends all of it again. */
function startOf({ status, headers }: Opened): number {
	if (status !== 206) return 0;
	return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? Infinity);
}

function stopIfCancelled({ cancel, url }: Download): void {
	if (cancel?.aborted) {
		throw new SegmindFailure(`The run was stopped while ${url} was downloaded`, { stopped: true });
	}
}

function tooLarge({ failure, maxBytes }: Download): SegmindFailure {
	return failure(`it is larger than the allowed ${Number((maxBytes / 1024 / 1024).toFixed(3))} MB`);
}
