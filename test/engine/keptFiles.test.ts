import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { resultItem } from './resultItem';
import { fileOf, sha256 } from './sampleFiles';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';

const photo: GivenFile = { bytes: fileOf('jpg', 2000), fileName: 'p.jpg', mimeType: 'image/jpeg' };
const other: GivenFile = { bytes: fileOf('png', 900), fileName: 'o.png', mimeType: 'image/png' };
const slug = (value: string) => ({ __rl: true, mode: 'slug', value });
const three = { jsonParameters: { samples: 3, seed: 5, img_width: 64, img_height: 64 } };
const replaced = (fields: string) =>
	`The item's file in ${fields} was replaced by the new one. To keep both, set the option Put Output File in Field to another name, such as "result"`;

describe.each(binaryModes)('the files of an item, binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterAll(async () => await stage.close());

	async function run(
		parameters: INodeParameters,
		files: Record<string, GivenFile>,
		type = 'segmindGenerateImage',
	) {
		const items = [await stage.item(files)];
		const made = await stage.run(type, { prompt: 'a fox', ...parameters }, { items });
		expect(made.error).toBeUndefined();
		return {
			made,
			items: made.items(),
			given: items[0]!.binary!,
			hints: made.hints().map(({ message }) => message),
		};
	}
	const digestOf = async (item: INodeExecutionData, field: string) =>
		sha256(await stage.engine.binary(item.binary![field]!));

	it('make image to image work with all defaults: the file in data is sent, and replaced by the new one', async () => {
		const parameters = { model: slug('face-to-sticker'), inputFiles: { file: [{}] } };
		const { items, given, hints } = await run(parameters, { data: photo, second: other });

		expect(stage.sim.uploads).toMatchObject([{ sha256: sha256(photo.bytes) }]);
		expect(stage.sim.jobs[0]?.body).toMatchObject({ image: stage.sim.uploads[0]?.url });
		expect(Object.keys(items[0]!.binary!)).toEqual(['data', 'second']);
		expect(items[0]!.binary!.second).toEqual(given.second);
		expect(await digestOf(items[0]!, 'data')).not.toBe(sha256(photo.bytes));
		expect(hints).toEqual([replaced('"data"')]);
	});

	it('are all kept beside a new one of another name, without a hint', async () => {
		const { items, given, hints } = await run(
			{ options: { binaryField: 'result' } },
			{ data: photo, other },
		);

		expect(items[0]!.binary).toEqual({ ...given, result: expect.anything() as unknown });
		expect(hints).toEqual([]);
	});

	it('with one item for all files stay but for those of the same names', async () => {
		const parameters = {
			model: slug('sdxl-txt2img'),
			options: { ...three, outputItems: 'perInput' },
		};
		const { items, given, hints } = await run(parameters, { data_1: photo, data_x: other });

		expect(Object.keys(items[0]!.binary!).sort()).toEqual(['data', 'data_1', 'data_2', 'data_x']);
		expect(items[0]!.binary!.data_x).toEqual(given.data_x);
		expect(items[0]!.binary!.data_1).not.toEqual(given.data_1);
		expect(hints).toEqual([replaced('"data_1"')]);
	});

	it('stay, and no hint is given, where a single file needs one field only', async () => {
		const { items, given, hints } = await run(
			{ options: { outputItems: 'perInput' } },
			{ data_1: photo },
		);

		expect(items[0]!.binary!.data_1).toEqual(given.data_1);
		expect(hints).toEqual([]);
	});

	it('are reported once per run, even for many items', async () => {
		const items = [await stage.item({ data: photo }), await stage.item({ data: other })];
		const made = await stage.run('segmindGenerateImage', { prompt: 'a fox' }, { items });

		expect(made.hints().map(({ message }) => message)).toEqual([replaced('"data"')]);
	});

	it('are not reported as replaced when the item failed', async () => {
		stage.sim.script({ method: 'POST', answer: { status: 400, body: { error: 'no' } } });
		const nodeOptions = { onError: 'continueRegularOutput' } as const;
		const items = [await stage.item({ data: photo })];
		const made = await stage.run('segmindGenerateImage', { prompt: 'a' }, { items, nodeOptions });

		expect(made.items()[0]?.json.status).toBe('REJECTED');
		expect(made.hints()).toEqual([]);
	});

	it('stay in Check Status, too', async () => {
		const submitted = await run(
			{ model: slug('fast-flux-schnell') },
			{ data: photo, other },
			'segmindSubmitAsync',
		);
		const requestId = submitted.items[0]!.json.request_id as string;
		const { items, given, hints } = await run(
			{ requestId },
			{ data: photo, other },
			'segmindCheckStatus',
		);

		expect(Object.keys(items[0]!.binary!)).toEqual(['data', 'other']);
		expect(items[0]!.binary!.other).toEqual(given.other);
		expect(hints).toEqual([replaced('"data"')]);
	});

	describe('Main File Only', () => {
		const mainFile: IDataObject = { ...three, outputItems: 'mainFile' };

		it('fetches the first file alone and gives the URLs of the others', async () => {
			const parameters = {
				model: slug('sdxl-txt2img'),
				options: { ...mainFile, mode: 'async' },
			} as INodeParameters;
			const { items } = await run(parameters, { data_1: photo });
			const [job] = stage.sim.jobs;

			expect(items).toHaveLength(1);
			expect(items[0]!.json).toEqual({
				...resultItem({
					...items[0]!.json,
					url: job!.outputs[0]!.url,
					output_count: 3,
				}),
				other_files: job!.outputs.slice(1).map(({ url }) => url),
			});
			expect(Object.keys(items[0]!.binary!)).toEqual(['data_1', 'data']);
			expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toHaveLength(1);
		});

		it.each(['file', 'url'])('keeps files without a URL (%s)', async (output) => {
			const files = [1, 2, 3].map((seed) => fileOf('png', 400, seed));
			const images = files.map((bytes) => ({
				url: `data:image/png;base64,${bytes.toString('base64')}`,
			}));
			const body = { status: 'COMPLETED', images };
			stage.sim.script({ path: /^\/v2\/requests\//, times: 100, answer: { status: 200, body } });
			const options = { outputItems: 'mainFile', mode: 'async' };
			const { items, given } = await run({ output, options }, { mine: photo });

			expect(items).toHaveLength(1);
			expect(items[0]!.json).toMatchObject({ url: null, output_count: 3, other_files: [] });
			const fields = Object.keys(items[0]!.binary!).filter((field) => field !== 'mine');
			expect(
				await Promise.all(fields.map(async (field) => await digestOf(items[0]!, field))),
			).toEqual(files.map(sha256));
			expect(items[0]!.binary!.mine).toEqual(given.mine);
		});

		it('names no others where there is one file', async () => {
			const { items } = await run({ options: { outputItems: 'mainFile' } }, { mine: photo });

			expect(items[0]!.json).toMatchObject({ output_count: 1, other_files: [] });
		});
	});
});
