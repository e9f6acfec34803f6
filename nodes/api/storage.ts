import type { Connection } from './connection';
import { expectOk } from './explain';
import { SegmindFailure } from './failure';
import { send } from './request';
import type { RequestContext } from './requestContext';
import { readableFrom, type Stream } from './stream';
import { uploadTimeoutMs } from './timeouts';

/** Maximum upload size. Source: Segmind changelog 2026-05-31, "upload limit 2 GB". */
const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;

/** A file that can be read as often as needed. */
export interface UploadFile {
	/** The item's field it came from, if any. */
	field: string | null;
	fileName: string | null;
	mimeType: string;
	/** Bytes. */
	size: number;
	/** Opens the file for reading once. */
	read: () => Promise<AsyncIterable<Buffer>>;
	/** Any stream from n8n, for its class; undefined if n8n keeps binaries in memory. */
	streamType: Stream | undefined;
}

/** What is uploaded: a file, or a data URI that is sent as is. */
export type Upload = UploadFile | string;

/**
 * POST /upload-asset: stores files at Segmind and returns their public URLs in the same order. The body is generated
 * while it is sent, so a file that n8n keeps on disk is never held in memory. Uploading is free, so it may be retried.
 * Source: Segmind documentation "Segmind Storage"; both published answer formats (`file_urls`, `urls`) are read.
 */
export async function upload(
	connection: Connection,
	uploads: readonly Upload[],
): Promise<string[]> {
	for (const file of uploads) {
		if (typeof file !== 'string' && file.size > MAX_UPLOAD_BYTES) {
			throw new SegmindFailure(
				`The file ${nameOf(file)} is larger than the 2 GB that Segmind accepts`,
				{
					description: 'Nothing was sent',
				},
			);
		}
	}
	const streamType = uploads
		.map((file) => (typeof file === 'string' ? undefined : file.streamType))
		.find(Boolean);
	const request: RequestContext = {
		kind: 'read',
		task: `upload ${uploads.map(nameOf).join(', ')}`,
	};
	const length = bodyLength(uploads);
	const bodies: Array<Stream | string> = [];
	const answer = await expectOk(
		send(connection, {
			kind: 'read',
			method: 'POST',
			url: `${connection.hosts.storageUrl}/upload-asset`,
			headers: { 'content-length': String(length) },
			body: async () => {
				const body = await makeBody(uploads, streamType);
				bodies.push(body);
				return body;
			},
			timeoutMs: uploadTimeoutMs(length),
		}),
		request,
	).finally(() => {
		// After a broken connection the body is not read to its end, which would leave its file open.
		for (const body of bodies) if (typeof body !== 'string') body.destroy();
	});
	const { file_urls: fileUrls, urls, url } = (answer.json ?? {}) as Record<string, unknown>;
	const storedUrls = [fileUrls ?? urls ?? url]
		.flat()
		.filter((entry): entry is string => typeof entry === 'string' && /^https?:\/\//.test(entry));
	if (storedUrls.length !== uploads.length) {
		throw new SegmindFailure(
			`Segmind returned ${storedUrls.length} URLs for ${uploads.length} files, so it is not certain which were stored: ${uploads.map(nameOf).join(', ')}`,
			{
				httpStatus: answer.status,
				description: `Upload them again one by one.${storedUrls.length ? ` URLs received: ${storedUrls.join(', ')}` : ''}`,
			},
		);
	}
	return storedUrls;
}

/** Encodes a stream of bytes as base64 text without ever holding more than a chunk. */
export async function* asBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
	let rest = Buffer.alloc(0);
	for await (const chunk of chunks) {
		const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
		// Three bytes make four characters; only the very last group may be padded.
		const whole = bytes.length - (bytes.length % 3);
		if (whole) yield bytes.toString('base64', 0, whole);
		rest = bytes.subarray(whole);
	}
	if (rest.length) yield rest.toString('base64');
}

/** An uploaded file's name in messages. */
function nameOf(file: Upload): string {
	if (typeof file === 'string') return 'a data URI';
	return (
		[file.fileName, file.field && `(field "${file.field}")`].filter(Boolean).join(' ') || 'a file'
	);
}

const START = '{"data_urls":[';
const END = ']}';

/** The chunks of the JSON body; neither base64 nor the prefix of a data URI needs escaping in JSON. */
async function* bodyParts(uploads: readonly Upload[]): AsyncGenerator<string> {
	yield START;
	for (const [index, file] of uploads.entries()) {
		if (index > 0) yield ',';
		if (typeof file === 'string') {
			yield JSON.stringify(file);
			continue;
		}
		yield prefixOf(file);
		yield* asBase64(await file.read());
		yield '"';
	}
	yield END;
}

function prefixOf({ mimeType }: UploadFile): string {
	return `"data:${mimeType};base64,`;
}

function bodyLength(uploads: readonly Upload[]): number {
	const lengths = uploads.map((file) =>
		typeof file === 'string'
			? Buffer.byteLength(JSON.stringify(file))
			: prefixOf(file).length + 4 * Math.ceil(file.size / 3) + 1,
	);
	return (
		START.length +
		END.length +
		(uploads.length - 1) +
		lengths.reduce((sum, length) => sum + length, 0)
	);
}

async function makeBody(
	uploads: readonly Upload[],
	streamType: Stream | undefined,
): Promise<Stream | string> {
	if (streamType) return readableFrom(streamType, asBytes(bodyParts(uploads)));
	let body = '';
	for await (const part of bodyParts(uploads)) body += part;
	return body;
}

async function* asBytes(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
	for await (const part of parts) yield Buffer.from(part, 'latin1');
}
