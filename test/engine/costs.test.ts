import { createRunExecutionData, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { model } from '../faults/runs';
import { fileOf } from './sampleFiles';
import { startStage, type Stage } from './stage';
import { executeAsTool } from './toolExecution';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
beforeEach(() => {
	stage.sim.reset();
	stage.fail = () => undefined;
});
afterAll(async () => await stage.close());

const GENERATE = [
	['segmindGenerateImage', 'nano-banana'],
	['segmindGenerateVideo', 'kling-2.6'],
	['segmindGenerateAudio', 'lyria-2'],
	['segmindGenerateText', 'gpt-5.4-mini'],
	['segmindSubmitAsync', 'nano-banana'],
] as const;

const slug = (value: string) => ({ __rl: true, mode: 'slug', value });
const goesOn = { onError: 'continueRegularOutput' } as const;
const things = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));
const asked = (value: string, options: IDataObject): INodeParameters =>
	({ model: slug(value), prompt: '=a fox {{ $json.n }}', options }) as INodeParameters;
const statuses = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.status);
const posts = () => stage.sim.requests.filter(({ method }) => method === 'POST');
const spent = () => stage.sim.jobs.reduce((sum, job) => sum + job.billed, 0);

describe.each(GENERATE)('%s', (node, slugOf) => {
	it('Estimate Only: price, seconds and the checked body, and nothing is sent', async () => {
		const run = await stage.run(node, asked(slugOf, { estimateOnly: true }), { items: things(2) });

		expect(run.error).toBeUndefined();
		expect(run.items()[1]?.json).toMatchObject({
			status: 'ESTIMATE',
			model: slugOf,
			estimated_cost: expect.any(Number) as number,
			estimated_seconds: expect.any(Number) as number,
			problems: [],
		});
		expect(JSON.stringify(run.items()[1]?.json.parameters)).toContain('a fox 1');
		expect(stage.sim.requests).toEqual([]);
		expect(run.hints().map(({ message }) => message)).toEqual([
			expect.stringMatching(/2 items would cost about \$.* together.*not quotes/),
		]);
	});

	it('Max Cost: items that could pass it are not sent, and say so', async () => {
		const [estimate] = (
			await stage.run(node, asked(slugOf, { estimateOnly: true }), { items: things(1) })
		).items();
		const price = Number(estimate?.json.estimated_cost);
		const options = { maxCost: price * 2.5, concurrency: 1, maxJobs: 1 };
		const run = await stage.run(node, asked(slugOf, options), {
			items: things(5),
			nodeOptions: goesOn,
		});

		expect(run.error).toBeUndefined();
		const last = run.items()[4]!.json;
		expect(last).toMatchObject({
			status: 'NOT_SENT',
			billed: 'no',
			model: slugOf,
			prompt: 'a fox 4',
			request_id: null,
		});
		expect(last.failure_reason).toMatch(/^Not sent: with about \$.* more, the run could cost more/);
		expect(last.advice).toMatch(/Nothing was billed for this item.*Raise Max Cost/);
		expect(posts().length).toBeGreaterThan(0);
		expect(posts().length).toBeLessThan(5);
	});
});

it('sends nothing at all if the node stops on errors and not all fit, and says how many would', async () => {
	const run = await stage.run('segmindGenerateImage', asked('nano-banana', { maxCost: 0.1 }), {
		items: things(9),
	});

	expect(run.status).toBe('error');
	expect(run.error?.message).toMatch(
		/Max Cost: the 9 items are estimated at about \$.*only the first \d would fit/,
	);
	expect(run.error?.description).toMatch(/Nothing was sent.*not quotes/);
	expect(stage.sim.requests).toEqual([]);
});

it('a limit smaller than one item sends nothing', async () => {
	const run = await stage.run('segmindGenerateImage', asked('nano-banana', { maxCost: 0.001 }), {
		items: things(2),
		nodeOptions: goesOn,
	});

	expect(statuses(run.items())).toEqual(['NOT_SENT', 'NOT_SENT']);
	expect(stage.sim.requests).toEqual([]);
});

it.each([-1, 'a dollar', '={{ $json.budget }}'])(
	'Max Cost %j stops the node before anything is sent',
	async (maxCost) => {
		const run = await stage.run('segmindGenerateImage', asked('nano-banana', { maxCost }), {
			items: things(2),
		});

		expect(run.error?.message).toMatch(/^Max Cost \(USD\) must be /);
		expect(stage.sim.requests).toEqual([]);
	},
);

/** In the catalogue without a price; the simulator bills 0.006 for one. */
const UNPRICED = 'sdxl-txt2img';

it('items of a model without a known price go one by one until one says what it cost', async () => {
	const run = await stage.run(
		'segmindGenerateImage',
		asked(UNPRICED, { maxCost: 0.02, mode: 'async' }),
		{ items: things(6), nodeOptions: goesOn },
	);

	const [first, ...others] = stage.sim.jobs;
	expect(others).toHaveLength(2);
	for (const { submittedAt } of others) expect(submittedAt).toBeGreaterThanOrEqual(first!.readyAt);
	expect(statuses(run.items()).filter((status) => status === 'NOT_SENT')).toHaveLength(3);
});

it('a submit never learns what its job costs: of models without a known price, one is sent', async () => {
	const run = await stage.run('segmindSubmitAsync', asked(UNPRICED, { maxCost: 1 }), {
		items: things(3),
		nodeOptions: goesOn,
	});

	expect(statuses(run.items())).toEqual(['QUEUED', 'NOT_SENT', 'NOT_SENT']);
	expect(run.items()[1]?.json.failure_reason).toMatch(/the price of .* is not known/);
});

it('what failed and was not billed leaves its money to the others', async () => {
	stage.fail = ({ index }) => (index < 3 ? 'refused' : undefined);
	const run = await stage.run(
		'segmindGenerateImage',
		asked('nano-banana', { maxCost: 0.1, maxJobs: 1, mode: 'async' }),
		{ items: things(7), nodeOptions: goesOn },
	);

	const [failed, done, not] = ['FAILED', 'COMPLETED', 'NOT_SENT'];
	expect(statuses(run.items())).toEqual([failed, failed, failed, done, done, not, not]);
});

it.each([1, 20])(
	'a run of mixed models with %i jobs at a time keeps to its limit',
	async (maxJobs) => {
		const models = ['nano-banana', 'kling-2.6', 'fast-flux-schnell', 'gpt-5.4-mini'];
		const items = Array.from({ length: 60 }, (_, n) => ({ json: { n, model: models[n % 4] } }));
		const parameters = {
			...asked('', { maxCost: 1, maxJobs, mode: 'async' }),
			model: slug('={{ $json.model }}'),
			output: 'url',
		};
		const run = await stage.run('segmindGenerateImage', parameters, { items, nodeOptions: goesOn });

		expect(run.error).toBeUndefined();
		expect(statuses(run.items())).toContain('NOT_SENT');
		expect(spent()).toBeGreaterThan(0.5);
		// The simulator bills the catalogue's average, so no item is in excess of its estimate.
		expect(spent()).toBeLessThanOrEqual(1 + 1e-6);
	},
);

it('as an agent’s tool, the limit holds for all calls of the execution', async () => {
	const execution = createRunExecutionData();
	const ask = async (wish: string) =>
		await executeAsTool(
			stage.engine.registry,
			{ segmindApi: { ...stage.sim.credential } },
			'n8n-nodes-segmind.segmindGenerateImageTool',
			{ model, prompt: '={{ $json.wish }}', options: { maxCost: 0.012, checkParameters: 'off' } },
			{ wish },
			execution,
		);
	await ask('one');
	await ask('two');
	await expect(ask('three')).rejects.toThrow('Max Cost');
	expect(stage.sim.jobs).toHaveLength(2);
});

it('an estimate leaves the item’s files, and neither reads nor uploads them', async () => {
	const file = { bytes: fileOf('png'), fileName: 'a.png', mimeType: 'image/png' };
	const run = await stage.run(
		'segmindGenerateImage',
		{
			...asked('nano-banana', { estimateOnly: true }),
			inputFiles: { file: [{ source: 'binary', binaryField: 'data' }] },
		},
		{ items: [await stage.item({ data: file })] },
	);

	const [item] = run.items();
	expect(JSON.stringify(item?.json.parameters)).toContain('(the file in the field');
	expect(item?.binary).toHaveProperty('data');
	expect(stage.sim.uploads).toEqual([]);
	expect(stage.sim.requests).toEqual([]);
});
