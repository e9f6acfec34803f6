import type { IExecuteFunctions } from 'n8n-workflow';

import { now, sleepUntil } from '../clock';
import { SegmindFailure } from '../api/failure';
import { typeOfHeader } from '../api/mediaType';
import type { StoredFile } from '../api/result';
import { backoffMs } from '../api/retryRules';
import { failIfSilent, startReading, TooLarge } from '../api/stream';
import { determineType, type FileType } from './fileType';
import { whyNotFile } from './notAFile';
import {
	announcedBytes,
	asHalfSentence,
	MAX_SILENCE_MS,
	openFile,
	startOf,
	stopIfCancelled,
	versionOf,
	type FileRequest,
	type OpenedFile,
} from './openFile';
import { storeFile } from './storeFile';

export interface Download extends FileRequest {
	/** What the API says about the file; null if nothing. */
	contentType: string | null;
	fileName: string | null;
	/** Chooses the stored file's name once its type is known. */
	nameOf: (type: FileType) => string;
	/** Files larger than this are not stored, in bytes. */
	maxBytes: number;
}

const MAX_DOWNLOAD_MS = 30 * 60_000;

/**
 * Downloads a public file into n8n's binary store, without the key and following redirects. A broken connection is
 * resumed where it broke, so the stored file is complete or absent. Complete means transferred to its end: sizes
 * reported elsewhere may be wrong. Source: Segmind documentation "Async inference": output URLs are public and live for
 * seven days.
 */
export async function downloadFile(
	context: IExecuteFunctions,
	download: Download,
): Promise<StoredFile> {
	const { url, maxBytes, maxRetries, failure } = download;
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw failure('its URL is not valid');
	}
	const deadline = now() + MAX_DOWNLOAD_MS;
	for (let attempt = 1; ; attempt++) {
		const first = await openFile(context, download, 0, deadline);
		if ((announcedBytes(first) ?? 0) > maxBytes) {
			first.close();
			throw tooLarge(download);
		}
		const bytes = resumableBytes(context, download, first, deadline);
		try {
			const { firstBytes, chunks } = await startReading(bytes);
			const header = first.headers['content-type'];
			const name = download.fileName ?? new URL(url).pathname;
			const { contentType } = download;
			const why = whyNotFile(firstBytes, { header, contentType, name });
			if (why === undefined) {
				const claim = typeOfHeader(contentType) ? contentType : header;
				const type = determineType(firstBytes, claim, name);
				const content = { streamType: first.stream, chunks };
				return await storeFile(context, content, type, download.nameOf(type), maxBytes);
			}
			first.close();
			if (attempt > maxRetries || now() > deadline) throw failure(why);
		} catch (thrown) {
			// Not awaited: the next bytes may never come.
			void bytes.return(undefined);
			throw thrown instanceof TooLarge ? tooLarge(download) : thrown;
		}
		await sleepUntil(now() + backoffMs(attempt, undefined, Math.random), download.cancel);
	}
}

/** Yields the bytes of the whole file, resuming the download as often as the run allows. */
async function* resumableBytes(
	context: IExecuteFunctions,
	download: Download,
	first: OpenedFile,
	deadline: number,
): AsyncGenerator<Buffer> {
	let received = 0;
	let latest = Buffer.alloc(0);
	let current = first;
	let isCompressed = false;
	for (let attempt = 1; ; attempt++) {
		try {
			const skip = received - startOf(current);
			if (skip < 0) throw new SegmindFailure('the server resumed at the wrong place');
			for await (const chunk of skipReceived(
				skip,
				latest,
				failIfSilent(current.stream, MAX_SILENCE_MS),
			)) {
				received += chunk.length;
				latest = chunk;
				yield chunk;
			}
			// An incomplete answer is a connection error; only a partial response can end too early.
			const total = current.status === 206 ? (announcedBytes(current) ?? 0) : 0;
			if (received >= total) return;
			throw new SegmindFailure(`only ${received} of ${total} bytes came`);
		} catch (thrown) {
			current.close();
			stopIfCancelled(download);
			const isExhausted = attempt > download.maxRetries || now() > deadline;
			if (isExhausted || thrown instanceof Replaced) throw download.failure(asHalfSentence(thrown));
			await sleepUntil(now() + backoffMs(attempt, undefined, Math.random), download.cancel);
			// A compressed file turns out larger than announced, or a part of it cannot be decompressed.
			isCompressed ||= received >= (announcedBytes(first) ?? 0);
			isCompressed ||= DECOMPRESSION_ERROR.test(String((thrown as { code?: unknown }).code));
			current = await resume(context, download, isCompressed ? 0 : received, deadline, first);
		}
	}
}

/** Reopens the file at an offset, or from its beginning if the sizes disagree, as for a compressed file. */
async function resume(
	context: IExecuteFunctions,
	download: Download,
	from: number,
	deadline: number,
	first: OpenedFile,
): Promise<OpenedFile> {
	const reopened = await openFile(context, download, from, deadline, first.headers.etag);
	const versions = [versionOf(first), versionOf(reopened)];
	if (!versions.includes(undefined) && versions[0] !== versions[1]) {
		reopened.close();
		throw download.failure(new Replaced().message);
	}
	if (startOf(reopened) === 0 || announcedBytes(reopened) === announcedBytes(first))
		return reopened;
	reopened.close();
	return await openFile(context, download, 0, deadline);
}

/**
 * Yields what follows the first `skip` bytes of a partly downloaded file; throws if the latest known bytes do not
 * match.
 */
async function* skipReceived(
	skip: number,
	latest: Buffer,
	chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	let remaining = skip;
	let repeated = Buffer.alloc(0);
	for await (const chunk of chunks) {
		const overlap = chunk.subarray(0, Math.min(remaining, chunk.length));
		if (overlap.length) {
			repeated = Buffer.concat([
				repeated,
				overlap.subarray(Math.max(0, remaining - latest.length)),
			]);
			remaining -= overlap.length;
			if (remaining === 0 && !latest.subarray(-repeated.length).equals(repeated))
				throw new Replaced();
		}
		if (chunk.length > overlap.length) yield chunk.subarray(overlap.length);
	}
	if (remaining > 0)
		throw new SegmindFailure(`only ${skip - remaining} bytes arrived the second time`);
}

/** Error codes of the decompressors zlib, Brotli and Zstandard. */
const DECOMPRESSION_ERROR = /^(Z_|ERR__|ZSTD_)/;

/** The file has changed since the download began. */
class Replaced extends SegmindFailure {
	constructor() {
		super('it was replaced by another file during the download');
	}
}

function tooLarge({ failure, maxBytes }: Download): SegmindFailure {
	return failure(`it is larger than the allowed ${Number((maxBytes / 1024 / 1024).toFixed(3))} MB`);
}
