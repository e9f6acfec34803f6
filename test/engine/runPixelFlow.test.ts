/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { mp3 } from '../simulator/media';
import type { Simulator } from '../simulator/simulator';
import type { Answer, NewJob, RecordedRequest, ScriptedAnswer } from '../simulator/types';
import { mp4 } from '../simulator/video';
import type { Engine, NodeOptions } from './engine';
import { startStage, type Stage } from './stage';
import { dataUri, fileOf, sha256 } from './sampleFiles';
import type { WorkflowJson } from './workflow';

const FLOW = '0123456789abcdef01234567-v2';
const V2_FLOW = 'v2/infographic-maker';

let stage: Stage;
let engine: Engine;
let sim: Simulator;

beforeAll(async () => {
	stage = await startStage('filesystem');
	({ engine, sim } = stage);
});

beforeEach(() => {
	stage.duration = () => 0;
	stage.fail = () => undefined;
});

afterEach(() => sim.reset());

afterAll(async () => await stage.close());

const byId = (value: INodeParameters[string]) => ({ __rl: true, mode: 'id', value });
const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });

async function run(parameters: INodeParameters = {}, options: NodeOptions = {}) {
	return await engine.runNode(
		'segmindRunPixelFlow',
		{ workflow: byId(FLOW), ...parameters },
		{ credentials: { segmindApi: { ...sim.credential } }, ...options },
	);
}

async function check(requestId: unknown, parameters: INodeParameters = {}, binary = {}) {
	return await engine.runNode(
		'segmindCheckStatus',
		{
			requestId: '={{ $json.request_id }}',
			waitForCompletion: false,
			options: { kind: 'pixelFlow' },
			...parameters,
		},
		{
			credentials: { segmindApi: { ...sim.credential } },
			items: [{ json: { request_id: requestId } as IDataObject, binary }],
		},
	);
}

const atApi = (method: string) =>
	sim.requests.filter((request) => request.origin === 'api' && request.method === method);
const polls = () => atApi('GET');
const continues = { onError: 'continueRegularOutput' as const };
const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const wentWell = { message: undefined, status: 'success' };
const endOf = ({ error, status }: { error?: { message: string }; status: string }) => ({
	message: error?.message,
	status,
});

/** Changes the body of every poll's answer that has this status. */
function whenever(status: string, changes: object): void {
	const transform = (normal: Answer): Answer => {
		const body = JSON.parse(normal.body.toString()) as { status?: string };
		if (body.status !== status) return normal;
		return { ...normal, body: Buffer.from(JSON.stringify({ ...body, ...changes })) };
	};
	sim.script({ origin: 'api', method: 'GET', times: 99, answer: { transform } });
}

const output = (keyname: unknown, type: string, data: unknown) => ({
	keyname,
	value: { type, data },
});
const videoUrl = () => sim.publish(mp4(1), 'v.mp4', 'video/mp4');
const audioUrl = () => sim.publish(mp3(), 'a.mp3', 'audio/mpeg');

/** The item of a PixelFlow that has not completed. */
const unfinished = (status: string, requestId: unknown) => ({
	status,
	request_id: requestId,
	outputs: {},
	files: [],
	cost: null,
	remaining_credits: null,
	inference_time: null,
});

const contracts = [
	{
		name: 'first',
		path: FLOW,
		idShape: /^[0-9a-f]{32}$/,
		pollPaths: (id: unknown) => [`/workflows/request/${String(id)}`],
		metrics: () => ({ cost: null, remaining_credits: null, inference_time: null }),
	},
	{
		name: 'v2',
		path: V2_FLOW,
		idShape: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
		pollPaths: (id: unknown) => [`/v2/requests/${String(id)}/status`, `/v2/requests/${String(id)}`],
		metrics: () => ({ cost: 0.02, remaining_credits: sim.credits, inference_time: 0 }),
	},
];

describe.each(contracts)('the $name contract', ({ path, idShape, pollPaths, metrics }) => {
	const workflow = byId(path);

	it('runs to its end: outputs by name, and its file in a field of that name', async () => {
		const url = videoUrl();
		const list = [output('Trailer', 'video', url), output('Caption', 'text', 'A red fox')];
		whenever('COMPLETED', { output: JSON.stringify(list) });
		const made = await run({ workflow, inputs: '{ "Topic": "foxes", "Count": 2 }' });

		expect(endOf(made)).toEqual(wentWell);
		const [job] = sim.jobs;
		expect(job?.requestId).toMatch(idShape);
		expect(made.items()).toHaveLength(1);
		const { json, binary, pairedItem } = made.items()[0]!;
		expect(json).toEqual({
			status: 'COMPLETED',
			request_id: job?.requestId,
			outputs: { Trailer: url, Caption: 'A red fox' },
			files: [
				{
					key: 'Trailer',
					url,
					content_type: 'video/mp4',
					file_name: 'Trailer.mp4',
					file_size: mp4(1).length,
					binary_field: 'Trailer',
				},
			],
			...metrics(),
		});
		expect(pairedItem).toEqual({ item: 0 });
		expect(Object.keys(binary ?? {})).toEqual(['Trailer']);
		expect(binary?.Trailer).toMatchObject({ mimeType: 'video/mp4', fileName: 'Trailer.mp4' });
		expect(await engine.binary(binary!.Trailer!)).toEqual(mp4(1));
		expect(sim.requests[0]).toMatchObject({
			origin: 'api',
			method: 'POST',
			path: `/workflows/${path}`,
			body: { Topic: 'foxes', Count: 2 },
		});
		expect(polls().map(({ path: polled }) => polled)).toEqual(pollPaths(job?.requestId));
	});

	it('returns the request_id at once when not waiting', async () => {
		const made = await run({ workflow, waitForCompletion: false });

		expect(endOf(made)).toEqual(wentWell);
		const [{ json, pairedItem }] = made.items() as [INodeExecutionData];
		expect(json).toEqual(unfinished('QUEUED', sim.jobs[0]?.requestId));
		expect(pairedItem).toEqual({ item: 0 });
		expect(sim.requests).toHaveLength(1);
	});

	it('sends the key to the credential’s host alone, whatever the address or the answer names', async () => {
		const elsewhere = sim.filesUrl;
		sim.script({
			method: 'POST',
			answer: {
				transform: (normal) => ({
					...normal,
					body: Buffer.from(
						JSON.stringify({
							...(JSON.parse(normal.body.toString()) as object),
							poll_url: `${elsewhere}/poll`,
							status_url: `${elsewhere}/status`,
							response_url: `${elsewhere}/response`,
						}),
					),
				}),
			},
		});
		const made = await run({ workflow: byUrl(`${elsewhere}/workflows/${path}?x=1`) });

		expect(endOf(made)).toEqual(wentWell);
		const requestId = sim.jobs[0]?.requestId;
		const withKey = sim.requests.filter(({ headers }) =>
			JSON.stringify(headers).includes(sim.apiKey),
		);
		expect(withKey.map((request) => [request.origin, request.path])).toEqual(
			[`/workflows/${path}`, ...pollPaths(requestId)].map((one) => ['api', one]),
		);
		expect(sim.requests.filter(({ origin }) => origin !== 'api')).toHaveLength(1);
		expect(sim.keyLeaks).toBe(0);
	});

	const reason = 'the background could not be removed';

	it.each<[string, object, string]>([
		['error_message as an object', { error_message: { node: 'rembg', message: reason } }, reason],
		['error_message as a text', { error_message: reason }, reason],
		['error as an object', { error: { message: reason } }, reason],
		['error as a text', { error: reason }, reason],
		['both', { error: null, error_message: { message: reason } }, reason],
		['neither', {}, 'Segmind gave no reason'],
		['an object without words', { error_message: { node: 'rembg' } }, 'Segmind gave no reason'],
	])('reports why a PixelFlow failed: %s', async (_, body, expected) => {
		stage.fail = () => 'yes';
		whenever('FAILED', { error: undefined, error_message: undefined, ...body });
		const stopped = await run({ workflow });
		const went = await run({ workflow }, { nodeOptions: continues });

		const [first, second] = sim.jobs;
		expect(endOf(stopped)).toEqual({ message: `The job failed: ${expected}`, status: 'error' });
		expect(stopped.error?.description).toMatch(/may have been billed/);
		expect(stopped.error?.description).toContain(first?.requestId);
		expect(went.items()[0]).toMatchObject({
			json: {
				status: 'FAILED',
				failure_reason: expected,
				billed: 'unknown',
				request_id: second?.requestId,
			},
			pairedItem: { item: 0 },
		});
		// It has no model and no prompt.
		expect(Object.keys(went.items()[0]!.json)).toEqual([
			'status',
			'failure_reason',
			'billed',
			'advice',
			'request_id',
			'http_status',
		]);
	});

	const page = '<!DOCTYPE html><html><title>502 Bad Gateway</title></html>';

	it.each<[string, ScriptedAnswer]>([
		['429', { status: 429, body: { error: 'rate_limit_exceeded' } }],
		['500', { status: 500, body: { error: 'Internal error' } }],
		['502 with a page', { status: 502, headers: { 'content-type': 'text/html' }, body: page }],
		['a page with a good status', { headers: { 'content-type': 'text/html' }, body: page }],
		['broken JSON', { fault: 'brokenJson' }],
		['an empty body', { fault: 'emptyBody' }],
		['a reset', { fault: 'reset' }],
		['a redirect', { fault: 'redirect', location: '/elsewhere' }],
	])('survives a transient fault while waiting: %s', async (_, answer) => {
		stage.duration = () => 10;
		// The first two polls; on v2 the first two fetches too.
		for (const lookPath of ['/workflows/request/', '/status$', '/v2/requests/[^/]+$']) {
			sim.script({ method: 'GET', path: new RegExp(lookPath), times: 2, answer });
		}
		const made = await run({ workflow });

		expect(endOf(made)).toEqual(wentWell);
		expect(made.items()[0]?.json).toMatchObject({ status: 'COMPLETED' });
		expect(Object.keys(made.items()[0]?.binary ?? {})).toEqual(['Infographic']);
		expect(sim.jobs).toHaveLength(1);
		expect(sim.requests.some((request) => request.path === '/elsewhere')).toBe(false);
	});

	it('that is not done in time can be collected by Check Status', async () => {
		stage.duration = () => 90;
		const late = await run({ workflow, options: { timeout: 20 } });

		const id = sim.jobs[0]?.requestId;
		expect(late.status).toBe('error');
		expect(late.error?.message).toMatch(
			new RegExp(`^The job ${id} was not finished after \\d+ seconds \\(status PROCESSING\\)$`),
		);
		expect(late.error?.description).toMatch(/Segmind Check Status.*one hour/);
		const made = await check(id, { waitForCompletion: true });

		expect(endOf(made)).toEqual(wentWell);
		expect(made.items()[0]?.json).toMatchObject({ status: 'COMPLETED', request_id: id });
		expect(made.items()[0]?.json.outputs).toEqual({
			Infographic: sim.jobs[0]?.outputs[0]?.url,
			Caption: `Made by ${sim.jobs[0]?.slug}`,
		});
		expect(made.items()[0]?.binary?.Infographic?.mimeType).toMatch(/^image\//);
		expect(sim.jobs).toHaveLength(1);
		expect(sim.jobs[0]?.billed).toBe(0.02);
	});

	it('ends with no further poll when it is stopped, and names the job', async () => {
		stage.duration = () => 3000;
		const stop = new AbortController();
		sim.script({
			method: 'GET',
			answer: () => {
				stop.abort();
				return undefined;
			},
		});
		const stopped = await run({ workflow }, { cancel: stop.signal });

		expect(stopped.status).toBe('canceled');
		expect(stopped.error?.message).toMatch(/stopped/);
		expect(stopped.error?.description).toContain(sim.jobs[0]?.requestId);
		expect(polls()).toHaveLength(1);
		expect(sim.jobs).toHaveLength(1);
	});

	it('is submitted once however often n8n tries the node again', async () => {
		stage.duration = () => 60;
		const made = await run({ workflow, options: { timeout: 35 } }, { nodeOptions: retries });

		expect(endOf(made)).toEqual(wentWell);
		expect(made.items()[0]?.json).toMatchObject({
			status: 'COMPLETED',
			request_id: sim.jobs[0]?.requestId,
		});
		expect(atApi('POST')).toHaveLength(1);
	});

	describe('is polled by Check Status', () => {
		const submitted = async () =>
			(await run({ workflow, waitForCompletion: false })).items()[0]?.json.request_id;

		it('while it runs', async () => {
			stage.duration = () => 3000;
			const id = await submitted();
			const single = await check(id);
			const routed = await check(id, { routing: 'byStatus' });

			const json = {
				...unfinished('', id),
				status: expect.stringMatching(/^(QUEUED|PROCESSING)$/),
			};
			expect(single.items().map((item) => item.json)).toEqual([json]);
			expect(routed.outputs().map((items) => items.map((item) => item.json))).toEqual([
				[],
				[json],
				[],
			]);
		});

		it('when it has ended', async () => {
			const id = await submitted();
			const single = await check(id);
			const routed = await check(id, { routing: 'byStatus', download: false });

			const [{ json, binary }] = single.items() as [INodeExecutionData];
			const url = sim.jobs[0]?.outputs[0]?.url;
			expect(json).toMatchObject({ status: 'COMPLETED', request_id: id, ...metrics() });
			expect(json.outputs).toMatchObject({ Infographic: url });
			expect(Object.keys(binary ?? {})).toEqual(['Infographic']);
			expect(routed.outputs().map((items) => items.length)).toEqual([1, 0, 0]);
			expect(routed.items()[0]?.json.outputs).toEqual(json.outputs);
			expect(routed.items()[0]?.binary).toBeUndefined();
		});

		it('when it has failed', async () => {
			stage.fail = () => reason;
			const id = await submitted();
			const single = await check(id);
			const routed = await check(id, { routing: 'byStatus' });

			expect(endOf(single)).toEqual({ message: `The job failed: ${reason}`, status: 'error' });
			expect(endOf(routed)).toEqual(wentWell);
			expect(routed.outputs().map((items) => items.map((item) => item.json))).toEqual([
				[],
				[],
				[
					{
						...unfinished('FAILED', id),
						failure_reason: reason,
						billed: 'unknown',
						advice: expect.stringContaining(String(id)) as string,
						http_status: null,
					},
				],
			]);
		});

		it('when the item holds a file in the field that its own files do not use', async () => {
			const id = await submitted();
			const data = await engine.storeBinary(mp3(), 'a.mp3', 'audio/mpeg');
			const made = await check(id, {}, { data });

			expect(endOf(made)).toEqual(wentWell);
			expect(Object.keys(made.items()[0]?.binary ?? {}).sort()).toEqual(['Infographic', 'data']);
		});
	});
});

describe('Check Status', () => {
	it('names the missing option for the ID of a PixelFlow', async () => {
		const submitted = await run({ waitForCompletion: false });
		const id = submitted.items()[0]?.json.request_id;
		const made = await check(id, { options: {} });

		expect(made.error?.message).toBe(`Segmind does not know the job ${String(id)}`);
		expect(made.error?.description).toMatch(/set the option Kind to PixelFlow/);
	});

	it('does not name it for other IDs', async () => {
		const made = await check('00000000-0000-4000-8000-000000000000', { options: {} });

		expect(made.error?.description).not.toMatch(/PixelFlow/);
	});
});

describe('outputs', () => {
	/** Runs a PixelFlow that ends with this output. */
	async function made(list: unknown, parameters: INodeParameters = {}, options: NodeOptions = {}) {
		whenever('COMPLETED', { output: list });
		const result = await run(parameters, options);
		expect(endOf(result)).toEqual(wentWell);
		expect(result.items()).toHaveLength(1);
		return result.items()[0]!;
	}
	const fieldsOf = ({ json }: INodeExecutionData) =>
		(json.files as IDataObject[]).map(({ key, binary_field }) => [key, binary_field]);

	it.each<[string, unknown, IDataObject]>([
		['a parsed list', [output('Caption', 'text', 'A red fox')], { Caption: 'A red fox' }],
		['plain text', 'A red fox', { output_1: 'A red fox' }],
		[
			'a type never seen',
			[output('Scene', 'hologram', { depth: 3, url: 'https://x.example/a.holo' })],
			{ Scene: { depth: 3, url: 'https://x.example/a.holo' } },
		],
		[
			'an address of a type never seen',
			[output('Scene', 'hologram', 'https://x.example/a.holo')],
			{ Scene: 'https://x.example/a.holo' },
		],
		['a missing name', [output(undefined, 'text', 'A red fox')], { output_1: 'A red fox' }],
		[
			'the same name twice',
			[output('Caption', 'text', 'one'), output('Caption', 'text', 'two')],
			{ Caption: 'one', Caption_2: 'two' },
		],
		[
			'hostile names',
			['__proto__', 'constructor', 'toString'].map((name) => output(name, 'text', name)),
			{ output_1: '__proto__', constructor: 'constructor', toString: 'toString' },
		],
	])('are kept: %s', async (_, list, expected) => {
		const item = await made(list);

		expect(Object.entries(item.json.outputs as object)).toEqual(Object.entries(expected));
		expect(item.json.files).toEqual([]);
		expect(item.binary).toBeUndefined();
		expect(sim.requests.some(({ origin }) => origin === 'files')).toBe(false);
	});

	it('each get a separate file, whatever their names', async () => {
		const names = ['Final video!', 'Größe', '../../etc/passwd', 'constructor', '__proto__', '?'];
		const item = await made([
			...names.map((name) => output(name, 'video', videoUrl())),
			output('Final video!', 'Audio', audioUrl()),
		]);

		expect(fieldsOf(item)).toEqual([
			['Final video!', 'Final_video_'],
			['Größe', 'Größe'],
			['../../etc/passwd', '_etc_passwd'],
			['constructor', 'constructor_2'],
			['output_5', 'output_5'],
			['?', '_'],
			['Final video!_2', 'Final_video__2'],
		]);
		const { binary = {}, json } = item;
		expect(Object.keys(binary)).toEqual(fieldsOf(item).map(([, field]) => field));
		expect(await engine.binary(binary['Final_video__2']!)).toEqual(mp3());
		expect(await engine.binary(binary['constructor_2']!)).toEqual(mp4(1));
		for (const { file_name: name } of json.files as IDataObject[]) {
			expect(name).toMatch(/^[^/\\<>:"|?*.][^/\\<>:"|?*]*\.(mp4|mp3)$/);
		}
	});

	it.each([
		['image', 'image'],
		['video', 'VIDEO'],
		['audio', 'Audio'],
	])('of the type %s are files, written %s', async (_, type) => {
		const item = await made([output('Out', type, audioUrl())]);

		expect(item.binary?.Out?.mimeType).toBe('audio/mpeg');
	});

	it('have the prefix before the names of their fields, and nowhere else', async () => {
		const item = await made([output('Trailer', 'video', videoUrl())], { binaryField: 'flow_' });

		expect(fieldsOf(item)).toEqual([['Trailer', 'flow_Trailer']]);
		expect(Object.keys(item.binary ?? {})).toEqual(['flow_Trailer']);
		expect(item.binary?.flow_Trailer?.fileName).toBe('Trailer.mp4');
		expect(Object.keys(item.json.outputs as object)).toEqual(['Trailer']);
	});

	it('are not fetched if only their URLs are wanted', async () => {
		const url = videoUrl();
		const item = await made([output('Trailer', 'video', url)], { download: false });

		expect(item.json.outputs).toEqual({ Trailer: url });
		expect(item.json.files).toEqual([
			{ key: 'Trailer', url, content_type: null, file_name: null, file_size: null },
		]);
		expect(item.binary).toBeUndefined();
		expect(sim.requests.some(({ origin }) => origin === 'files')).toBe(false);
	});

	it('have the configured file name, numbered if there are several', async () => {
		const options = { fileName: 'fox' };
		const one = await made([output('A', 'video', videoUrl())], { options });
		sim.reset();
		const two = await made([output('A', 'video', videoUrl()), output('B', 'audio', audioUrl())], {
			options,
		});

		const namesOf = ({ binary = {} }: INodeExecutionData) =>
			Object.values(binary).map(({ fileName }) => fileName);
		expect(namesOf(one)).toEqual(['fox.mp4']);
		expect(namesOf(two)).toEqual(['fox-1.mp4', 'fox-2.mp3']);
	});

	it('leave the files of the input item alone', async () => {
		const photo = await engine.storeBinary(mp3(), 'a.mp3', 'audio/mpeg');
		const items = [{ json: {}, binary: { Trailer: photo, photo } }];
		const item = await made([output('Trailer', 'video', videoUrl())], {}, { items });

		expect(Object.keys(item.binary ?? {})).toEqual(['Trailer', 'photo', 'Trailer_2']);
		expect(await engine.binary(item.binary!.Trailer!)).toEqual(mp3());
		expect(await engine.binary(item.binary!.Trailer_2!)).toEqual(mp4(1));
		expect(fieldsOf(item)).toEqual([['Trailer', 'Trailer_2']]);
	});

	it('come with Segmind’s answer if requested', async () => {
		const list = [output('Caption', 'text', 'A red fox')];
		const plain = await made(list);
		const raw = await made(list, { options: { includeRawResponse: true } });

		expect(plain.json).not.toHaveProperty('raw_response');
		expect(raw.json.raw_response).toEqual({ status: 'COMPLETED', output: list });
	});

	it('that cannot be fetched are an error with their URL; a retry collects them', async () => {
		const url = videoUrl();
		whenever('COMPLETED', { output: [output('Trailer', 'video', url)] });
		sim.script({ origin: 'files', answer: { status: 404, body: 'gone' } });
		const lost = await run();
		sim.script({ origin: 'files', answer: { status: 404, body: 'gone' } });
		const found = await run({}, { nodeOptions: retries });

		expect(lost.error?.message).toMatch(/finished file could not be downloaded/);
		expect(lost.error?.description).toContain(url);
		expect(lost.error?.description).toContain(sim.jobs[0]?.requestId);
		expect(endOf(found)).toEqual(wentWell);
		expect(await engine.binary(found.items()[0]!.binary!.Trailer!)).toEqual(mp4(1));
		// One for each run.
		expect(sim.jobs).toHaveLength(2);
	});
});

describe('the submit', () => {
	it.each([429, 503, 500])('is repeated after a %i, which queued nothing', async (status) => {
		sim.script({ method: 'POST', times: 2, answer: { status, body: { error: 'busy' } } });
		const made = await run();

		expect(endOf(made)).toEqual(wentWell);
		expect(atApi('POST')).toHaveLength(3);
		expect(sim.jobs).toHaveLength(1);
	});

	it.each<[string, ScriptedAnswer]>([
		['a connection that broke on the way back', { fault: 'resetAfterBody', afterProcessing: true }],
		['an answer without request_id', { body: { status: 'QUEUED' } }],
		['a request_id that would lead elsewhere', { body: { request_id: '../../v1/credits' } }],
		['a page', { body: '<html>Hello</html>' }],
	])('is never repeated after %s, not even by Retry On Fail', async (_, answer) => {
		sim.script({ method: 'POST', answer });
		const made = await run({}, { nodeOptions: retries });

		expect(made.status).toBe('error');
		expect(made.error?.description).toMatch(/may have been (carried out and )?billed/);
		expect(sim.requests).toHaveLength(1);
	});

	it.each<[number, string, RegExp]>([
		[401, 'Unauthorized', /did not accept the API key/],
		[403, 'not yours', /not allowed to start the PixelFlow/],
		[404, 'Workflow not found', new RegExp(`no PixelFlow "${FLOW}"`)],
		[406, 'Insufficient credits', /Not enough Segmind credits/],
		[422, 'Topic is required', /found the input invalid/],
	])('is refused with %i', async (status, error, message) => {
		sim.script({ method: 'POST', answer: { status, body: { error } } });
		const made = await run();

		expect(made.error?.message).toMatch(message);
		expect(made.error?.description).toMatch(/^Nothing was billed\./);
		expect(made.error?.description).toContain(error);
		expect(sim.requests).toHaveLength(1);
	});

	it('is not resubmitted by Retry On Fail after the PixelFlow failed, since its models may have been billed', async () => {
		stage.fail = ({ index }) => (index === 0 ? 'no luck' : undefined);
		const made = await run({}, { nodeOptions: retries });

		expect(endOf(made)).toEqual({ message: 'The job failed: no luck', status: 'error' });
		expect(made.error?.description).toMatch(/costs the sum of its models.*not repeated/);
		expect(sim.jobs.map(({ state }) => state)).toEqual(['FAILED']);
	});

	it('is not repeated by Retry On Fail where the node does not wait', async () => {
		const items = [{ json: { flow: FLOW } }, { json: { flow: 'v2/gone' } }];
		const answer = { status: 404, body: { error: 'not found' } };
		sim.script({ path: '/workflows/v2/gone', times: 2, answer });
		const parameters = { workflow: byId('={{ $json.flow }}'), waitForCompletion: false };
		const made = await run(parameters, { items, nodeOptions: retries });

		expect(endOf(made)).toEqual(wentWell);
		expect(atApi('POST').filter(({ path }) => path === `/workflows/${FLOW}`)).toHaveLength(1);
		expect(made.items().map(({ json }) => json.request_id)).toEqual(
			[FLOW, 'gone'].map((slug) => sim.jobs.find((job) => job.slug === slug)?.requestId),
		);
	});
});

describe('input files', () => {
	const photo = fileOf('png', 2000, 1);
	const mask = fileOf('jpg', 1000, 2);
	const item = async (): Promise<INodeExecutionData> => ({
		json: {},
		binary: {
			photo: await engine.storeBinary(photo, 'photo.png', 'image/png'),
			mask: await engine.storeBinary(mask, 'mask.jpg', 'image/jpeg'),
		},
	});
	const rows = (...file: IDataObject[]) => ({ inputFiles: { file } }) as INodeParameters;

	it('go to their inputs: as a URL, or a list of URLs', async () => {
		const made = await run(
			{
				inputs: '{ "Topic": "foxes", "Photo": "to be replaced" }',
				...rows(
					{ parameter: 'Photo', binaryField: 'photo' },
					{ parameter: 'Web', source: 'url', url: 'https://example.com/a.png' },
					{ parameter: 'Both', binaryField: 'photo, mask' },
				),
			},
			{ items: [await item()] },
		);

		expect(endOf(made)).toEqual(wentWell);
		const urlOf = (bytes: Buffer) =>
			sim.uploads.find((upload) => upload.sha256 === sha256(bytes))?.url;
		expect(sim.jobs[0]?.body).toEqual({
			Topic: 'foxes',
			Photo: urlOf(photo),
			Web: 'https://example.com/a.png',
			Both: [urlOf(photo), urlOf(mask)],
		});
		expect(sim.uploads).toHaveLength(2);
	});

	it.each([
		['base64', mask.toString('base64')],
		['dataUri', dataUri(mask, 'image/jpeg')],
	])('go there as text where Send Files As says %s', async (sendFilesAs, text) => {
		const made = await run(
			{
				inputs: '{}',
				...rows({ parameter: 'Typed', binaryField: 'mask' }),
				options: { sendFilesAs },
			},
			{ items: [await item()] },
		);

		expect(endOf(made)).toEqual(wentWell);
		expect(sim.jobs[0]?.body).toEqual({ Typed: text });
		expect(sim.uploads).toEqual([]);
	});

	it('need the name of an input', async () => {
		const made = await run(rows({ parameter: '={{ " " }}', binaryField: 'photo' }), {
			items: [await item()],
		});

		expect(made.error?.message).toMatch(/^Input Files: Input Name.*input of the PixelFlow/);
		expect(sim.requests).toEqual([]);
	});

	it('reports a missing file before sending', async () => {
		const made = await run(rows({ parameter: 'Photo', binaryField: 'picture' }), {
			items: [await item()],
		});

		expect(made.status).toBe('error');
		expect(made.error?.message).toContain('picture');
		expect(sim.requests).toEqual([]);
	});
});

describe('several items', () => {
	const byItem = { workflow: byId('={{ $json.flow }}'), inputs: '={{ { n: $json.n } }}' };
	const items = (count: number) =>
		Array.from({ length: count }, (_, n) => ({
			json: { n, flow: n % 2 === 0 ? FLOW : V2_FLOW },
		}));
	const numberOf = ({ body }: NewJob) => Number(body.n);
	const jobOf = (n: number) => sim.jobs.find(({ body }) => body.n === n)!;
	const idOf = (n: number) => jobOf(n).requestId;

	it('come out in order, each with its own outputs, and are waited for together', async () => {
		stage.duration = (job) => 40 - 4 * numberOf(job);
		const made = await run(byItem, { items: items(8) });

		expect(endOf(made)).toEqual(wentWell);
		expect(made.items().map(({ json }) => json.request_id)).toEqual(
			items(8).map(({ json }) => idOf(json.n)),
		);
		expect(made.items().map(({ pairedItem }) => pairedItem)).toEqual(
			items(8).map((_, item) => ({ item })),
		);
		expect(made.items().map(({ json }) => (json.outputs as IDataObject).Infographic)).toEqual(
			items(8).map(({ json }) => jobOf(json.n).outputs[0]?.url),
		);
		expect(sim.maxRunningJobs).toBe(8);
	});

	it('run at most Max Jobs PixelFlows at once', async () => {
		stage.duration = () => 10;
		await run({ ...byItem, options: { maxJobs: 2 } }, { items: items(6) });

		expect(sim.jobs).toHaveLength(6);
		expect(sim.maxRunningJobs).toBe(2);
	});

	it('each have an outcome when the node continues', async () => {
		stage.fail = (job) => (numberOf(job) === 1 ? 'no luck' : undefined);
		const made = await run(byItem, { items: items(4), nodeOptions: continues });

		expect(endOf(made)).toEqual(wentWell);
		expect(made.items().map(({ json }) => json.status)).toEqual([
			'COMPLETED',
			'FAILED',
			'COMPLETED',
			'COMPLETED',
		]);
		expect(made.items().map(({ json }) => json.request_id)).toEqual([0, 1, 2, 3].map(idOf));
		expect(made.items()[1]?.json.failure_reason).toBe('no luck');
		expect(made.items().map(({ binary }) => Boolean(binary))).toEqual([true, false, true, true]);
	});

	it('that are finished are named when another one stops the node', async () => {
		stage.duration = (job) => (numberOf(job) === 1 ? 1 : 30);
		stage.fail = (job) => (numberOf(job) === 1 ? 'no luck' : undefined);
		const made = await run(byItem, { items: items(3) });

		expect(endOf(made)).toEqual({ message: 'The job failed: no luck', status: 'error' });
		expect(made.error?.context).toMatchObject({ itemIndex: 1 });
		expect(made.error?.description).toMatch(RegExp(`Item 0: finished: http\\S+, job ${idOf(0)}`));
		expect(made.error?.description).toMatch(RegExp(`Item 2: finished: http\\S+, job ${idOf(2)}`));
		expect(sim.jobs.map(({ state }) => state).sort()).toEqual(['COMPLETED', 'COMPLETED', 'FAILED']);
	});

	it('that are finished are not run again by Retry On Fail', async () => {
		const refused = { status: 422, body: { error: 'no luck' } };
		const isSecond = ({ body }: RecordedRequest) => (body as { n?: unknown } | undefined)?.n === 1;
		sim.script({ method: 'POST', answer: (request) => (isSecond(request) ? refused : undefined) });
		const made = await run(byItem, { items: items(3), nodeOptions: retries });

		expect(endOf(made)).toEqual(wentWell);
		expect(sim.jobs.map(({ body }) => body.n)).toEqual([0, 2, 1]);
		expect(made.items().map(({ json }) => json.request_id)).toEqual([0, 1, 2].map(idOf));
		// Nor are their files fetched again.
		expect(sim.requests.filter(({ origin }) => origin === 'files')).toHaveLength(3);
	});
});

describe('bad input', () => {
	const hexId = '4f7471d8ac431cffe0468dc487b5d354';

	it.each([
		'https://www.segmind.com/pixelflows/infographic-maker',
		'https://segmind.com/pixelflows/infographic-maker/api',
		'https://cloud.segmind.com/console/pixelflows/0123456789abcdef01234567',
		'http://pixelflow.segmind.com/?id=0123456789abcdef01234567-v1',
		'https://www.segmind.com',
	])('says which URL is meant for the page %s', async (page) => {
		const made = await run({ workflow: byUrl(page) });

		expect(endOf(made)).toEqual({
			message: `PixelFlow: "${page}" is the web page of a PixelFlow, not its API URL`,
			status: 'error',
		});
		expect(made.error?.description).toMatch(
			/^Nothing was sent.*API tab.*https:\/\/api\.segmind\.com\/workflows\//,
		);
		expect(sim.requests).toEqual([]);
	});

	it.each<[string, INodeParameters[string]]>([
		['an address of the API that is none of a PixelFlow', 'https://api.segmind.com/v1/flux'],
		['the address of a job', `https://api.segmind.com/workflows/request/${hexId}`],
		['an address with a wrong id', 'https://api.segmind.com/workflows/0123-v1'],
		['an address with a path behind it', `https://api.segmind.com/workflows/${FLOW}/x/y`],
		['an address of nobody', 'https://example.com/'],
		['no version', '0123456789abcdef01234567'],
		['no number of the version', '0123456789abcdef01234567-v'],
		['one digit short', '0123456789abcdef0123456-v1'],
		['one digit long', '0123456789abcdef012345678-v1'],
		['a letter that is no digit', 'g123456789abcdef01234567-v1'],
		['the id of a job', hexId],
		['a bare slug', 'infographic-maker'],
		['no slug', 'v2/'],
		['another version of the API', 'v3/infographic-maker'],
		['slashes', 'v2/a/b'],
		['a way out', 'v2/../v1/flux'],
		['a way out by address', 'https://api.segmind.com/workflows/v2/../../v1/flux'],
		['two dots', 'v2/a..b'],
		['a way up', '../v1/get-user-credits'],
		['an encoded way out', 'v2/%2e%2e%2fv1'],
		['a query', `${FLOW}?x=1`],
		['a line break', `${FLOW}\nx`],
		['a blank', ' '],
		['a number', '={{ 42 }}'],
		['null', '={{ null }}'],
		['a list', `={{ ["${FLOW}"] }}`],
	])('reports a PixelFlow that is %s before sending', async (_, value) => {
		const made = await run({ workflow: byId(value) });

		expect(made.status).toBe('error');
		expect(made.error?.message).toMatch(
			/^PixelFlow must be the URL on the API tab of a PixelFlow, such as https.*but is/,
		);
		expect(sim.requests).toEqual([]);
	});

	it('an empty PixelFlow does not even start', async () => {
		const made = await run({ workflow: byId('') });

		expect(made.status).toBe('error');
		expect(sim.requests).toEqual([]);
	});

	it.each([
		['blanks around an id', ` ${FLOW}\n`],
		['a slash at the end', `https://api.segmind.com/workflows/${FLOW}/`],
		['a query of an address', `https://api.segmind.com/workflows/${FLOW}?ref=docs#api`],
	])('%s do no harm', async (_, value) => {
		const made = await run({ workflow: byUrl(value) });

		expect(endOf(made)).toEqual(wentWell);
		expect(sim.jobs[0]?.slug).toBe(FLOW);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['broken JSON', { inputs: '{ "Topic": ' }, /^Inputs is not valid JSON/],
		['a list', { inputs: '[1]' }, /^Inputs must be an object.*\[1\]/],
		['a text', { inputs: '"foxes"' }, /^Inputs must be an object.*foxes/],
		['a number', { inputs: '42' }, /^Inputs must be an object.*42/],
		['a list by expression', { inputs: '={{ [1] }}' }, /^Inputs must be an object.*\[1\]/],
	])('reports inputs that are %s before sending', async (_, parameters, message) => {
		const made = await run(parameters);

		expect(made.status).toBe('error');
		expect(made.error?.message).toMatch(message);
		expect(sim.requests).toEqual([]);
	});

	it.each(['', '{}', ' '])('treats inputs of %p as none', async (inputs) => {
		const made = await run({ inputs });

		expect(endOf(made)).toEqual(wentWell);
		expect(sim.requests[0]?.body).toEqual({});
	});

	it.each(['1st', 'a b', '__proto__', 'a/b'])('reports the prefix %p', async (binaryField) => {
		const made = await run({ binaryField });

		expect(made.error?.message).toMatch(/^Output Field Prefix must be/);
		expect(made.error?.message).toContain(binaryField);
		expect(sim.requests).toEqual([]);
	});

	it('of one item stops the run before any other is sent', async () => {
		const items = [{ json: { flow: FLOW } }, { json: { flow: 'nope' } }];
		const made = await run({ workflow: byId('={{ $json.flow }}') }, { items });

		expect(made.error?.context).toMatchObject({ itemIndex: 1 });
		expect(made.error?.description).toMatch(/Item 0: not started, nothing was sent/);
		expect(sim.requests).toEqual([]);
	});
});

it('the template shows the outputs and keeps their files', async () => {
	const file = join(__dirname, '../../templates/pixelflow.json');
	const json = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
	const made = await engine.run(json, { credentials: { segmindApi: { ...sim.credential } } });

	expect(endOf(made)).toEqual(wentWell);
	expect(made.lastNode).toBe('Show outputs');
	const [item] = made.items();
	expect(Object.keys(item?.json ?? {})).toEqual(['outputs', 'files']);
	expect(item?.json.outputs).toMatchObject({ Infographic: sim.jobs[0]?.outputs[0]?.url });
	expect(Object.keys(item?.binary ?? {})).toEqual(['Infographic']);
});
