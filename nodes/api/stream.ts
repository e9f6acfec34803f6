import type { IExecuteFunctions } from 'n8n-workflow';

import { clock, now, sleepUntil, socketMs } from '../clock';

/** The readable stream that n8n's helpers hand over (importing Node's own type is not allowed in a community node). */
export type Stream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** Thrown when there is more to read than may be read. */
export class TooLarge extends Error {}

/** Enough to recognise every file type by its magic number. */
const FIRST_BYTES = 512;

/** Reads the first bytes of a stream; `chunks` gives all of it, these bytes included. An empty stream has none. */
export async function startReading(
	stream: AsyncIterable<Buffer | string>,
): Promise<{ firstBytes: Buffer; chunks: AsyncGenerator<Buffer> }> {
	const iterator = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	let firstBytes = Buffer.alloc(0);
	while (firstBytes.length < FIRST_BYTES) {
		const next = await iterator.next();
		if (next.done) break;
		firstBytes = Buffer.concat([firstBytes, next.value]);
	}
	const rest = { [Symbol.asyncIterator]: () => iterator };
	async function* all() {
		if (firstBytes.length) yield firstBytes;
		yield* rest;
	}
	return { firstBytes, chunks: all() };
}

/** Reads all chunks, at most `maxBytes` in all; with more it stops reading and throws `TooLarge`. */
export async function readAll(chunks: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
	const read: Buffer[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.length;
		if (size > maxBytes) throw new TooLarge();
		read.push(chunk);
	}
	return Buffer.concat(read);
}

/**
 * A stream of the chunks. Node's own `Readable.from`, reached through another stream because a community node may not
 * import it.
 */
export function readableFrom(streamType: Stream, chunks: AsyncIterable<Buffer>): Stream {
	const { from } = streamType.constructor as unknown as {
		from(chunks: AsyncIterable<Buffer>, options: { objectMode: boolean }): Stream;
	};
	return from(chunks, { objectMode: false });
}

/**
 * Passes a stream's chunks on and breaks it off after too long a silence, which Node's own socket timeout does not
 * notice once the answer has begun.
 */
export async function* unlessSilent(stream: Stream, maxSilenceMs: number): AsyncGenerator<Buffer> {
	const over = new AbortController();
	const maxMs = socketMs(maxSilenceMs) * clock.speed;
	let silentSince = now();
	const watch = async () => {
		while (!over.signal.aborted) {
			await sleepUntil(Math.min(silentSince, now()) + maxMs, over.signal);
			if (!over.signal.aborted && now() >= silentSince + maxMs) {
				breakOff(stream, Object.assign(new Error('silent for too long'), { code: 'ETIMEDOUT' }));
				return;
			}
		}
	};
	void watch();
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			// The reader may be the slow one; only the server's silence counts.
			silentSince = Infinity;
			yield chunk;
			silentSince = now();
		}
	} finally {
		over.abort();
	}
}

/**
 * Breaks the stream off when one of the signals fires, with the signal's reason. Each is listened to on its own: a
 * timeout that only `AbortSignal.any` knows is garbage-collected by Node 20 and never fires.
 */
export function destroyOnAbort(stream: Stream, ...signals: AbortSignal[]): void {
	for (const signal of signals) {
		const destroy = () => breakOff(stream, signal.reason as Error);
		if (signal.aborted) return destroy();
		signal.addEventListener('abort', destroy, { once: true });
		stream.once('close', () => signal.removeEventListener('abort', destroy));
	}
}

/**
 * Makes whoever reads the stream fail at once. To destroy it is not enough: axios wraps an answer into a generator that
 * first waits for the next bytes, however long they take.
 */
function breakOff(stream: Stream, reason: Error): void {
	if (stream.destroyed) return;
	stream.on('error', () => {});
	stream.emit('error', reason);
	stream.destroy(reason);
}
