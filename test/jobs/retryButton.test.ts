import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { RunResult } from '../engine/engine';
import { startStage, type Stage } from '../engine/stage';
import { model, textOf } from '../faults/runs';
import { withoutHistory } from '../simulator/withoutHistory';
import { answerAs } from './answers';

const AUTOMATIC: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const V1 = /^\/v1\//;
const V2 = /^\/v2\/fast/;
const PATH = '0123456789abcdef01234567-v1';
const HOUR_MS = 3600_000;

let stage: Stage;

beforeAll(async () => (stage = await startStage('filesystem')));
beforeEach(() => {
	stage.sim.reset();
	stage.aheadMs = 0;
	stage.duration = () => 5;
	stage.fail = () => undefined;
});
afterAll(async () => await stage.close());

const itemsOf = (...prompts: string[]): INodeExecutionData[] =>
	prompts.map((prompt) => ({ json: { prompt } }));

interface Way {
	node: string;
	parameters: (more?: object) => object;
	path: RegExp;
}

const picture = (mode: string): Way => ({
	node: 'segmindGenerateImage',
	parameters: (more = {}) => ({
		model,
		prompt: '={{ $json.prompt }}',
		options: {
			mode,
			jsonParameters: '{ "width": 48, "height": 48 }',
			checkParameters: 'off',
			concurrency: 1,
			maxJobs: 1,
			timeout: 60,
			maxRetries: 0,
			...more,
		},
	}),
	path: mode === 'sync' ? V1 : V2,
});
const flow = (wait: boolean): Way => ({
	node: 'segmindRunPixelFlow',
	parameters: () => ({
		workflow: { __rl: true, mode: 'id', value: PATH },
		inputs: '={{ { "prompt": $json.prompt } }}',
		waitForCompletion: wait,
		download: false,
		options: { concurrency: 1, maxJobs: 1, timeout: 60, maxRetries: 0 },
	}),
	path: /^\/workflows\/0123/,
});
const submit: Way = {
	node: 'segmindSubmitAsync',
	parameters: () => ({
		model,
		prompt: '={{ $json.prompt }}',
		options: { concurrency: 1, maxRetries: 0 },
	}),
	path: V2,
};
const WAYS = {
	sync: picture('sync'),
	async: picture('async'),
	flow: flow(true),
	'flow without waiting': flow(false),
	submit,
};
type Name = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Name[];

async function run(
	way: Way,
	{
		items = itemsOf('one'),
		retryOf,
		nodeOptions = {},
		more = {},
	}: {
		items?: INodeExecutionData[];
		retryOf?: RunResult;
		nodeOptions?: Partial<INode>;
		more?: object;
	} = {},
) {
	return await stage.run(way.node, way.parameters(more) as never, {
		items,
		nodeOptions,
		...(retryOf ? { retryOf } : {}),
	});
}

const noHistory = () => withoutHistory(stage.sim);
const posts = () => stage.sim.requests.filter(({ method }) => method === 'POST');
const hintsOf = (result: RunResult) => result.hints().map(({ message }) => message);
const breakAfterWork = (path: RegExp, times = 1) =>
	stage.sim.script({
		method: 'POST',
		path,
		times,
		answer: { fault: 'resetAfterBody', afterProcessing: true },
	});

describe('a connection that broke before the answer, without a history', () => {
	beforeEach(noHistory);

	it.each(NAMES)('is resent by Retry with a hint, but never automatically (%s)', async (name) => {
		const way = WAYS[name];
		breakAfterWork(way.path);
		const first = await run(way, { nodeOptions: AUTOMATIC });
		expect(textOf(first)).toMatch(/not sent again/);
		expect(posts()).toHaveLength(1);

		const second = await run(way, { retryOf: first, nodeOptions: AUTOMATIC });
		expect(textOf(second)).toBe('');
		expect(posts()).toHaveLength(2);
		expect(hintsOf(second)).toEqual([
			expect.stringMatching(/^Item 0 was sent once before and may have been billed then \(.+\)/),
		]);
	});

	it('reports how often it was sent, and stays guarded within each retried execution', async () => {
		breakAfterWork(V1, 2);
		const first = await run(WAYS.sync, { nodeOptions: AUTOMATIC });
		const second = await run(WAYS.sync, { retryOf: first, nodeOptions: AUTOMATIC });
		expect(textOf(second)).toMatch(/not sent again/);
		expect(posts()).toHaveLength(2);

		const third = await run(WAYS.sync, { retryOf: second, nodeOptions: AUTOMATIC });
		expect(textOf(third)).toBe('');
		expect(posts()).toHaveLength(3);
		expect(hintsOf(third)).toEqual([expect.stringContaining('was sent 2 times before')]);
	});

	it('still allows resending an item that the first try of the retry did not reach', async () => {
		const items = itemsOf('one', 'two');
		const way = WAYS.sync;
		stage.sim.script({
			method: 'POST',
			answer: { fault: 'resetAfterBody', afterProcessing: true },
			skip: 1,
		});
		const first = await run(way, { items });
		expect(textOf(first)).toMatch(/may have been carried out/);
		expect(posts()).toHaveLength(2);

		// Nothing is known against the first item: its picture is reused; an upload or an overload may fail before the second.
		stage.sim.script({ method: 'POST', answer: { status: 503 } });
		const second = await run(way, { items, retryOf: first, nodeOptions: AUTOMATIC });
		expect(textOf(second)).toBe('');
		expect(posts()).toHaveLength(4);
		expect(stage.sim.jobs).toHaveLength(3);
	});

	it('is guarded in the retried execution too if the first one was not billed', async () => {
		stage.sim.script({ method: 'POST', answer: { status: 400, body: { error: 'bad luck' } } });
		const first = await run(WAYS.sync);
		breakAfterWork(V1);
		const second = await run(WAYS.sync, { retryOf: first, nodeOptions: AUTOMATIC });
		expect(textOf(second)).toMatch(/not sent again/);
		expect(posts()).toHaveLength(2);
	});

	it('is not resent by a run that starts only from its own context', async () => {
		breakAfterWork(V1);
		const first = await run(WAYS.sync);
		// Retry with the saved workflow: a changed prompt is another call, of which nothing is known.
		const changed = await run(WAYS.sync, { retryOf: first, items: itemsOf('another') });
		expect(textOf(changed)).toBe('');
		expect(hintsOf(changed)).toEqual([]);
	});
});

describe('a job that was accepted', () => {
	it.each<Name>(['async', 'flow'])(
		'is collected by Retry as long as Segmind knows it (%s)',
		async (name) => {
			stage.duration = () => 1000;
			const first = await run(WAYS[name]);
			expect(textOf(first)).toContain('was not finished');
			stage.duration = () => 5;
			stage.aheadMs += 1_100_000;
			const second = await run(WAYS[name], { retryOf: first });
			expect(textOf(second)).toBe('');
			expect(posts()).toHaveLength(1);
			expect(hintsOf(second)).toEqual([]);
			expect(second.items()[0]?.json.request_id).toBe(stage.sim.jobs[0]?.requestId);
		},
	);

	it.each<Name>(['async', 'flow'])(
		'is resent by Retry once Segmind has forgotten it, history and all (%s)',
		async (name) => {
			noHistory();
			stage.duration = () => 1000;
			const first = await run(WAYS[name]);
			stage.duration = () => 5;
			stage.aheadMs += 2 * HOUR_MS;
			const [{ requestId } = { requestId: '' }] = stage.sim.jobs;
			const second = await run(WAYS[name], { retryOf: first });
			expect(textOf(second)).toBe('');
			expect(posts()).toHaveLength(2);
			expect(hintsOf(second)).toEqual([expect.stringContaining(`(job ${requestId})`)]);
		},
	);

	it.each<Name>(['submit', 'flow without waiting'])(
		'is named again by Retry, or resubmitted once Segmind has forgotten it, history and all (%s)',
		async (name) => {
			noHistory();
			const items = itemsOf('one', 'two');
			stage.sim.script({
				method: 'POST',
				skip: 1,
				answer: { status: 400, body: { error: 'bad luck' } },
			});
			const first = await run(WAYS[name], { items });
			const [job] = stage.sim.jobs;
			const soon = await run(WAYS[name], { items, retryOf: first });
			expect(soon.items()[0]?.json.request_id).toBe(job!.requestId);
			expect(stage.sim.jobs).toHaveLength(2);

			stage.aheadMs += 2 * HOUR_MS;
			const late = await run(WAYS[name], { items, retryOf: first });
			expect(textOf(late)).toBe('');
			expect(late.items()[0]?.json.request_id).not.toBe(job!.requestId);
			expect(hintsOf(late)).toEqual([expect.stringContaining(`(job ${job!.requestId})`)]);
		},
	);

	it('that has failed meanwhile is resent without a hint, since it was not billed', async () => {
		stage.duration = () => 1000;
		stage.fail = ({ index }) => (index === 0 ? 'overload' : undefined);
		const first = await run(WAYS.async);
		expect(textOf(first)).toContain('was not finished');
		stage.duration = () => 5;
		stage.aheadMs += 1_100_000;
		const second = await run(WAYS.async, { retryOf: first });
		expect(textOf(second)).toBe('');
		expect(posts()).toHaveLength(2);
		expect(hintsOf(second)).toEqual([]);
	});
});

describe('an answer that was read', () => {
	const items = itemsOf('one', 'two', 'three');
	const failLast = () =>
		stage.sim.script({
			method: 'POST',
			skip: 2,
			answer: { status: 400, body: { error: 'bad luck' } },
		});

	it.each(['bytes', 'url', 'base64', 'largeBase64'] as const)(
		'is reused by Retry, with its own copies of the files (%s)',
		async (shape) => {
			failLast();
			answerAs(stage.sim, shape);
			const first = await run(WAYS.sync, { items });
			expect(first.status).toBe('error');
			answerAs(stage.sim, shape);
			const second = await run(WAYS.sync, { items, retryOf: first });
			expect(textOf(second)).toBe('');
			expect(posts()).toHaveLength(4);
			expect(stage.sim.jobs).toHaveLength(3);
			const ids = second.items().map(({ binary }) => binary?.data?.id);
			// Not those of the first execution, with which they would be deleted.
			const executions = ids.map((id) => /executions\/([^/]+)\//.exec(String(id))?.[1]);
			expect(new Set(executions).size).toBe(1);
			expect(JSON.stringify(first.contextData)).not.toContain(`executions/${executions[0]}/`);
			for (const { binary } of second.items()) {
				const bytes = await stage.engine.binary(binary!.data!);
				expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
			}
		},
	);

	it('of a job is kept longer than the job', async () => {
		failLast();
		const first = await run(WAYS.async, { items });
		stage.aheadMs += 2 * HOUR_MS;
		const second = await run(WAYS.async, { items, retryOf: first });
		expect(textOf(second)).toBe('');
		expect(stage.sim.jobs).toHaveLength(3);
	});

	it('whose file is gone from Segmind is resent by Retry, never automatically', async () => {
		answerAs(stage.sim, 'url');
		stage.sim.script({ origin: 'files', times: 100, answer: { status: 404 } });
		const first = await run(WAYS.sync, { nodeOptions: AUTOMATIC });
		expect(textOf(first)).toMatch(/could not be downloaded/);
		expect(posts()).toHaveLength(1);
		const second = await run(WAYS.sync, { retryOf: first, nodeOptions: AUTOMATIC });
		expect(posts()).toHaveLength(2);
		expect(textOf(second)).toMatch(/could not be downloaded/);
	});

	it('whose file is only unreachable is not paid for again', async () => {
		answerAs(stage.sim, 'url');
		stage.sim.script({ origin: 'files', times: 2, answer: { status: 503 } });
		const first = await run(WAYS.sync);
		const second = await run(WAYS.sync, { retryOf: first });
		expect(textOf(second)).toMatch(/could not be downloaded/);
		const third = await run(WAYS.sync, { retryOf: second });
		expect(textOf(third)).toBe('');
		expect(posts()).toHaveLength(1);
	});

	it('with a refusal counts as finished: only a person’s Retry resends it', async () => {
		stage.sim.script({
			path: V1,
			answer: { status: 200, body: { error: 'NSFW content detected' } },
		});
		const first = await run(WAYS.sync, { nodeOptions: AUTOMATIC });
		expect(posts()).toHaveLength(1);
		expect(textOf(first)).toMatch(/NSFW content detected/);
		expect(textOf(first)).toMatch(/not sent again/);
		const second = await run(WAYS.sync, { retryOf: first });
		expect(textOf(second)).toBe('');
		expect(posts()).toHaveLength(2);
	});

	it('that was lost halfway, and is in no history, is resent by Retry', async () => {
		noHistory();
		stage.sim.script({ path: V1, answer: { fault: 'resetMidAnswer', afterProcessing: true } });
		const first = await run(WAYS.sync, { nodeOptions: AUTOMATIC });
		expect(textOf(first)).toMatch(/was made and billed/);
		const second = await run(WAYS.sync, { retryOf: first });
		expect(textOf(second)).toBe('');
		expect(posts()).toHaveLength(2);
		expect(hintsOf(second)).toHaveLength(1);
	});
});

it('resends nothing after another item has failed', async () => {
	noHistory();
	const items = itemsOf('one', 'two');
	breakAfterWork(V1, 2);
	const first = await run(WAYS.sync, { items, more: { concurrency: 2 } });
	expect(posts()).toHaveLength(2);
	stage.sim.script({ method: 'POST', answer: { status: 400, body: { error: 'bad luck' } } });
	const second = await run(WAYS.sync, { items, retryOf: first });
	expect(second.status).toBe('error');
	expect(posts()).toHaveLength(3);
	expect(textOf(second)).toMatch(/Item 1: not started/);
});
