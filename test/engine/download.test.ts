/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Answer, Fault } from '../simulator/simulator';
import { binaryModes, startStage, type Stage } from './stage';
import type { NodeOptions } from './engine';
import { impatiently } from './impatiently';
import { fileOf, sha256, type Kind } from './sampleFiles';

const id = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';

/** What Segmind answers about a finished file. */
type Said = { url: string } & IDataObject;

/** Collects a finished job with the given files. */
async function collect(
	{ sim, run }: Stage,
	images: Said[],
	options: INodeParameters = {},
	nodeOptions: NodeOptions = {},
) {
	const metrics = { cost: 0.04, inference_time: 3 };
	const status = { status: 'COMPLETED', request_id: id, metrics };
	sim.script({ path: `/v2/requests/${id}/status`, answer: { body: status } });
	sim.script({ path: `/v2/requests/${id}`, answer: { body: { ...status, images } } });
	return await run('segmindCheckStatus', { requestId: id, options }, nodeOptions);
}

/** The Range headers that the file server received. */
function ranges({ sim }: Stage): Array<string | undefined> {
	return sim.requests.flatMap(({ origin, headers }) => (origin === 'files' ? [headers.range] : []));
}

describe.each(binaryModes)('downloads with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	const film = fileOf('mp4', 2_000_003);
	const publish = (bytes = film, name = 'film.mp4', type = 'video/mp4') =>
		stage.sim.publish(bytes, name, type);

	/** The digest of the run's only file; every item must have its file. */
	async function digests(run: Awaited<ReturnType<typeof collect>>): Promise<string[]> {
		const files = run.items().map(({ binary }) => binary?.data);
		return await Promise.all(files.map(async (file) => sha256(await stage.engine.binary(file!))));
	}

	it('are complete, with the right metadata', async () => {
		const run = await collect(stage, [{ url: publish(), file_size: '2000003' }]);

		expect(run.error).toBeUndefined();
		expect(await digests(run)).toEqual([sha256(film)]);
		expect(run.items()[0]?.json).toMatchObject({
			content_type: 'video/mp4',
			file_size: 2_000_003,
			file_name: expect.stringMatching(/\.mp4$/),
			cost: 0.04,
		});
		expect(ranges(stage)).toEqual([undefined]);
	});

	it('follow redirects without the key', async () => {
		const there = publish();
		const here = publish(Buffer.from('moved'));
		const path = new URL(here).pathname;
		stage.sim.script({ path, answer: { fault: 'redirect', location: there } });
		const run = await collect(stage, [{ url: here }]);

		expect(await digests(run)).toEqual([sha256(film)]);
		const asked = stage.sim.requests.filter(({ origin }) => origin === 'files');
		expect(asked).toHaveLength(2);
		expect(JSON.stringify(asked)).not.toContain(stage.sim.apiKey);
	});

	it.each<Fault>(['resetMidAnswer', 'truncate', 'hangInBody'])(
		'resume where they broke with %s',
		async (fault) => {
			const url = publish();
			stage.sim.script({ origin: 'files', times: 2, answer: { fault } });
			const run = await impatiently(stage.engine, async () => {
				return await collect(stage, [{ url, file_size: film.length }]);
			});

			expect(run.error).toBeUndefined();
			expect(await digests(run)).toEqual([sha256(film)]);
			const [first, second, third] = ranges(stage);
			expect(first).toBeUndefined();
			const [from, further] = [second, third].map((range) =>
				Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')?.[1]),
			);
			// A reset also discards what had arrived but was not read yet, which may be any amount.
			expect(from).toBeGreaterThanOrEqual(fault === 'resetMidAnswer' ? 0 : 500_000);
			expect(further).toBeGreaterThanOrEqual(from!);
			const { headers } = stage.sim.requests.at(-1)!;
			expect(headers['if-range']).toMatch(/^"[0-9a-f]+-2000003"$/);
		},
	);

	it.each<Fault>(['reset', 'resetAfterBody', 'slowBody', 'emptyBody', 'wrongContentType'])(
		'are complete despite %s',
		async (fault) => {
			const url = publish();
			stage.sim.script({ origin: 'files', answer: { fault } });
			const run = await collect(stage, [{ url, file_size: film.length }]);

			expect(run.error).toBeUndefined();
			expect(await digests(run)).toEqual([sha256(film)]);
			expect(run.items()[0]?.json.content_type).toBe('video/mp4');
		},
	);

	it('are complete when the server ignores the range', async () => {
		const url = publish();
		const whole = ({ headers }: Answer): Answer => ({ status: 200, headers, body: film });
		stage.sim.script({ origin: 'files', answer: { fault: 'resetMidAnswer' } });
		stage.sim.script({ origin: 'files', answer: { transform: whole } });
		const run = await collect(stage, [{ url }]);

		expect(await digests(run)).toEqual([sha256(film)]);
		expect(ranges(stage)).toHaveLength(2);
	});

	const other = fileOf('mp4', film.length, 2);
	it.each<[string, (normal: Answer) => Answer]>([
		[
			'another file',
			({ headers }) => ({ status: 200, headers: { ...headers, etag: '"new"' }, body: other }),
		],
		[
			'a part of another file',
			(normal) => ({ ...normal, headers: { ...normal.headers, etag: '"new"' } }),
		],
		['a larger file', () => ({ status: 200, headers: {}, body: Buffer.concat([other, other]) })],
		[
			'the wrong part',
			(normal) => ({
				...normal,
				headers: { ...normal.headers, 'content-range': 'bytes 1999999-2000002/2000003' },
			}),
		],
	])('are never assembled from two files: resumed with %s', async (_name, transform) => {
		const url = publish();
		stage.sim.script({ origin: 'files', answer: { fault: 'resetMidAnswer' } });
		stage.sim.script({ origin: 'files', times: 99, answer: { transform } });
		const run = await collect(stage, [{ url }]);

		expect(run.error?.message).toMatch(/replaced|wrong place/);
		expect(run.items()).toEqual([]);
	});

	it.each<[Fault, number]>([
		['reset', 3],
		['resetMidAnswer', 3],
		['truncate', 3],
		['emptyBody', 3],
		['hangInBody', 3],
	])('are an error, not a short file, when every try ends in %s', async (fault, tries) => {
		const url = publish();
		stage.sim.script({ origin: 'files', times: 99, answer: { fault } });
		const said = { url, file_size: film.length };
		const options = { maxRetries: tries - 1 };
		const run = await impatiently(stage.engine, async () => {
			return await collect(stage, [said], options, { executionId: fault });
		});

		expect(run.error?.message).toMatch(/could not be downloaded/);
		expect(run.items()).toEqual([]);
		expect(await stage.engine.storedFiles(fault)).toEqual([]);
		expect(ranges(stage)).toHaveLength(tries);
	});

	it('end when the run is stopped, without further requests', async () => {
		const url = publish();
		stage.sim.script({ origin: 'files', times: 99, answer: { fault: 'hangInBody' } });
		const cancel = new AbortController();
		const running = collect(stage, [{ url }], { maxRetries: 10 }, { cancel: cancel.signal });
		while (!ranges(stage).length) await new Promise((resolve) => setImmediate(resolve));
		cancel.abort();
		const run = await running;

		expect(run.status).toBe('canceled');
		expect(run.error?.message).toMatch(/stopped/);
		expect(ranges(stage)).toHaveLength(1);
		expect(run.items()).toEqual([]);
	});

	// Segmind's claim, the server's, the URL's; the bytes come first, useless claims are skipped.
	it.each<[Kind, string | null, string, string, string, string]>([
		['png', 'image/jpeg', 'image/jpeg', 'a.jpg', 'image/png', 'png'],
		['jpg', null, 'application/octet-stream', 'a', 'image/jpeg', 'jpg'],
		['webp', null, 'text/plain', 'a.png', 'image/webp', 'webp'],
		['mp3', 'audio/wav', 'audio/wav', 'a.wav', 'audio/mpeg', 'mp3'],
		['glb', null, 'text/plain', 'model', 'model/gltf-binary', 'glb'],
		['none', 'model/obj', 'application/octet-stream', 'a.bin', 'model/obj', 'obj'],
		['none', null, 'image/avif', 'a.png', 'image/avif', 'avif'],
		['none', null, 'text/plain', 'a.obj', 'model/obj', 'obj'],
		['none', null, 'binary/octet-stream', 'a.obj', 'model/obj', 'obj'],
		['none', null, 'text/plain', 'a', 'text/plain', 'txt'],
		['none', null, 'x/y', 'a.xyz', 'application/octet-stream', 'bin'],
	])(
		'of %s bytes, announced as %s, %s and %s, are %s',
		async (kind, said, header, name, type, end) => {
			const url = publish(fileOf(kind), name, header);
			const run = await collect(stage, [{ url, content_type: said }]);

			expect(run.error).toBeUndefined();
			expect(run.items()[0]).toMatchObject({
				json: { content_type: type, file_name: expect.stringMatching(new RegExp(`\\.${end}$`)) },
				binary: { data: { mimeType: type } },
			});
		},
	);

	it.each([
		['as large as allowed', 1024 * 1024, undefined],
		['larger', 1024 * 1024 + 1, /larger than the allowed 1 MB/],
	])('are stored up to Max File Size: %s', async (_name, size, message) => {
		const run = await collect(stage, [{ url: publish(fileOf('png', size)) }], { maxFileSize: 1 });

		if (message) expect(run.error?.message).toMatch(message);
		else expect(run.items()).toHaveLength(1);
	});

	it.each<[string, { fault: Fault }]>([
		['that never ends and tells no length', { fault: 'endlessBody' }],
		['that is small until it is unpacked', { fault: 'gzipBomb' }],
	])('stop at Max File Size with a file %s', async (_name, answer) => {
		stage.sim.script({ origin: 'files', times: 99, answer });
		const run = await collect(stage, [{ url: publish() }], { maxFileSize: 2.5 });

		expect(run.error?.message).toMatch(/larger than the allowed 2\.5 MB/);
		expect(run.items()).toEqual([]);
	});
});

describe('a finished file that is unavailable', () => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage()));
	beforeEach(() => stage.sim.reset());
	afterAll(async () => await stage.close());

	const page = '<!DOCTYPE html>\n<html><title>Sign in</title></html>';

	it.each<[string, { status?: number; body?: string; headers?: Record<string, string> }, RegExp]>([
		['403', { status: 403, body: 'Forbidden' }, /403/],
		['404', { status: 404, body: '<Error/>' }, /404/],
		['410', { status: 410, body: 'Gone' }, /410/],
		['a web page', { body: page }, /web page/],
		[
			'a web page called a picture',
			{ body: page, headers: { 'content-type': 'image/png' } },
			/page/,
		],
		['an empty file', { body: '' }, /empty/],
	])('(%s) is named with its job, and said to be paid', async (_name, answer, message) => {
		const url = stage.sim.publish(fileOf('png'), 'a.png', 'image/png');
		stage.sim.script({ origin: 'files', times: 99, answer });
		const run = await collect(stage, [{ url }]);

		expect(run.error?.message).toMatch(message);
		for (const told of [url, id, 'billed', 'seven days']) {
			expect(run.error).toMatchObject({ description: expect.stringContaining(told) });
		}
		expect(run.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(run.items()).toEqual([]);
	});

	it('keeps its facts in the item when the node continues', async () => {
		const url = `${stage.sim.filesUrl}/nowhere.png`;
		const run = await collect(
			stage,
			[{ url }],
			{},
			{ nodeOptions: { onError: 'continueRegularOutput' } },
		);

		expect(run.items()).toMatchObject([
			{
				json: {
					status: 'PROCESSING',
					failure_reason: expect.stringContaining('404'),
					billed: 'yes',
					advice: expect.stringContaining(url),
					request_id: id,
				},
			},
		]);
		expect(run.items()[0]).not.toHaveProperty('binary');
	});

	it.each(['http://127.0.0.1:9/a.png', 'http://no-such-host.invalid/a.png'])(
		'is explained when %s does not answer',
		async (url) => {
			const run = await collect(stage, [{ url }], { maxRetries: 0 });

			expect(run.error?.message).toMatch(/could not be reached/);
		},
	);

	it('survives transient faults of its server', async () => {
		const url = stage.sim.publish(fileOf('png'), 'a.png', 'image/png');
		for (const status of [500, 503, 429]) {
			stage.sim.script({ origin: 'files', answer: { status, body: 'busy' } });
		}
		const run = await collect(stage, [{ url }]);

		expect(run.error).toBeUndefined();
		expect(run.items()[0]?.json.file_size).toBe(1000);
	});

	it('reports all of several files or none', async () => {
		const good = stage.sim.publish(fileOf('png'), 'a.png', 'image/png');
		const run = await collect(stage, [{ url: good }, { url: `${stage.sim.filesUrl}/gone.png` }]);

		expect(run.error?.message).toMatch(/404/);
		expect(run.error).toMatchObject({ description: expect.stringContaining(good) });
		expect(run.items()).toEqual([]);
	});

	it.each([
		[404, 'deletes files after seven days'],
		[403, 'keeps it for seven days'],
	])('(%i) is not said to be kept if it is gone', async (status, told) => {
		const url = stage.sim.publish(fileOf('png'), 'a.png', 'image/png');
		stage.sim.script({ origin: 'files', times: 99, answer: { status, body: 'no' } });
		const run = await collect(stage, [{ url }]);
		expect(run.error).toMatchObject({ description: expect.stringContaining(told) });
	});
});
