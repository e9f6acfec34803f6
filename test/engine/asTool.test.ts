import { createRunExecutionData, type INodeParameters } from 'n8n-workflow';
import { resultItem, unfinishedItem } from './resultItem';
import { startStage, type Stage } from './stage';
import { executeAsTool } from './toolExecution';

const TOOL = 'n8n-nodes-segmind.segmindGenerateImageTool';

let stage: Stage;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => {
	stage.sim.reset();
	stage.aheadMs = 0;
	stage.duration = () => 5;
});
afterAll(async () => await stage.close());

const wish = { wish: 'a red fox' };

/** As AI Agents up to version 2 run it: the agent calls the tool. */
const asTool = async (parameters: INodeParameters) =>
	await executeAsTool(
		stage.engine.registry,
		{ segmindApi: { ...stage.sim.credential } },
		TOOL,
		parameters,
		wish,
	);

/** As AI Agents since version 3 run it: the engine executes the tool like any other node. */
const byTheEngine = async (parameters: INodeParameters) => {
	const run = await stage.run(TOOL, parameters, { items: [{ json: wish }] });
	return run.items();
};

it.each([
	['an agent up to version 2', 'auto', asTool],
	['an agent up to version 2', 'sync', asTool],
	['an agent up to version 2', 'async', asTool],
	['an agent since version 3', 'auto', byTheEngine],
	['an agent since version 3', 'sync', byTheEngine],
	['an agent since version 3', 'async', byTheEngine],
])('gives %s the URL and short facts, never bytes (%s)', async (_agent, mode, run) => {
	const items = await run({ prompt: '={{ $json.wish }}', output: 'file', options: { mode } });

	const [job] = stage.sim.jobs;
	expect(items).toEqual([
		{
			json: resultItem({
				model: 'fast-flux-schnell',
				prompt: 'a red fox',
				url: job!.outputs[0]!.url,
				seed: job!.seed,
				cost: job!.billed,
				remaining_credits: stage.sim.credits,
				inference_time: expect.any(Number) as number,
				request_id: job!.requestId,
				content_type: 'image/jpeg',
				file_name: job!.outputs[0]!.fileName,
				file_size: expect.any(Number) as number,
			}),
			pairedItem: { item: 0 },
		},
	]);
	expect(job!.kind).toBe('async');
	expect(job!.body).toEqual({ prompt: 'a red fox' });
	expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toEqual([]);
});

it('works for an agent whose item already has a file', async () => {
	expect(await asTool({ prompt: 'a', options: { binaryField: 'not a field name' } })).toHaveLength(
		1,
	);
});

it('adds no input fields, even with Include Input Fields', async () => {
	const [item] = await asTool({ prompt: 'a', options: { includeInputFields: true } });
	expect(item!.json).not.toHaveProperty('wish');
});

it('tells an agent what went wrong', async () => {
	await expect(asTool({ prompt: '={{ [] }}' })).rejects.toThrow('Prompt must be text, but is []');
});

describe.each([
	['segmindGenerateVideo', 'veo-2', 'video/mp4'],
	['segmindGenerateAudio', 'lyria-2', 'audio/mpeg'],
])('%s', (node, model, contentType) => {
	const parameters = {
		model: { __rl: true, mode: 'slug', value: model },
		prompt: '={{ $json.wish }}',
	};
	const type = `n8n-nodes-segmind.${node}Tool`;
	/** The calls of an agent up to version 2 within one execution. */
	const ask = async (execution = createRunExecutionData(), more: INodeParameters = {}) =>
		await executeAsTool(
			stage.engine.registry,
			{ segmindApi: { ...stage.sim.credential } },
			type,
			{ ...parameters, ...more },
			wish,
			execution,
		);
	const sinceVersion3 = async () =>
		(await stage.run(type, parameters, { items: [{ json: wish }] })).items();

	it.each([
		['up to version 2', async () => await ask()],
		['since version 3', sinceVersion3],
	])('gives an agent %s the URL and short facts when quick', async (_agent, run) => {
		const [item, ...more] = await run();
		const [job] = stage.sim.jobs;
		expect(more).toEqual([]);
		expect(item).not.toHaveProperty('binary');
		expect(item!.json).toMatchObject({
			status: 'COMPLETED',
			url: job!.outputs[0]!.url,
			content_type: contentType,
		});
		expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toEqual([]);
	});

	it.each([
		['up to version 2', async () => await ask()],
		['since version 3', sinceVersion3],
	])('tells an agent %s after 50 seconds how to ask again', async (_agent, run) => {
		stage.duration = () => 1000;
		const items = await run();
		const [job] = stage.sim.jobs;
		expect(items.map(({ json }) => json)).toEqual([
			unfinishedItem({
				status: 'PROCESSING',
				model,
				prompt: wish.wish,
				request_id: job!.requestId,
				advice: expect.stringMatching(
					new RegExp(
						`^The job ${job!.requestId} is still running.*Segmind Check Status.*same job$`,
					),
				) as string,
			}),
		]);
		const waited = stage.sim.now() - job!.submittedAt;
		expect(waited).toBeGreaterThanOrEqual(50_000);
	});

	it('continues the job when the call is repeated, and pays once', async () => {
		stage.duration = () => 1000;
		const execution = createRunExecutionData();
		const [first] = await ask(execution);
		stage.aheadMs += 1_100_000;
		const [second] = await ask(execution);
		expect(stage.sim.jobs).toHaveLength(1);
		expect([first!.json.status, second!.json.status]).toEqual(['PROCESSING', 'COMPLETED']);
		expect(second!.json.request_id).toBe(first!.json.request_id);
		// A returned result is used up: the same words again are a new request.
		stage.duration = () => 5;
		await ask(execution);
		expect(stage.sim.jobs).toHaveLength(2);
	});

	it('reports no replaced file while the job is running', async () => {
		stage.duration = () => 1000;
		const notes = { bytes: Buffer.from('a'), fileName: 'a.txt', mimeType: 'text/plain' };
		const given = await stage.item({ notes });
		const run = await stage.run(type, { ...parameters, prompt: 'a fox' }, { items: [given] });
		expect(run.items()[0]!.json.status).toBe('PROCESSING');
		expect(run.items()[0]!.binary).toEqual(given.binary);
		expect(run.hints()).toEqual([]);
	});

	it('can be collected with Check Status', async () => {
		stage.duration = () => 1000;
		const [item] = await ask();
		stage.aheadMs += 1_100_000;
		const collected = await executeAsTool(
			stage.engine.registry,
			{ segmindApi: { ...stage.sim.credential } },
			'n8n-nodes-segmind.segmindCheckStatusTool',
			{ requestId: '={{ $json.request_id }}' },
			item!.json,
		);
		expect(collected[0]!.json).toMatchObject({ status: 'COMPLETED', model, prompt: wish.wish });
	});

	it('tells an agent that a job has failed, as an error', async () => {
		stage.sim.script({
			path: /\/status$/,
			answer: { status: 422, body: { status: 'FAILED', error: 'content_policy_violation' } },
		});
		await expect(ask()).rejects.toThrow('content_policy_violation');
	});
});

it('a text answer is also collected by a repeated call, and paid for once', async () => {
	stage.duration = () => 1000;
	const execution = createRunExecutionData();
	const ask = async () =>
		await executeAsTool(
			stage.engine.registry,
			{ segmindApi: { ...stage.sim.credential } },
			'n8n-nodes-segmind.segmindGenerateTextTool',
			{ prompt: '={{ $json.wish }}' },
			wish,
			execution,
		);
	const [first] = await ask();
	stage.aheadMs += 1_100_000;
	const [second] = await ask();
	expect([first!.json.status, second!.json.status]).toEqual(['PROCESSING', 'COMPLETED']);
	expect(second!.json.request_id).toBe(first!.json.request_id);
	expect(stage.sim.jobs).toHaveLength(1);
});
