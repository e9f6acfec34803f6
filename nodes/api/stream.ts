import type { IExecuteFunctions } from 'n8n-workflow';

import { clock, now, sleepUntil, socketMs } from '../clock';

/** The readable stream returned by n8n's helpers (a community node may not import Node's own type). */
export type Stream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** Thrown when a stream exceeds the size limit. */
export class TooLarge extends Error {}

/** Enough to recognise any file type by its magic number. */
const FIRST_BYTES = 512;

/** Reads the first bytes of a stream; `chunks` yields the whole stream including these. An empty stream has none. */
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

/** Reads all chunks; beyond `maxBytes` in total it stops reading and throws `TooLarge`. */
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
 * Reads as much of an error answer as arrives: its status says what happened, even if the rest is lost. A proxy's answer
 * to CONNECT never arrives whole: n8n's client passes on only its first packet.
 */
export async function* untilBroken(stream: Stream): AsyncGenerator<Buffer> {
	try {
		yield* stream as AsyncIterable<Buffer>;
	} catch {
		// What has arrived is enough.
	}
}

/**
 * Turns chunks into a stream with Node's `Readable.from`, reached through another stream's class because a community
 * node may not import it.
 */
export function readableFrom(streamType: Stream, chunks: AsyncIterable<Buffer>): Stream {
	const { from } = streamType.constructor as unknown as {
		from(chunks: AsyncIterable<Buffer>, options: { objectMode: boolean }): Stream;
	};
	return from(chunks, { objectMode: false });
}

/**
 * Passes on a stream's chunks, and aborts the stream when the server is silent for too long, which Node's own socket
 * timeout no longer notices once the answer has begun.
 */
export async function* failIfSilent(stream: Stream, maxSilenceMs: number): AsyncGenerator<Buffer> {
	const finished = new AbortController();
	const maxMs = socketMs(maxSilenceMs) * clock.speed;
	let silentSince = now();
	const watch = async () => {
		while (!finished.signal.aborted) {
			await sleepUntil(Math.min(silentSince, now()) + maxMs, finished.signal);
			if (!finished.signal.aborted && now() >= silentSince + maxMs) {
				abort(stream, Object.assign(new Error('silent for too long'), { code: 'ETIMEDOUT' }));
				return;
			}
		}
	};
	void watch();
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			// Only the server's silence counts, not the time of a slow reader.
			silentSince = Infinity;
			yield chunk;
			silentSince = now();
		}
	} finally {
		finished.abort();
	}
}

/**
 * Aborts the stream when one of the signals fires, with the signal's reason. Each signal gets its own listener: a
 * timeout that only `AbortSignal.any` references is garbage-collected by Node 20 and never fires.
 */
export function destroyOnAbort(stream: Stream, ...signals: AbortSignal[]): void {
	for (const signal of signals) {
		const destroy = () => abort(stream, signal.reason as Error);
		if (signal.aborted) return destroy();
		signal.addEventListener('abort', destroy, { once: true });
		stream.once('close', () => signal.removeEventListener('abort', destroy));
	}
}

/**
 * Makes the stream's reader fail at once. Destroying it is not enough: axios wraps an answer in a generator that first
 * waits for the next bytes, however long they take.
 */
function abort(stream: Stream, reason: Error): void {
	if (stream.destroyed) return;
	stream.on('error', () => {});
	stream.emit('error', reason);
	stream.destroy(reason);
}
