import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	ResourceMapperField,
} from 'n8n-workflow';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { startEngine, type Engine, type NodeOptions } from './engine';
import { fileOf } from './sampleFiles';

const NODE = 'segmindGenerateImage';
const SPEED = 100;

let engine: Engine;
let simulator: Simulator;

beforeAll(async () => {
	engine = await startEngine();
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	simulator = await startSimulator({ speed: SPEED, now });
});

afterEach(() => simulator.reset());

afterAll(async () => {
	await simulator.close();
	await engine.close();
});

type Check = 'warn' | 'error' | 'off' | undefined;

const locator = (value: string) => ({ __rl: true, mode: 'list', value });

/** A node for the given model; undefined parameters are absent from the saved workflow too. */
function nodeParameters(model: string, check: Check, more: INodeParameters): INodeParameters {
	return {
		model: locator(model),
		prompt: 'a red fox',
		...more,
		options: { ...(check ? { checkParameters: check } : {}), ...(more.options as INodeParameters) },
	};
}

async function run(parameters: INodeParameters, options: NodeOptions = {}) {
	const credentials = { segmindApi: { ...simulator.credential } };
	return await engine.runNode(NODE, parameters, { credentials, ...options });
}

const asJson = (body: IDataObject): INodeParameters => ({
	options: { jsonParameters: JSON.stringify(body) },
});

async function runJson(model: string, body: IDataObject, check?: Check, options?: NodeOptions) {
	return await run(nodeParameters(model, check, asJson(body)), options);
}

/** The request bodies of the model calls, in order. */
const sent = () =>
	simulator.requests
		.filter(({ origin, method }) => origin === 'api' && method === 'POST')
		.map(({ body }) => body);

const hint = (message: string) => ({ message, type: 'warning', location: 'outputPane' });

describe('warn, the default', () => {
	it('shows mismatches on the node, and sends the item', async () => {
		const ran = await runJson('fast-flux-schnell', { num_inference_steps: 4, seed: 7 });

		expect(ran.error).toBeUndefined();
		expect(ran.items()[0]?.json).toMatchObject({ status: 'COMPLETED', seed: 7 });
		expect(ran.hints()).toEqual([
			hint('Fast Flux.1 Schnell has no field "num_inference_steps"; did you mean "steps"?'),
		]);
		expect(sent()).toEqual([{ prompt: 'a red fox', num_inference_steps: 4, seed: 7 }]);
	});

	it('shows a mismatch once for many items, and nothing for valid values', async () => {
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		const doubtful = await runJson('fast-flux-schnell', { stepps: 4 }, 'warn', { items });
		const good = await runJson('fast-flux-schnell', { steps: 4, aspect_ratio: '16:9' }, 'warn');

		expect(doubtful.items()).toHaveLength(3);
		expect(doubtful.hints()).toEqual([
			hint('Fast Flux.1 Schnell has no field "stepps"; did you mean "steps"?'),
		]);
		expect(good.hints()).toEqual([]);
	});
});

describe('error', () => {
	it.each<[model: string, body: IDataObject, message: string]>([
		['segmind-vega', { samples: 5 }, '"samples" is 5, but Segmind-Vega takes 1-4'],
		[
			'segmind-vega',
			{ guidance_scale: 0.5 },
			'"guidance_scale" is 0.5, but Segmind-Vega takes 1-25',
		],
		[
			'segmind-vega',
			{ num_inference_steps: 25.5 },
			'"num_inference_steps" must be a whole number, not 25.5',
		],
		['segmind-vega', { img_width: 512 }, '"img_width" is 512, but Segmind-Vega takes 1024'],
		['segmind-vega', { base64: 'maybe' }, '"base64" must be true or false, not "maybe"'],
		[
			'fast-flux-schnell',
			{ aspect_ratio: '16x9' },
			'"aspect_ratio" is "16x9", but Fast Flux.1 Schnell takes 1:1, 16:9, 21:9, 2:3, 3:2, 4:5, 5:4, 9:16, 9:21; did you mean "16:9"?',
		],
		['instantid', {}, 'InstantID needs the field "face_image" (image), which is empty'],
		[
			'segmind-vega',
			{ negativ_prompt: 'blur' },
			'Segmind-Vega has no field "negativ_prompt"; did you mean "negative_prompt"?',
		],
		['segmind-vega', { zebra: 1 }, 'Segmind-Vega has no field "zebra"'],
	])('stops %s with %j before anything is sent', async (model, body, message) => {
		const ran = await runJson(model, body, 'error');

		expect(ran.status).toBe('error');
		expect(ran.error?.message).toBe(message);
		expect(ran.error?.description).toMatch(/^Nothing was sent/);
		expect(ran.error?.context?.itemIndex).toBe(0);
		expect(simulator.requests).toEqual([]);
	});

	it('names every field that does not fit', async () => {
		const ran = await runJson('segmind-vega', { samples: 9, stepps: 3, base64: 'maybe' }, 'error');

		for (const name of ['samples', 'stepps', 'base64']) {
			expect(ran.error?.message).toContain(`"${name}"`);
		}
	});

	const items = ['1:1', '16x9', '9:16'].map((ratio) => ({ json: { ratio } }));
	const byItem = nodeParameters('fast-flux-schnell', 'error', {
		options: { jsonParameters: '={{ { aspect_ratio: $json.ratio } }}' },
	});

	it('names the item, and does not send the others either', async () => {
		const ran = await run(byItem, { items });

		expect(ran.error?.message).toContain('"aspect_ratio" is "16x9"');
		expect(ran.error?.context?.itemIndex).toBe(1);
		expect(simulator.requests).toEqual([]);
	});

	it('fails only the invalid item when the node continues on fail', async () => {
		const ran = await run(byItem, { items, nodeOptions: { onError: 'continueRegularOutput' } });

		expect(ran.error).toBeUndefined();
		expect(ran.items().map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['COMPLETED', { item: 0 }],
			['REJECTED', { item: 1 }],
			['COMPLETED', { item: 2 }],
		]);
		expect(ran.items()[1]?.json.failure_reason).toContain('"aspect_ratio" is "16x9"');
		expect(ran.items()[1]?.json.failure_reason).toContain('did you mean "16:9"?');
		expect(sent()).toEqual([
			{ prompt: 'a red fox', aspect_ratio: '1:1' },
			{ prompt: 'a red fox', aspect_ratio: '9:16' },
		]);
	});

	it('sends the invalid item to the error output if there is one', async () => {
		const ran = await run(byItem, { items, nodeOptions: { onError: 'continueErrorOutput' } });

		expect(ran.items(undefined, 0).map(({ json }) => json.status)).toEqual([
			'COMPLETED',
			'COMPLETED',
		]);
		expect(ran.items(undefined, 1).map(({ json }) => json.error)).toEqual([
			expect.stringContaining('"aspect_ratio" is "16x9"'),
		]);
		expect(sent()).toHaveLength(2);
	});

	it.each<[why: string, model: string, body: IDataObject, told: string]>([
		['more choices exist than the page shows', 'segmind-vega', { scheduler: 'UniPC' }, 'scheduler'],
		['the page was not seen itself', 'sdxl1.0-newreality-lightning', { zebra: 1 }, 'zebra'],
		['the model may fill the field in', 'qwen-image', {}, 'steps'],
		['the table is not complete', 'qwen-image-2512', { base64: false }, 'base_64'],
	])('only hints if %s: %s %j', async (_why, model, body, told) => {
		const ran = await runJson(model, body, 'error');

		expect(ran.error).toBeUndefined();
		expect(ran.hints()).toHaveLength(1);
		expect(ran.hints()[0]?.message).toContain(`"${told}"`);
		expect(sent()).toEqual([{ prompt: 'a red fox', ...body }]);
	});

	it('reports nothing for a model without a table', async () => {
		const ran = await runJson('chroma', { anything: 'goes', seed: 3 }, 'error');

		expect(ran.error).toBeUndefined();
		expect(ran.hints()).toEqual([]);
		expect(sent()).toEqual([{ prompt: 'a red fox', anything: 'goes', seed: 3 }]);
	});
});

it('off sends everything unchanged, without hints', async () => {
	const body = { samples: '2', stepz: 1, base64: 'FALSE', guidance_scale: '7.5' };
	const ran = await runJson('segmind-vega', body, 'off');

	expect(ran.hints()).toEqual([]);
	expect(sent()).toEqual([{ prompt: 'a red fox', ...body }]);
});

it('sends numbers and switches given as text in their proper type', async () => {
	const items = [{ json: { n: '2', scale: '7.5', off: 'false', seed: ' 42 ', word: '2024' } }];
	const parameters = nodeParameters('segmind-vega', 'error', {
		prompt: '={{ $json.word }}',
		parameters: {
			mappingMode: 'defineBelow',
			value: {
				samples: '={{ $json.n }}',
				guidance_scale: '={{ $json.scale }}',
				base64: '={{ $json.off }}',
				seed: '={{ $json.seed }}',
				negative_prompt: '={{ $json.word }}',
			},
		},
	});
	const ran = await run(parameters, { items });

	expect(ran.error).toBeUndefined();
	expect(ran.hints()).toEqual([]);
	expect(sent()).toEqual([
		{
			prompt: '2024',
			samples: 2,
			guidance_scale: 7.5,
			base64: false,
			seed: 42,
			negative_prompt: '2024',
		},
	]);
});

describe('a field that another model calls by another name', () => {
	it.each<[model: string, wrong: string, value: unknown, right: string]>([
		['segmind-vega', 'base_64', true, 'base64'],
		['qwen-image-2512', 'base64', true, 'base_64'],
		['segmind-vega', 'steps', 25, 'num_inference_steps'],
		['fast-flux-schnell', 'num_inference_steps', 4, 'steps'],
		['segmind-vega', 'width', 1024, 'img_width'],
		['segmind-vega', 'height', 1024, 'img_height'],
		['face-to-sticker', 'img_width', 1024, 'width'],
		['face-to-sticker', 'image_url', 'https://images.segmind.com/a.jpg', 'image'],
		['nano-banana', 'image', 'https://images.segmind.com/a.jpg', 'image_urls'],
		['flux-kontext-pro', 'image', 'https://images.segmind.com/a.jpg', 'input_image'],
		['instantid', 'image', 'https://images.segmind.com/a.jpg', 'face_image'],
		['segmind-vega', 'cfg_scale', 7, 'guidance_scale'],
		['segmind-vega', 'num_images', 2, 'samples'],
	])('is suggested: %s has not %s (%j) but %s', async (model, wrong, value, right) => {
		const ran = await runJson(model, { [wrong]: value } as IDataObject, 'warn', {
			nodeOptions: { onError: 'continueRegularOutput' },
		});
		const told = ran.hints().find(({ message }) => message.includes(`has no field "${wrong}"`));

		expect(told?.message).toContain(`did you mean "${right}"`);
	});
});

describe('input files', () => {
	const files = (...rows: Array<[parameter: string, binaryField: string]>): INodeParameters => ({
		inputFiles: {
			file: rows.map(([parameter, binaryField]) => ({ parameter, binaryField })),
		},
	});

	async function itemWithFiles(): Promise<INodeExecutionData[]> {
		const photo = await engine.storeBinary(fileOf('jpg'), 'a.jpg', 'image/jpeg');
		const mask = await engine.storeBinary(fileOf('png'), 'b.png', 'image/png');
		return [{ json: {}, binary: { photo, mask } }];
	}

	it('count as the required media fields they fill', async () => {
		const parameters = nodeParameters('instantid', 'error', files(['face_image', 'photo']));
		const ran = await run(parameters, { items: await itemWithFiles() });

		expect(ran.error).toBeUndefined();
		expect(ran.hints()).toEqual([]);
		expect(sent()).toEqual([{ prompt: 'a red fox', face_image: simulator.uploads[0]?.url }]);
	});

	it('for a field of another name stop the item, and are not uploaded', async () => {
		const parameters = nodeParameters('instantid', 'error', files(['image', 'photo']));
		const ran = await run(parameters, { items: await itemWithFiles() });

		expect(ran.error?.message).toBe('Input Files: InstantID has no field "image"');
		expect(simulator.requests).toEqual([]);
	});

	it.each([
		['one', [['image_urls', 'photo']]],
		[
			'two',
			[
				['image_urls', 'photo'],
				['image_urls', 'mask'],
			],
		],
	] as Array<[string, Array<[string, string]>]>)(
		'make a list for a list field: %s',
		async (_count, rows) => {
			const parameters = nodeParameters('nano-banana', 'error', files(...rows));
			const ran = await run(parameters, { items: await itemWithFiles() });

			expect(ran.error).toBeUndefined();
			expect(simulator.uploads).toHaveLength(rows.length);
			expect(sent()).toEqual([
				{ prompt: 'a red fox', image_urls: simulator.uploads.map(({ url }) => url) },
			]);
		},
	);

	it('are too many for a single-file field', async () => {
		const rows = files(['face_image', 'photo'], ['face_image', 'mask']);
		const ran = await run(nodeParameters('instantid', 'error', rows), {
			items: await itemWithFiles(),
		});

		expect(ran.error?.message).toBe(
			'"face_image" takes one file, but Input Files has 2 files for it',
		);
		expect(simulator.requests).toEqual([]);
	});
});

describe('a workflow saved with a form', () => {
	const fieldsOf = async (model: string): Promise<ResourceMapperField[]> => {
		const parameters = { model: locator(model) };
		return (await engine.resourceMapping(NODE, 'getModelParameters', { parameters })).fields;
	};

	/** What n8n's editor stores after the user has added these fields and filled them in. */
	const saved = (fields: ResourceMapperField[], value: IDataObject): INodeParameters =>
		JSON.parse(
			JSON.stringify({
				parameters: {
					mappingMode: 'defineBelow',
					value,
					matchingColumns: [],
					schema: fields.map((field) => ({
						...field,
						removed: Object.hasOwn(value, field.id) ? false : field.removed,
					})),
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
			}),
		) as INodeParameters;

	it.each<[model: string, value: IDataObject]>([
		[
			'segmind-vega',
			{
				negative_prompt: 'blur',
				samples: 1,
				scheduler: 'DDIM',
				num_inference_steps: 20,
				guidance_scale: 7.5,
				seed: 5,
				img_width: 1024,
				img_height: 1024,
				base64: false,
			},
		],
		['sdxl-txt2img', { samples: 1, img_width: 768, strength: 1, scheduler: 'dpmpp_sde_ancestral' }],
		['fast-flux-schnell', { aspect_ratio: '16:9', base64: false, seed: 9, steps: 4 }],
		[
			'face-to-sticker',
			{ image: 'https://images.segmind.com/a.jpg', upscale: false, ip_adapter_noise: 0 },
		],
		[
			'instantid',
			{ face_image: 'https://images.segmind.com/a.jpg', enhance_face_region: false, seed: 0 },
		],
		['sdxl1.0-newreality-lightning', { guidance_scale: 2, scheduler: 'DPM++ SDE', img_width: 512 }],
		[
			'consistent-character-AI-neolemon-v2',
			{ ip_image: 'https://images.segmind.com/a.jpg', steps: 10, width: 768 },
		],
	])('of %s keeps its values when reopened, and sends exactly these', async (model, value) => {
		const before = await fieldsOf(model);
		const ran = await run(nodeParameters(model, 'error', saved(before, value)));
		const after = await fieldsOf(model);

		// n8n keeps a field's stored value as long as the hook still returns the field.
		expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(value)));
		expect(after).toEqual(before);
		expect(ran.error).toBeUndefined();
		expect(ran.hints()).toEqual([]);
		expect(sent()).toEqual([{ prompt: 'a red fox', ...value }]);
	});

	it('sends no field that is removed, null or empty, but a zero and an "off" that were set', async () => {
		const fields = await fieldsOf('face-to-sticker');
		const stored = saved(fields, { ip_adapter_noise: 0, upscale: false });
		const { value } = stored.parameters as { value: IDataObject };
		Object.assign(value, { seed: null, negative_prompt: '' });
		await run(nodeParameters('face-to-sticker', undefined, stored));

		expect(sent()).toEqual([{ prompt: 'a red fox', ip_adapter_noise: 0, upscale: false }]);
	});

	// So do older n8n editors, which do not know default values of fields.
	it('sends no switch that the editor stored as off by itself', async () => {
		const stored = saved(await fieldsOf('instantid'), {
			face_image: 'https://images.segmind.com/a.jpg',
		});
		const { value } = stored.parameters as { value: IDataObject };
		Object.assign(value, { enhance_face_region: false, base64: false, style: null });
		const ran = await run(nodeParameters('instantid', undefined, stored));

		expect(ran.hints()).toEqual([]);
		expect(sent()).toEqual([
			{ prompt: 'a red fox', face_image: 'https://images.segmind.com/a.jpg' },
		]);
	});

	it.each<[check: Check]>([['warn'], ['off']])(
		'sends a list as a list, however it was typed (%s)',
		async (check) => {
			const fields = await fieldsOf('nano-banana');
			const [one, two] = ['https://images.segmind.com/a.jpg', 'https://images.segmind.com/b.jpg'];
			for (const typed of [one, JSON.stringify([one, two])]) {
				const stored = saved(fields, { image_urls: typed });
				const ran = await run(nodeParameters('nano-banana', check, stored));
				expect(ran.error).toBeUndefined();
			}

			expect(sent()).toEqual([
				{ prompt: 'a red fox', image_urls: [one] },
				{ prompt: 'a red fox', image_urls: [one, two] },
			]);
		},
	);

	it('sends a list to a model described only in the live list too', async () => {
		const field = { id: 'messages', displayName: 'Messages', type: 'string', removed: false };
		const messages = [{ role: 'user', content: 'Say hello' }];
		const stored = saved([field as ResourceMapperField], { messages: JSON.stringify(messages) });
		await run(nodeParameters('gpt-5', undefined, { ...stored, prompt: '' }));

		expect(sent()).toEqual([{ messages }]);
	});

	// A file, a setting or JSON may fill it instead of the form.
	it('is not refused by n8n while a field is empty that its page calls required', async () => {
		const fields = await fieldsOf('instantid');
		const ran = await run(nodeParameters('instantid', undefined, saved(fields, {})), {
			nodeOptions: { onError: 'continueRegularOutput' },
		});

		expect(ran.hints().map(({ message }) => message)).toEqual([
			'InstantID needs the field "face_image" (image), which is empty',
		]);
		expect(sent()).toEqual([{ prompt: 'a red fox' }]);
	});
});

describe('the main text', () => {
	it.each<[model: string, sentAs: IDataObject]>([
		['fast-flux-schnell', { prompt: 'a red fox' }],
		['juggernaut-pro-flux', { positivePrompt: 'a red fox' }],
		['runway-gen4-image', { promptText: 'a red fox' }],
		['chroma-of-tomorrow', { prompt: 'a red fox' }],
	])('of %s goes to its field: %j', async (model, sentAs) => {
		await run(nodeParameters(model, undefined, {}), {
			nodeOptions: { onError: 'continueRegularOutput' },
		});

		expect(sent()).toEqual([sentAs]);
	});

	it.each<[check: Check]>([[undefined], ['warn'], ['error']])(
		'stops the item when empty if the model certainly needs it (%s)',
		async (check) => {
			const ran = await run(nodeParameters('segmind-vega', check, { prompt: '' }));

			expect(ran.error?.message).toBe('Prompt is empty, but Segmind-Vega needs text');
			expect(ran.error?.description).toMatch(/^Nothing was sent.*Check Parameters to Off/);
			expect(simulator.requests).toEqual([]);
		},
	);

	it.each<[where: string, model: string, check: Check, more: INodeParameters, body: IDataObject]>([
		['comes by JSON', 'segmind-vega', 'warn', asJson({ prompt: 'a fox' }), { prompt: 'a fox' }],
		['is not required by the page', 'face-to-sticker', 'warn', {}, {}],
		['would be missing, but the check is off', 'segmind-vega', 'off', {}, {}],
	])('stops nothing when empty if it %s', async (_where, model, check, more, body) => {
		await run(nodeParameters(model, check, { ...more, prompt: '' }), {
			nodeOptions: { onError: 'continueRegularOutput' },
		});

		expect(sent()).toEqual([body]);
	});
});
