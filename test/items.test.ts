/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, OnError } from 'n8n-workflow';
import { SegmindFailure } from '../nodes/api/failure';
import { runItems, type ItemWork, type SharedRun } from '../nodes/items';
import type { RecordedRequest } from './simulator/simulator';
import { failedItem } from './engine/resultItem';
import { startStage, type Stage } from './engine/stage';
import type { RunResult, WorkflowJson } from './engine/engine';

let stage: Stage;
let usualDuration: Stage['duration'];

beforeAll(async () => {
	stage = await startStage('memory');
	usualDuration = stage.duration;
});
beforeEach(() => {
	stage.sim.reset();
	stage.duration = usualDuration;
});
afterAll(async () => await stage.close());

const parameters = {
	prompt: '={{ $json.prompt }}',
	options: {
		mode: 'sync',
		jsonParameters: '={{ { seed: $json.seed, samples: $json.samples ?? 1 } }}',
	},
};
/** The same with other options. */
const withOptions = (options: IDataObject) => ({ options: { ...parameters.options, ...options } });
const promptOf = ({ body }: RecordedRequest) => (body as { prompt: string }).prompt;
const posts = () => stage.sim.requests.filter(({ method }) => method === 'POST');

/** Refuses the prompts that begin with "bad". */
const refuseBad = () =>
	stage.sim.script({
		method: 'POST',
		times: 100,
		answer: (request) =>
			promptOf(request).startsWith('bad')
				? { status: 400, body: { error: `No ${promptOf(request)} here` } }
				: undefined,
	});
/** Answers the first items last. */
const answerLastFirst = (count: number) =>
	stage.sim.script({
		method: 'POST',
		times: count,
		answer: ({ body }) => ({
			delaySeconds: 2 * (count - (body as { seed: number }).seed),
			transform: (normal) => normal,
		}),
	});

const itemsOf = (...prompts: string[]): INodeExecutionData[] =>
	prompts.map((prompt, seed) => ({ json: { prompt, seed } }));

async function runNode(items: INodeExecutionData[], onError?: OnError, more = {}) {
	const nodeOptions = onError ? { onError } : {};
	return await stage.run(
		'segmindGenerateImage',
		{ ...parameters, ...more },
		{ items, nodeOptions },
	);
}

/** Manual Trigger > Set > Split Out > the node, so that n8n can merge what came in with what went wrong. */
async function runWorkflow(prompts: string[], onError: OnError, more = {}): Promise<RunResult> {
	const rows = prompts.map((prompt, seed) => ({ prompt, seed, kept: `k${seed}` }));
	const main = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const workflow: WorkflowJson = {
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{
				name: 'Rows',
				type: 'n8n-nodes-base.set',
				parameters: {
					assignments: {
						assignments: [{ id: '1', name: 'row', type: 'array', value: JSON.stringify(rows) }],
					},
				},
			},
			{ name: 'Split', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'row' } },
			{
				name: 'Image',
				type: 'n8n-nodes-segmind.segmindGenerateImage',
				parameters: { ...parameters, ...more },
				onError,
			},
		],
		connections: { Start: main('Rows'), Rows: main('Split'), Split: main('Image') },
	};
	return await stage.engine.run(workflow, {
		credentials: { segmindApi: { ...stage.sim.credential } },
	});
}

const seedsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.seed);
const origins = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

describe('order', () => {
	it.each(['sync', 'async'])(
		'matches the input, whichever item finishes first (%s)',
		async (mode) => {
			answerLastFirst(6);
			const run = await runNode(
				itemsOf('a', 'b', 'c', 'd', 'e', 'f'),
				undefined,
				withOptions({ mode }),
			);

			expect(run.error).toBeUndefined();
			expect(seedsOf(run.items())).toEqual([0, 1, 2, 3, 4, 5]);
			expect(origins(run.items())).toEqual([0, 1, 2, 3, 4, 5].map((item) => ({ item })));
		},
	);

	it('keeps the files of one item together', async () => {
		answerLastFirst(2);
		const items = itemsOf('a', 'b').map((item) => ({ json: { ...item.json, samples: 2 } }));
		const model = { __rl: true, mode: 'slug', value: 'sdxl-txt2img' };
		const run = await runNode(items, undefined, { model });

		expect(run.items().map(({ json }) => [json.seed, json.output_index])).toEqual([
			[0, 0],
			[0, 1],
			[1, 0],
			[1, 1],
		]);
		expect(origins(run.items())).toEqual([0, 0, 1, 1].map((item) => ({ item })));
	});
});

describe('concurrency', () => {
	const six = itemsOf(...'abcdef');

	it.each([1, 3, 6])('is limited to Concurrency requests: %i', async (concurrency) => {
		answerLastFirst(6);
		const run = await runNode(six, undefined, withOptions({ concurrency }));
		expect(run.items()).toHaveLength(6);
		expect(stage.sim.maxInFlight).toBe(concurrency);
	});

	it.each([1, 4])('is limited to Max Jobs jobs: %i', async (maxJobs) => {
		// Where several run at once: long enough for the last to begin while the first one runs, on a busy machine too.
		stage.duration = () => (maxJobs === 1 ? 5 : 100);
		const run = await runNode(six, undefined, withOptions({ mode: 'async', maxJobs }));
		expect(run.items()).toHaveLength(6);
		expect(stage.sim.maxRunningJobs).toBe(maxJobs);
	});
});

it('returns nothing for no items', async () => {
	const run = await runNode([]);
	expect(run.error).toBeUndefined();
	expect(stage.sim.requests).toEqual([]);
});

describe('a failed item stops the node', () => {
	it('with its own error, and the outcomes of the others', async () => {
		refuseBad();
		const run = await runNode(
			itemsOf('a', 'bad', 'c', 'd'),
			undefined,
			withOptions({ concurrency: 1 }),
		);

		expect(run.status).toBe('error');
		expect(posts().map(promptOf)).toEqual(['a', 'bad']);
		expect(run.error).toMatchObject({
			message: 'Segmind rejected the input (could not run "fast-flux-schnell")',
			httpCode: '400',
			context: { itemIndex: 1 },
		});
		expect(run.error!.description!.split('<br>').slice(1)).toEqual([
			'Item 0: finished: fast-flux-schnell-0.jpg',
			'Items 2 and 3: not started, nothing was sent',
			expect.stringContaining('only in memory'),
		]);
	});

	it('but work in progress is finished, and named with its URL', async () => {
		refuseBad();
		const run = await runNode(itemsOf('a', 'bad', 'c'), undefined, withOptions({ mode: 'async' }));

		const [first, third] = stage.sim.jobs;
		expect(run.error!.description!.split('<br>').slice(1)).toEqual([
			`Item 0: finished: ${first!.outputs[0]!.url}, job ${first!.requestId}`,
			`Item 2: finished: ${third!.outputs[0]!.url}, job ${third!.requestId}`,
		]);
	});

	it('with the first of several reasons, and the others below', async () => {
		refuseBad();
		const run = await runNode(itemsOf('bad one', 'bad two'));

		expect(run.error!.context.itemIndex).toBe(0);
		expect(run.error!.description).toContain('No bad one here');
		expect(run.error!.description!.split('<br>')[1]).toBe(
			'Item 1: Segmind rejected the input (could not run "fast-flux-schnell")',
		);
	});

	it('before anything is sent for any item, if its parameters are wrong', async () => {
		const run = await runNode(itemsOf('a', 'b', 'c'), undefined, {
			prompt: '={{ $json.prompt === "c" ? { text: "c" } : $json.prompt }}',
		});

		expect(run.error).toMatchObject({ context: { itemIndex: 2 } });
		expect(run.error!.description!.split('<br>').slice(1)).toEqual([
			'Items 0 and 1: not started, nothing was sent',
		]);
		expect(stage.sim.requests).toEqual([]);
	});
});

it('reports one failure among 3000 items in a short error', async () => {
	refuseBad();
	const items = itemsOf('bad', ...Array.from({ length: 2999 }, (_, item) => `good ${item}`));
	const run = await runNode(items, undefined, { options: { mode: 'sync', concurrency: 1 } });
	expect(run.error!.description!.split('<br>').slice(1)).toEqual([
		'Items 1 to 2999: not started, nothing was sent',
	]);
});

describe('a node that continues on fail', () => {
	const failure = (prompt: string) =>
		failedItem({
			failure_reason: 'Segmind rejected the input (could not run "fast-flux-schnell")',
			advice: `Nothing was billed. Correct the field that Segmind names and run it again. Segmind said: "No ${prompt} here"`,
			model: 'fast-flux-schnell',
			prompt,
			http_status: 400,
		});

	it('has an outcome for each item, in order, in the same output', async () => {
		refuseBad();
		const run = await runNode(itemsOf('a', 'bad one', 'c', 'bad two'), 'continueRegularOutput');

		expect(run.error).toBeUndefined();
		expect(run.outputs()).toHaveLength(1);
		const [first, second, third, fourth] = run.items();
		expect([first!.json.seed, third!.json.seed]).toEqual([0, 2]);
		expect([second!.json, fourth!.json]).toEqual([failure('bad one'), failure('bad two')]);
		expect(origins(run.items())).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	});

	it('continues when the first item fails', async () => {
		refuseBad();
		const run = await runNode(itemsOf('bad one', 'b'), 'continueRegularOutput');

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ json }) => json.status)).toEqual(['REJECTED', 'COMPLETED']);
	});

	it('reports one item’s invalid parameters as that item’s outcome', async () => {
		const run = await runNode(itemsOf('a', 'b'), 'continueRegularOutput', {
			prompt: '={{ $json.prompt === "a" ? [1] : $json.prompt }}',
		});

		expect(run.items()[0]!.json).toEqual(
			failedItem({
				failure_reason: 'Prompt must be text, but is [1]',
				advice: expect.stringMatching(/^Nothing was sent\. .*Split Out/),
				model: 'fast-flux-schnell',
			}),
		);
		expect(seedsOf(run.items()).slice(1)).toEqual([1]);
		expect(posts().map(promptOf)).toEqual(['b']);
	});

	it('keeps the job of an item that timed out', async () => {
		stage.sim.script({
			path: /\/status$/,
			times: 1000,
			answer: { status: 200, body: { status: 'PROCESSING' } },
		});
		const run = await runNode(
			itemsOf('a'),
			'continueRegularOutput',
			withOptions({ mode: 'async', timeout: 5 }),
		);

		const [job] = stage.sim.jobs;
		expect(run.items()[0]!.json).toMatchObject({
			status: 'PROCESSING',
			failure_reason: expect.stringContaining(job!.requestId),
			billed: 'unknown',
			model: 'fast-flux-schnell',
			prompt: 'a',
			request_id: job!.requestId,
		});
	});

	it('sends failed items to the error output, with all their input', async () => {
		refuseBad();
		const run = await runWorkflow(['a', 'bad one', 'c', 'bad two'], 'continueErrorOutput');

		expect(run.error).toBeUndefined();
		const [done, failed] = run.outputs('Image');
		expect(seedsOf(done!)).toEqual([0, 2]);
		expect(origins(done!)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failed!.map(({ json }) => json)).toEqual([
			{ seed: 1, kept: 'k1', ...failure('bad one') },
			{ seed: 3, kept: 'k3', ...failure('bad two') },
		]);
		expect(origins(failed!)).toEqual([{ item: 1 }, { item: 3 }]);
	});

	it('sends all items there when all fail', async () => {
		refuseBad();
		const run = await runWorkflow(['bad one', 'bad two'], 'continueErrorOutput');

		const [done, failed] = run.outputs('Image');
		expect(done).toEqual([]);
		expect(failed!.map(({ json }) => json.prompt)).toEqual(['bad one', 'bad two']);
	});

	it('links a failed item to its input item', async () => {
		refuseBad();
		const run = await runWorkflow(['a', 'bad one'], 'continueRegularOutput');
		expect(run.error).toBeUndefined();
		expect(run.items('Image').map(({ json }) => json.status)).toEqual(['COMPLETED', 'REJECTED']);
	});
});

/** What n8n hands to a node; its methods know only their own object, as n8n's do. */
class Context {
	readonly logged: string[] = [];

	readonly hints: string[] = [];

	private readonly node = { name: 'Fox', type: 'n8n-nodes-segmind.x', onError: 'stopWorkflow' };

	readonly logger = { error: (message: string) => void this.logged.push(message) };

	constructor(
		private readonly items: number,
		private readonly goesOn = false,
	) {}

	getNode() {
		return this.node;
	}

	getInputData() {
		return Array.from({ length: this.items }, () => ({ json: {} }));
	}

	continueOnFail() {
		return this.goesOn;
	}

	addExecutionHints(...hints: Array<{ message: string }>) {
		this.hints.push(...hints.map(({ message }) => message));
	}
}

describe('the loop itself', () => {
	const SAMPLE = 'SG_0123456789abcdef';
	const made = (item: number): INodeExecutionData[][] => [
		[{ json: { file_name: `fox-${item}.jpg` } }],
	];
	const loop = async (
		context: Context,
		work: (item: number) => Promise<INodeExecutionData[][]>,
		more: Partial<ItemWork<SharedRun, number>> = {},
	) =>
		await runItems<SharedRun, number>(context as unknown as IExecuteFunctions, {
			start: async () => ({ apiKey: SAMPLE }),
			prepare: (item) => item,
			maxConcurrency: () => 1,
			work: async (_run, item) => await work(item),
			...more,
		});

	it('starts no further item after a stop, even when it continues on fail', async () => {
		const begun: number[] = [];
		const running = loop(new Context(3, true), async (item) => {
			begun.push(item);
			if (item === 1) throw new SegmindFailure('The run was stopped', { stopped: true });
			return made(item);
		});
		await expect(running).rejects.toMatchObject({
			message: 'The run was stopped',
			description: 'Item 0: finished: fox-0.jpg<br>Item 2: not started, nothing was sent',
			context: { itemIndex: 1 },
		});
		expect(begun).toEqual([0, 1]);
	});

	it('opens the shared state once, and again only if that failed', async () => {
		let opened = 0;
		const start = async () => {
			opened++;
			if (opened === 1) throw new SegmindFailure('The Segmind credential has no API key');
			return { apiKey: SAMPLE };
		};
		await loop(new Context(4, true), async (item) => made(item), { start });
		expect(opened).toBe(2);
	});

	it('continues after any other failure when it continues on fail', async () => {
		const context = new Context(3, true);
		const [items] = await loop(context, async (item) => {
			if (item === 1) throw new SegmindFailure('bad luck');
			return made(item);
		});
		expect(items!.map(({ json }) => json)).toEqual([
			{ file_name: 'fox-0.jpg' },
			{
				status: 'REJECTED',
				failure_reason: 'bad luck',
				billed: 'no',
				advice: null,
				http_status: null,
			},
			{ file_name: 'fox-2.jpg' },
		]);
		expect(context.logged).toEqual([]);
	});

	it('logs a bug with its stack and without the key, and shows the user its message', async () => {
		const context = new Context(1);
		const bug = new TypeError(`x.${SAMPLE} is not a function`);
		const running = loop(context, async () => await Promise.reject(bug));
		await expect(running).rejects.toMatchObject({ message: 'x.[API key] is not a function' });
		expect(context.logged).toEqual([
			`Unexpected error in the node "Fox": ${bug.stack!.replaceAll(SAMPLE, '[API key]')}`,
		]);
		expect(bug.stack).toMatch(/\n {4}at /);
	});

	it.each<[what: string, thrown: unknown, logged: string]>([
		['a text', `broken by ${SAMPLE}`, 'broken by [API key]'],
		['nothing', undefined, 'undefined'],
		['an error without a stack', Object.assign(new Error('bare'), { stack: undefined }), 'bare'],
	])('logs a thrown value that is not an error: %s', async (_what, thrown, logged) => {
		const context = new Context(1, true);
		await loop(context, async () => await Promise.reject(thrown as Error));
		expect(context.logged).toEqual([`Unexpected error in the node "Fox": ${logged}`]);
	});

	it('logs a bug in reading an item too', async () => {
		const context = new Context(2, true);
		const prepare = (item: number) => {
			if (item === 0) throw new RangeError('Invalid array length');
			return item;
		};
		const [items] = await loop(context, async (item) => made(item), { prepare });
		expect(items!.map(({ json }) => json)).toEqual([
			expect.objectContaining({ status: 'UNKNOWN', failure_reason: 'Invalid array length' }),
			{ file_name: 'fox-1.jpg' },
		]);
		expect(context.logged).toHaveLength(1);
	});

	it('shows each hint once, twenty at most, and never the key', async () => {
		const context = new Context(30);
		const warnings = (item: number) => [`Item ${item} has ${SAMPLE}`, 'The same for all'];
		await loop(context, async (item) => made(item), { warnings });
		expect(context.hints).toHaveLength(21);
		expect(context.hints.slice(0, 3)).toEqual([
			'Item 0 has [API key]',
			'The same for all',
			'Item 1 has [API key]',
		]);
		expect(context.hints.at(-1)).toBe('There are 11 more hints of this kind');
	});

	it('lets other work of n8n have its turn while it reads many items', async () => {
		const read: number[] = [];
		let readAtTurn = Infinity;
		jest.spyOn(performance, 'now').mockImplementation(() => read.length);
		// Reading an item takes a millisecond here.
		const prepare = (item: number) => {
			read.push(item);
			return item;
		};
		const running = loop(new Context(100), async (item) => made(item), { prepare });
		setImmediate(() => (readAtTurn = read.length));
		await running.finally(() => jest.restoreAllMocks());
		expect(read).toHaveLength(100);
		expect(readAtTurn).toBeLessThan(20);
	});

	it('reports that a run ended well only if no item failed', async () => {
		let ended = 0;
		const close = (succeeded: boolean) => void (ended += succeeded ? 1 : 0);
		const start = async () => ({ apiKey: SAMPLE, close });
		await loop(new Context(2), async (item) => made(item), { start });
		expect(ended).toBe(1);
		const fail = async () => await Promise.reject(new SegmindFailure('bad luck'));
		await loop(new Context(2, true), fail, { start });
		expect(ended).toBe(1);
	});

	it('completes what an earlier try started after another item failed', async () => {
		const worked: number[] = [];
		const running = loop(
			new Context(4),
			async (item) => {
				worked.push(item);
				if (item === 0) throw new SegmindFailure('bad luck');
				return made(item);
			},
			{ hasStarted: (_run, item) => item === 2 },
		);
		await expect(running).rejects.toThrow('bad luck');
		expect(worked).toEqual([0, 2]);
	});
});
