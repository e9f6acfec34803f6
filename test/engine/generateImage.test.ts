import { loadImage } from '@napi-rs/canvas';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { mp3 } from '../simulator/media';
import type { Answer, RecordedRequest, SimulatedJob } from '../simulator/simulator';
import { mp4 } from '../simulator/video';
import { MemoryCredentials } from './credentials';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';
import type { NodeOptions } from './engine';
import { anyRole, resultItem } from './resultItem';
import { fileOf } from './sampleFiles';

const slug = (value: string) => ({ __rl: true, mode: 'slug', value });
const face: GivenFile = {
	bytes: fileOf('jpg', 2_000),
	fileName: 'face.jpg',
	mimeType: 'image/jpeg',
};

/** Fields of the model, given by the option More Parameters (JSON). */
const fields = (body: IDataObject) => ({ jsonParameters: JSON.stringify(body) });
const inFull = (parameters: INodeParameters): INodeParameters => ({
	model: slug('fast-flux-schnell'),
	prompt: 'a red fox',
	...parameters,
});

interface Seed {
	slug: string;
	body: IDataObject;
	size: [width: number, height: number];
	/** The field that takes the item's photo. */
	file?: string;
	/** What Mode Auto chooses: v1 if the model's average is under 10 s. */
	auto: 'sync' | 'async';
}

/** The seven seed models with fields documented on their own pages. */
const seeds: Seed[] = [
	{
		slug: 'segmind-vega',
		body: { negative_prompt: 'blurry', num_inference_steps: 20, img_width: 1024, img_height: 1024 },
		size: [1024, 1024],
		auto: 'sync',
	},
	{
		slug: 'sdxl-txt2img',
		body: { img_width: 768, img_height: 512, guidance_scale: 7.5 },
		size: [768, 512],
		auto: 'async',
	},
	{
		slug: 'fast-flux-schnell',
		body: { aspect_ratio: '16:9', steps: 4 },
		size: [1344, 768],
		auto: 'sync',
	},
	{
		slug: 'face-to-sticker',
		body: { width: 512, height: 640, upscale: false },
		size: [512, 640],
		file: 'image',
		auto: 'async',
	},
	{
		slug: 'instantid',
		body: { style: 'Line art', identity_strength: 0.8 },
		size: [1024, 1024],
		file: 'face_image',
		auto: 'sync',
	},
	{
		slug: 'sdxl1.0-newreality-lightning',
		body: { img_width: 832, img_height: 1216, num_inference_steps: 8 },
		size: [832, 1216],
		auto: 'sync',
	},
	{
		slug: 'consistent-character-AI-neolemon-v2',
		body: { width: 640, height: 960, steps: 10 },
		size: [640, 960],
		file: 'ip_image',
		auto: 'async',
	},
];

describe.each(binaryModes)('Generate Image with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	/** Runs the node and returns its items; fails the test when the run fails. */
	async function generate(
		parameters: INodeParameters,
		options: NodeOptions = {},
	): Promise<INodeExecutionData[]> {
		const run = await stage.run('segmindGenerateImage', inFull(parameters), options);
		expect(run.error).toBeUndefined();
		return run.items();
	}

	const bytesOf = async (item: INodeExecutionData | undefined, field = 'data') =>
		await stage.engine.binary(item!.binary![field]!);
	const sizeOf = async (bytes: Buffer) => {
		const { width, height } = await loadImage(bytes);
		return [width, height];
	};
	const posts = () =>
		stage.sim.requests.filter(({ method, origin }) => method === 'POST' && origin === 'api');
	const sent = () => posts().map(({ body }: RecordedRequest) => body);
	const answerOnce = (transform: (normal: Answer) => Answer) =>
		stage.sim.script({ method: 'POST', path: /^\/v1\//, answer: { transform } });
	const job = (): SimulatedJob => stage.sim.jobs[0]!;

	describe.each(seeds)('the contract for $slug', ({ slug: model, body, size, file, auto }) => {
		const inputFiles = file ? { file: [{ parameter: file, binaryField: 'photo' }] } : {};

		it.each(['sync', 'async'])('%s', async (way) => {
			const items = [await stage.item({ photo: face })];
			const [item, ...more] = await generate(
				{
					model: slug(model),
					inputFiles,
					options: { mode: way, ...fields({ ...body, seed: 42 }) },
				},
				{ items },
			);

			expect(more).toEqual([]);
			const bytes = await bytesOf(item);
			expect(await sizeOf(bytes)).toEqual(size);
			expect(item!.json).toStrictEqual(
				resultItem({
					model,
					prompt: 'a red fox',
					url: way === 'async' ? job().outputs[0]!.url : null,
					seed: 42,
					cost: job().billed,
					remaining_credits: stage.sim.credits,
					inference_time: expect.any(Number),
					request_id: job().requestId,
					content_type: 'image/jpeg',
					file_name: `${model}-42.jpg`,
					file_size: bytes.length,
				}),
			);
			expect(item!.pairedItem).toEqual({ item: 0 });
			expect(item!.binary).toEqual({
				photo: items[0]!.binary!.photo,
				data: expect.objectContaining({
					fileName: `${model}-42.jpg`,
					fileExtension: 'jpg',
					mimeType: 'image/jpeg',
				}),
			});
			expect(Boolean(item!.binary!.data!.id)).toBe(mode === 'filesystem');
			expect(sent()).toEqual([
				{
					prompt: 'a red fox',
					...body,
					seed: 42,
					...(file ? { [file]: stage.sim.uploads[0]!.url } : {}),
				},
			]);
			expect(job().kind).toBe(way);
		});

		it(`Auto takes ${auto}`, async () => {
			const items = [await stage.item({ photo: face })];
			await generate({ model: slug(model), inputFiles }, { items });

			expect(stage.sim.jobs.map(({ kind }) => kind)).toEqual([auto]);
		});
	});

	it('returns the URL instead of the file, always by v2', async () => {
		for (const way of ['auto', 'sync', 'async']) {
			stage.sim.reset();
			const [item] = await generate({
				output: 'url',
				options: { mode: way, ...fields({ seed: 7 }) },
			});

			expect(item!.binary).toBeUndefined();
			const [output] = job().outputs;
			expect(item!.json).toStrictEqual(
				resultItem({
					model: 'fast-flux-schnell',
					prompt: 'a red fox',
					url: output!.url,
					seed: 7,
					cost: job().billed,
					remaining_credits: stage.sim.credits,
					inference_time: expect.any(Number),
					request_id: job().requestId,
					content_type: 'image/jpeg',
					file_name: output!.fileName,
					file_size: expect.any(Number),
				}),
			);
			expect(job().kind).toBe('async');
			expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toEqual([]);
		}
	});

	it('keeps a file without a URL, alongside the item’s own', async () => {
		const bytes = fileOf('png', 300);
		const body = {
			status: 'COMPLETED',
			output: `data:image/png;base64,${bytes.toString('base64')}`,
		};
		stage.sim.script({ path: /^\/v2\/requests\//, times: 100, answer: { status: 200, body } });
		const items = [await stage.item({ data: face })];
		const [item] = await generate({ output: 'url' }, { items });

		expect(item!.json.url).toBeNull();
		expect(item!.binary!.data).toEqual(items[0]!.binary!.data);
		expect(Object.values(item!.binary!).map(({ mimeType }) => mimeType)).toEqual([
			'image/jpeg',
			'image/png',
		]);
	});

	describe('is null for what the API did not report', () => {
		it('on v1', async () => {
			answerOnce(({ status, body }) => ({ status, body, headers: {} }));
			const [item] = await generate({ options: { mode: 'sync' } });

			expect(item!.json).toStrictEqual(
				resultItem({
					model: 'fast-flux-schnell',
					prompt: 'a red fox',
					content_type: 'image/jpeg',
					file_name: 'fast-flux-schnell.jpg',
					file_size: (await bytesOf(item)).length,
				}),
			);
		});

		it('on v2', async () => {
			stage.sim.script({
				path: /^\/v2\/requests\//,
				times: 100,
				answer: {
					transform: (normal) => {
						const { output, status } = JSON.parse(normal.body.toString()) as IDataObject;
						return { ...normal, body: Buffer.from(JSON.stringify({ status, output })) };
					},
				},
			});
			const [item] = await generate({ options: { mode: 'async' } });

			const name = `fast-flux-schnell-${job().requestId.slice(0, 12)}.jpg`;
			expect(item!.json).toStrictEqual(
				resultItem({
					model: 'fast-flux-schnell',
					prompt: 'a red fox',
					url: job().outputs[0]!.url,
					request_id: job().requestId,
					content_type: 'image/jpeg',
					file_name: name,
					file_size: (await bytesOf(item)).length,
				}),
			);
		});
	});

	describe.each(['sync', 'async'])('several pictures of one run, %s', (way) => {
		const several = {
			mode: way,
			...fields({ samples: 3, seed: 5, img_width: 128, img_height: 64 }),
		};
		const generateSeveral = async (more: IDataObject = {}) =>
			await generate({ model: slug('sdxl-txt2img'), options: { ...several, ...more } });

		it('become an item each', async () => {
			const items = await generateSeveral();

			expect(items.map((item) => [item.json.output_index, item.json.output_count])).toEqual([
				[0, 3],
				[1, 3],
				[2, 3],
			]);
			expect(items.map((item) => item.json.file_name)).toEqual([
				'sdxl-txt2img-5-1.jpg',
				'sdxl-txt2img-5-2.jpg',
				'sdxl-txt2img-5-3.jpg',
			]);
			expect(items.map((item) => item.pairedItem)).toEqual(Array(3).fill({ item: 0 }));
			expect(items.map((item) => item.json.url)).toEqual(
				way === 'async' ? job().outputs.map(({ url }) => url) : [null, null, null],
			);
			const pictures = await Promise.all(items.map(async (item) => await bytesOf(item)));
			expect(await Promise.all(pictures.map(sizeOf))).toEqual(Array(3).fill([128, 64]));
			expect(new Set(pictures.map((bytes) => bytes.toString('base64'))).size).toBe(3);
		});

		it('become one item with perInput', async () => {
			const items = await generateSeveral({ binaryField: 'picture', outputItems: 'perInput' });

			expect(items).toHaveLength(1);
			const [{ json: facts, binary }] = items as [INodeExecutionData];
			expect(Object.keys(binary!)).toEqual(['picture', 'picture_1', 'picture_2']);
			expect(facts).toMatchObject({
				output_index: 0,
				output_count: 3,
				file_name: 'sdxl-txt2img-5-1.jpg',
			});
			expect(facts.outputs).toEqual(
				Object.keys(binary!).map((binary_field, output_index) => ({
					output_index,
					url: way === 'async' ? job().outputs[output_index]!.url : null,
					output_role: anyRole,
					content_type: 'image/jpeg',
					file_name: `sdxl-txt2img-5-${output_index + 1}.jpg`,
					file_size: expect.any(Number),
					binary_field,
				})),
			);
			for (const field of Object.keys(binary!)) {
				expect(await sizeOf(await bytesOf(items[0], field))).toEqual([128, 64]);
			}
		});
	});

	it('one picture is named as with perFile, with perInput too', async () => {
		const [item] = await generate({ options: { ...fields({ seed: 5 }), outputItems: 'perInput' } });

		expect(Object.keys(item!.binary!)).toEqual(['data']);
		expect(item!.json).toMatchObject({ output_count: 1, file_name: 'fast-flux-schnell-5.jpg' });
		expect(item!.json).not.toHaveProperty('outputs');
	});

	describe('a v1 answer by its real type', () => {
		const png = 'image/png png';

		it.each<[what: string, transform: (normal: Answer) => Partial<Answer>, type: string]>([
			[
				'PNG by name',
				() => ({ headers: { 'content-type': 'image/png' }, body: fileOf('png') }),
				png,
			],
			['PNG called JPEG', () => ({ body: fileOf('png') }), png],
			[
				'PNG called text',
				() => ({ headers: { 'content-type': 'text/plain' }, body: fileOf('png') }),
				png,
			],
			[
				'PNG called JSON',
				() => ({ headers: { 'content-type': 'application/json' }, body: fileOf('png') }),
				png,
			],
			['PNG called nothing', () => ({ headers: {}, body: fileOf('png') }), png],
			[
				'WebP',
				() => ({ headers: { 'content-type': 'image/webp' }, body: fileOf('webp') }),
				'image/webp webp',
			],
			['GIF', () => ({ body: fileOf('gif') }), 'image/gif gif'],
			['MP4', () => ({ headers: { 'content-type': 'video/mp4' }, body: mp4(1) }), 'video/mp4 mp4'],
			['MP4 called JPEG', () => ({ body: mp4(1) }), 'video/mp4 mp4'],
			['MP3', () => ({ headers: { 'content-type': 'audio/mpeg' }, body: mp3() }), 'audio/mpeg mp3'],
			['MP3 called JPEG', () => ({ body: mp3() }), 'audio/mpeg mp3'],
			[
				'SVG',
				() => ({
					headers: { 'content-type': 'image/svg+xml' },
					body: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
				}),
				'image/svg+xml svg',
			],
		])('%s', async (_what, transform, type) => {
			answerOnce((normal) => ({ ...normal, ...transform(normal) }));
			const [item] = await generate({ options: { mode: 'sync', ...fields({ seed: 9 }) } });

			const [mimeType, extension] = type.split(' ');
			const name = `fast-flux-schnell-9.${extension}`;
			expect(item!.json).toMatchObject({ content_type: mimeType, file_name: name });
			expect(item!.binary!.data).toMatchObject({
				mimeType,
				fileName: name,
				fileExtension: extension,
			});
			expect(await bytesOf(item)).toEqual(transform({} as Answer).body);
		});

		it('base64 in JSON', async () => {
			const [item] = await generate({
				options: { mode: 'sync', ...fields({ base64: true, seed: 3 }) },
			});

			const bytes = await bytesOf(item);
			expect(await sizeOf(bytes)).toEqual([1024, 1024]);
			expect(item!.json).toMatchObject({
				url: null,
				seed: 3,
				cost: job().billed,
				request_id: job().requestId,
				content_type: 'image/jpeg',
				file_name: 'fast-flux-schnell-3.jpg',
				file_size: bytes.length,
			});
			expect(JSON.stringify(item!.json)).not.toContain(bytes.toString('base64').slice(0, 100));
		});

		it.each(['output', 'image_url', 'url'])('a URL in JSON, under %s', async (key) => {
			const bytes = fileOf('png', 5_000);
			const url = stage.sim.publish(bytes, 'made.png', 'image/png');
			answerOnce((normal) => ({
				...normal,
				headers: { ...normal.headers, 'content-type': 'application/json' },
				body: Buffer.from(JSON.stringify({ [key]: url })),
			}));
			const [item] = await generate({ options: { mode: 'sync', ...fields({ seed: 3 }) } });

			expect(await bytesOf(item)).toEqual(bytes);
			expect(item!.json).toMatchObject({
				url,
				cost: job().billed,
				content_type: 'image/png',
				file_name: 'fast-flux-schnell-3.png',
				file_size: 5_000,
			});
		});
	});

	it('names files as the user wants, by item', async () => {
		const items = ['Red Fox', 'lake.png', 'a/b', ''].map((title) => ({ json: { title } }));
		const made = await generate(
			{ options: { fileName: '={{ $json.title }}', ...fields({ seed: 1 }) } },
			{ items },
		);

		const names = ['Red Fox.jpg', 'lake.jpg', 'a_b.jpg', 'fast-flux-schnell-1.jpg'];
		expect(made.map(({ json }) => json.file_name)).toEqual(names);
		expect(made.map(({ binary }) => binary!.data!.fileName)).toEqual(names);
	});

	describe('the raw response', () => {
		const options = { includeRawResponse: true };

		it('of v1 is its headers', async () => {
			const [item] = await generate({ options: { ...options, mode: 'sync' } });
			const { headers } = item!.json.raw_response as { headers: IDataObject };
			expect(headers).toMatchObject({
				'content-type': 'image/jpeg',
				'x-request-id': job().requestId,
				'x-cost': String(job().billed),
			});
			expect(JSON.stringify(item!.json)).not.toContain(stage.sim.apiKey);
		});

		it('of v2 is its body', async () => {
			const [item] = await generate({ options: { ...options, mode: 'async' } });
			expect(item!.json.raw_response).toMatchObject({
				status: 'COMPLETED',
				output: job().outputs[0]!.url,
				timings: {},
			});
		});

		it('is left out otherwise', async () => {
			const [item] = await generate({});
			expect(item!.json).not.toHaveProperty('raw_response');
		});
	});

	if (mode === 'filesystem') return;

	describe('what is sent', () => {
		it.each<[what: string, parameters: INodeParameters, body: object]>([
			['only the prompt', {}, { prompt: 'a red fox' }],
			[
				'nothing that is empty',
				{ model: slug('face-to-sticker'), prompt: '', options: fields({ seed: 1 }) },
				{ seed: 1 },
			],
			['JSON over the prompt', { options: fields({ prompt: 'a wolf' }) }, { prompt: 'a wolf' }],
			[
				'the form’s fields that are set',
				{
					parameters: {
						mappingMode: 'defineBelow',
						value: { aspect_ratio: '1:1', seed: 0, base64: false, steps: null },
					},
				},
				{ prompt: 'a red fox', aspect_ratio: '1:1', seed: 0, base64: false },
			],
			[
				'the form over the prompt',
				{ parameters: { mappingMode: 'defineBelow', value: { prompt: 'a wolf' } } },
				{ prompt: 'a wolf' },
			],
			[
				'form and JSON together, JSON over the form',
				{
					options: fields({ steps: 4, seed: 2 }),
					parameters: {
						mappingMode: 'defineBelow',
						value: { aspect_ratio: '1:1', seed: 1 },
					},
				},
				{ prompt: 'a red fox', aspect_ratio: '1:1', seed: 2, steps: 4 },
			],
			['a number as a prompt', { prompt: '={{ 42 }}' }, { prompt: '42' }],
			[
				'JSON that is an object already',
				{ options: { jsonParameters: '={{ { seed: 1 } }}' } },
				{ prompt: 'a red fox', seed: 1 },
			],
			[
				'an unknown field, with a hint only',
				{ options: fields({ zebra: { a: [1] } }) },
				{ prompt: 'a red fox', zebra: { a: [1] } },
			],
		])('%s', async (_what, parameters, body) => {
			// A body that the model does not take fails the run, but was sent.
			const options = { mode: 'sync', ...(parameters.options as IDataObject) };
			await stage.run(
				'segmindGenerateImage',
				inFull({ ...parameters, options } as INodeParameters),
			);
			expect(sent()).toEqual([body]);
		});

		it.each([-1, '-1'])(
			'a random seed of %p as a number that makes the picture again',
			async (seed) => {
				for (const way of ['sync', 'async']) {
					stage.sim.reset();
					const [item] = await generate({ options: { mode: way, ...fields({ seed }) } });

					const [body] = sent() as Array<{ seed: number }>;
					expect(Number.isInteger(body!.seed) && body!.seed >= 0).toBe(true);
					expect(item!.json.seed).toBe(body!.seed);
					const [again] = await generate({
						options: { mode: way, ...fields({ seed: body!.seed }) },
					});
					expect(await bytesOf(again)).toEqual(await bytesOf(item));
				}
			},
		);

		it('an unknown field with a hint', async () => {
			const run = await stage.run('segmindGenerateImage', {
				prompt: 'a red fox',
				options: { jsonParameters: '{"zebra": 1}' },
			});
			expect(run.items()).toHaveLength(1);
			expect(run.hints().map(({ message }) => message)).toEqual([
				'Fast Flux.1 Schnell has no field "zebra"',
			]);
		});

		it('another random seed for each item', async () => {
			const items = Array.from({ length: 5 }, () => ({ json: {} }));
			const made = await generate(
				{ options: { mode: 'sync', ...fields({ seed: -1 }) } },
				{ items },
			);
			expect(new Set(made.map(({ json }) => json.seed)).size).toBe(5);
		});

		it('no seed where none was asked for', async () => {
			const [item] = await generate({ options: { mode: 'sync' } });
			expect(sent()).toEqual([{ prompt: 'a red fox' }]);
			expect(item!.json.seed).toBe(job().seed);
		});
	});

	it.each<[how: string, model: unknown]>([
		['slug', slug('fast-flux-schnell')],
		['list', { __rl: true, mode: 'list', value: 'fast-flux-schnell' }],
		[
			'page',
			{ __rl: true, mode: 'url', value: 'https://www.segmind.com/models/fast-flux-schnell' },
		],
		[
			'API page',
			{ __rl: true, mode: 'url', value: 'https://segmind.com/models/fast-flux-schnell/api?x=1' },
		],
		['slug with blanks', slug('  fast-flux-schnell ')],
		['page in the slug’s place', slug('https://www.segmind.com/models/fast-flux-schnell')],
		['expression', slug('={{ "fast-flux-" + $json.kind }}')],
	])('takes the model by %s', async (_how, model) => {
		await generate({ model: model as INodeParameters }, { items: [{ json: { kind: 'schnell' } }] });
		expect(posts().map(({ path }) => path)).toEqual(['/v1/fast-flux-schnell']);
	});

	it('defaults to a model that makes a picture in seconds for half a cent', async () => {
		const run = await stage.run('segmindGenerateImage', { prompt: 'a red fox' });
		expect(run.items()[0]!.json).toMatchObject({ model: 'fast-flux-schnell', cost: 0.00547 });
	});

	it('runs a model that the directory does not know yet, by v2', async () => {
		stage.sim.script({ method: 'POST', answer: { status: 404, body: { error: 'not found' } } });
		await stage.run('segmindGenerateImage', { model: slug('brand-new-model'), prompt: 'a' });
		expect(posts().map(({ path }) => path)).toEqual(['/v2/brand-new-model']);
	});

	it('has n8n read the credential once, however many requests follow', async () => {
		const read = jest.spyOn(MemoryCredentials.prototype, 'getDecrypted');
		try {
			await generate({ options: { mode: 'async' } }, { items: [{ json: {} }, { json: {} }] });
			// Two submits, and the polls and the result of each job.
			expect(stage.sim.requests.filter(({ origin }) => origin === 'api').length).toBeGreaterThan(4);
			expect(read).toHaveBeenCalledTimes(1);
		} finally {
			read.mockRestore();
		}
	});

	it('sends the key and a type with every request to the API, and never to the files’ host', async () => {
		const items = [await stage.item({ photo: face })];
		const inputFiles = { file: [{ parameter: 'image', binaryField: 'photo' }] };
		await generate({ model: slug('face-to-sticker'), inputFiles }, { items });

		const hosts = stage.sim.requests.map(({ origin, headers }) => [origin, headers['x-api-key']]);
		expect(new Set(hosts.map(String))).toEqual(
			new Set([`storage,${stage.sim.apiKey}`, `api,${stage.sim.apiKey}`, 'files,']),
		);
		for (const { headers } of posts()) expect(headers['content-type']).toBe('application/json');
	});
});
