import type { INodeParameters } from 'n8n-workflow';
import type { NodeOptions } from './engine';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
afterEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const NODE = 'segmindGetHistory';
const DAY_MS = 24 * 3600_000;
const path = /^\/inference-request\/request-history/;
const goesOn = { nodeOptions: { onError: 'continueRegularOutput' } } as const;

const run = async (parameters: INodeParameters = {}, options: NodeOptions = {}) =>
	await stage.run(NODE, parameters, options);

async function jsonOf(parameters: INodeParameters = {}, options: NodeOptions = {}) {
	const result = await run(parameters, options);
	if (result.error) throw result.error;
	return result.items().map(({ json }) => json);
}

const idsOf = async (parameters: INodeParameters) =>
	(await jsonOf(parameters)).map((json) => json.request_id);

/** A moment some days ago, by the stage's clock. */
const daysAgo = (days: number) =>
	new Date(stage.engine.packageClock().wallTime() - days * DAY_MS).toISOString();

const add = (request_id: string, row: object = {}) =>
	stage.sim.history.add({ request_id, created_at: daysAgo(1), ...row });

const queries = () => stage.sim.requests.map(({ path: sent }) => new URL(sent, 'http://a'));

describe('the requests', () => {
	it('are one item each, with the file, after a real run', async () => {
		const model = { __rl: true, mode: 'slug', value: 'sdxl-txt2img' };
		const made = await stage.run('segmindGenerateImage', {
			model,
			prompt: 'a fox',
			output: 'url',
			options: { jsonParameters: '{ "samples": 2, "img_width": 64, "img_height": 64 }' },
		});
		const urls = made.items().map(({ json }) => json.url);
		const [job] = stage.sim.jobs;

		const result = await run({ download: true });

		expect(result.items()).toMatchObject([
			{
				json: {
					request_id: job!.requestId,
					status: 'COMPLETED',
					model: 'sdxl-txt2img',
					prompt: 'a fox',
					url: urls[0],
					urls,
					cost: job!.billed,
					latency: 5,
					parameters: { prompt: 'a fox', samples: 2 },
					failure_reason: null,
				},
				binary: {
					data: { mimeType: 'image/jpeg' },
					data_1: { mimeType: 'image/jpeg' },
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(stage.sim.keyLeaks + stage.sim.catalogKeys).toBe(0);
	});

	it('come newest first, with failed and running ones', async () => {
		add('old', { created_at: daysAgo(3) });
		add('bad', { created_at: daysAgo(2), model_status: 'FAILED', error: 'no' });
		add('new', { created_at: daysAgo(0.5), model_status: 'PENDING', credits_deduction: null });
		expect(await jsonOf()).toMatchObject([
			{ request_id: 'new', status: 'PENDING', cost: null },
			{ request_id: 'bad', status: 'FAILED', failure_reason: 'no' },
			{ request_id: 'old', status: 'COMPLETED' },
		]);
		expect(await idsOf({ status: 'FAILED' })).toEqual(['bad']);
		expect(await idsOf({ status: 'PENDING' })).toEqual(['new']);
	});

	it('are of exactly the chosen model', async () => {
		add('mine', { model_name: 'kling' });
		add('longer', { model_name: 'kling-2.1' });
		expect(await idsOf({ model: ' kling ' })).toEqual(['mine']);
		expect(queries()[0]?.searchParams.get('model_name')).toBe('kling');
	});

	it.each([
		'https://www.segmind.com/models/fast-flux-schnell',
		'Fast-FLUX-schnell',
		'https://api.segmind.com/v1/fast-flux-schnell',
	])('are found by their model, written as %s', async (model) => {
		add('mine', { model_name: 'fast-flux-schnell' });
		expect(await idsOf({ model })).toEqual(['mine']);
	});

	it('are read only as far as the limit goes, and all of them on demand', async () => {
		for (let index = 0; index < 250; index++) add(`r${index}`);
		// Twice the same id: two outputs of one request.
		add('two', { created_at: daysAgo(0.5), generation_url: 'https://a/1.png' });
		add('two', { created_at: daysAgo(0.5), generation_url: 'https://a/2.png' });
		expect(await idsOf({ limit: 2 })).toEqual(['two', expect.stringMatching(/^r/)]);
		expect(stage.sim.requests).toHaveLength(1);
		expect(await idsOf({})).toHaveLength(50);
		stage.sim.requests.length = 0;
		expect(await idsOf({ returnAll: true })).toHaveLength(251);
		expect(stage.sim.requests).toHaveLength(3);
	});

	it('of a long time are asked in pieces', async () => {
		add('old', { created_at: '2026-01-01T00:00:00Z' });
		add('older', { created_at: '2025-12-31T23:59:59Z' });
		const year = { from: '2025-12-31', to: '2026-11-21T00:00:00', returnAll: true };
		expect(await idsOf(year)).toEqual(['old', 'older']);
		expect(stage.sim.requests).toHaveLength(11);
	});

	it('whose file is gone still come', async () => {
		const url = stage.sim.publish(Buffer.from('GIF89a'), 'a.gif', 'image/gif');
		add('dead', { generation_url: `${stage.sim.filesUrl}/generations/gone.png` });
		add('alive', { generation_url: url });
		const items = (await run({ download: true })).items();
		expect(items.map(({ json }) => json.request_id)).toEqual(['dead', 'alive']);
		expect(items[0]?.json.download_error).toMatch(/gone\.png: .*could not be downloaded/);
		expect(items[0]?.binary).toBeUndefined();
		expect(items[1]?.binary?.data).toMatchObject({ mimeType: 'image/gif' });
		expect(items[1]?.json).not.toHaveProperty('download_error');
	});

	it('are given to an agent without their files', async () => {
		const url = stage.sim.publish(Buffer.from('GIF89a'), 'a.gif', 'image/gif');
		add('one', { generation_url: url });
		const result = await stage.run(`${NODE}Tool`, { download: true });
		expect(result.items()).toMatchObject([{ json: { url } }]);
		expect(result.items()[0]?.binary).toBeUndefined();
	});

	it('may be none', async () => {
		expect(await jsonOf()).toEqual([]);
	});
});

describe('the spend', () => {
	it('counts each request once, by what it is grouped by', async () => {
		const day = daysAgo(1).slice(0, 10);
		add('two', { generation_url: 'https://a/1.png', credits_deduction: 0.2 });
		add('two', { generation_url: 'https://a/2.png', credits_deduction: 0.2 });
		add('one', { credits_deduction: 0.1 });
		add('bad', { model_status: 'FAILED', credits_deduction: 0 });
		const row = { model: 'fast-flux-schnell', day, requests: 3, failed: 1, cost: 0.3 };
		const spend = async (groupBy: string) => await jsonOf({ view: 'spend', groupBy });
		expect(await spend('modelAndDay')).toEqual([row]);
		expect(await spend('model')).toEqual([{ ...row, day: null }]);
		expect(await spend('day')).toEqual([{ ...row, model: null }]);
	});

	it('is of all requests, whatever the limit of the other view says', async () => {
		for (let index = 0; index < 150; index++) add(`r${index}`);
		expect(await jsonOf({ view: 'spend', limit: 5 })).toMatchObject([{ requests: 150, cost: 1.5 }]);
	});
});

it('works per item, with its own values', async () => {
	add('one', { model_name: 'kling' });
	add('two', { model_name: 'veo' });
	const items = [{ json: { model: 'veo' } }, { json: { model: 'kling' } }];
	const result = await run({ model: '={{ $json.model }}' }, { items });
	expect(result.items()).toMatchObject([
		{ json: { request_id: 'two' }, pairedItem: { item: 0 } },
		{ json: { request_id: 'one' }, pairedItem: { item: 1 } },
	]);
});

describe('what cannot be asked', () => {
	it.each<[what: string, parameters: INodeParameters, message: RegExp]>([
		['dates the wrong way round', { from: '2026-11-20', to: '2026-11-10' }, /must not be after To/],
		['no date', { from: '={{ "soon" }}' }, /^From must be a date/],
		['a limit of 0', { limit: 0 }, /^Limit must be a number of 1 or more/],
		['no limit', { limit: '={{ NaN }}' }, /^Limit must be/],
		['an unknown view', { view: '={{ "costs" }}' }, /^View must be one of/],
		['an unknown status', { status: '={{ "DONE" }}' }, /^Status must be one of/],
		['an unknown grouping', { view: 'spend', groupBy: '={{ "week" }}' }, /^Group By must be/],
		['a model that is none', { model: 'the fast one' }, /^Model: "the fast one" is not a model/],
		['no switch', { returnAll: '={{ "perhaps" }}' }, /^Return All must be true or false/],
		['a model that is no text', { model: '={{ ({ a: 1 }) }}' }, /^Model must be text/],
	])('%s is told before anything is sent', async (_what, parameters, message) => {
		expect((await run(parameters)).error?.message).toMatch(message);
		expect(stage.sim.requests).toEqual([]);
	});

	it.each<[what: string, answer: object, message: RegExp]>([
		['a refused key', { status: 401, body: { error: 'no' } }, /did not accept the API key/],
		['no history', { status: 404, body: { error: 'Not Found' } }, /no such endpoint/],
		['another shape', { body: { items: [{ id: 1 }] } }, /in an unknown format/],
		['an outage', { status: 500, body: '' }, /internal error/],
		['a redirect', { fault: 'redirect', location: '/elsewhere' }, /A redirect came .* status 302/],
	])('%s is an error, and an item where the node goes on', async (_what, answer, message) => {
		stage.sim.script({ path, times: 99, answer: answer as never });
		const { error } = await run();
		expect(error?.message).toMatch(message);
		expect(JSON.stringify(error)).not.toContain(stage.sim.apiKey);
		expect((await run({}, goesOn)).items()).toMatchObject([
			{
				json: { status: 'REJECTED', failure_reason: expect.stringMatching(message), billed: 'no' },
			},
		]);
	});
});
