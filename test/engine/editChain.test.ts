import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { fileOf } from './sampleFiles';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => {
	stage = await startStage();
});
afterEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const model = (value: string): INodeParameters => ({ model: { __rl: true, mode: 'list', value } });
/** A row as the editor adds it, with nothing chosen or typed. */
const row = { inputFiles: { file: [{}] } };

/** Runs a node on the items of the previous one; only the model, the prompt and a row of Input Files are set. */
async function step(parameters: INodeParameters, items?: INodeExecutionData[]) {
	const run = await stage.run('segmindGenerateImage', parameters, { items });
	expect(run.error).toBeUndefined();
	return run.items();
}

const sent = () =>
	stage.sim.requests
		.filter(({ method, origin }) => method === 'POST' && origin === 'api')
		.map(({ path, body }) => ({
			model: path.split('/').pop(),
			fields: Object.keys(body as object).sort(),
		}));

it('draws, edits the picture, removes its background and upscales it, with only prompts typed', async () => {
	const drawn = await step({ ...model('fast-flux-schnell'), prompt: 'a red fox' });
	const edited = await step(
		{ ...model('flux-kontext-pro'), prompt: 'make it winter', ...row },
		drawn,
	);
	const cut = await step({ ...model('bg-removal-v2'), ...row }, edited);
	const enlarged = await step({ ...model('esrgan'), ...row }, cut);

	expect(enlarged[0]?.binary?.data).toBeDefined();
	expect(sent()).toEqual([
		{ model: 'fast-flux-schnell', fields: ['prompt'] },
		{ model: 'flux-kontext-pro', fields: ['input_image', 'prompt'] },
		{ model: 'bg-removal-v2', fields: ['image'] },
		{ model: 'esrgan', fields: ['image'] },
	]);
});

it('swaps a face with two photos in one row', async () => {
	const item = await stage.item({
		face: { bytes: fileOf('png', 40), fileName: 'face.png', mimeType: 'image/png' },
		scene: { bytes: fileOf('png', 41), fileName: 'scene.png', mimeType: 'image/png' },
	});
	const parameters = {
		...model('faceswap-v4'),
		inputFiles: { file: [{ binaryField: 'face, scene' }] },
	};
	const [made] = await step(parameters, [item]);
	expect(Object.keys(made?.binary ?? {}).sort()).toEqual(['data', 'face', 'scene']);
	expect(sent()).toEqual([{ model: 'faceswap-v4', fields: ['source_image', 'target_image'] }]);
});

it('reports before paying that a model takes no image', async () => {
	const drawn = await step({ ...model('fast-flux-schnell'), prompt: 'a red fox' });
	const run = await stage.run(
		'segmindGenerateImage',
		{ ...model('fast-flux-schnell'), prompt: 'again', ...row },
		{ items: drawn },
	);
	expect(run.error?.message).toMatch(
		/Input Files: Fast Flux.*no free field for the file in the field "data"/,
	);
	expect(sent()).toHaveLength(1);
});
