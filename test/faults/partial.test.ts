import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startEngine, type Engine, type RunResult } from '../engine/engine';
import { startSimulator, type RecordedRequest, type Simulator } from '../simulator/simulator';
import { itemsOfLine, model, smallPicture, textOf } from './runs';

const SPEED = 100;
const PROMPTS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six'];
const BAD = 'three';

let engine: Engine;
let simulator: Simulator;
let files: INodeExecutionData[];

beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem' });
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	simulator = await startSimulator({
		speed: SPEED,
		now,
		// The sixth takes far longer than anybody waits.
		duration: ({ body }) => (body.prompt === 'five' ? 4000 : 3),
	});
	files = await Promise.all(
		PROMPTS.map(async (prompt) => ({
			json: { prompt },
			binary: {
				data: await engine.storeBinary(
					Buffer.from(`GIF89a ${prompt}`),
					`${prompt}.gif`,
					'image/gif',
				),
			},
		})),
	);
});
afterAll(async () => {
	await simulator.close();
	await engine.close();
});
beforeEach(() => simulator.reset());

const generate = (mode: string, concurrency: number) => ({
	model,
	prompt: '={{ $json.prompt }}',
	options: {
		mode,
		...smallPicture,
		checkParameters: 'off',
		concurrency,
		maxJobs: concurrency,
		timeout: 60,
	},
});

async function run(
	parameters: INodeParameters,
	nodeOptions: Partial<INode> = {},
	type = 'segmindGenerateImage',
): Promise<RunResult> {
	return await engine.runNode(type, parameters, {
		credentials: { segmindApi: { ...simulator.credential } },
		items: type === 'segmindUploadAsset' ? files : PROMPTS.map((prompt) => ({ json: { prompt } })),
		nodeOptions,
	});
}

const promptOf = ({ body }: Pick<RecordedRequest, 'body'>) => (body as { prompt?: string })?.prompt;
const refuseBad = (path: RegExp) =>
	simulator.script({
		origin: 'api',
		method: 'POST',
		path,
		times: 100,
		answer: (request) =>
			promptOf(request) === BAD
				? { status: 400, body: { error: 'three is a bad number' } }
				: undefined,
	});
const jobOf = (prompt: string) => simulator.jobs.find(({ body }) => body.prompt === prompt);
const lineOf = (result: RunResult, item: number) =>
	textOf(result)
		.split('\n')
		.find((line) => itemsOfLine(line).includes(item));

describe('without continue-on-fail', () => {
	it('lists of an async run what is finished, still running and not started', async () => {
		refuseBad(/^\/v2/);
		const result = await run(generate('async', 7));
		expect(result.status).toBe('error');
		expect(result.items()).toEqual([]);
		expect(result.error?.message).toMatch(/rejected the input/);
		expect(result.error?.context?.itemIndex).toBe(3);
		expect(textOf(result)).toContain('three is a bad number');
		await Promise.all(
			[0, 1, 2, 4, 6].map(async (item) => {
				const job = jobOf(PROMPTS[item]!)!;
				expect(lineOf(result, item)).toContain('finished');
				expect(lineOf(result, item)).toContain(job.requestId);
				expect(lineOf(result, item)).toContain(job.outputs[0]!.url);
			}),
		);
		expect(lineOf(result, 5)).toContain(jobOf('five')?.requestId);
		expect(lineOf(result, 5)).toMatch(/not finished/);
		expect(lineOf(result, 3)).toBeUndefined();
	});

	it('starts nothing more after a failure, but collects what was accepted', async () => {
		refuseBad(/^\/v2/);
		const result = await run(generate('async', 2));
		// Two at a time: when the fourth is refused, at most one other is under way.
		expect(simulator.jobs.length).toBeLessThanOrEqual(5);
		expect(jobOf('six')).toBeUndefined();
		expect(lineOf(result, 6)).toMatch(/not started, nothing was sent/);
		for (const item of [0, 1, 2]) expect(lineOf(result, item)).toContain('finished');
	});

	it('gives n8n’s own address of a sync picture, which has none at Segmind', async () => {
		refuseBad(/^\/v1/);
		const result = await run(generate('sync', 2));
		for (const item of [0, 1, 2]) {
			expect(lineOf(result, item)).toMatch(
				/finished: http:\S+\/rest\/binary-data\/signed\?token=\S+$/,
			);
			// Check Status does not know the id of a sync call.
			expect(textOf(result)).not.toContain(jobOf(PROMPTS[item]!)?.requestId);
		}
		expect(textOf(result)).toMatch(/opens the file for seven days, without signing in/);
	});

	it('gives the request IDs of what Submit Async has submitted', async () => {
		refuseBad(/^\/v2/);
		const result = await run({ model, prompt: '={{ $json.prompt }}' }, {}, 'segmindSubmitAsync');
		for (const job of simulator.jobs) expect(textOf(result)).toContain(job.requestId);
		expect(simulator.jobs.length).toBeGreaterThanOrEqual(3);
	});

	it('gives the addresses of what was uploaded', async () => {
		simulator.script({
			origin: 'storage',
			skip: 3,
			answer: { status: 400, body: { error: 'no' } },
		});
		const options = { options: { concurrency: 1 } };
		const result = await run(options, {}, 'segmindUploadAsset');
		expect(result.error?.context?.itemIndex).toBe(3);
		expect(simulator.uploads).toHaveLength(3);
		for (const [item, { url }] of simulator.uploads.entries()) {
			expect(lineOf(result, item)).toContain(url);
		}
	});
});

describe('with continue-on-fail', () => {
	it.each([
		['sync', 3],
		['async', 7],
	])('gives every item its own outcome (%s)', async (mode, concurrency) => {
		refuseBad(/^\/v[12]/);
		simulator.script({
			method: 'POST',
			path: /^\/v1/,
			times: 100,
			answer: (request) =>
				promptOf(request) === 'five' ? { status: 403, body: { error: 'not for you' } } : undefined,
		});
		const result = await run(generate(mode, concurrency), { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		const items = result.items();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(PROMPTS.map((_, item) => ({ item })));
		for (const [index, { json, binary }] of items.entries()) {
			if (index === 3 || index === 5) {
				expect(String(json.failure_reason)).toMatch(/\S/);
				expect(binary).toBeUndefined();
			} else {
				expect('error' in json).toBe(false);
				expect([json.status, json.request_id]).toEqual([
					'COMPLETED',
					jobOf(PROMPTS[index]!)?.requestId,
				]);
				expect(binary?.data?.mimeType).toBe('image/jpeg');
			}
		}
		expect(items[3]?.json).toMatchObject({ http_status: 400 });
		if (mode === 'async') {
			expect(items[5]?.json).toMatchObject({ request_id: jobOf('five')?.requestId });
		}
	});

	it('sends failed items to the error output, with what is known of them', async () => {
		refuseBad(/^\/v2/);
		// A node before it, as in every real workflow: n8n treats the error output of a first node otherwise.
		const node = {
			name: 'Node',
			type: 'n8n-nodes-segmind.segmindGenerateImage',
			parameters: generate('async', 7),
			onError: 'continueErrorOutput' as const,
		};
		const result = await engine.run(
			{
				nodes: [{ name: 'Start', type: 'n8n-nodes-base.noOp' }, node],
				connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
			},
			{
				credentials: { segmindApi: { ...simulator.credential } },
				items: PROMPTS.map((prompt) => ({ json: { prompt } })),
			},
		);
		const [good = [], bad = []] = result.outputs('Node');
		expect(good.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 4, 6].map((item) => ({ item })),
		);
		expect(bad.map(({ json }) => json.request_id)).toEqual([null, jobOf('five')?.requestId]);
	});
});

it('lets every accepted job of a failed run be collected by Check Status', async () => {
	refuseBad(/^\/v2/);
	await run(generate('async', 7));
	const items = simulator.jobs.map(({ requestId }) => ({ json: { request_id: requestId } }));
	const parameters = { routing: 'byStatus', options: { timeout: 60 } };
	const credentials = { segmindApi: { ...simulator.credential } };
	const result = await engine.runNode('segmindCheckStatus', parameters, { credentials, items });
	const [completed = [], inProgress = []] = result.outputs();
	const idsOf = (found: INodeExecutionData[]) => found.map(({ json }) => json.request_id);
	const running = jobOf('five')?.requestId;
	expect(idsOf(completed)).toEqual(
		simulator.jobs.map(({ requestId }) => requestId).filter((id) => id !== running),
	);
	expect(completed.every(({ binary }) => binary?.data)).toBe(true);
	expect(idsOf(inProgress)).toEqual([running]);
});
