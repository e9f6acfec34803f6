/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { Readable } from 'node:stream';
import { clock, now, sleepUntil } from '../../nodes/clock';
import {
	destroyOnAbort,
	readableFrom,
	readAll,
	startReading,
	TooLarge,
	failIfSilent,
	type Stream,
} from '../../nodes/api/stream';

const streamOf = (...chunks: Buffer[]): Stream => Readable.from(chunks, { objectMode: false });
const bytes = (count: number, fill: number) => Buffer.alloc(count, fill);

describe('startReading', () => {
	it.each<[what: string, sizes: number[], first: number]>([
		['nothing', [], 0],
		['one byte', [1], 1],
		['many small chunks, joined until a type can be told', [200, 200, 200, 200], 600],
		['one large chunk', [100_000], 100_000],
		['a large file', [60_000, 60_000], 60_000],
	])('%s', async (_what, sizes, first) => {
		const chunks = sizes.map((size, index) => bytes(size, index));
		const reading = await startReading(streamOf(...chunks));
		expect(reading.firstBytes).toHaveLength(first);
		expect(await readAll(reading.chunks, Infinity)).toEqual(Buffer.concat(chunks));
	});

	it('passes on a connection error', async () => {
		async function* broken() {
			yield bytes(600, 1);
			throw new Error('ECONNRESET');
		}
		const { chunks } = await startReading(Readable.from(broken(), { objectMode: false }));
		await expect(readAll(chunks, Infinity)).rejects.toThrow('ECONNRESET');
	});
});

describe('readAll', () => {
	it('accepts exactly the limit, and not a byte more', async () => {
		expect(await readAll(streamOf(bytes(5, 1), bytes(5, 2)), 10)).toHaveLength(10);
		await expect(readAll(streamOf(bytes(5, 1), bytes(6, 2)), 10)).rejects.toThrow(TooLarge);
	});

	it('stops reading an endless stream', async () => {
		let given = 0;
		async function* endless() {
			for (;;) yield bytes(1_000, given++);
		}
		await expect(readAll(endless(), 10_000)).rejects.toThrow(TooLarge);
		expect(given).toBe(11);
	});
});

it('readableFrom creates a byte stream of another stream’s class', async () => {
	const stream = readableFrom(streamOf(), streamOf(bytes(3, 1), bytes(3, 2)));
	expect(stream).toBeInstanceOf(Readable);
	expect(stream.readableObjectMode).toBe(false);
	expect(await readAll(stream as AsyncIterable<Buffer>, Infinity)).toHaveLength(6);
});

describe('failIfSilent', () => {
	const SILENCE_MS = 30_000;
	const { minTimeoutMs } = clock;

	beforeAll(() => Object.assign(clock, { speed: 1_000, minTimeoutMs: 1 }));
	afterAll(() => Object.assign(clock, { speed: 1, minTimeoutMs }));

	it('passes on every chunk', async () => {
		const chunks = failIfSilent(streamOf(bytes(3, 1), bytes(3, 2)), SILENCE_MS);
		expect(await readAll(chunks, Infinity)).toHaveLength(6);
	});

	it('aborts a silent stream', async () => {
		const silent = new Readable({ read: () => {} });
		silent.push(bytes(3, 1));
		await expect(readAll(failIfSilent(silent, SILENCE_MS), Infinity)).rejects.toMatchObject({
			code: 'ETIMEDOUT',
		});
		expect(silent.destroyed).toBe(true);
	});

	it('does not mistake a slow reader for a silent server', async () => {
		const stream = new Readable({ read: () => {} });
		stream.push(bytes(3, 1));
		let size = 0;
		for await (const chunk of failIfSilent(stream, SILENCE_MS)) {
			size += chunk.length;
			if (size > 3) break;
			await sleepUntil(now() + 2 * SILENCE_MS);
			stream.push(bytes(3, 2));
		}
		expect(size).toBe(6);
	});

	it('times each silence separately', async () => {
		const stream = new Readable({ read: () => {} });
		const chunks = failIfSilent(stream, SILENCE_MS);
		let received = 0;
		for (let turn = 0; turn < 5; turn++) {
			const next = chunks.next();
			await sleepUntil(now() + SILENCE_MS / 3);
			stream.push(bytes(3, turn));
			received += (await next).value?.length ?? 0;
		}
		await chunks.return(undefined);
		expect(received).toBe(15);
	});
});

describe('destroyOnAbort', () => {
	it.each(['before', 'after'])('a signal that fires %s', async (when) => {
		const stream = new Readable({ read: () => {} });
		const abort = new AbortController();
		const reason = new Error('stopped');
		if (when === 'before') abort.abort(reason);
		destroyOnAbort(stream, abort.signal);
		const read = readAll(stream, Infinity);
		if (when === 'after') abort.abort(reason);
		await expect(read).rejects.toBe(reason);
		expect(stream.destroyed).toBe(true);
	});

	it('removes its listener at the end of the stream', async () => {
		const stream = streamOf(bytes(3, 1));
		const abort = new AbortController();
		const removed = jest.spyOn(abort.signal, 'removeEventListener');
		destroyOnAbort(stream, abort.signal);
		await readAll(stream as AsyncIterable<Buffer>, Infinity);
		await new Promise((resolve) => setImmediate(resolve));
		expect(removed).toHaveBeenCalledTimes(1);
	});
});
