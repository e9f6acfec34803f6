import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from './engine';
import { fileOf } from './sampleFiles';
import { startStage, type Stage } from './stage';

const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;

/** Runs as a job, and takes a seed. */
const MODEL = 'flux-1.1-pro';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
beforeEach(() => {
	stage.sim.reset();
	stage.aheadMs = 0;
	stage.fail = () => undefined;
});
afterAll(async () => await stage.close());

const slug = (value: string) => ({ __rl: true, mode: 'slug', value });
const goesOn = { onError: 'continueRegularOutput' } as const;
const items = (count: number, json: IDataObject = {}) =>
	Array.from({ length: count }, () => ({ json }));
const asked = (options: IDataObject = {}, more: IDataObject = {}): INodeParameters =>
	({
		model: slug(MODEL),
		prompt: 'a fox',
		options: { reuseDays: 7, ...options },
		...more,
	}) as INodeParameters;
const generate = async (parameters = asked(), count = 1) => {
	const run = await stage.run('segmindGenerateImage', parameters, {
		items: items(count),
		nodeOptions: goesOn,
	});
	return { made: run.items().map(({ json }) => json), hints: messages(run), run };
};
const messages = (run: { hints: () => Array<{ message: string }> }) =>
	run.hints().map(({ message }) => message);
const paid = () => stage.sim.jobs.length;
const lists = () => stage.sim.requests.filter(({ path }) => path.includes('request-history?'));
const reusedIn = (made: IDataObject[]) => made.map(({ reused }) => reused === true);

it('is off by default: neither is the history asked, nor anything reused', async () => {
	await generate(asked({ reuseDays: 0 }));
	const { made } = await generate(asked({ reuseDays: 0 }));

	expect(paid()).toBe(2);
	expect(made[0]).not.toHaveProperty('reused');
	expect(lists()).toEqual([]);
});

it('an equal request is not paid again, and its item is the same but for cost and "reused"', async () => {
	const parameters = asked({ seed: 42 });
	const first = await generate(parameters);
	const second = await generate(parameters);

	expect(paid()).toBe(1);
	expect(second.hints).toEqual(['One item was reused from earlier requests and cost nothing']);
	const [made] = first.made;
	expect(made?.cost).toBeGreaterThan(0);
	expect(second.made[0]).toEqual({
		...made,
		cost: 0,
		remaining_credits: null,
		reused: true,
		url_expires_at: expect.any(String) as string,
		file_name: expect.any(String) as string,
	});
	const [one, other] = [first.run.items()[0]!.binary!.data!, second.run.items()[0]!.binary!.data!];
	expect(await stage.engine.binary(other)).toEqual(await stage.engine.binary(one));
});

it('after an hour, when Segmind has forgotten the job, the history’s address serves as well', async () => {
	const first = await generate(asked({ seed: 42 }));
	const [job] = stage.sim.jobs;
	const row = {
		request_id: job!.requestId,
		model_name: MODEL,
		request_body: job!.body,
		generation_url: first.made[0]!.url as string,
		created_at: new Date(
			Date.parse(String(first.made[0]!.url_expires_at)) - 9 * DAY_MS,
		).toISOString(),
	};
	stage.sim.reset();
	stage.sim.history.add(row);
	const second = await generate(asked({ seed: 42 }));

	expect(paid()).toBe(0);
	expect(second.made[0]).toMatchObject({
		reused: true,
		cost: 0,
		seed: 42,
		url: row.generation_url,
	});
});

it.each<[what: string, changes: IDataObject]>([
	['another prompt', { prompt: 'a wolf' }],
	['another seed', { options: { reuseDays: 7, seed: 43 } }],
	[
		'one field more',
		{ options: { reuseDays: 7, seed: 42, jsonParameters: '{ "output_format": "png" }' } },
	],
	['one field less', { options: { reuseDays: 7 } }],
	['another model', { model: slug('fast-flux-schnell'), output: 'url' }],
])('%s is paid', async (_what, changes) => {
	await generate(asked({ seed: 42 }));
	const { made } = await generate(asked({ seed: 42 }, changes));

	expect(paid()).toBe(2);
	expect(reusedIn(made)).toEqual([false]);
});

it.each<[what: string, options: IDataObject, hint: RegExp]>([
	['a random seed', { seed: -1 }, /A random seed \(-1\) is never reused/],
])('%s is always paid, and a hint says why', async (_what, options, hint) => {
	await generate(asked(options));
	const { hints } = await generate(asked(options));

	expect(paid()).toBe(2);
	expect(hints).toEqual([expect.stringMatching(hint)]);
	expect(lists()).toEqual([]);
});

describe('input files', () => {
	const png = { bytes: fileOf('png'), fileName: 'a.png', mimeType: 'image/png' };
	const edit = async (row: IDataObject) =>
		await stage.run(
			'segmindGenerateImage',
			asked({}, { model: slug('nano-banana'), inputFiles: { file: [row] } }),
			{
				items: [await stage.item({ data: png })],
			},
		);

	it('given by URL are part of what must be equal', async () => {
		const [one, other] = ['one', 'other'].map((name) =>
			stage.sim.publish(png.bytes, name, 'image/png'),
		);
		await edit({ source: 'url', url: one });
		await edit({ source: 'url', url: one });
		expect(paid()).toBe(1);
		await edit({ source: 'url', url: other });
		expect(paid()).toBe(2);
	});

	it('that are uploaded never equal those of an earlier run, and a hint says what to do', async () => {
		await edit({ source: 'binary' });
		const run = await edit({ source: 'binary' });
		expect(paid()).toBe(2);
		expect(messages(run).join()).toMatch(
			/file is uploaded is never reused.*enter the file’s URL instead/,
		);
	});
});

describe('one earlier request serves one item', () => {
	it('two equal items of which one exists: one is reused, one is paid', async () => {
		await generate();
		const { made } = await generate(asked(), 2);
		expect(paid()).toBe(2);
		expect(reusedIn(made).filter(Boolean)).toHaveLength(1);
		expect(new Set(made.map(({ url }) => url)).size).toBe(2);
	});

	it('equal items of one run are different pictures, and stay so when all are reused', async () => {
		const first = await generate(asked(), 4);
		expect(paid()).toBe(4);
		expect(reusedIn(first.made)).not.toContain(true);
		const second = await generate(asked(), 4);
		expect(paid()).toBe(4);
		const urls = (made: IDataObject[]) => made.map(({ url }) => String(url)).sort();
		expect(urls(second.made)).toEqual(urls(first.made));
	});

	it.each([0, -60])(
		'the turns of a loop count together, with Segmind’s clock at %i s',
		async (seconds) => {
			stage.aheadMs = seconds * 1000;
			const loop: WorkflowJson = {
				nodes: [
					{ name: 'Start', type: 'n8n-nodes-base.noOp' },
					{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', parameters: { batchSize: 1 } },
					{
						name: 'Fox',
						type: 'n8n-nodes-segmind.segmindGenerateImage',
						parameters: asked({}, { output: 'url' }),
					},
				],
				connections: {
					Start: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
					Loop: { main: [[], [{ node: 'Fox', type: 'main', index: 0 }]] },
					Fox: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
				},
			};
			const credentials = { segmindApi: { ...stage.sim.credential } };
			for (const isReused of [false, true]) {
				const run = await stage.engine.run(loop, {
					credentials,
					items: items(3),
				});
				expect(run.error).toBeUndefined();
				const made = run.items('Fox').map(({ json }) => json);
				expect(new Set(made.map(({ url }) => url)).size).toBe(3);
				expect(reusedIn(made)).toEqual([isReused, isReused, isReused]);
			}
			expect(paid()).toBe(3);
		},
	);

	it('a thousand equal items of which 250 exist ask for no more pages than there are', async () => {
		const url = stage.sim.publish(fileOf('png'), 'a.png', 'image/png');
		for (let n = 0; n < 250; n++) {
			stage.sim.history.add({
				request_id: `earlier-request-${n}`,
				model_name: MODEL,
				request_body: { prompt: 'a fox' },
				generation_url: url,
				created_at: new Date(stage.engine.packageClock().wallTime() - 5 * HOUR_MS).toISOString(),
			});
		}
		const options = { maxCost: 0.1, concurrency: 50, maxJobs: 1000 };
		const { made } = await generate(asked(options, { output: 'url' }), 1000);

		expect(reusedIn(made).filter(Boolean)).toHaveLength(250);
		expect(new Set(made.filter(({ reused }) => reused).map((one) => one.request_id)).size).toBe(
			250,
		);
		// The limit keeps the rest from being paid.
		expect(paid()).toBeLessThan(5);
		expect(lists().length).toBeLessThanOrEqual(4);
	});
});

describe('what the history has', () => {
	const add = (changes: object = {}) => {
		const url = stage.sim.publish(fileOf('png'), 'a.png', 'image/png');
		stage.sim.history.add({
			request_id: 'earlier-request-1',
			model_name: MODEL,
			request_body: { prompt: 'a fox' },
			generation_url: url,
			created_at: new Date(stage.engine.packageClock().wallTime() - 2 * DAY_MS).toISOString(),
			...changes,
		});
	};

	it.each<[what: string, changes: object, reuseDays: number, isReused: boolean]>([
		['in time', {}, 3, true],
		['too old', {}, 1, false],
		['failed', { model_status: 'FAILED', generation_url: null }, 7, false],
		['still running', { model_status: 'PENDING' }, 7, false],
		['of a model with a longer name', { model_name: `${MODEL}-ultra` }, 7, false],
		['late: without its inputs', { request_body: null }, 7, false],
		['late: without its file', { generation_url: null }, 7, false],
		['whose file is gone', { generation_url: 'http://127.0.0.1:1/gone.png' }, 7, false],
		['with a key more', { request_body: { seed: 1, prompt: 'a fox' } }, 7, false],
	])('%s', async (_what, changes, reuseDays, isReused) => {
		add(changes);
		const { made } = await generate(asked({ reuseDays, maxRetries: 0 }));
		expect(reusedIn(made)).toEqual([isReused]);
		expect(paid()).toBe(isReused ? 0 : 1);
	});

	it.each<[what: string, answer: IDataObject]>([
		['an error', { status: 500, body: { error: 'no' } }],
		['another shape', { status: 200, body: { rows_by_day: { monday: 'a fox' } } }],
		['a page', { status: 200, body: '<html>hello</html>' }],
		['no permission', { status: 403, body: { error: 'no' } }],
	])('%s: everything is paid as ever, with a hint', async (_what, answer) => {
		add();
		stage.sim.script({ path: /request-history/, times: 99, answer: answer as never });
		const { made, hints } = await generate(asked({ maxRetries: 0 }), 3);

		expect(made.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
		expect(paid()).toBe(3);
		expect(hints).toEqual([
			expect.stringMatching(/^Reuse: the request history could not be read \(/),
		]);
		expect(lists().length).toBe(1);
	});

	it('cannot be read: it is not asked again for the next model', async () => {
		stage.sim.script({ path: /request-history/, times: 99, answer: { status: 403, body: {} } });
		const models = [MODEL, 'nano-banana', 'imagen-4'];
		const parameters = asked({ maxJobs: 1 }, { model: slug('={{ $json.model }}'), output: 'url' });
		await stage.run('segmindGenerateImage', parameters, {
			items: models.map((model) => ({ json: { model } })),
		});
		expect(paid()).toBe(3);
		expect(lists()).toHaveLength(1);
	});

	it('a request whose rows go on on the next page has all its files', async () => {
		for (let n = 0; n < 99; n++) {
			add({ request_id: `another-request-${n}`, request_body: { prompt: `wolf ${n}` } });
		}
		const before = new Date(stage.engine.packageClock().wallTime() - 3 * DAY_MS).toISOString();
		add({ created_at: before });
		add({ created_at: before });
		const { made } = await generate(asked({}, { output: 'url' }));
		expect(made.map(({ reused, output_count: count }) => [reused, count])).toEqual([
			[true, 2],
			[true, 2],
		]);
	});

	it('has a file that goes while it is fetched: it is made anew', async () => {
		add();
		stage.sim.script({ path: /published/, skip: 1, answer: { status: 404, body: 'gone' } });
		const { made } = await generate();
		expect(made[0]).toMatchObject({ status: 'COMPLETED' });
		expect(reusedIn(made)).toEqual([false]);
	});

	it('has a file that cannot be stored: nothing is paid for another one, and others may have it', async () => {
		add();
		const options = { maxFileSize: '={{ $itemIndex === 0 ? 0.000001 : 0 }}', maxJobs: 1 };
		const { made } = await generate(asked(options), 2);
		expect(made[0]).toMatchObject({
			billed: 'no',
			failure_reason: expect.stringContaining('larger than') as string,
		});
		expect(made[1]).toMatchObject({ reused: true });
		expect(paid()).toBe(0);
	});

	it('pages without end: reading them ends', async () => {
		stage.sim.history.shape = ({ perPage, page }) => ({
			data: Array.from({ length: perPage }, (_, n) => ({
				request_id: `another-request-${page % 3}-${n}`,
				model_name: MODEL,
				model_status: 'COMPLETED',
				request_body: { prompt: 'a wolf' },
			})),
			has_more: true,
		});
		await generate();
		expect(paid()).toBe(1);
		expect(lists().length).toBe(4);
	});

	it('a request that lands too late is not there yet, and is paid', async () => {
		stage.sim.history.landsAfter = () => 7200;
		await generate();
		await generate();
		expect(paid()).toBe(2);
	});
});

it.each(['x', 8, -1, '={{ $json.nothing }}'])(
	'Reuse %j stops the item before anything is sent',
	async (reuseDays) => {
		const { made } = await generate(asked({ reuseDays }));
		expect(made[0]).toMatchObject({
			status: 'REJECTED',
			failure_reason: expect.stringMatching(/^Reuse Results \(Days\) must be /) as string,
		});
		expect(stage.sim.requests).toEqual([]);
	},
);

it('Retry On Fail pays no reused item, and takes no result of its own first try for another', async () => {
	await generate();
	stage.fail = ({ index }) => (index === 1 ? 'refused' : undefined);
	const run = await stage.run('segmindGenerateImage', asked({ maxJobs: 1 }), {
		items: items(3),
		nodeOptions: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
	});

	expect(run.error).toBeUndefined();
	const made = run.items().map(({ json }) => json);
	expect(reusedIn(made).filter(Boolean)).toHaveLength(1);
	expect(new Set(made.map(({ url }) => url)).size).toBe(3);
	// One earlier, one failed, two made.
	expect(paid()).toBe(4);
});

it.each([
	['segmindGenerateVideo', { model: slug('kling-2.6'), prompt: 'a fox' }],
	['segmindGenerateAudio', { model: slug('lyria-2'), prompt: 'rain' }],
	['segmindGenerateText', { model: slug('gpt-5.4-mini'), prompt: 'Who are you?' }],
] as Array<[string, INodeParameters]>)('%s reuses, too', async (node, parameters) => {
	const run = async () =>
		(await stage.run(node, { ...parameters, options: { reuseDays: 1 } })).items();
	const [first] = await run();
	const [second] = await run();

	expect(paid()).toBe(1);
	expect(second?.json).toMatchObject({
		reused: true,
		cost: 0,
		status: 'COMPLETED',
		model: first?.json.model,
	});
	expect(second?.json.text).toBe(first?.json.text);
	expect(second?.json.request_id).toBe(first?.json.request_id);
});

it('a text that Segmind has forgotten is paid again', async () => {
	const run = async () =>
		await stage.run('segmindGenerateText', {
			model: slug('gpt-5.4-mini'),
			prompt: 'Hi',
			options: { reuseDays: 1 },
		});
	await run();
	stage.aheadMs += 2 * HOUR_MS;
	const made = (await run()).items();
	expect(paid()).toBe(2);
	expect(made[0]?.json.text).toEqual(expect.any(String));
});

it('Submit Async gives the job of the earlier request, and Check Status its result', async () => {
	const submit = async () => (await stage.run('segmindSubmitAsync', asked())).items();
	const collect = async (submitted: Awaited<ReturnType<typeof submit>>) =>
		(await stage.run('segmindCheckStatus', {}, { items: submitted })).items();
	const first = await submit();
	await collect(first);
	const second = await submit();

	expect(paid()).toBe(1);
	expect(second[0]?.json).toMatchObject({
		request_id: first[0]?.json.request_id,
		status: 'COMPLETED',
		reused: true,
		cost: 0,
	});
	expect((await collect(second))[0]?.json.status).toBe('COMPLETED');
});

it('what is reused does not count against Max Cost', async () => {
	await generate(asked({ output: 'url' }), 3);
	const run = await stage.run('segmindGenerateImage', asked({ maxCost: 0.06 }), {
		items: items(4),
	});

	expect(run.error).toBeUndefined();
	expect(reusedIn(run.items().map(({ json }) => json)).filter(Boolean)).toHaveLength(3);
	expect(paid()).toBe(4);
});

it('building a ten-node workflow by executing it twenty times costs what executing it once does', async () => {
	const NODES = 10;
	const small = { checkParameters: 'off', jsonParameters: '{ "width": 48, "height": 48 }' };
	const editor = (n: number) => ({
		name: `Step ${n}`,
		type: 'n8n-nodes-segmind.segmindGenerateImage',
		parameters: {
			...asked(small, { model: slug('nano-banana'), output: 'url', prompt: `step ${n}` }),
			...(n ? { inputFiles: { file: [{ source: 'url', url: '={{ $json.url }}' }] } } : {}),
		} as INodeParameters,
	});
	const workflow = (nodes: number): WorkflowJson => ({
		nodes: Array.from({ length: nodes }, (_, n) => editor(n)),
		connections: Object.fromEntries(
			Array.from({ length: nodes - 1 }, (_, n) => [
				`Step ${n}`,
				{ main: [[{ node: `Step ${n + 1}`, type: 'main' as const, index: 0 }]] },
			]),
		),
	});
	const execute = async (nodes: number) => {
		const run = await stage.engine.run(workflow(nodes), {
			credentials: { segmindApi: { ...stage.sim.credential } },
			items: [{ json: {} }],
		});
		expect(run.error).toBeUndefined();
		return run.items()[0]!.json;
	};
	const spent = () => stage.sim.jobs.reduce((sum, { billed }) => sum + billed, 0);

	await execute(NODES);
	const once = { jobs: paid(), usd: spent() };
	expect(once.jobs).toBe(NODES);
	expect(once.usd).toBeGreaterThan(0.1);

	stage.sim.reset();
	let last: IDataObject = {};
	for (let time = 1; time <= 20; time++) last = await execute(Math.ceil(time / 2));
	expect({ jobs: paid(), usd: spent() }).toEqual(once);
	expect(last).toMatchObject({ reused: true, cost: 0, status: 'COMPLETED' });
});
