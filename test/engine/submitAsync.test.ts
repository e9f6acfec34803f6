import type { INodeParameters } from 'n8n-workflow';
import type { Answer } from '../simulator/types';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { withoutHistory } from '../simulator/withoutHistory';
import { startEngine, type Engine, type NodeOptions, type PackageClock } from './engine';

const SPEED = 100;
const NODE = 'segmindSubmitAsync';
const HOUR_MS = 3_600_000;

let engine: Engine;
let sim: Simulator;
let clock: PackageClock;

beforeAll(async () => {
	engine = await startEngine();
	clock = engine.packageClock();
	clock.clock.speed = SPEED;
	sim = await startSimulator({ speed: SPEED, now: clock.now });
});

afterEach(() => sim.reset());

afterAll(async () => {
	await sim.close();
	await engine.close();
});

const slug = (value: string) => ({ __rl: true, mode: 'slug', value });

async function submit(parameters: INodeParameters, options: NodeOptions = {}) {
	const credentials = { segmindApi: { ...sim.credential } };
	return await engine.runNode(NODE, parameters, { credentials, ...options });
}

const prompts = (...texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));

/** The answer to a submit, with some keys of its body changed. */
const withBody = (changes: object) => ({
	transform: (normal: Answer): Answer => ({
		...normal,
		body: Buffer.from(
			JSON.stringify({ ...(JSON.parse(normal.body.toString()) as object), ...changes }),
		),
	}),
});

describe('one item', () => {
	it.each([
		['an image', 'fast-flux-schnell', 'prompt'],
		['a video', 'kling-2.6', 'prompt'],
		['audio', 'lyria-2', 'prompt'],
		['text', 'gpt-4o', 'prompt'],
		['3D', 'hunyuan-3d-2', 'text'],
	])('gives a request_id at once for a model that makes %s', async (_, model, mainText) => {
		const before = clock.wallTime();
		const run = await submit({ model: slug(model), prompt: 'a red fox' });
		const after = clock.wallTime();

		expect(run.error).toBeUndefined();
		const [job] = sim.jobs;
		expect(run.items()).toHaveLength(1);
		const { json, pairedItem } = run.items()[0]!;
		const { submitted_at: submittedAt, expires_at: expiresAt, ...rest } = json;
		expect(rest).toEqual({
			request_id: job?.requestId,
			status: 'QUEUED',
			model,
			prompt: 'a red fox',
			seed: null,
			status_url: `${sim.url}/v2/requests/${job?.requestId}/status`,
			response_url: `${sim.url}/v2/requests/${job?.requestId}`,
		});
		expect(pairedItem).toEqual({ item: 0 });
		const at = Date.parse(String(submittedAt));
		expect(at).toBeGreaterThanOrEqual(Math.floor(before));
		expect(at).toBeLessThanOrEqual(after);
		expect(Date.parse(String(expiresAt))).toBe(at + HOUR_MS);
		// Returned at once: the job was not polled.
		expect(sim.requests).toHaveLength(1);
		expect(sim.requests[0]).toMatchObject({
			method: 'POST',
			path: `/v2/${model}`,
			body: { [mainText]: 'a red fox' },
		});
		expect(sim.requests[0]?.headers['x-api-key']).toBe(sim.apiKey);
	});

	it('gives URLs on the credential’s host, whatever host the answer names', async () => {
		sim.script({
			method: 'POST',
			answer: withBody({
				poll_url: 'https://evil.example/v1/requests/1',
				status_url: 'https://evil.example/v2/requests/1/status',
				response_url: 'https://evil.example/v2/requests/1',
			}),
		});
		const run = await submit({ model: slug('kling-2.6'), prompt: 'a fox' });

		const [{ json }] = run.items() as [{ json: Record<string, unknown> }];
		const address = `${sim.url}/v2/requests/${sim.jobs[0]?.requestId}`;
		expect(json.response_url).toBe(address);
		expect(json.status_url).toBe(`${address}/status`);
		expect(JSON.stringify(json)).not.toContain('evil');
	});

	it('picks the seed itself where a random one is wanted, so that the job can be repeated', async () => {
		const run = await submit({
			model: slug('kling-2.6'),
			prompt: 'a fox',
			options: { jsonParameters: '{ "seed": -1 }' },
		});

		const seed = run.items()[0]?.json.seed;
		expect(seed).toEqual(expect.any(Number));
		expect(seed).toBeGreaterThanOrEqual(0);
		expect(sim.jobs[0]?.body.seed).toBe(seed);
	});

	it.each([
		['no request_id', { request_id: undefined }],
		['an empty request_id', { request_id: '' }],
		['a request_id that is a number', { request_id: 12_345_678 }],
		['a request_id that would lead elsewhere', { request_id: '../../v1/get-user-credits' }],
	])('is an error, and never sent again, if the answer holds %s', async (_, changes) => {
		withoutHistory(sim);
		sim.script({ method: 'POST', answer: withBody(changes) });
		const run = await submit({ model: slug('kling-2.6'), prompt: 'a fox' });

		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(/could not be understood.*kling-2\.6/);
		expect(run.error?.description).toMatch(/billed/);
		expect(sim.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it.each([503, 429])('is submitted once after a %i that queued nothing', async (status) => {
		sim.script({ method: 'POST', times: 2, answer: { status, body: { error: 'busy' } } });
		const run = await submit({ model: slug('kling-2.6'), prompt: 'a fox' });

		expect(run.error).toBeUndefined();
		expect(sim.jobs).toHaveLength(1);
		expect(sim.requests).toHaveLength(3);
	});

	it('is never submitted again after a connection that broke on the way back', async () => {
		withoutHistory(sim);
		sim.script({
			method: 'POST',
			answer: { fault: 'resetAfterBody', afterProcessing: true },
		});
		const run = await submit({ model: slug('kling-2.6'), prompt: 'a fox' });

		expect(run.status).toBe('error');
		expect(run.error?.description).toMatch(/may have been carried out and billed/);
		expect(sim.jobs).toHaveLength(1);
	});
});

describe('several items', () => {
	const byItem = { model: slug('kling-2.6'), prompt: '={{ $json.prompt }}' };

	it('come out in order, each with its own job, even if answers arrive out of order', async () => {
		const delays = [9, 1, 7, 2, 8, 1, 3, 1];
		sim.script({
			method: 'POST',
			times: delays.length,
			answer: ({ body }) => ({
				delaySeconds: delays[Number(String((body as { prompt: string }).prompt).slice(-1))]!,
				transform: (normal) => normal,
			}),
		});
		const run = await submit(byItem, { items: prompts(...delays.map((_, n) => `fox ${n}`)) });

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ pairedItem }) => pairedItem)).toEqual(
			delays.map((_, item) => ({ item })),
		);
		const promptOf = (id: unknown) =>
			sim.jobs.find(({ requestId }) => requestId === id)?.body.prompt;
		expect(run.items().map(({ json }) => promptOf(json.request_id))).toEqual(
			delays.map((_, n) => `fox ${n}`),
		);
	});

	it.each([
		['five by default', {}, 5],
		['as many as Concurrency says', { concurrency: 2 }, 2],
	])('are on their way together: %s', async (_, options, most) => {
		sim.script({
			method: 'POST',
			times: 12,
			answer: { delaySeconds: 2, transform: (normal) => normal },
		});
		await submit(
			{ ...byItem, options },
			{ items: prompts(...Array.from({ length: 12 }, () => 'fox')) },
		);

		expect(sim.jobs).toHaveLength(12);
		expect(sim.maxInFlight).toBe(most);
	});

	it('may each have a model of their own', async () => {
		const items = ['kling-2.6', 'gpt-4o', 'lyria-2'].map((model) => ({ json: { model } }));
		const run = await submit({ model: slug('={{ $json.model }}'), prompt: 'a fox' }, { items });

		expect(run.items().map(({ json }) => json.model)).toEqual(['kling-2.6', 'gpt-4o', 'lyria-2']);
	});

	it('keep their jobs when one is refused and the node continues', async () => {
		const items = ['kling-2.6', 'kling-2.66', 'lyria-2'].map((model) => ({ json: { model } }));
		const run = await submit(
			{ model: slug('={{ $json.model }}'), prompt: 'a fox' },
			{ items, nodeOptions: { onError: 'continueRegularOutput' } },
		);

		expect(run.error).toBeUndefined();
		const [first, second, third] = run.items();
		expect([first?.json.status, third?.json.status]).toEqual(['QUEUED', 'QUEUED']);
		expect(second?.json).toMatchObject({
			status: 'REJECTED',
			failure_reason: expect.stringContaining('kling-2.66') as string,
			billed: 'no',
			model: 'kling-2.66',
			prompt: 'a fox',
			http_status: 404,
		});
		expect(second?.pairedItem).toEqual({ item: 1 });
		expect(sim.jobs).toHaveLength(2);
	});

	it('name the jobs that were accepted when one is refused and the node stops', async () => {
		sim.script({ method: 'POST', skip: 1, answer: { status: 403, body: { error: 'not yours' } } });
		const run = await submit(
			{ ...byItem, options: { concurrency: 1 } },
			{ items: prompts('one', 'two', 'three') },
		);

		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(/may not use the model "kling-2\.6"/);
		expect(run.error?.description).toContain(sim.jobs[0]?.requestId);
		expect(run.error?.description).toMatch(/Item 2: not started, nothing was sent/);
		expect(sim.jobs).toHaveLength(1);
	});
});

describe('bad input', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['no model', { model: slug(' ') }, /model/i],
		['a model with slashes', { model: slug('../requests') }, /model/i],
		['broken JSON', { options: { jsonParameters: '{ "seed": ' } }, /not valid JSON/],
		['JSON that is a list', { options: { jsonParameters: '[1]' } }, /object.*\[1\]/],
		['too high a concurrency', { options: { concurrency: 51 } }, /Concurrency.*1 to 50.*51/],
	])('reports %s before sending', async (_, parameters, message) => {
		const run = await submit({ model: slug('kling-2.6'), prompt: 'a fox', ...parameters });

		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(message);
		expect(sim.requests).toEqual([]);
	});

	it('reports a wrong key without showing it', async () => {
		const apiKey = `SG_${'0'.repeat(16)}`;
		const run = await submit(
			{ model: slug('kling-2.6'), prompt: 'a fox' },
			{ credentials: { segmindApi: { ...sim.credential, apiKey } } },
		);

		expect(run.error?.message).toMatch(/did not accept the API key/);
		expect(JSON.stringify([run.error?.message, run.error?.description])).not.toContain(apiKey);
		expect(sim.requests).toHaveLength(1);
	});
});
