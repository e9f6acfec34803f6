/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../simulator/simulator';
import { fileOf, sha256 } from './sampleFiles';
import { startStage, type Stage } from './stage';

const id = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
let stage: Stage;

beforeAll(async () => (stage = await startStage()));
beforeEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

/** A video that compresses to about half its size. */
const film = Buffer.concat([fileOf('mp4', 300_000), Buffer.alloc(300_000, 'abcd')]);

/** Collects a finished job with one file. */
async function collect(file: { url: string } & IDataObject, options: INodeParameters = {}) {
	const status = { status: 'COMPLETED', request_id: id, metrics: { cost: 0.04 } };
	stage.sim.script({ path: `/v2/requests/${id}/status`, answer: { body: status } });
	stage.sim.script({ path: `/v2/requests/${id}`, answer: { body: { ...status, video: file } } });
	return await stage.run('segmindCheckStatus', { requestId: id, options });
}

async function digests(run: Awaited<ReturnType<typeof collect>>): Promise<string[]> {
	const files = run.items().map(({ binary }) => binary?.data);
	return await Promise.all(files.map(async (file) => sha256(await stage.engine.binary(file!))));
}

function ranges(): Array<string | undefined> {
	return stage.sim.requests.flatMap(({ origin, headers }) =>
		origin === 'files' ? [headers.range] : [],
	);
}

describe('a wrong size reported elsewhere does not reject a complete file', () => {
	it.each([
		['more than there is', 600_001],
		['less than there is', 72],
		['more than may be stored', 10 ** 12],
		['nonsense', 'about 3 MB'],
	])('%s', async (_name, size) => {
		const url = stage.sim.publish(film, 'film.mp4', 'video/mp4');
		const run = await collect({ url, file_size: size }, { maxFileSize: 1 });

		expect(run.error).toBeUndefined();
		expect(await digests(run)).toEqual([sha256(film)]);
		expect(run.items()[0]?.json.file_size).toBe(600_000);
		expect(ranges()).toEqual([undefined]);
	});
});

describe('a server that compresses although asked not to', () => {
	// A compressed JPEG gets larger, a compressed bitmap smaller: the announced size proves nothing.
	it.each([
		['smaller', film],
		['larger', fileOf('mp4', 300_000)],
	])('is understood where the packing is %s than the file', async (_name, bytes) => {
		const url = stage.sim.publish(bytes, 'film.mp4', 'video/mp4');
		stage.sim.script({ origin: 'files', answer: { fault: 'compressed' } });
		const run = await collect({ url, file_size: bytes.length });

		expect(run.error).toBeUndefined();
		expect(await digests(run)).toEqual([sha256(bytes)]);
		expect(ranges()).toEqual([undefined]);
	});

	it.each<[string, Fault[]]>([
		['and then sends it as it is', ['cutCompressed']],
		['and breaks off again', ['cutCompressed', 'cutCompressed', 'cutCompressed']],
		['and packs it again', ['cutCompressed', 'compressed', 'compressed']],
	])('and breaks off half-way %s never leaves a part behind', async (_name, faults) => {
		const url = stage.sim.publish(film, 'film.mp4', 'video/mp4');
		for (const fault of faults) stage.sim.script({ origin: 'files', answer: { fault } });
		const run = await collect({ url, file_size: film.length });

		expect(run.error).toBeUndefined();
		expect(await digests(run)).toEqual([sha256(film)]);
	});

	it('and breaks off every time is an error, and stores nothing', async () => {
		const url = stage.sim.publish(film, 'film.mp4', 'video/mp4');
		stage.sim.script({ origin: 'files', times: 99, answer: { fault: 'cutCompressed' } });
		const run = await collect({ url }, { maxRetries: 2 });

		expect(run.error?.message).toMatch(/could not be downloaded/);
		expect(run.items()).toEqual([]);
	});

	it.each([
		['smaller', film],
		['larger', fileOf('mp4', 600_000)],
	])('and goes on with parts of its %s packing is asked for all of it', async (_name, bytes) => {
		const packed = gzipSync(bytes);
		const listener: RequestListener = ({ headers: { range } }, response) => {
			const from = Number(/\d+/.exec(range ?? '0')?.[0]);
			const headers = { 'content-encoding': 'gzip', 'content-length': packed.length - from };
			const part = { 'content-range': `bytes ${from}-${packed.length - 1}/${packed.length}` };
			response.writeHead(from ? 206 : 200, from ? { ...headers, ...part } : headers);
			const isFirst = asked.push(range) === 1;
			if (!isFirst) return response.end(packed.subarray(from));
			return response.write(packed.subarray(0, packed.length / 2), () => {
				response.socket?.end();
			});
		};
		const asked: Array<string | undefined> = [];
		const run = await withServer(listener, async (url) => await collect({ url }));

		expect(run.error).toBeUndefined();
		expect(await digests(run)).toEqual([sha256(bytes)]);
		expect(asked.at(-1)).toBeUndefined();
	});

	it('is never put together from two files, though there is no length to tell them apart', async () => {
		const other = Buffer.concat([fileOf('mp4', 300_000, 2), Buffer.alloc(300_000, 'dcba')]);
		const packed = gzipSync(film);
		let requests: number;
		// A reset instead of the end could lose what a busy client has not read yet.
		const listener: RequestListener = (_request, response) => {
			if (requests++ > 0) return response.end(other);
			const headers = { 'content-encoding': 'gzip', 'content-length': packed.length };
			return response.writeHead(200, headers).write(packed.subarray(0, packed.length / 2), () => {
				response.socket?.end();
			});
		};
		let message: string | undefined;
		// If the connection ends before a busy client has unpacked a byte, the other file is simply the first that arrived.
		for (let tries = 0; message === undefined && tries < 20; tries++) {
			requests = 0;
			const run = await withServer(listener, async (url) => await collect({ url }));
			message = run.error?.message;
			expect(await digests(run)).toEqual(run.error ? [] : [sha256(other)]);
		}
		expect(message).toMatch(/replaced by another file/);
	});
});

describe('what a file server sends instead of the file', () => {
	it.each<[string, string, RegExp]>([
		['an error in JSON', '{"error": "busy"}', /error message/],
		['an error in XML', '<?xml version="1.0"?>\n<Error><Code>Slow</Code></Error>', /error message/],
		['a page', '<!doctype html><html></html>', /web page/],
		['nothing', '', /empty/],
	])('is asked for again, and never stored: %s', async (_name, body, message) => {
		const url = stage.sim.publish(film, 'film.mp4', 'video/mp4');
		stage.sim.script({ origin: 'files', times: 2, answer: { body } });
		const fine = await collect({ url });
		stage.sim.script({ origin: 'files', times: 99, answer: { body } });
		const bad = await collect({ url }, { maxRetries: 1 });

		expect(await digests(fine)).toEqual([sha256(film)]);
		expect(bad.error?.message).toMatch(message);
		expect(bad.items()).toEqual([]);
	});

	it('may be JSON where that is what the file is', async () => {
		const shape = Buffer.from('{"asset": {"version": "2.0"}}');
		const url = stage.sim.publish(shape, 'shape.gltf', 'model/gltf+json');
		const run = await collect({ url });

		expect(run.error).toBeUndefined();
		expect(run.items()[0]?.json).toMatchObject({ content_type: 'model/gltf+json' });
	});
});

async function withServer<T>(listener: RequestListener, work: (url: string) => Promise<T>) {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		return await work(`http://127.0.0.1:${port}/film.mp4`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
