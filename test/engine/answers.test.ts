import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clientOf, submitted } from '../simulator/testClient';
import type { AnswerShape, ScriptedAnswer } from '../simulator/types';
import type { NodeOptions, RunResult, WorkflowJson } from './engine';
import { fileOf } from './sampleFiles';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
beforeEach(() => {
	stage.sim.reset();
	stage.shape = () => undefined;
	stage.fail = () => undefined;
	stage.duration = () => 5;
});
afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
afterAll(async () => await stage.close());

const V1 = /^\/v1\//;
const retries: NodeOptions = {
	nodeOptions: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
};
const continues: NodeOptions = { nodeOptions: { onError: 'continueRegularOutput' } };
const png = fileOf('png', 600);
const slug = (value: string) => ({ __rl: true, mode: 'slug', value });

async function generate(parameters: INodeParameters = {}, options: NodeOptions = {}) {
	return await stage.run(
		'segmindGenerateImage',
		{
			model: slug('fast-flux-schnell'),
			prompt: '={{ $json.prompt ?? "a red fox" }}',
			...parameters,
		},
		options,
	);
}

const inMode = (mode: string) => ({ options: { mode } });
const submits = () => stage.sim.requests.filter(({ method }) => method === 'POST');
const namesOf = (run: RunResult) => run.items().map(({ json }) => json.file_name);

describe.each(['sync', 'async'])('in the mode %s', (mode) => {
	it.each<[AnswerShape, RegExp]>([
		['refusal', /NSFW content detected/],
		['nsfw', /unsafe \(nsfw\)/],
		['text', /upstream connect error/],
		['empty', /The answer was/],
	])('an answer without a file is a failure and is not paid for again: %s', async (shape, says) => {
		stage.shape = () => shape;
		const stopped = await generate(inMode(mode), retries);
		const [job] = stage.sim.jobs;
		const went = await generate(inMode(mode), continues);

		expect(stopped.error?.message).toMatch(/^Segmind ended the run without a file/);
		expect(stopped.error?.description).toMatch(says);
		expect(stopped.error?.description).toMatch(/It was billed: Segmind reported a cost of \$/);
		expect(stopped.error?.description).toContain(job?.requestId);
		expect(submits()).toHaveLength(2);
		// The message names the ID of a v1 call, but no job can be collected with it.
		const collectable = stage.sim.jobs[1]?.requestId;
		expect(went.items()).toMatchObject([
			{
				json: { status: 'FAILED', billed: 'yes', request_id: mode === 'sync' ? null : collectable },
			},
		]);
		expect(JSON.stringify(went.items()[0]?.json.raw_response)).toMatch(
			shape === 'empty' ? /\{/ : /NSFW|nsfw|upstream/,
		);
	});

	it.each<AnswerShape>(['url', 'base64'])('the file is found in the shape %s', async (shape) => {
		stage.shape = () => shape;
		const run = await generate(inMode(mode));

		expect(run.error).toBeUndefined();
		expect(run.items()).toMatchObject([
			{ json: { content_type: 'image/jpeg', output_count: 1 }, binary: { data: {} } },
		]);
		expect(JSON.stringify(run.items()[0]?.json).length).toBeLessThan(1_500);
	});

	it('a call that reported a cost of nothing may be tried again', async () => {
		if (mode === 'async') return;
		const free = { headers: { 'x-cost': '0' }, body: { error: 'busy' } };
		stage.sim.script({ path: V1, answer: free });
		const run = await generate(inMode(mode), retries);

		expect(run.error).toBeUndefined();
		expect(submits()).toHaveLength(2);
	});
});

describe('a v1 call that is answered with a job', () => {
	const answeredWithJob = async () => {
		const requestId = await submitted(clientOf(stage.sim), 'fast-flux-schnell', {
			prompt: 'a fox',
		});
		stage.sim.requests.length = 0;
		stage.sim.script({ path: V1, answer: { body: { status: 'QUEUED', request_id: requestId } } });
		return requestId;
	};

	it('is collected like any other job', async () => {
		const requestId = await answeredWithJob();
		const run = await generate(inMode('sync'), retries);

		expect(run.error).toBeUndefined();
		expect(run.items()).toMatchObject([
			{ json: { status: 'COMPLETED', request_id: requestId }, binary: { data: {} } },
		]);
		expect(submits().map(({ path }) => path)).toEqual(['/v1/fast-flux-schnell']);
	});

	it('names the job if that takes too long, so that it is not paid for again', async () => {
		stage.duration = () => 3000;
		const requestId = await answeredWithJob();
		const parameters = { options: { mode: 'sync', timeout: 60 } };
		const run = await generate(parameters, retries);

		expect(run.error?.message).toContain(requestId);
		expect(run.error?.description).toContain('collect it with Segmind Check Status');
		expect(submits()).toHaveLength(1);
	});
});

describe('what is text, and what a file, in an answer of v1', () => {
	const base64 = png.toString('base64');

	it.each<[what: string, answer: ScriptedAnswer, type: string | undefined]>([
		[
			'base64 under an image type',
			{ headers: { 'content-type': 'image/png' }, body: base64 },
			'image/png',
		],
		['a data URI as text', { body: `data:image/png;base64,${base64}` }, 'image/png'],
		['JSON with a byte order mark', { body: `\ufeff{"image": "${base64}"}` }, 'image/png'],
		['bytes called text', { headers: { 'content-type': 'text/plain' }, body: png }, 'image/png'],
		[
			'SVG',
			{ headers: { 'content-type': 'image/svg+xml' }, body: '<svg xmlns="x"></svg>' },
			'image/svg+xml',
		],
		[
			'SVG called text',
			{ headers: { 'content-type': 'text/plain' }, body: '<svg xmlns="x"></svg>' },
			'image/svg+xml',
		],
		[
			'a text in UTF-8',
			{ headers: { 'content-type': 'text/plain' }, body: 'Ääh, nicht möglich' },
			undefined,
		],
		[
			'a text in Latin-1',
			{
				headers: { 'content-type': 'text/plain' },
				body: Buffer.from('\xc4h, nicht m\xf6glich', 'latin1'),
			},
			undefined,
		],
		[
			'a text in UTF-16',
			{
				headers: { 'content-type': 'text/plain' },
				body: Buffer.from('\ufeffnot possible', 'utf16le'),
			},
			undefined,
		],
		[
			'a text called a picture',
			{ headers: { 'content-type': 'image/png' }, body: 'not possible' },
			undefined,
		],
	])('%s', async (_what, answer, type) => {
		stage.sim.script({ path: V1, answer });
		const run = await generate(inMode('sync'));

		if (type) {
			expect(run.error).toBeUndefined();
			expect(run.items()[0]).toMatchObject({
				json: { content_type: type },
				binary: { data: { mimeType: type } },
			});
		} else {
			expect(run.error?.message).toMatch(
				/^Segmind ended the run without a file: .*(m.glich|possible)/,
			);
		}
	});
});

it('gives every file of a run a unique name', async () => {
	const items = ['fox', 'owl', 'bee', 'elk'].map((prompt) => ({ json: { prompt } }));
	const seeded = await generate({ options: { mode: 'sync', seed: 42 } }, { items });
	const wished = await generate({ options: { mode: 'async', fileName: 'animal.jpg' } }, { items });

	const all = [...namesOf(seeded), ...namesOf(wished)];
	expect(namesOf(seeded).sort()).toEqual(
		['', '-2', '-3', '-4'].map((end) => `fast-flux-schnell-42${end}.jpg`).sort(),
	);
	expect(namesOf(wished).sort()).toEqual(
		['', '-2', '-3', '-4'].map((end) => `animal${end}.jpg`).sort(),
	);
	expect(new Set(all).size).toBe(8);
	expect(wished.items().map(({ binary }) => binary?.data?.fileName)).toEqual(namesOf(wished));
});

it('gives every file of an execution a unique name, turns of a loop and other nodes included', async () => {
	const main = (...nodes: string[]) => nodes.map((node) => ({ node, type: 'main', index: 0 }));
	// Both nodes of a turn make the same names: the model's with the seed, or the one that was wished for.
	const named = (name: string, options: IDataObject) => ({
		name,
		type: 'n8n-nodes-segmind.segmindGenerateImage',
		parameters: { model: slug('fast-flux-schnell'), prompt: 'a red fox', options },
	});
	const flow = {
		name: 'Flow',
		type: 'n8n-nodes-segmind.segmindRunPixelFlow',
		parameters: { workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v2' } },
	};
	const loop = {
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Loop',
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize: 2 },
			},
			named('Draw', { mode: 'sync', seed: 42 }),
			named('Draw again', { mode: 'async', seed: 42, binaryField: 'again' }),
			named('Cover', { fileName: 'cover', binaryField: 'cover' }),
			flow,
			named('After', { fileName: 'Cover' }),
		],
		connections: {
			Start: { main: [main('Loop')] },
			Loop: { main: [main('After'), main('Draw')] },
			Draw: { main: [main('Draw again')] },
			'Draw again': { main: [main('Cover')] },
			Cover: { main: [main('Flow')] },
			Flow: { main: [main('Loop')] },
		},
	} as WorkflowJson;
	const items = Array.from({ length: 5 }, () => ({ json: {} }));
	const run = await stage.engine.run(loop, {
		credentials: { segmindApi: { ...stage.sim.credential } },
		items,
		startNode: 'Start',
	});

	expect(run.error).toBeUndefined();
	const fieldOf: Record<string, string> = {
		Draw: 'data',
		'Draw again': 'again',
		Cover: 'cover',
		Flow: 'Infographic',
		After: 'data',
	};
	const names = Object.entries(fieldOf).flatMap(([node, field]) =>
		(run.runData[node] ?? []).flatMap(({ data }) =>
			(data?.main?.[0] ?? []).map(({ binary }) => binary?.[field]?.fileName?.toLowerCase()),
		),
	);
	// Five nodes for five items each, none undefined; upper and lower case are the same to some disks.
	expect(names.filter(Boolean)).toHaveLength(25);
	expect(new Set(names).size).toBe(25);
	expect(names).toEqual(
		expect.arrayContaining([
			'fast-flux-schnell-42.jpg',
			'fast-flux-schnell-42-10.jpg',
			'cover.jpg',
			'cover-10.jpg',
			'infographic-5.jpg',
		]),
	);
});

describe('Check Status', () => {
	const id = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
	const check = async (
		status: IDataObject,
		result: IDataObject,
		parameters: INodeParameters = {},
	) => {
		stage.sim.script({ path: `/v2/requests/${id}/status`, times: 9, answer: { body: status } });
		stage.sim.script({ path: `/v2/requests/${id}`, times: 9, answer: { body: result } });
		return await stage.run('segmindCheckStatus', { requestId: id, ...parameters });
	};
	const done = { status: 'COMPLETED', metrics: { cost: 0.04 } };

	it.each(['SUCCEEDED', 'success', 'DONE'])('reads %s as completed', async (status) => {
		const url = stage.sim.publish(png, 'a.png', 'image/png');
		const run = await check({ status }, { status, output: url });

		expect(run.error).toBeUndefined();
		expect(run.items()).toMatchObject([{ json: { status: 'COMPLETED', url } }]);
	});

	it.each(['ERROR', 'CANCELED', 'Timed Out'])(
		'reads %s as a failure with unknown billing',
		async (status) => {
			const run = await check({ status, message: 'no luck' }, {});

			expect(run.error?.message).toBe(`The job failed: no luck (${status.toUpperCase()})`);
			expect(run.error?.description).toMatch(/not known whether that is billed/);
			expect(stage.sim.requests).toHaveLength(1);
		},
	);

	it.each<[IDataObject, boolean]>([
		[{ output: null }, false],
		[{ output: [] }, false],
		[{ output: '' }, false],
		[{ output: { status: 'failed', message: 'no' } }, false],
		[{ output: 'A fox' }, true],
		[{ output: { embedding: [0.1] } }, true],
	])('accepts any result, not only a file: %j', async (result, isResult) => {
		const single = await check(done, { ...done, ...result });
		expect(single.error === undefined).toBe(isResult);
		stage.sim.reset();
		const routed = await check(done, { ...done, ...result }, { routing: 'byStatus' });
		expect(routed.outputs().map((items) => items.length)).toEqual(isResult ? [1, 0, 0] : [0, 0, 1]);
	});

	it('collects a result without a status, whatever its form', async () => {
		const url = stage.sim.publish(png, 'a.png', 'image/png');
		const run = await check(done, { data: [{ url }] });
		expect(run.items()).toMatchObject([{ json: { status: 'COMPLETED', url } }]);
	});

	it('names the other files if one cannot be downloaded', async () => {
		const url = stage.sim.publish(png, 'a.png', 'image/png');
		const gone = url.replace('a.png', 'gone.png');
		const run = await check(done, { ...done, output: [url, gone] });
		expect(run.error?.message).toMatch(/could not be downloaded/);
		expect(run.error?.description).toContain(`Its other files: ${url}`);
	});

	it('ends at once when the result is too large to be read, and names the job', async () => {
		stage.sim.script({ path: `/v2/requests/${id}/status`, answer: { body: done } });
		stage.sim.script({ path: `/v2/requests/${id}`, times: 9, answer: { fault: 'endlessBody' } });
		const run = await stage.run('segmindCheckStatus', { requestId: id });

		expect(run.error?.message).toBe(
			`The result of job ${id} is larger than 50 MB and was not read`,
		);
		expect(stage.sim.requests).toHaveLength(2);
	});

	it('keeps no base64 in raw_response, but keeps a long seed exact', async () => {
		const seed = '12345678901234567890';
		const body = `{"status":"COMPLETED","output":"${png.toString('base64')}","seed":${seed}}`;
		stage.sim.script({ path: `/v2/requests/${id}/status`, answer: { body: done } });
		stage.sim.script({ path: `/v2/requests/${id}`, answer: { body } });
		const run = await stage.run('segmindCheckStatus', {
			requestId: id,
			options: { includeRawResponse: true },
		});

		expect(run.items()[0]?.json.seed).toBe(seed);
		expect(JSON.stringify(run.items()[0]?.json)).not.toContain(
			png.toString('base64').slice(0, 200),
		);
	});
});

it('returns a video’s last frame and a 3D model’s preview with their roles', async () => {
	const film = await generate({
		model: slug('seedance-1.5-pro'),
		options: {
			mode: 'async',
			jsonParameters: '{"return_last_frame": true, "aspect_ratio": "16:9", "duration": "5"}',
			checkParameters: 'off',
		},
	});
	const shape = await generate({
		model: slug('hunyuan3d-2.1'),
		options: {
			mode: 'async',
			jsonParameters: '{"image": "https://x.example/a.png"}',
			checkParameters: 'off',
		},
	});
	const roles = (run: RunResult) =>
		run.items().map(({ json }) => [json.output_role, json.content_type]);

	expect(film.error).toBeUndefined();
	expect(roles(film)).toEqual([
		['video', 'video/mp4'],
		['last_frame', 'image/png'],
	]);
	expect(roles(shape)).toEqual([
		['model_mesh', 'model/gltf-binary'],
		['image', 'image/png'],
	]);
});
