/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { DataUrlScanner } from './dataUrlScanner';
import type { Origin, RecordedRequest } from './types';

const MB = 1024 * 1024;
const MAX_BODY_BYTES = 512 * MB;
const MAX_RECORDED_BYTES = MB;
const MAX_KEPT_UPLOAD_BYTES = 8 * MB;

export interface ReceivedBody {
	/** Undefined for an upload of more than 8 MB, which only `scanner` saw. */
	bytes: Buffer | undefined;
	/** Only on the storage origin. */
	scanner: DataUrlScanner | undefined;
	tooLarge: boolean;
}

/** Reads a request's body to its end (or to 512 MB) and notes its size, digest and JSON in the record. */
export async function receiveBody(
	request: IncomingMessage,
	origin: Origin,
	record: RecordedRequest,
): Promise<ReceivedBody> {
	const scanner = origin === 'storage' ? new DataUrlScanner(MAX_KEPT_UPLOAD_BYTES) : undefined;
	const maxKept = scanner ? MAX_KEPT_UPLOAD_BYTES : MAX_BODY_BYTES;
	const hash = createHash('sha256');
	let chunks: Buffer[] | undefined = [];
	let tooLarge = Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES;
	if (!tooLarge) {
		// Stopping early must not close the connection: the refusal still has to be sent.
		for await (const chunk of request.iterator({
			destroyOnReturn: false,
		}) as AsyncIterable<Buffer>) {
			hash.update(chunk);
			scanner?.write(chunk);
			record.bodyBytes += chunk.length;
			if (record.bodyBytes > maxKept) chunks = undefined;
			chunks?.push(chunk);
			tooLarge = record.bodyBytes > MAX_BODY_BYTES;
			if (tooLarge) break;
		}
	}
	record.bodySha256 = hash.digest('hex');
	const bytes = chunks && Buffer.concat(chunks);
	if (bytes && bytes.length > 0 && bytes.length <= MAX_RECORDED_BYTES) record.body = parsed(bytes);
	return { bytes, scanner, tooLarge };
}

/** The JSON value of some bytes, or undefined. */
export function parsed(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
