import type { IExecuteFunctions } from 'n8n-workflow';

import type { StoredFile } from '../api/result';
import { readableFrom, TooLarge, type Stream } from '../api/stream';
import type { FileType } from './fileType';

/** Writes bytes to n8n's binary store, streaming if n8n keeps binaries outside memory. */
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
		: readableFrom(content.streamType, counted(content.chunks));
	const binary = await context.helpers.prepareBinaryData(source, fileName, type.mimeType);
	return { binary, contentType: type.mimeType, fileName, fileSize };
}
