import type { IExecuteFunctions } from 'n8n-workflow';

import type { StoredFile } from '../api/result';
import { readableFrom, TooLarge, type Stream } from '../api/stream';
import type { FileType } from './fileType';

/** Files up to this size are written in one go, which costs less than a stream, in bytes. */
const MAX_BUFFERED = 64 * 1024;

/** Writes bytes to n8n's binary store, streaming larger files if n8n keeps binaries outside memory. */
export async function storeFile(
	context: IExecuteFunctions,
	content: Buffer | { streamType: Stream; chunks: AsyncIterable<Buffer> },
	type: FileType,
	fileName: string,
	maxBytes = Infinity,
): Promise<StoredFile> {
	let fileSize = 0;
	async function* counted(chunks: AsyncIterable<Buffer>) {
		for await (const chunk of chunks) {
			fileSize += chunk.length;
			if (fileSize > maxBytes) throw new TooLarge();
			yield chunk;
		}
	}
	if (Buffer.isBuffer(content)) fileSize = content.length;
	const source = Buffer.isBuffer(content)
		? content
		: await bufferOrStream(content.streamType, counted(content.chunks));
	const binary = await context.helpers.prepareBinaryData(source, fileName, type.mimeType);
	return { binary, contentType: type.mimeType, fileName, fileSize };
}

/** A small file as its bytes, a larger one as a stream. */
async function bufferOrStream(
	streamType: Stream,
	chunks: AsyncGenerator<Buffer>,
): Promise<Buffer | Stream> {
	const read: Buffer[] = [];
	let size = 0;
	while (size <= MAX_BUFFERED) {
		const next = await chunks.next();
		if (next.done) return Buffer.concat(read);
		read.push(next.value);
		size += next.value.length;
	}
	async function* all() {
		yield* read;
		yield* chunks;
	}
	return readableFrom(streamType, all());
}
