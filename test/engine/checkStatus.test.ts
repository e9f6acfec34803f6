import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { glb, mp3, wav } from '../simulator/media';
import type { Simulator } from '../simulator/simulator';
import { clientOf, submitted } from '../simulator/testClient';
import type { Answer } from '../simulator/types';
import { mp4 } from '../simulator/video';
import { withoutHistory } from '../simulator/withoutHistory';
import type { Engine, NodeOptions } from './engine';
import { failedItem, resultItem, unfinishedItem } from './resultItem';
import { startStage, type Stage } from './stage';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

let stage: Stage;
let engine: Engine;
let sim: Simulator;

beforeAll(async () => {
	stage = await startStage('memory');
	({ engine, sim } = stage);
});

beforeEach(() => {
	stage.duration = () => 0;
	stage.fail = () => undefined;
});

afterEach(() => sim.reset());

afterAll(async () => await stage.close());

async function check(
	parameters: INodeParameters,
	items: INodeExecutionData[] = [{ json: {} }],
	options: NodeOptions = {},
) {
	const credentials = { segmindApi: { ...sim.credential } };
	// Polls once unless a test says otherwise.
	const once = { waitForCompletion: false, ...parameters };
	return await engine.runNode('segmindCheckStatus', once, { credentials, items, ...options });
}

/** Submits a job as another program would. */
async function submit(slug = 'veo-3', body: object = { prompt: 'a red fox' }): Promise<string> {
	return await submitted(clientOf(sim), slug, body);
}

const idsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.request_id);
/** The paths that the node requested, without those of the test itself. */
const polls = () =>
	sim.requests.filter(({ origin, method }) => origin === 'api' && method === 'GET');
const continues = { nodeOptions: { onError: 'continueRegularOutput' as const } };

/** The answer with some keys of its body changed; undefined removes a key. */
const withBody = (changes: object) => ({
	transform: (normal: Answer): Answer => ({
		...normal,
		body: Buffer.from(
			JSON.stringify({ ...(JSON.parse(normal.body.toString()) as object), ...changes }),
		),
	}),
});

describe('a single poll', () => {
	it.each(['QUEUED', 'PROCESSING', 'SOMETHING_NEW'])(
		'returns an item that can be polled again for a job that is %s',
		async (status) => {
			stage.duration = () => 1000;
			const requestId = await submit();
			sim.script({ method: 'GET', answer: withBody({ status }) });
			const run = await check({ requestId });

			expect(run.error).toBeUndefined();
			// An undocumented status that is not final means the job is still running.
			const told = status === 'SOMETHING_NEW' ? 'PROCESSING' : status;
			expect(run.items().map(({ json }) => json)).toEqual([
				unfinishedItem({ status: told, request_id: requestId }),
			]);
			expect(polls()).toHaveLength(1);
			expect(run.hints().map(({ message }) => message)).toEqual([
				expect.stringMatching(/still running.*checked them only once.*Wait for Completion/),
			]);
		},
	);

	it('returns the contract’s item with the file for a finished video', async () => {
		const requestId = await submit('veo-3', { prompt: 'a fox', seed: 77 });
		const item = { json: { request_id: requestId, model: 'veo-3', prompt: 'a fox' } };
		const run = await check({ requestId: '={{ $json.request_id }}' }, [item]);

		expect(run.error).toBeUndefined();
		expect(run.hints()).toEqual([]);
		const [job] = sim.jobs;
		const [made, ...more] = run.items();
		expect(more).toEqual([]);
		expect(made?.json).toEqual(
			resultItem({
				model: 'veo-3',
				prompt: 'a fox',
				url: job?.outputs[0]?.url,
				seed: 77,
				cost: job?.billed,
				remaining_credits: sim.credits,
				inference_time: 0,
				request_id: requestId,
				content_type: 'video/mp4',
				file_name: 'veo-3-77.mp4',
				file_size: mp4(77).length,
			}),
		);
		expect(made?.pairedItem).toEqual({ item: 0 });
		expect(Object.keys(made?.binary ?? {})).toEqual(['data']);
		expect(made?.binary?.data).toMatchObject({
			mimeType: 'video/mp4',
			fileExtension: 'mp4',
			fileName: 'veo-3-77.mp4',
		});
		expect(await engine.binary(made!.binary!.data!)).toEqual(mp4(77));
		expect(sim.keyLeaks).toBe(0);
	});

	it.each([
		['audio', 'lyria-2', { prompt: 'rain' }, 'audio/mpeg', 'mp3', mp3()],
		['3D', 'hunyuan-3d-2', { image: 'https://x.example/a.png' }, 'model/gltf-binary', 'glb', glb()],
	])(
		'returns the file with the right type for finished %s',
		async (_, slug, body, type, ext, bytes) => {
			const requestId = await submit(slug, body);
			const run = await check({ requestId });

			const [made] = run.items();
			expect(made?.json).toMatchObject({ content_type: type, file_size: bytes.length });
			expect(made?.json.file_name).toMatch(new RegExp(`\\.${ext}$`));
			expect(made?.binary?.data).toMatchObject({ mimeType: type, fileExtension: ext });
			expect(await engine.binary(made!.binary!.data!)).toEqual(bytes);
		},
	);

	it('returns the seed that was sent if the model does not report it', async () => {
		const requestId = await submit('lyria-2', { prompt: 'rain', seed: 12 });
		const item = { json: { request_id: requestId, model: 'lyria-2', seed: 12 } };
		const run = await check({ requestId }, [item]);

		expect(run.items()[0]?.json).toMatchObject({ seed: 12, file_name: 'lyria-2-12.mp3' });
	});

	it('returns a finished image too', async () => {
		const requestId = await submit('fast-flux-schnell', { prompt: 'a fox', seed: 5 });
		const run = await check({ requestId, options: { binaryField: 'picture' } });

		const [made] = run.items();
		expect(made?.json).toMatchObject({ seed: 5, url: sim.jobs[0]?.outputs[0]?.url });
		expect(made?.binary?.picture?.mimeType).toMatch(/^image\//);
		expect(made?.binary?.picture?.mimeType).toBe(made?.json.content_type);
	});

	const turns = [{ role: 'user', content: 'hello' }];
	const contents = [{ role: 'user', parts: [{ text: 'hello' }] }];

	it.each([
		['gpt-4o', 'choices', turns],
		['claude-4.5-sonnet', 'content', turns],
		['gemini-2.5-flash', 'candidates', { contents }],
	])(
		'returns the text and the provider’s own JSON for an answer of %s',
		async (slug, key, messages) => {
			const requestId = await submit(slug, { messages });
			const run = await check({ requestId });

			expect(run.error).toBeUndefined();
			const [{ json, binary }] = run.items() as [INodeExecutionData];
			expect(json).toMatchObject({ status: 'COMPLETED', text: 'Simulated answer to: hello' });
			expect(json.result).toHaveProperty(key);
			expect(json).toMatchObject({ url: null, output_count: 0 });
			expect(binary).toBeUndefined();
		},
	);

	it('fetches nothing if only the URL is wanted', async () => {
		const requestId = await submit('veo-3', { prompt: 'a fox', seed: 7 });
		const run = await check({ requestId, download: false });

		const [job] = sim.jobs;
		const [made] = run.items();
		expect(made?.json).toMatchObject({
			url: job?.outputs[0]?.url,
			content_type: 'video/mp4',
			file_name: job?.outputs[0]?.fileName,
			// The API sends it as a string.
			file_size: mp4(7).length,
		});
		expect(made?.binary).toBeUndefined();
		expect(sim.requests.some(({ origin }) => origin === 'files')).toBe(false);
	});

	it('uses URLs built only from the ID, whatever the answers name', async () => {
		const requestId = await submit();
		const elsewhere = withBody({
			request_id: UNKNOWN_ID,
			status_url: `${sim.url}/v1/get-user-credits`,
			response_url: `${sim.url}/v1/get-user-credits`,
			poll_url: `${sim.url}/v1/get-user-credits`,
		});
		sim.script({ method: 'GET', origin: 'api', times: 9, answer: elsewhere });
		const run = await check({ requestId });

		expect(run.items()[0]?.json).toMatchObject({ status: 'COMPLETED', request_id: requestId });
		expect(polls().map(({ path }) => path)).toEqual([
			`/v2/requests/${requestId}/status`,
			`/v2/requests/${requestId}`,
		]);
	});

	it('is retried after transient faults, up to Max Retries times', async () => {
		const requestId = await submit();
		sim.script({ path: /status$/, times: 2, answer: { status: 502, body: '<html>Bad</html>' } });
		const run = await check({ requestId, options: { maxRetries: 2 } });

		expect(run.items()[0]?.json.status).toBe('COMPLETED');
	});

	it('says so if Segmind does not report the state', async () => {
		const requestId = await submit();
		sim.script({ path: /status$/, times: 9, answer: { status: 502, body: '<html>Bad</html>' } });
		const run = await check({ requestId, options: { maxRetries: 1 } });

		expect(run.error?.message).toBe(`Segmind did not report the status of job ${requestId}`);
		expect(run.error?.description).toMatch(/job itself continues/);
		expect(polls()).toHaveLength(2);
	});
});

describe('waiting', () => {
	it('is what the node does by default, and leaves no hint', async () => {
		stage.duration = () => 5;
		const requestId = await submit();
		const run = await stage.run('segmindCheckStatus', { requestId });

		expect(run.items()[0]?.json).toMatchObject({ status: 'COMPLETED', request_id: requestId });
		expect(run.hints()).toEqual([]);
	});

	describe('as a tool', () => {
		const TOOL = 'n8n-nodes-segmind.segmindCheckStatusTool';
		it.each([{}, { options: { timeout: 86_400 } }])(
			'ends after at most 50 s, with an item that says how to ask again (%j)',
			async (parameters) => {
				stage.duration = () => 10_000;
				const requestId = await submit();
				const run = await stage.run(TOOL, { requestId, ...parameters });

				expect(run.error).toBeUndefined();
				expect(run.items().map(({ json }) => json)).toEqual([
					{
						...unfinishedItem({ status: 'PROCESSING', request_id: requestId }),
						advice: expect.stringMatching(new RegExp(`${requestId}.*again.*request ID`)) as string,
					},
				]);
			},
		);

		it('ends earlier where Timeout says so', async () => {
			stage.duration = () => 10_000;
			const requestId = await submit();
			const pollsWith = async (timeout: number) => {
				const before = polls().length;
				await stage.run(TOOL, { requestId, options: { timeout } });
				return polls().length - before;
			};

			expect(await pollsWith(5)).toBeLessThan(await pollsWith(50));
		});

		it('has one output, whatever Routing says, and no file', async () => {
			const requestId = await submit();
			const run = await stage.run(TOOL, { requestId, routing: 'byStatus' });

			expect(run.outputs()).toHaveLength(1);
			expect(run.items()).toMatchObject([{ json: { status: 'COMPLETED' } }]);
			expect(run.items()[0]).not.toHaveProperty('binary');
			expect(run.items()[0]?.json).not.toHaveProperty('advice');
		});
	});
});

it.each([
	['single', 1],
	['byStatus', 3],
])('gives as many outputs as the node has: %s, %i', async (routing, count) => {
	const requestId = await submit();
	const run = await check({ requestId, routing });
	const node = run.runData.Node?.[0]?.data?.main;

	expect(node).toHaveLength(count);
});

describe('a failed job', () => {
	const reason = 'Prompt is required and has to be a string';

	it.each<[string, number, object, string | RegExp]>([
		['422 with a text', 422, { error: reason }, reason],
		['200 with a text', 200, { error: reason }, reason],
		['an object', 422, { error: { message: reason } }, reason],
		['an object of PixelFlow', 200, { error_message: { node: 'a', message: reason } }, reason],
		['no reason', 422, { error: undefined }, /no reason/],
		['null for a reason', 422, { error: null }, /no reason/],
		['an empty reason', 422, { error: '' }, /no reason/],
	])('is reported with its reason: %s', async (_, status, body, expected) => {
		stage.fail = () => reason;
		const requestId = await submit();
		const answer = (normal: Answer): Answer => ({
			...withBody({ error: undefined, ...body }).transform(normal),
			status,
		});
		sim.script({ path: /status$/, times: 2, answer: { transform: answer } });
		const single = await check({ requestId });
		const routed = await check({ requestId, routing: 'byStatus' });

		expect(single.status).toBe('error');
		expect(single.error?.message).toMatch(expected);
		expect(single.error?.description).toMatch(/Nothing was billed/);
		expect(single.error?.description).toContain(requestId);
		expect(routed.error).toBeUndefined();
		const [completed, inProgress, failed] = routed.outputs();
		expect([completed, inProgress]).toEqual([[], []]);
		expect(failed?.map(({ json }) => json)).toEqual([
			{
				...failedItem({
					status: 'FAILED',
					failure_reason:
						typeof expected === 'string' ? expected : (expect.stringMatching(expected) as string),
					advice: expect.stringContaining('Nothing was billed') as string,
					request_id: requestId,
				}),
				seed: null,
			},
		]);
	});

	it('keeps its facts when the node continues on fail', async () => {
		stage.fail = () => 'content_policy_violation';
		const requestId = await submit();
		const item = { json: { request_id: requestId, model: 'veo-3', prompt: 'a fox' } };
		const run = await check({ requestId: '={{ $json.request_id }}' }, [item], continues);

		expect(run.error).toBeUndefined();
		expect(run.items()).toHaveLength(1);
		expect(run.items()[0]).toMatchObject({
			json: failedItem({
				status: 'FAILED',
				failure_reason: 'content_policy_violation',
				advice: expect.stringContaining(requestId) as string,
				model: 'veo-3',
				prompt: 'a fox',
				request_id: requestId,
			}),
			pairedItem: { item: 0 },
		});
	});
});

describe('a job that Segmind does not know', () => {
	it.each([
		['was never there', async () => UNKNOWN_ID],
		[
			'is older than an hour',
			async () => {
				const requestId = await submit();
				stage.aheadMs += 3_600_001;
				return requestId;
			},
		],
	])('is an error that says so: it %s, and is in no history', async (_, someId) => {
		withoutHistory(sim);
		const requestId = await someId();
		const run = await check({ requestId });

		expect(run.status).toBe('error');
		expect(run.error?.message).toBe(`Segmind does not know the job ${requestId}`);
		expect(run.error?.description).toMatch(/one hour/);
		expect(polls()).toHaveLength(1);
	});

	describe('but the request history does', () => {
		const hourLater = async (body: object = { prompt: 'a red fox', seed: 5 }) => {
			const requestId = await submit('fast-flux-schnell', body);
			stage.aheadMs += 3_600_001;
			return requestId;
		};

		it('comes with its file, cost, model, prompt and seed, as recovered', async () => {
			const requestId = await hourLater();
			const run = await check({ requestId });

			expect(run.error).toBeUndefined();
			const [{ json, binary }] = run.items() as [INodeExecutionData];
			const [job] = sim.jobs;
			expect(json).toMatchObject({
				status: 'COMPLETED',
				recovered: true,
				model: 'fast-flux-schnell',
				prompt: 'a red fox',
				seed: 5,
				url: job!.outputs[0]!.url,
				cost: job!.billed,
				request_id: requestId,
			});
			const submittedAt =
				engine.packageClock().now() + stage.aheadMs - sim.now() + job!.submittedAt;
			const days = (Date.parse(String(json.url_expires_at)) - submittedAt) / 86_400_000;
			expect(days).toBeCloseTo(7, 1);
			expect(binary?.data?.mimeType).toBe('image/jpeg');
		});

		it('comes with all its files', async () => {
			const requestId = await hourLater({ prompt: 'a red fox', samples: 3 });
			const run = await check({ requestId, download: false });
			expect(run.items().map(({ json }) => json.url)).toEqual(
				sim.jobs[0]!.outputs.map(({ url }) => url),
			);
		});

		it('is a failed one with its reason', async () => {
			stage.fail = () => 'no luck';
			const requestId = await hourLater();
			const run = await check({ requestId, routing: 'byStatus' });
			expect(run.items(undefined, 2)[0]!.json).toMatchObject({
				status: 'FAILED',
				failure_reason: 'no luck',
				billed: 'no',
				recovered: true,
			});
		});

		it('is waited for while it is PENDING, and PROCESSING if checked once', async () => {
			sim.history.endsAfter = () => 3_700;
			const requestId = await hourLater();
			const once = await check({ requestId, routing: 'byStatus' });
			expect(once.items(undefined, 1)[0]!.json).toMatchObject({
				status: 'PROCESSING',
				recovered: true,
			});
			const run = await check({ requestId, waitForCompletion: true });
			expect(run.items()[0]!.json).toMatchObject({ status: 'COMPLETED', recovered: true });
		});

		it.each([
			['of a team mate', (id: string) => sim.history.add({ request_id: id }, { mine: false })],
			[
				'without an answer',
				() => sim.script({ path: /request-history/, times: 9, answer: { status: 503, body: {} } }),
			],
		])('is not known %s', async (_what, prepare) => {
			prepare(UNKNOWN_ID);
			const run = await check({ requestId: UNKNOWN_ID, routing: 'byStatus' });
			expect(run.items(undefined, 2)[0]!.json).toMatchObject({ status: 'NOT_FOUND' });
		});
	});

	it('leaves by the third output with routing by status', async () => {
		const run = await check({ requestId: UNKNOWN_ID, routing: 'byStatus' });

		expect(run.error).toBeUndefined();
		expect(run.outputs().map((items) => items.length)).toEqual([0, 0, 1]);
		const [{ json }] = run.items(undefined, 2) as [INodeExecutionData];
		expect(json).toEqual({
			...failedItem({
				status: 'NOT_FOUND',
				failure_reason: expect.stringContaining(UNKNOWN_ID) as string,
				billed: 'unknown',
				advice: expect.any(String) as string,
				request_id: UNKNOWN_ID,
				http_status: 404,
			}),
			seed: null,
		});
	});
});

describe('routing by status', () => {
	it('sends each item out by its own output', async () => {
		stage.fail = ({ index }) => (index === 1 ? 'no luck' : undefined);
		stage.duration = ({ index }) => (index === 2 ? 1000 : 0);
		const ids = [await submit(), await submit(), await submit(), UNKNOWN_ID];
		const run = await check(
			{ requestId: '={{ $json.request_id }}', routing: 'byStatus' },
			ids.map((request_id) => ({ json: { request_id } })),
		);

		expect(run.error).toBeUndefined();
		expect(run.outputs().map(idsOf)).toEqual([[ids[0]], [ids[2]], [ids[1], ids[3]]]);
		expect(run.outputs().map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 0 }],
			[{ item: 2 }],
			[{ item: 1 }, { item: 3 }],
		]);
		for (const { json } of run.outputs().flat()) expect(json).not.toHaveProperty('error');
	});

	it('returns items in progress that can go round a loop, with what is known of them', async () => {
		stage.duration = () => 40;
		const requestId = await submit('lyria-2');
		const binary = { photo: await engine.storeBinary(Buffer.from('x'), 'a.png', 'image/png') };
		const item = { json: { request_id: requestId, model: 'lyria-2', seed: 9 }, binary };
		const parameters = { requestId: '={{ $json.request_id }}', routing: 'byStatus' };
		let rounds = 0;
		let items = [item] as INodeExecutionData[];
		let done: INodeExecutionData[] = [];
		while (!done.length && rounds < 1000) {
			const run = await check(parameters, items);
			expect(run.error).toBeUndefined();
			done = run.items();
			items = run.items(undefined, 1);
			rounds++;
		}

		expect(rounds).toBeGreaterThan(1);
		expect(done[0]?.json).toMatchObject({ request_id: requestId, model: 'lyria-2', seed: 9 });
		expect(Object.keys(done[0]?.binary ?? {}).sort()).toEqual(['data', 'photo']);
	});

	it('sends an item that cannot be polled to the third output, if the node continues', async () => {
		const requestId = await submit();
		const run = await check(
			{ requestId: '={{ $json.request_id }}', routing: 'byStatus' },
			[{ json: {} }, { json: { request_id: requestId } }],
			continues,
		);

		expect(run.error).toBeUndefined();
		expect(run.outputs().map((items) => items.length)).toEqual([1, 0, 1]);
		expect(run.items(undefined, 2)[0]).toMatchObject({
			json: { failure_reason: expect.stringContaining('Request ID') as string },
			pairedItem: { item: 0 },
		});
	});
});

describe('the result', () => {
	const url = (bytes: Buffer, name: string, type: string) => sim.publish(bytes, name, type);
	const video = () => url(mp4(1), 'v.mp4', 'video/mp4');
	const mp3File = () => url(mp3(), 'a.mp3', 'audio/mpeg');
	const wavFile = () => url(wav(1), 'a.wav', 'audio/wav');
	const glbFile = () => url(glb(), 'm.glb', 'model/gltf-binary');
	const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]);
	const pngFile = () => url(png, 'p.png', 'image/png');

	/** Polls a finished job whose result is this body. */
	async function resultOf(body: object, parameters: INodeParameters = {}) {
		const requestId = await submit();
		sim.script({ path: `/v2/requests/${requestId}`, answer: { body } });
		const run = await check({ requestId, ...parameters });
		expect(run.error).toBeUndefined();
		return run.items();
	}

	it.each<[string, () => object, Array<[type: string, bytes: Buffer]>]>([
		['output as a URL', () => ({ output: video() }), [['video/mp4', mp4(1)]]],
		[
			'output as a list of URLs',
			() => ({ output: [video(), mp3File()] }),
			[
				['video/mp4', mp4(1)],
				['audio/mpeg', mp3()],
			],
		],
		['output as an object', () => ({ output: { video_url: video() } }), [['video/mp4', mp4(1)]]],
		['output with url', () => ({ output: { url: glbFile() } }), [['model/gltf-binary', glb()]]],
		[
			'output as JSON text of an object',
			() => ({ output: JSON.stringify({ video_url: video() }) }),
			[['video/mp4', mp4(1)]],
		],
		[
			'output as JSON text of a list',
			() => ({ output: JSON.stringify([pngFile(), pngFile()]) }),
			[
				['image/png', png],
				['image/png', png],
			],
		],
		['output as base64', () => ({ output: png.toString('base64') }), [['image/png', png]]],
		[
			'output as a data URI',
			() => ({ output: `data:image/png;base64,${png.toString('base64')}` }),
			[['image/png', png]],
		],
		[
			'images[], of which output holds only the first',
			() => {
				const [one, two] = [pngFile(), pngFile()];
				const image = { content_type: 'image/png', file_name: 'p.png' };
				return {
					status: 'COMPLETED',
					output: one,
					images: [
						{ url: one, ...image },
						{ url: two, ...image },
					],
				};
			},
			[
				['image/png', png],
				['image/png', png],
			],
		],
		[
			'video and its last frame',
			() => {
				const file = video();
				return {
					output: file,
					video: { url: file, content_type: 'video/mp4', last_frame_url: pngFile() },
				};
			},
			[
				['video/mp4', mp4(1)],
				['image/png', png],
			],
		],
		[
			'audio',
			() => {
				const file = wavFile();
				return { output: file, audio: { url: file, content_type: 'audio/wav' } };
			},
			[['audio/wav', wav(1)]],
		],
		[
			'a wrong content type',
			() => ({ images: [{ url: video(), content_type: 'image/jpeg' }] }),
			[['video/mp4', mp4(1)]],
		],
	])('is understood: %s', async (_, body, files) => {
		// Only one of these bodies names a status: with an output the job is complete.
		const items = await resultOf(body());

		expect(items.map(({ json }) => json.content_type)).toEqual(files.map(([type]) => type));
		expect(items.map(({ json }) => [json.output_index, json.output_count])).toEqual(
			files.map((__, index) => [index, files.length]),
		);
		const kept = await Promise.all(
			items.map(async ({ binary }) => await engine.binary(binary!.data!)),
		);
		expect(kept).toEqual(files.map(([, bytes]) => bytes));
	});

	const openAi = { choices: [{ index: 0, message: { role: 'assistant', content: 'Hello!' } }] };
	const anthropic = {
		content: [
			{ type: 'text', text: 'Hel' },
			{ type: 'text', text: 'lo!' },
		],
	};
	const gemini = { candidates: [{ content: { role: 'model', parts: [{ text: 'Hello!' }] } }] };
	const parts = { choices: [{ message: { content: [{ type: 'text', text: 'Hello!' }] } }] };
	const embedding = { embedding: [0.1, 0.2] };

	it.each<[string, unknown, IDataObject]>([
		['OpenAI', JSON.stringify(openAi), { text: 'Hello!', result: openAi }],
		['OpenAI with parts', JSON.stringify(parts), { text: 'Hello!', result: parts }],
		['Anthropic', JSON.stringify(anthropic), { text: 'Hello!', result: anthropic }],
		['Gemini', JSON.stringify(gemini), { text: 'Hello!', result: gemini }],
		['an object, not a text', openAi, { text: 'Hello!', result: openAi }],
		['plain text', 'A transcript.', { text: 'A transcript.' }],
		['text that only looks like JSON', '{"choices": [', { text: '{"choices": [' }],
		['data', JSON.stringify(embedding), { result: embedding }],
	])('of a model without files is read: %s', async (_, output, expected) => {
		const [item, ...more] = await resultOf({ status: 'COMPLETED', output });

		expect(more).toEqual([]);
		const { text, result } = item?.json ?? {};
		expect({ text, result }).toEqual({ text: undefined, result: undefined, ...expected });
		expect(item?.json).toMatchObject({ status: 'COMPLETED', url: null, output_count: 0 });
		expect(item?.binary).toBeUndefined();
	});

	it.each<[string, unknown, unknown]>([
		['a number', 42, 42],
		['digits', '3982217745', 3_982_217_745],
		['digits beyond a number', '18446744073709551615', '18446744073709551615'],
		['missing', undefined, null],
		['words', 'random', null],
	])('has a seed that is %s', async (_, seed, expected) => {
		const [item] = await resultOf({ output: video(), seed });

		expect(item?.json.seed).toBe(expected);
	});

	it.each<[unknown, number | null]>([
		['284113', 284_113],
		[284_113, 284_113],
		['', null],
		[undefined, null],
	])('has a file_size of %p', async (size, expected) => {
		const file = { url: video(), content_type: 'video/mp4', file_size: size };
		const [item] = await resultOf({ video: file }, { download: false });

		expect(item?.json.file_size).toBe(expected);
	});

	it('takes the cost from the status if the result lacks it', async () => {
		const requestId = await submit();
		sim.script({ path: /status$/, answer: withBody({ metrics: { cost: 0.04 } }) });
		const body = { status: 'COMPLETED', metrics: { inference_time: 13 }, output: video() };
		sim.script({ path: `/v2/requests/${requestId}`, answer: { body } });
		const run = await check({ requestId });

		expect(run.items()[0]?.json).toMatchObject({
			cost: 0.04,
			inference_time: 13,
			remaining_credits: null,
		});
	});

	it('may come as its main file, with the URLs of the others', async () => {
		const urls = [pngFile(), pngFile(), pngFile()];
		const images = urls.map((url) => ({ url }));
		const items = await resultOf({ images }, { options: { outputItems: 'mainFile' } });

		expect(items).toHaveLength(1);
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data']);
		expect(items[0]?.json).toMatchObject({ url: urls[0], output_count: 3 });
		expect(items[0]?.json.other_files).toEqual(urls.slice(1));
		expect(sim.requests.filter(({ origin }) => origin === 'files')).toHaveLength(1);
	});

	it('may come as one item with all files', async () => {
		const images = [{ url: pngFile() }, { url: pngFile() }];
		const items = await resultOf({ images }, { options: { outputItems: 'perInput' } });

		expect(items).toHaveLength(1);
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data', 'data_1']);
		expect(items[0]?.json.outputs).toHaveLength(2);
	});
});

describe('bad input', () => {
	it.each<[string, IDataObject, string]>([
		['empty', { request_id: '' }, '""'],
		['missing', {}, '""'],
		['null', { request_id: null }, ''],
		['too short', { request_id: 'abc' }, '"abc"'],
		['with slashes', { request_id: 'a/../../v1/get-user-credits' }, '"a/../../v1/'],
		['with a query', { request_id: `${UNKNOWN_ID}?x=1` }, '?x=1"'],
		['an address', { request_id: `https://api.segmind.com/v2/requests/${UNKNOWN_ID}` }, 'https'],
		['two ids', { request_id: `${UNKNOWN_ID} ${UNKNOWN_ID}` }, UNKNOWN_ID],
		['a number', { request_id: 12_345_678 }, '12345678'],
		['an object', { request_id: { id: UNKNOWN_ID } }, `{"id":"${UNKNOWN_ID}"}`],
		['a list', { request_id: [UNKNOWN_ID] }, `["${UNKNOWN_ID}"]`],
		['true', { request_id: true }, 'true'],
	])('reports a request_id that is %s before sending', async (_, json, received) => {
		const items = [{ json: { request_id: UNKNOWN_ID } }, { json }];
		const run = await check({ requestId: '={{ $json.request_id }}' }, items);

		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(/^Request ID must be the request_id of a submitted job/);
		expect(run.error?.message).toContain(received);
		expect(run.error?.context).toMatchObject({ itemIndex: 1 });
		expect(sim.requests).toEqual([]);
	});

	it('ignores spaces around a request_id', async () => {
		const requestId = await submit();
		const run = await check({ requestId: ` ${requestId}\n` });

		expect(run.items()[0]?.json).toMatchObject({ status: 'COMPLETED', request_id: requestId });
	});

	it('items without an id stop the run before the others are asked for', async () => {
		const items = [await submit(), undefined, await submit()].map((request_id) => ({
			json: { request_id },
		}));
		const run = await check({ requestId: '={{ $json.request_id }}' }, items);

		expect(run.status).toBe('error');
		expect(run.error?.context).toMatchObject({ itemIndex: 1 });
		expect(run.error?.description).toMatch(/Items 0 and 2: not started, nothing was sent/);
		expect(polls()).toEqual([]);
	});

	it('items without an id fail alone if the node continues', async () => {
		const ids = [await submit(), undefined, await submit()];
		const items = ids.map((request_id) => ({ json: { request_id } }));
		const run = await check({ requestId: '={{ $json.request_id }}' }, items, continues);

		expect(run.error).toBeUndefined();
		expect(idsOf(run.items())).toEqual([ids[0], null, ids[2]]);
		expect(run.items().map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((__, item) => ({ item })),
		);
		expect(run.items()[1]?.json.failure_reason).toMatch(/Request ID/);
		expect(run.items()[2]?.binary?.data).toBeDefined();
	});

	it.each([{}, continues])(
		'routes a job to In Progress on timeout, by status (%j)',
		async (more) => {
			stage.duration = () => 10_000;
			const requestId = await submit();
			const parameters = {
				requestId: '={{ $json.id }}',
				waitForCompletion: true,
				routing: 'byStatus',
				options: { timeout: 20 },
			};
			stage.duration = () => 0;
			const done = await submit();
			const items = [{ json: { id: requestId } }, { json: { id: done } }];
			const run = await check(parameters, items, more);
			const [completed, inProgress, failed] = run.outputs();

			// The other job is not lost with it.
			expect(completed?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			expect(inProgress?.map(({ json }) => json)).toEqual([
				unfinishedItem({ status: 'PROCESSING', request_id: requestId }),
			]);
			expect(failed).toEqual([]);
			expect(run.hints().map(({ message }) => message)).toEqual([
				expect.stringContaining(`The job ${requestId} is still running`),
			]);
		},
	);

	it.each([86_401, 0, -1, 'soon'])('reports a timeout of %s before sending', async (timeout) => {
		const run = await check({ requestId: UNKNOWN_ID, options: { timeout } });

		expect(run.error?.message).toMatch(/^Timeout \(Seconds\) must be a number from 1 to 86400/);
		expect(run.error?.message).toContain(String(timeout));
		expect(sim.requests).toEqual([]);
	});

	it('reports a wrong key at once, without showing it', async () => {
		const apiKey = `SG_${'0'.repeat(16)}`;
		const credentials = { segmindApi: { ...sim.credential, apiKey } };
		const parameters = { requestId: UNKNOWN_ID, waitForCompletion: true };
		const run = await check(parameters, [{ json: {} }], { credentials });

		expect(run.error?.message).toMatch(/did not accept the API key/);
		expect(JSON.stringify([run.error?.message, run.error?.description])).not.toContain(apiKey);
		expect(polls()).toHaveLength(1);
	});
});
