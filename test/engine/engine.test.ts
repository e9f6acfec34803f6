import { startEngine, type Engine, type WorkflowJson } from './engine';

const promptsWorkflow: WorkflowJson = {
	nodes: [
		{ name: 'Note', type: 'n8n-nodes-base.stickyNote' },
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{
			name: 'Prompts',
			type: 'n8n-nodes-base.set',
			parameters: {
				assignments: {
					assignments: [{ id: '1', name: 'prompt', type: 'array', value: '["a fox", "a lake"]' }],
				},
			},
		},
		{ name: 'Split', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'prompt' } },
	],
	connections: {
		Start: { main: [[{ node: 'Prompts', type: 'main', index: 0 }]] },
		Prompts: { main: [[{ node: 'Split', type: 'main', index: 0 }]] },
	},
};

const jsonOf = (items: Array<{ json: unknown }>) => items.map(({ json }) => json);

describe('engine', () => {
	let engine: Engine;

	beforeAll(async () => {
		engine = await startEngine({ packageFolder: null });
	});

	afterAll(async () => await engine.close());

	it('runs a workflow of n8n’s own nodes from its trigger', async () => {
		const finished: string[] = [];
		const run = await engine.run(promptsWorkflow, {
			onNodeFinished: (name) => finished.push(name),
		});

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(jsonOf(run.items('Split'))).toEqual([{ prompt: 'a fox' }, { prompt: 'a lake' }]);
		expect(finished).toEqual(['Start', 'Prompts', 'Split']);
	});

	it('gives items to the node it starts with', async () => {
		const items = [{ json: { prompt: ['one', 'two'] } }, { json: { prompt: 'three' } }];
		const run = await engine.run(promptsWorkflow, { startNode: 'Split', items });

		expect(jsonOf(run.items())).toEqual([
			{ prompt: 'one' },
			{ prompt: 'two' },
			{ prompt: 'three' },
		]);
		expect(run.items()[2]?.pairedItem).toEqual({ item: 1 });
	});

	it('runs one node, with several outputs', async () => {
		const rule = (value: string) => ({
			conditions: {
				options: { version: 2 },
				conditions: [
					{
						leftValue: '={{ $json.kind }}',
						rightValue: value,
						operator: { type: 'string', operation: 'equals' },
					},
				],
				combinator: 'and',
			},
		});
		const run = await engine.runNode(
			'n8n-nodes-base.switch',
			{ rules: { values: [rule('a'), rule('b')] } },
			{ items: [{ json: { kind: 'b' } }, { json: { kind: 'a' } }] },
		);

		expect(run.error).toBeUndefined();
		expect(run.outputs().map(jsonOf)).toEqual([[{ kind: 'a' }], [{ kind: 'b' }]]);
	});

	it('reports the error of a failing node, and goes on where the node says so', async () => {
		const parameters = { errorMessage: 'no more' };
		const node = 'n8n-nodes-base.stopAndError';
		const failed = await engine.runNode(node, parameters);
		const continued = await engine.runNode(node, parameters, {
			nodeOptions: { onError: 'continueRegularOutput' },
		});

		expect(failed.status).toBe('error');
		expect(failed.error?.message).toBe('no more');
		expect(jsonOf(continued.items())).toEqual([{}]);
	});

	it('refuses a workflow that n8n would not start', async () => {
		const run = await engine.runNode('n8n-nodes-base.httpRequest', { url: '' });

		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(/issues/);
	});

	it('runs concurrently', async () => {
		const runs = await Promise.all(
			[1, 2, 3].map(
				async (id) =>
					await engine.runNode('n8n-nodes-base.noOp', {}, { items: [{ json: { id } }] }),
			),
		);

		expect(runs.map((run) => run.items()[0]?.json.id)).toEqual([1, 2, 3]);
	});
});

describe.each(['memory', 'filesystem'] as const)('binaries in %s mode', (binaryMode) => {
	it('go through a node and back', async () => {
		const engine = await startEngine({ binaryMode, packageFolder: null });
		const picture = Buffer.from('not really a picture');
		const data = await engine.storeBinary(picture, 'a.png', 'image/png');
		const toJson = await engine.runNode(
			'n8n-nodes-base.moveBinaryData',
			{ setAllData: false, options: { encoding: 'utf8' } },
			{ items: [{ json: {}, binary: { data } }] },
		);
		const toFile = await engine.runNode(
			'n8n-nodes-base.convertToFile',
			{ operation: 'toText', sourceProperty: 'data', options: { fileName: 'made.txt' } },
			{ items: toJson.items(), executionId: 'counted' },
		);
		const file = toFile.items()[0]!.binary!.data!;

		expect(Boolean(data.id)).toBe(binaryMode === 'filesystem');
		expect(Boolean(file.id)).toBe(binaryMode === 'filesystem');
		expect((await engine.binary(file)).toString()).toBe('not really a picture');
		const stored = (await engine.storedFiles('counted')).map(({ fileName }) => fileName);
		expect(stored).toEqual(binaryMode === 'filesystem' ? ['made.txt'] : []);
		await engine.close();
	});
});
