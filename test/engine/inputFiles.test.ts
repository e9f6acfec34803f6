import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';
import { dataUri, fileOf, sha256 } from './sampleFiles';

const face: GivenFile = {
	bytes: fileOf('jpg', 90_000),
	fileName: 'face.jpg',
	mimeType: 'image/jpeg',
};
const pose: GivenFile = {
	bytes: fileOf('png', 50_000, 2),
	fileName: 'pose.png',
	mimeType: 'image/png',
};

const goesOn = { onError: 'continueRegularOutput' } as const;

function slug(value: string): INodeParameters {
	return { model: { __rl: true, mode: 'slug', value } };
}

function files(...rows: IDataObject[]): INodeParameters {
	return { inputFiles: { file: rows } } as INodeParameters;
}

function options(values: IDataObject): INodeParameters {
	return { options: values } as INodeParameters;
}

describe.each(binaryModes)('input files with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	const withPhoto = {
		...slug('face-to-sticker'),
		...files({ parameter: 'image', binaryField: 'photo' }),
	};
	const small = { jsonParameters: '{ "width": 64, "height": 64 }', binaryField: 'sticker' };
	const photoToSticker = { ...withPhoto, ...options(small) };

	it('give a photo to face-to-sticker as a URL, and the sticker comes out', async () => {
		const run = await stage.run('segmindGenerateImage', photoToSticker, {
			items: [await stage.item({ photo: face })],
		});

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toMatchObject([{ sha256: sha256(face.bytes) }]);
		expect(stage.sim.jobs).toMatchObject([
			{ slug: 'face-to-sticker', body: { image: stage.sim.uploads[0]?.url } },
		]);
		const [item] = run.items();
		expect(Object.keys(item?.binary ?? {})).toEqual(['photo', 'sticker']);
		expect((await stage.engine.binary(item!.binary!.photo!)).equals(face.bytes)).toBe(true);
		expect((await stage.engine.binary(item!.binary!.sticker!)).length).toBe(item?.json.file_size);
	});

	it('give two files to the two parameters of instantid', async () => {
		const run = await stage.run(
			'segmindGenerateImage',
			{
				...slug('instantid'),
				prompt: 'a knight',
				...files(
					{ parameter: 'face_image', binaryField: 'data' },
					{ parameter: 'pose_image', binaryField: 'pose' },
				),
				...options({ binaryField: 'made' }),
			},
			{ items: [await stage.item({ data: face, pose })] },
		);

		expect(run.error).toBeUndefined();
		const urlOf = ({ bytes }: GivenFile) =>
			stage.sim.uploads.find((one) => one.sha256 === sha256(bytes))?.url;
		expect(stage.sim.jobs).toMatchObject([
			{ body: { prompt: 'a knight', face_image: urlOf(face), pose_image: urlOf(pose) } },
		]);
	});

	it('turn a picture into a video through Submit Async and Check Status', async () => {
		const submitted = await stage.run(
			'segmindSubmitAsync',
			{
				...slug('kling-2.1'),
				prompt: 'she smiles',
				...files({ parameter: 'image', binaryField: 'data' }),
			},
			{ items: [await stage.item({ data: face })] },
		);
		expect(submitted.error).toBeUndefined();
		expect(stage.sim.jobs).toMatchObject([
			{ slug: 'kling-2.1', body: { image: stage.sim.uploads[0]?.url, prompt: 'she smiles' } },
		]);

		const checked = await stage.run(
			'segmindCheckStatus',
			{ waitForCompletion: true },
			{ items: submitted.items() },
		);
		expect(checked.items()[0]).toMatchObject({
			json: { status: 'COMPLETED', content_type: 'video/mp4' },
			binary: { data: { mimeType: 'video/mp4', fileExtension: 'mp4' } },
		});
	});

	it.each([
		['base64', face.bytes.toString('base64')],
		['dataUri', dataUri(face.bytes, 'image/jpeg')],
	])('are sent inside the body as %s', async (sendAs, text) => {
		const run = await stage.run(
			'segmindSubmitAsync',
			{
				...slug('face-to-sticker'),
				...files({ parameter: 'image', binaryField: 'data' }),
				...options({ sendFilesAs: sendAs }),
			},
			{ items: [await stage.item({ data: { ...face, mimeType: 'image/png' } })] },
		);

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toEqual([]);
		expect(stage.sim.jobs[0]?.body.image === text).toBe(true);
	});

	it('are accepted from an expression that returns the file itself', async () => {
		const run = await stage.run(
			'segmindSubmitAsync',
			{
				...slug('face-to-sticker'),
				...files({ parameter: 'image', binaryField: '={{ $binary.photo }}' }),
			},
			{ items: [await stage.item({ pose, photo: face })] },
		);

		// For a file in memory, n8n's expressions give everything but the content.
		if (mode === 'memory') {
			expect(run.error?.message).toMatch(/without its content/);
			expect(run.error).toMatchObject({ description: expect.stringMatching(/name.*pose, photo/) });
			expect(stage.sim.requests).toEqual([]);
			return;
		}
		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toMatchObject([{ sha256: sha256(face.bytes) }]);
		expect(stage.sim.jobs[0]?.body.image).toBe(stage.sim.uploads[0]?.url);
	});

	it('become a list in the order of their rows and names', async () => {
		const run = await stage.run(
			'segmindSubmitAsync',
			{
				...slug('a-model-nobody-knows'),
				...files(
					{ parameter: 'refs', binaryField: 'pose' },
					{ parameter: 'refs', binaryField: 'photo, , pose,' },
				),
			},
			{ items: [await stage.item({ photo: face, pose })] },
		);
		const [request] = stage.sim.requests.filter(({ origin }) => origin === 'api');
		const [first, second] = stage.sim.uploads.map(({ url }) => url);

		expect(run.error).toBeDefined(); // The simulator, too, does not know that model.
		expect(stage.sim.uploads).toHaveLength(2);
		expect(request?.body).toEqual({ refs: [first, second, first] });
	});

	it('override the other parameters', async () => {
		await stage.run(
			'segmindSubmitAsync',
			{
				...slug('face-to-sticker'),
				...options({ jsonParameters: { image: 'https://elsewhere.org/a.jpg', steps: 30 } }),
				...files({ parameter: 'image', binaryField: 'data' }),
			},
			{ items: [await stage.item({ data: face })] },
		);

		expect(stage.sim.jobs[0]?.body).toEqual({ image: stage.sim.uploads[0]?.url, steps: 30 });
	});

	it('are uploaded once for all items with the same bytes, each item with its own job', async () => {
		const items = [];
		for (let copy = 0; copy < 8; copy++) {
			items.push(
				await stage.item({ photo: copy % 2 ? face : { ...pose, fileName: `${copy}.png` } }),
			);
		}
		const run = await stage.run('segmindGenerateImage', photoToSticker, { items });

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads.map((one) => one.sha256).sort()).toEqual(
			[face, pose].map(({ bytes }) => sha256(bytes)).sort(),
		);
		expect(stage.sim.jobs).toHaveLength(8);
		const digestOf = new Map(stage.sim.uploads.map((one) => [one.url, one.sha256]));
		const byId = new Map(stage.sim.jobs.map((job) => [job.requestId, job]));
		const used = run
			.items()
			.map((item) => digestOf.get(String(byId.get(String(item.json.request_id))?.body.image)));
		expect(used).toEqual(items.map((_, copy) => sha256((copy % 2 ? face : pose).bytes)));
	});

	it('are uploaded once for two nodes of an execution, and again for the next execution', async () => {
		const node = (name: string, binaryField: string) => ({
			name,
			type: 'n8n-nodes-segmind.segmindGenerateImage',
			parameters: { ...withPhoto, ...options({ ...small, binaryField }) },
		});
		const workflow = {
			nodes: [node('One', 'first'), node('Two', 'second')],
			connections: { One: { main: [[{ node: 'Two', type: 'main' as const, index: 0 }]] } },
		};
		const run = async () =>
			await stage.engine.run(workflow, {
				credentials: { segmindApi: { ...stage.sim.credential } },
				items: [await stage.item({ photo: face })],
			});
		const first = await run();

		expect(first.error).toBeUndefined();
		expect(Object.keys(first.items()[0]?.binary ?? {})).toEqual(['photo', 'first', 'second']);
		expect(stage.sim.jobs).toHaveLength(2);
		expect(stage.sim.uploads).toHaveLength(1);

		await run();
		expect(stage.sim.uploads).toHaveLength(2);
	});
});

describe('unavailable input files', () => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage()));
	beforeEach(() => stage.sim.reset());
	afterAll(async () => await stage.close());

	const withFile = (row: IDataObject) => ({
		...slug('face-to-sticker'),
		...files({ parameter: 'image', binaryField: 'photo', ...row }),
		...options({ binaryField: 'sticker' }),
	});

	it('are searched only in their own item', async () => {
		const items = [await stage.item({ photo: face }), await stage.item({ scan: pose, mask: face })];
		const run = await stage.run('segmindGenerateImage', withFile({}), { items });

		expect(run.error).toMatchObject({
			message: expect.stringContaining('"photo"'),
			description: expect.stringMatching(/Nothing was sent.*scan, mask/s),
			context: { itemIndex: 1 },
		});
		expect(stage.sim.requests).toEqual([]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['a parameter that is no name', { parameter: '={{ [1] }}' }, /Model Field.*but is \[1\]/],
		['a field that is not there among several', { binaryField: 'photo, maks' }, /no file.*"maks"/],
		[
			'names that are all empty',
			{ binaryField: ' , ,' },
			/the name of the input field with the file is missing/,
		],
		[
			'an expression without result',
			{ binaryField: '={{ $binary.nothing }}' },
			/the name of the input field with the file is missing/,
		],
		[
			'a name before an expression without result',
			{ binaryField: '=photo {{ $json.url }}' },
			/the expression beside "photo" returns nothing/,
		],
		['an expression with something else', { binaryField: '={{ { a: 1 } }}' }, /no file.*"a":1/],
		[
			'an unknown source',
			{ source: '={{ "ftp" }}', url: 'https://example.com/a.png' },
			/Input Files: Source.*binary, allBinaries, url.*"ftp"/,
		],
		[
			'a list with a gap',
			{ source: 'url', url: '={{ ["https://example.com/a.png", null] }}' },
			/^Input Files: URL: the list has no URL at position 2$/,
		],
		...['={{ "" }}', 'ftp://example.com/a.png', 'example.com/a.png', '={{ null }}'].map(
			(url): [string, IDataObject, RegExp] => [
				`the URL ${url}`,
				{ source: 'url', url },
				/^Input Files: URL must be a URL that begins with https:/,
			],
		),
	])('are refused for %s before anything is sent', async (_name, row, message) => {
		const run = await stage.run('segmindGenerateImage', withFile(row), {
			items: [await stage.item({ photo: face })],
		});

		expect(run.error?.message).toMatch(message);
		expect(run.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(stage.sim.requests).toEqual([]);
	});

	it.each(['url', 'base64', 'dataUri'])(
		'are refused when empty, sent as %s',
		async (sendFilesAs) => {
			const parameters = { ...withFile({}), ...options({ sendFilesAs }) };
			const run = await stage.run('segmindGenerateImage', parameters, {
				items: [await stage.item({ photo: { ...face, bytes: Buffer.alloc(0) } })],
			});

			expect(run.error?.message).toMatch(/face\.jpg.*"photo".*empty/);
			expect(stage.sim.requests).toEqual([]);
		},
	);

	it('start no job when their upload fails, and each item says so', async () => {
		stage.sim.script({
			origin: 'storage',
			times: 9,
			answer: { status: 413, body: { error: 'x' } },
		});
		const items = [await stage.item({ photo: face }), await stage.item({ photo: face })];
		const run = await stage.run('segmindGenerateImage', withFile({}), {
			items,
			nodeOptions: goesOn,
		});

		expect(stage.sim.jobs).toEqual([]);
		expect(run.items()).toMatchObject([
			{ json: { failure_reason: expect.stringMatching(/large/), http_status: 413 } },
			{ json: { failure_reason: expect.stringMatching(/large/), http_status: 413 } },
		]);
	});

	it('are uploaded again where an earlier item’s upload failed', async () => {
		stage.sim.script({ origin: 'storage', answer: { status: 400, body: { error: 'x' } } });
		const items = [await stage.item({ photo: face }), await stage.item({ photo: face })];
		const parameters = { ...withFile({}), ...options({ maxJobs: 1, binaryField: 'sticker' }) };
		const run = await stage.run('segmindGenerateImage', parameters, { items, nodeOptions: goesOn });

		expect(run.items()).toMatchObject([
			{ json: { status: 'REJECTED', billed: 'no' } },
			{ json: { status: 'COMPLETED' } },
		]);
		expect(stage.sim.uploads).toHaveLength(1);
	});
});

describe('pictures that most models cannot read', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStage();
	});
	afterAll(async () => await stage.close());

	// The start of a JPEG and a frame header with four components (ITU T.81, B.2.2).
	const cmyk = Buffer.concat([
		Buffer.from('ffd8ffc0000e08001000100401110002110103', 'hex'),
		Buffer.alloc(500),
	]);
	const heic = Buffer.concat([
		Buffer.from('00000018667479706865696300000000', 'hex'),
		Buffer.alloc(500),
	]);

	it('are sent, with a hint', async () => {
		const items = [
			await stage.item({ data: { bytes: cmyk, fileName: 'print.jpg', mimeType: 'image/jpeg' } }),
			await stage.item({ data: { bytes: heic, fileName: 'phone.heic', mimeType: 'image/heic' } }),
			await stage.item({ data: face }),
		];
		const parameters = { ...slug('face-to-sticker'), ...files({}) };
		const run = await stage.run('segmindGenerateImage', parameters, { items });
		const hints = run.hints().map(({ message }) => message);
		expect(hints.filter((hint) => /cannot read/.test(hint))).toEqual([
			expect.stringMatching(/image\/heic.*field "data"/),
			expect.stringMatching(/CMYK.*field "data"/),
		]);
		expect(stage.sim.uploads).toHaveLength(3);
	});
});
