/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readlinkSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../simulator/simulator';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';
import { impatiently } from './impatiently';
import { dataUri, fileOf, sha256 } from './sampleFiles';

const photo: GivenFile = {
	bytes: fileOf('jpg', 100_000),
	fileName: 'photo.jpg',
	mimeType: 'image/jpeg',
};
const mask: GivenFile = {
	bytes: fileOf('png', 70_001, 2),
	fileName: 'mask.png',
	mimeType: 'image/png',
};

const hangs: Array<[Fault, boolean]> = [
	['hangInBody', true],
	['hang', false],
];

const goesOn = { onError: 'continueRegularOutput' } as const;

describe.each(binaryModes)('Upload Asset with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	const received = () => stage.sim.uploads.map(({ sha256: digest }) => digest);

	/** The run's items; fails the test if the run failed. */
	async function upload(
		parameters: INodeParameters,
		files: Record<string, GivenFile>,
		options: INodeParameters = {},
	) {
		return await stage.run(
			'segmindUploadAsset',
			{ ...parameters, options },
			{ items: [await stage.item(files)] },
		);
	}

	it('returns a file’s URL, with what is known of the file', async () => {
		const run = await upload({}, { data: photo });

		expect(run.error).toBeUndefined();
		expect(received()).toEqual([sha256(photo.bytes)]);
		const url = stage.sim.uploads[0]?.url;
		expect(run.items()).toEqual([
			{
				json: {
					url,
					urls: [url],
					files: [
						{
							field: 'data',
							url,
							file_name: 'photo.jpg',
							content_type: 'image/jpeg',
							file_size: 100_000,
						},
					],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends the files of an item in one request, in the order of their names', async () => {
		const run = await upload({ binaryFields: 'mask, photo' }, { photo, mask });

		expect(stage.sim.requests).toHaveLength(1);
		expect(received()).toEqual([sha256(mask.bytes), sha256(photo.bytes)]);
		expect(run.items()[0]?.json).toMatchObject({
			url: stage.sim.uploads[0]?.url,
			urls: stage.sim.uploads.map(({ url }) => url),
			files: [{ field: 'mask' }, { field: 'photo' }],
		});
	});

	it('announces exactly the length that it sends', async () => {
		await upload({ binaryFields: 'mask,photo' }, { photo, mask });

		const [request] = stage.sim.requests;
		expect(request?.bodyBytes).toBeGreaterThan(200_000);
		expect(request?.headers['content-length']).toBe(String(request?.bodyBytes));
		expect(request?.headers['transfer-encoding']).toBeUndefined();
	});

	// n8n reads files in chunks of 64 KB, base64 works on groups of three bytes.
	it.each([1, 2, 3, 4, 511, 512, 513, 65_535, 65_536, 65_537, 131_071, 1_000_001])(
		'sends %i bytes unchanged',
		async (size) => {
			const bytes = fileOf('png', size);
			const run = await upload({}, { data: { ...mask, bytes } });

			expect(run.error).toBeUndefined();
			expect(stage.sim.uploads).toMatchObject([{ bytes: size, sha256: sha256(bytes) }]);
		},
	);

	it('processes many items concurrently and keeps their order', async () => {
		const files = Array.from({ length: 12 }, (_, seed) => fileOf('png', 5_000 + seed, seed));
		const items = await Promise.all(
			files.map(async (bytes) => await stage.item({ data: { ...mask, bytes } })),
		);
		stage.sim.script({ origin: 'storage', answer: { delaySeconds: 10, transform: (a) => a } });
		const run = await stage.run('segmindUploadAsset', { options: { concurrency: 4 } }, { items });

		const byUrl = new Map(stage.sim.uploads.map(({ url, sha256: digest }) => [url, digest]));
		expect(run.items().map(({ json }) => byUrl.get(String(json.url)))).toEqual(files.map(sha256));
		expect(run.items().map(({ pairedItem }) => pairedItem)).toEqual(
			files.map((_, item) => ({ item })),
		);
		expect(stage.sim.maxInFlight).toBeLessThanOrEqual(4);
	});

	it('trusts the bytes over a wrong name and type', async () => {
		const liar = { ...mask, fileName: 'photo.jpg', mimeType: 'image/jpeg' };
		const run = await upload({}, { data: liar });

		expect(stage.sim.uploads[0]).toMatchObject({ contentType: 'image/png' });
		expect(run.items()[0]?.json).toMatchObject({ files: [{ content_type: 'image/png' }] });
	});

	it('keeps n8n’s type where the bytes are inconclusive', async () => {
		const film = { bytes: fileOf('none'), fileName: 'old.flv', mimeType: 'video/x-flv' };
		await upload({}, { data: film });

		expect(stage.sim.uploads[0]).toMatchObject({ contentType: 'video/x-flv' });
	});

	it('fetches a URL without the key, follows its redirect, and stores it', async () => {
		const there = stage.sim.publish(photo.bytes, 'portrait.jpg', 'image/jpeg');
		const moved = stage.sim.publish(Buffer.from('moved'), 'old.jpg', 'image/jpeg');
		stage.sim.script({
			origin: 'files',
			path: new URL(moved).pathname,
			answer: { fault: 'redirect', location: there },
		});
		const run = await upload({ source: 'url', urls: moved }, {});

		expect(run.error).toBeUndefined();
		expect(received()).toEqual([sha256(photo.bytes)]);
		expect(run.items()[0]?.json).toMatchObject({
			files: [{ field: null, content_type: 'image/jpeg', file_size: 100_000 }],
		});
		const fetched = stage.sim.requests.filter(({ origin }) => origin === 'files');
		expect(fetched).toHaveLength(2);
		expect(JSON.stringify(fetched.map(({ headers }) => headers))).not.toContain(stage.sim.apiKey);
	});

	it('fetches a URL again that breaks half-way', async () => {
		const url = stage.sim.publish(photo.bytes, 'portrait.jpg', 'image/jpeg');
		stage.sim.script({ origin: 'files', answer: { fault: 'resetMidAnswer' } });
		await upload({ source: 'url', urls: url }, {});

		expect(received()).toEqual([sha256(photo.bytes)]);
	});

	it.each([
		['lines', (urls: string[]) => urls.join('\n')],
		['commas', (urls: string[]) => urls.join(', ')],
		['a list', (urls: string[]) => `={{ ${JSON.stringify(urls)} }}`],
	])('takes several URLs as %s', async (_name, written) => {
		const urls = [photo, mask].map(({ bytes, fileName, mimeType }) =>
			stage.sim.publish(bytes, fileName, mimeType),
		);
		await upload({ source: 'url', urls: written(urls) }, {});

		expect(received()).toEqual([sha256(photo.bytes), sha256(mask.bytes)]);
	});

	it.each([
		['plain', 'data:image/png;base64,'],
		['with a parameter', 'data:image/png;charset=utf-8;base64,'],
		['of another type than it says', 'data:image/jpeg;base64,'],
	])('sends a data URI: %s', async (_name, head) => {
		const uris = [`${head}${mask.bytes.toString('base64')}`, dataUri(photo.bytes, 'image/jpeg')];
		const run = await upload({ source: 'dataUri', dataUris: uris.join('\n') }, {});

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toMatchObject([
			{ sha256: sha256(mask.bytes), contentType: 'image/png' },
			{ sha256: sha256(photo.bytes), contentType: 'image/jpeg' },
		]);
		expect(run.items()[0]?.json).toMatchObject({
			files: [
				{ field: null, file_name: null, content_type: 'image/png', file_size: 70_001 },
				{ field: null, file_name: null, content_type: 'image/jpeg', file_size: 100_000 },
			],
		});
		const [request] = stage.sim.requests;
		expect(request?.headers['content-length']).toBe(String(request?.bodyBytes));
	});

	// Segmind documentation "Segmind Storage", two page generations, and what public clients guard against.
	it.each([
		['file_urls', ['https://images.segmind.com/assets/1.jpg', 'https://images.segmind.com/2.jpg']],
		['urls', ['https://storage.segmind.com/assets/1.jpg', 'https://storage.segmind.com/2.jpg']],
	])('reads an answer with %s', async (key, urls) => {
		stage.sim.script({ origin: 'storage', answer: { body: { [key]: urls } } });
		const run = await upload({ binaryFields: 'photo,mask' }, { photo, mask });

		expect(run.items()[0]?.json).toMatchObject({
			url: urls[0],
			urls,
			files: [
				{ field: 'photo', url: urls[0] },
				{ field: 'mask', url: urls[1] },
			],
		});
	});

	it('reads an answer with one url', async () => {
		const url = 'https://storage.segmind.com/assets/1.jpg';
		stage.sim.script({ origin: 'storage', answer: { body: { url } } });

		expect((await upload({}, { data: photo })).items()[0]?.json).toMatchObject({ urls: [url] });
	});

	// It is unknown what the server did with the first request; storing a file twice costs nothing.
	it.each<[Fault, boolean]>([
		['reset', false],
		['resetAfterBody', false],
		['resetAfterBody', true],
		['resetMidAnswer', true],
		['truncate', true],
		// A hang takes two real seconds to detect: one case is enough.
		...(mode === 'memory' ? [] : hangs),
	])('survives the fault %s (work done: %s)', async (fault, afterProcessing) => {
		// Small enough to arrive before a hang would be detected, even on a busy machine.
		const bytes = fileOf('mp4', 300_000);
		const answer = { fault, afterProcessing };
		stage.sim.script({ origin: 'storage', answer });
		const film = { bytes, fileName: 'film.mp4', mimeType: 'video/mp4' };
		const run = await impatiently(stage.engine, async () => await upload({}, { data: film }));

		expect(run.error).toBeUndefined();
		expect(stage.sim.requests).toHaveLength(2);
		const { url } = run.items()[0]?.json ?? {};
		expect(stage.sim.uploads.at(-1)).toMatchObject({ url, sha256: sha256(bytes) });
	});

	it.each<Fault>(['reset', 'resetAfterBody', 'truncate'])(
		'reports no file as stored when every try ends in %s',
		async (fault) => {
			stage.sim.script({ origin: 'storage', times: 99, answer: { fault } });
			const run = await upload({}, { data: photo }, { maxRetries: 1 });

			expect(run.error?.message).toMatch(/photo\.jpg/);
			expect(run.items()).toEqual([]);
			expect(stage.sim.requests).toHaveLength(2);
		},
	);

	it('leaves no file open after uploads that broke', async () => {
		const open = () =>
			readdirSync('/proc/self/fd').filter((fd) => {
				try {
					return readlinkSync(`/proc/self/fd/${fd}`).includes('binary_data');
				} catch {
					return false;
				}
			});
		stage.sim.script({ origin: 'storage', times: 99, answer: { fault: 'reset' } });
		const bytes = fileOf('mp4', 3_000_000);
		await upload({}, { data: { ...photo, bytes } }, { maxRetries: 3 });
		for (let turn = 0; turn < 100 && open().length; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
		}

		expect(open()).toEqual([]);
	});
});

it('reports a whole-run option that differs between items', async () => {
	const stage = await startStage();
	const items = [await stage.item({ data: photo }), await stage.item({ data: photo })];
	const options = { maxRetries: '={{ $itemIndex }}' };
	const run = await stage.run('segmindUploadAsset', { options }, { items });
	await stage.close();

	expect(run.hints().map(({ message }) => message)).toEqual([
		"Max Retries applies to the whole run: the first item's value, 0, was used, although other items have a different one",
	]);
});

describe('Upload Asset refuses', () => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage()));
	beforeEach(() => stage.sim.reset());
	afterAll(async () => await stage.close());

	const { bytes } = photo;
	const png = dataUri(mask.bytes, 'image/png');

	it.each<[string, INodeParameters, RegExp, RegExp]>([
		['a field that is not there', { binaryFields: 'photo' }, /"photo"/, /data, mask/],
		['a misspelt field of several', { binaryFields: 'data, maks' }, /"maks"/, /data, mask/],
		['a name of JavaScript’s own', { binaryFields: 'constructor' }, /"constructor"/, /data, mask/],
		['a list of nothing', { binaryFields: ' , ' }, /Input Data Field Name/, /Nothing was sent/],
		['no URL', { source: 'url', urls: '={{ [] }}' }, /URLs/, /Nothing was sent/],
		['no data URI', { source: 'dataUri', dataUris: '={{ [] }}' }, /Data URIs/, /Nothing was sent/],
		['a file address', { source: 'url', urls: 'file:///etc/passwd' }, /URLs.*file:/, /Nothing/],
		['an FTP address', { source: 'url', urls: 'ftp://x.org/a.png' }, /URLs.*ftp:/, /Nothing/],
		['a word as URL', { source: 'url', urls: 'photo.jpg' }, /URLs.*photo\.jpg/, /Nothing/],
		['a URL without host', { source: 'url', urls: 'http://' }, /URLs/, /Nothing/],
		['a number as URL', { source: 'url', urls: '={{ 5 }}' }, /URLs.*5/, /Nothing/],
		['a word as data URI', { source: 'dataUri', dataUris: 'hello' }, /Data URIs.*hello/, /Nothing/],
		['plain text data', { source: 'dataUri', dataUris: 'data:,hi' }, /Data URIs/, /Nothing/],
		[
			'an empty data URI',
			{ source: 'dataUri', dataUris: 'data:image/png;base64,' },
			/Data/,
			/Noth/,
		],
		['broken base64', { source: 'dataUri', dataUris: `${png}*` }, /Data URIs/, /Nothing/],
		['cut base64', { source: 'dataUri', dataUris: png.slice(0, -3) }, /Data URIs/, /Nothing/],
		['a bad URI among good', { source: 'dataUri', dataUris: `${png}\nx` }, /Data URIs/, /Noth/],
		['a concurrency of 0', { options: { concurrency: 0 } }, /Concurrency/, /Nothing/],
	])('%s, and sends nothing', async (_name, parameters, message, description) => {
		const items = [await stage.item({ data: photo, mask })];
		const run = await stage.run('segmindUploadAsset', parameters, { items });

		expect(run.error?.message).toMatch(message);
		expect(run.error).toMatchObject({
			description: expect.stringMatching(description),
			context: { itemIndex: 0 },
		});
		expect(run.error?.message.length).toBeLessThan(300);
		expect(run.items()).toEqual([]);
		expect(stage.sim.requests).toEqual([]);
	});

	it('an item without files, by its number, before any other item is sent', async () => {
		const items = [await stage.item({ data: photo }), { json: {} }];
		const run = await stage.run('segmindUploadAsset', {}, { items });

		expect(run.error).toMatchObject({
			message: expect.stringContaining('"data"'),
			description: expect.stringContaining('The item has no files'),
			context: { itemIndex: 1 },
		});
		expect(stage.sim.requests).toEqual([]);
	});

	it('an empty file, by name and field', async () => {
		const items = [await stage.item({ data: { ...photo, bytes: Buffer.alloc(0) } })];
		const run = await stage.run('segmindUploadAsset', {}, { items });

		expect(run.error?.message).toMatch(/photo\.jpg.*"data".*empty/);
		expect(stage.sim.requests).toEqual([]);
	});

	const webPage = { body: '<!DOCTYPE html><title>Sign in</title>', headers: html() };
	const lateWebPage = { body: '<!-- hello -->\n<head><title>Hi</title></head>', headers: html() };

	it.each([
		['a page that is not there', { status: 404, body: 'nothing here' }, /404/],
		['a page that is forbidden', { status: 403, body: 'no' }, /403/],
		['a web page', webPage, /web page/],
		['a web page that begins with a comment', lateWebPage, /web page/],
		['an empty file', { body: '' }, /empty/],
		['a file over the limit', { body: Buffer.concat([bytes, Buffer.alloc(2 ** 20)]) }, /1 MB/],
	])('%s at a URL, naming the URL', async (_name, answer, message) => {
		const url = `${stage.sim.filesUrl}/there.png`;
		stage.sim.script({ origin: 'files', times: 99, answer });
		const run = await stage.run('segmindUploadAsset', {
			source: 'url',
			urls: url,
			options: { maxFileSize: 1 },
		});

		expect(run.error?.message).toMatch(message);
		expect(run.error?.message).toContain(url);
		expect(run.error).toMatchObject({
			description: expect.stringContaining('Nothing was sent'),
			context: { itemIndex: 0 },
		});
		expect(stage.sim.uploads).toEqual([]);
	});

	it('a URL that nobody serves', async () => {
		const urls = 'http://127.0.0.1:9/a.png';
		const run = await stage.run('segmindUploadAsset', {
			source: 'url',
			urls,
			options: { maxRetries: 0 },
		});

		expect(run.error?.message).toMatch(/could not be reached/);
		expect(run.error?.message).toContain(urls);
	});

	it('nothing because of a URL’s name: odd escapes and folders are accepted', async () => {
		const path = '/a/%E0%A4%A..%2F..%2Fpasswd';
		stage.sim.script({ origin: 'files', answer: { body: mask.bytes } });
		const run = await stage.run('segmindUploadAsset', {
			source: 'url',
			urls: `${stage.sim.filesUrl}${path}`,
		});

		expect(run.error).toBeUndefined();
		const [file] = run.items()[0]?.json.files as IDataObject[];
		expect(file?.file_name).toMatch(/^[^/\\]+\.png$/);
	});

	it.each([
		['too large a body', 413, 'Request body too large', /too large/],
		['a full store', 406, 'Storage quota exceeded', /refused/],
		['a bad key', 401, 'Unauthorized', /API key/],
		['a bad body', 400, 'Invalid data URL', /rejected/],
	])('what the server refuses: %s', async (_name, status, error, message) => {
		stage.sim.script({ origin: 'storage', times: 9, answer: { status, body: { error } } });
		const items = [await stage.item({ data: photo }), await stage.item({ data: mask })];
		const run = await stage.run('segmindUploadAsset', {}, { items, nodeOptions: goesOn });

		expect(stage.sim.uploads).toEqual([]);
		expect(run.items()).toMatchObject([
			{ json: { failure_reason: expect.stringMatching(message), http_status: status } },
			{ json: { failure_reason: expect.stringMatching(message), http_status: status } },
		]);
		for (const { json } of run.items()) {
			expect(json).not.toHaveProperty('url');
			expect(json.advice).toContain(error);
		}
	});

	it.each([
		[
			'fewer addresses than files',
			{ file_urls: ['https://images.segmind.com/1.png'] },
			/1 URLs for 2/,
		],
		[
			'an address that is none',
			{ file_urls: ['https://images.segmind.com/1.png', null] },
			/1 URLs/,
		],
		[
			'more addresses than files',
			{ urls: ['https://a/1', 'https://a/2', 'https://a/3'] },
			/3 URLs/,
		],
		['no address', { message: 'Files uploaded successfully' }, /0 URLs/],
	])('an answer with %s, naming the files', async (_name, body, message) => {
		stage.sim.script({ origin: 'storage', times: 9, answer: { body } });
		const items = [await stage.item({ photo, mask })];
		const run = await stage.run(
			'segmindUploadAsset',
			{ binaryFields: 'photo,mask' },
			{ items, nodeOptions: goesOn },
		);

		const { json } = run.items()[0]!;
		expect(json.failure_reason).toMatch(message);
		expect(json.failure_reason).toMatch(/photo\.jpg.*mask\.png/);
		expect(json).not.toHaveProperty('url');
		expect(json).not.toHaveProperty('urls');
	});

	it('an answer that is a web page', async () => {
		stage.sim.script({ origin: 'storage', times: 9, answer: webPage });
		const run = await stage.run(
			'segmindUploadAsset',
			{},
			{ items: [await stage.item({ data: photo })] },
		);

		expect(run.error?.message).toMatch(/photo\.jpg/);
		expect(run.items()).toEqual([]);
	});

	it('only the invalid item, when the node continues on fail', async () => {
		const items = [await stage.item({ data: photo }), { json: {} }];
		const run = await stage.run('segmindUploadAsset', {}, { items, nodeOptions: goesOn });

		expect(run.items()).toMatchObject([
			{ json: { url: stage.sim.uploads[0]?.url }, pairedItem: { item: 0 } },
			{ json: { failure_reason: expect.stringContaining('"data"') }, pairedItem: { item: 1 } },
		]);
	});

	it('a data URI of 30 MB no more than a small one', async () => {
		const large = fileOf('png', 30_000_000);
		const run = await stage.run(
			'segmindUploadAsset',
			{ source: 'dataUri', dataUris: '={{ $json.uri }}' },
			{ items: [{ json: { uri: dataUri(large, 'image/png') } }] },
		);

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toMatchObject([{ sha256: sha256(large) }]);
	});
});

function html(): Record<string, string> {
	return { 'content-type': 'text/html; charset=utf-8' };
}
