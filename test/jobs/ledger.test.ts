import type { INode } from 'n8n-workflow';
import { startEngine, type Engine, type RunResult, type WorkflowJson } from '../engine/engine';
import { startSimulator, type ScriptRule, type Simulator } from '../simulator/simulator';
import { model, smallPicture, textOf } from '../faults/runs';

const SPEED = 100;
const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const itemsOf = (...prompts: string[]) => prompts.map((prompt) => ({ json: { prompt } }));
const picture = (mode: string, prompt = '={{ $json.prompt }}') => ({
	model,
	prompt,
	options: { mode, ...smallPicture, checkParameters: 'off', concurrency: 1 },
});
const refused = { status: 400, body: { error: 'bad luck' } };

describe.each(['filesystem', 'memory'] as const)('the ledger, binaries in the %s', (binaryMode) => {
	let engine: Engine;
	let simulator: Simulator;

	beforeAll(async () => {
		engine = await startEngine({ binaryMode });
		const { clock, now } = engine.packageClock();
		clock.speed = SPEED;
		simulator = await startSimulator({ speed: SPEED, now, duration: () => 2 });
	});
	afterAll(async () => {
		await simulator.close();
		await engine.close();
	});
	beforeEach(() => simulator.reset());

	const credentials = () => ({ segmindApi: { ...simulator.credential } });
	const prompts = (result: RunResult) => result.items().map(({ pairedItem }) => pairedItem);
	const submits = () =>
		simulator.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => (body as { prompt: string }).prompt);
	const generate = async (mode: string, items = itemsOf('one', 'two', 'three'), node = RETRY) =>
		await engine.runNode('segmindGenerateImage', picture(mode), {
			credentials: credentials(),
			items,
			nodeOptions: node,
		});
	const failOnce = (rule: Partial<ScriptRule>) =>
		simulator.script({ origin: 'api', method: 'POST', skip: 1, answer: refused, ...rule });

	it('reuses a finished sync picture without a request', async () => {
		failOnce({});
		const result = await generate('sync');
		expect(textOf(result)).toBe('');
		expect(submits()).toEqual(['one', 'two', 'two', 'three']);
		expect(simulator.jobs).toHaveLength(3);
		expect(prompts(result)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(result.items().map(({ json }) => json.request_id)).toEqual(
			simulator.jobs.map(({ requestId }) => requestId),
		);
		for (const { binary } of result.items()) {
			expect((await engine.binary(binary!.data!)).subarray(0, 2).toString('hex')).toBe('ffd8');
		}
	});

	it('collects an accepted job without submitting it again', async () => {
		failOnce({ origin: 'files', method: 'GET', answer: { status: 404, body: 'gone' } });
		const result = await generate('async');
		expect(textOf(result)).toBe('');
		expect(submits().sort()).toEqual(['one', 'three', 'two']);
		expect(simulator.jobs).toHaveLength(3);
		const downloads = simulator.requests.filter(({ origin }) => origin === 'files');
		// Each file once, the missing one twice: finished items are not fetched again.
		expect(downloads).toHaveLength(4);
	});

	it('collects in the second try what the first only submitted', async () => {
		failOnce({
			method: 'GET',
			path: /status$/,
			skip: 0,
			answer: { status: 403, body: { error: 'no' } },
		});
		const result = await generate('async', itemsOf('one'));
		expect(textOf(result)).toBe('');
		expect(submits()).toEqual(['one']);
		expect(result.items()[0]?.json.request_id).toBe(simulator.jobs[0]?.requestId);
	});

	it('resubmits an unbilled job that Segmind reports as failed', async () => {
		failOnce({
			method: 'GET',
			path: /status$/,
			skip: 0,
			answer: { status: 422, body: { status: 'FAILED', error: 'overload' } },
		});
		const result = await generate('async', itemsOf('one'));
		expect(textOf(result)).toBe('');
		expect(submits()).toEqual(['one', 'one']);
	});

	it('gives equal items separate jobs', async () => {
		failOnce({});
		const result = await generate('async', itemsOf('same', 'same', 'same'));
		expect(textOf(result)).toBe('');
		expect(simulator.jobs).toHaveLength(3);
		expect(new Set(result.items().map(({ json }) => json.request_id)).size).toBe(3);
	});

	it('names a job submitted by an earlier try if the last one fails before reaching it', async () => {
		const isFirst = ({ body }: { body: unknown }) => (body as { prompt: string }).prompt === 'one';
		let tries = 0;
		failOnce({
			skip: 0,
			times: 3,
			answer: (request) => {
				if (!isFirst(request)) return undefined;
				tries += 1;
				// In the first try the others are submitted meanwhile; later the failure comes at once.
				return { ...refused, delaySeconds: tries === 1 ? 20 : 0 };
			},
		});
		const result = await engine.runNode(
			'segmindSubmitAsync',
			{ model, prompt: '={{ $json.prompt }}', options: { concurrency: 2 } },
			{
				credentials: credentials(),
				items: itemsOf('one', 'two', 'three', 'four', 'five'),
				nodeOptions: RETRY,
			},
		);
		expect(result.error?.message).toMatch(/rejected the input/);
		expect(simulator.jobs).toHaveLength(4);
		for (const { requestId } of simulator.jobs) expect(textOf(result)).toContain(requestId);
	});

	it('treats a changed item as a new call', async () => {
		failOnce({});
		// The prompt differs from try to try.
		const parameters = picture(
			'async',
			'={{ $json.prompt + " " + $now.toMillis() + Math.random() }}',
		);
		await engine.runNode('segmindGenerateImage', parameters, {
			credentials: credentials(),
			items: itemsOf('one', 'two'),
			nodeOptions: RETRY,
		});
		expect(new Set(submits()).size).toBe(submits().length);
	});

	const loop: WorkflowJson = {
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Loop',
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize: 1 },
			},
			{
				name: 'Node',
				type: 'n8n-nodes-segmind.segmindGenerateImage',
				parameters: picture('sync', 'same'),
				...RETRY,
				onError: 'continueRegularOutput',
			},
		],
		connections: {
			Start: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
			Loop: { main: [[], [{ node: 'Node', type: 'main', index: 0 }]] },
			Node: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
		},
	};

	it.each(['sync', 'async'])('does not mistake loop iterations for retries (%s)', async (mode) => {
		// A failed turn leaves its entries behind.
		failOnce({});
		const nodes = loop.nodes.map((node) =>
			node.name === 'Node' ? { ...node, parameters: picture(mode, 'same') } : node,
		);
		const items = itemsOf('a', 'b', 'c', 'd');
		const result = await engine.run(
			{ ...loop, nodes },
			{ credentials: credentials(), items, startNode: 'Start' },
		);
		expect(result.error).toBeUndefined();
		expect(result.items('Node')).toHaveLength(4);
		const good = result.items('Node').filter(({ json }) => json.status === 'COMPLETED');
		expect(good.length).toBe(simulator.jobs.length);
		expect(new Set(good.map(({ json }) => json.request_id)).size).toBe(good.length);
		expect(good.length).toBeGreaterThanOrEqual(3);
	});

	/** Start leads to the node on two ways, and a Set node shows what the node left in its context. */
	const twice = (onError?: INode['onError']): WorkflowJson => ({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.noOp' },
			{ name: 'Detour', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Node',
				type: 'n8n-nodes-segmind.segmindGenerateImage',
				parameters: picture('sync'),
				...(onError ? { onError } : {}),
			},
			{
				name: 'Show',
				type: 'n8n-nodes-base.set',
				executeOnce: true,
				parameters: {
					assignments: {
						assignments: [
							{
								id: '1',
								name: 'ledger',
								type: 'string',
								value: '={{ JSON.stringify($node["Node"].context["segmindLedger"] ?? null) }}',
							},
						],
					},
				},
			},
		],
		connections: {
			Start: {
				main: [
					[
						{ node: 'Node', type: 'main', index: 0 },
						{ node: 'Detour', type: 'main', index: 0 },
					],
				],
			},
			Detour: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
			Node: { main: [[{ node: 'Show', type: 'main', index: 0 }]] },
		},
	});

	it('does not mistake a second run of the node for a retry, and is cleared after a success', async () => {
		const result = await engine.run(twice(), {
			credentials: credentials(),
			items: itemsOf('one', 'two'),
			startNode: 'Start',
		});
		expect(result.error).toBeUndefined();
		expect(submits()).toEqual(['one', 'two', 'one', 'two']);
		expect(simulator.jobs).toHaveLength(4);
		expect(result.items('Show').map(({ json }) => json.ledger)).toEqual(['null', 'null']);
	});

	it('stays small, without file contents', async () => {
		failOnce({ times: 2 });
		const many = Array.from({ length: 20 }, (_, index) => `prompt ${index}`);
		const result = await engine.run(twice('continueRegularOutput'), {
			credentials: credentials(),
			items: itemsOf(...many),
			startNode: 'Start',
		});
		const [first] = result.items('Show').map(({ json }) => String(json.ledger));
		expect(first).not.toBe('null');
		// About what the items themselves take.
		expect(first?.length).toBeLessThan(20 * 1000);
		expect(first).not.toMatch(/[A-Za-z0-9+/]{100}/);
		expect(first).not.toContain(simulator.apiKey);
	});
});
