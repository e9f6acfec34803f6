import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { NodeOptions } from '../engine/engine';
import { startStage, type Stage } from '../engine/stage';
import { dataUri, fileOf } from '../engine/sampleFiles';
import { HEADINGS } from './outputSchema';
import { codeBlocks, readPage, tables } from './page';

/** Keys whose objects have unknown keys: the model's, the PixelFlow's. */
const OPEN = ['raw_response', 'result', 'parameters'];

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
afterEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const slug = (value: string) => ({ __rl: true, mode: 'slug', value });
const flow = { workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' } };
const twoPictures = {
	model: slug('sdxl-txt2img'),
	options: {
		jsonParameters: '{ "samples": 2, "seed": 5, "img_width": 64, "img_height": 64 }',
	},
};
const clip = { model: slug('seedance-2.0'), prompt: 'a fox' };
const inOneItem = { outputItems: 'perInput', includeRawResponse: true };
const reuse = { reuseDays: 1 };
const mainFile = { outputItems: 'mainFile' };
const jobsFail = {
	path: /\/requests?\//,
	answer: { status: 422, body: { status: 'FAILED', error: 'no' } },
};

const withOptions = (parameters: INodeParameters, options: INodeParameters): INodeParameters => ({
	...parameters,
	options: { ...(parameters.options as INodeParameters), ...options },
});

async function run(node: string, parameters: INodeParameters, options: NodeOptions = {}) {
	const result = await stage.run(node, parameters, options);
	if (result.error) throw result.error;
	return result.outputs().flat();
}

const generate = async (parameters: INodeParameters) =>
	await run('segmindGenerateImage', { prompt: 'a fox', ...parameters });
const submit = async (parameters: INodeParameters) =>
	await run('segmindSubmitAsync', { prompt: 'a fox', model: slug('nano-banana'), ...parameters });
const check = async (items: INodeExecutionData[], parameters: INodeParameters = {}) =>
	await run('segmindCheckStatus', { routing: 'byStatus', ...parameters }, { items });
const goesOn = async (node: string, parameters: INodeParameters) =>
	await run(node, parameters, { nodeOptions: { onError: 'continueRegularOutput' } });

/** Runs a node whose paid answer is lost, and found in the request history. */
const recovered = async (generateLost: () => Promise<INodeExecutionData[]>) => {
	stage.sim.script({
		method: 'POST',
		answer: { fault: 'resetAfterBody', afterProcessing: true },
	});
	return await generateLost();
};

/** The items each page's table describes, from n8n's engine and the simulator: the union of their keys. */
const RUNS: Array<[page: string, run: () => Promise<INodeExecutionData[][]>]> = [
	[
		'docs/generate-image.md',
		async () => [
			await generate({}),
			await generate({ output: 'url' }),
			await generate({ output: 'url', options: reuse }),
			await recovered(async () => await generate({ prompt: 'a lost fox' })),
			await generate(withOptions(twoPictures, inOneItem)),
			await generate(withOptions(twoPictures, mainFile)),
			await generate({ model: slug('gpt-5-nano'), options: { mode: 'async' } }),
		],
	],
	[
		'docs/generate-video.md',
		async () => {
			const withLast = { ...clip, options: { jsonParameters: '{ "return_last_frame": true }' } };
			return [
				await run('segmindGenerateVideo', clip),
				await run('segmindGenerateVideo', { ...clip, options: reuse }),
				await recovered(async () => await run('segmindGenerateVideo', clip)),
				await run('segmindGenerateVideo', withOptions(withLast, inOneItem)),
				await run('segmindGenerateVideo', withOptions(withLast, mainFile)),
				await run('segmindGenerateVideo', { ...clip, model: slug('gpt-5-nano') }),
			];
		},
	],
	[
		'docs/generate-audio.md',
		async () => {
			const speech = { prompt: 'Good morning.' };
			return [
				await run('segmindGenerateAudio', speech),
				await run('segmindGenerateAudio', { ...speech, output: 'url' }),
				await run('segmindGenerateAudio', { ...speech, output: 'url', options: reuse }),
				await recovered(async () => await run('segmindGenerateAudio', speech)),
				await run('segmindGenerateAudio', withOptions(speech, { includeRawResponse: true })),
				await run('segmindGenerateAudio', { ...speech, model: slug('gpt-5-nano') }),
			];
		},
	],
	[
		'docs/generate-text.md',
		async () => {
			const question = { prompt: 'a fox', outputFormat: 'json' };
			return [
				await run('segmindGenerateText', { ...question, options: { includeRawResponse: true } }),
				await run('segmindGenerateText', { ...question, options: reuse }),
				await recovered(async () => await run('segmindGenerateText', question)),
			];
		},
	],
	[
		'docs/submit-async.md',
		async () => {
			const seeded = await submit({ options: { jsonParameters: '{ "seed": 7 }' } });
			const done = await submit({});
			await check(done);
			const lost = await recovered(async () => await submit({ prompt: 'a lost fox' }));
			return [seeded, done, await submit({ options: reuse }), lost];
		},
	],
	[
		'docs/check-status.md',
		async () => {
			const job = await submit({});
			const begun = await check(job, { waitForCompletion: false });
			const done = await check(job);
			const two = await submit(twoPictures);
			const all = await check(two, { options: inOneItem });
			const main = await check(two, { options: mainFile });
			const words = await check(await submit({ model: slug('gpt-5-nano') }));
			stage.sim.script({ path: /^\/v2\/requests\//, answer: { status: 404, body: {} } });
			const forgotten = await check(job);
			stage.sim.script(jobsFail);
			return [begun, done, all, main, words, forgotten, await check(await submit({}))];
		},
	],
	[
		'docs/upload-asset.md',
		async () => {
			const bytes = fileOf('png');
			const item = await stage.item({ data: { bytes, fileName: 'a.png', mimeType: 'image/png' } });
			const uri = dataUri(bytes, 'image/png');
			return [
				await run('segmindUploadAsset', {}, { items: [item] }),
				await run('segmindUploadAsset', { source: 'dataUri', dataUris: uri }),
			];
		},
	],
	[
		'docs/get-history.md',
		async () => {
			await generate({ output: 'url' });
			const gone = { generation_url: `${stage.sim.filesUrl}/gone.png`, request_body: null };
			stage.sim.history.add({ request_id: 'r1', ...gone, latency_ms: null });
			stage.sim.history.add({ request_id: 'r2', model_status: 'FAILED', error: 'no' });
			stage.sim.history.add({ request_id: 'r3', credits_deduction: null });
			stage.sim.history.shape = ({ rows }) => [...rows, { request_id: 'r4' }];
			return [await run('segmindGetHistory', { download: true })];
		},
	],
	[
		'docs/trigger.md',
		async () => {
			stage.sim.history.add({ request_id: 'r1', request_body: null, latency_ms: null });
			stage.sim.history.add({ request_id: 'r2', model_status: 'FAILED', error: 'no' });
			stage.sim.history.shape = ({ rows }) => [
				...rows,
				{
					request_id: 'r3',
					model_status: 'COMPLETED',
					generation_url: 'https://a/b.png',
					created_at: stage.engine.packageClock().wallTime(),
				},
			];
			const trigger = stage.engine.activate(
				'segmindTrigger',
				{ event: 'any' },
				{
					credentials: { segmindApi: { ...stage.sim.credential } },
					stored: { segmind: { since: 0, mark: 0 } },
				},
			);
			const test = await run('segmindTrigger', { event: 'any' }, { mode: 'manual' });
			return [(await trigger.poll())!.flat(), test];
		},
	],
	['docs/get-credits.md', async () => [await run('segmindGetCredits', {})]],
	[
		'docs/run-pixelflow.md',
		async () => {
			const started = await run('segmindRunPixelFlow', { ...flow, waitForCompletion: false });
			const whole = await run('segmindRunPixelFlow', {
				...flow,
				options: { includeRawResponse: true },
			});
			const addresses = await run('segmindRunPixelFlow', { ...flow, download: false });
			stage.sim.script(jobsFail);
			const failed = await check(started, { options: { kind: 'pixelFlow' } });
			return [started, whole, addresses, failed];
		},
	],
	[
		'docs/costs.md',
		async () => {
			const options = { estimateOnly: true, checkParameters: 'warn' };
			const unknown = await generate({ model: slug('sdxl-txt2img'), options });
			return [await generate({ options }), unknown];
		},
	],
	[
		'docs/errors.md',
		async () => {
			stage.sim.script({ ...jobsFail, path: /^\/v2\/requests\// });
			const failed = await goesOn('segmindGenerateImage', {
				prompt: 'a fox',
				options: { mode: 'async' },
			});
			const unknown = await goesOn('segmindGenerateImage', { model: slug('no-such-model') });
			const requestId = 'f0f0f0f0-0000-4000-8000-000000000000';
			stage.sim.history.add({ request_id: requestId, model_status: 'FAILED', error: 'no' });
			const forgotten = await goesOn('segmindCheckStatus', { requestId });
			return [failed, unknown, forgotten];
		},
	],
];

/** Every key with the types of its values; keys of objects in a list are written as `files[].url`. */
function typesOf(json: IDataObject, found = new Map<string, Set<string>>(), prefix = '') {
	for (const [name, value] of Object.entries(json)) {
		const key = prefix + name;
		found.set(key, (found.get(key) ?? new Set()).add(typeOf(value)));
		if (!Array.isArray(value) || OPEN.includes(name)) continue;
		for (const entry of value)
			if (typeOf(entry) === 'object') typesOf(entry as IDataObject, found, `${key}[].`);
	}
	return found;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	return typeof value === 'string' ? 'text' : typeof value;
}

function documented(page: string): Map<string, string[]> {
	const rows = tables(readPage(page), HEADINGS);
	return new Map(rows.map(({ Key, Type }) => [Key!.replaceAll('`', ''), Type!.split(/, | or /)]));
}

const sorted = (keys: Iterable<string>) => [...keys].sort();

function expectTypes(found: Map<string, Set<string>>, table: Map<string, string[]>): void {
	for (const [key, types] of found)
		expect([key, table.get(key)]).toEqual([key, expect.arrayContaining([...types])]);
}

describe.each(RUNS)('the output on %s', (page, runAll) => {
	const table = documented(page);

	it('has every key that the node gives and no other, with its types', async () => {
		const found = new Map<string, Set<string>>();
		for (const { json } of (await runAll()).flat()) typesOf(json, found);

		expect(sorted(table.keys())).toEqual(sorted(found.keys()));
		expectTypes(found, table);
	});

	it('has an example of these keys and types', () => {
		const examples = codeBlocks(readPage(page), 'json').map(
			(text) => JSON.parse(text) as IDataObject,
		);

		expect(examples.length).toBeGreaterThan(0);
		for (const example of examples) {
			const found = typesOf(example);
			expect(sorted(table.keys())).toEqual(expect.arrayContaining(sorted(found.keys())));
			expectTypes(found, table);
		}
	});
});
