/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from '../engine/engine';
import { startMailServer, type MailServer } from '../engine/mailServer';
import { fileOf } from '../engine/sampleFiles';
import { startStage, type GivenFile, type Stage } from '../engine/stage';
import { mp3 } from '../simulator/media';
import { readPage, root } from './page';

// Each recipe is followed to the letter: what it names is set, under that name, and nothing else.

let stage: Stage;
let mail: MailServer;

beforeAll(async () => {
	mail = await startMailServer();
	stage = await startStage();
});
beforeEach(() => {
	stage.sim.reset();
	stage.fail = () => undefined;
});
afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
afterAll(async () => {
	await stage.close();
	await mail.close();
});

const photo: GivenFile = {
	bytes: fileOf('png', 600),
	fileName: 'photo.png',
	mimeType: 'image/png',
};
const other: GivenFile = { bytes: fileOf('png', 700, 2), fileName: 'b.png', mimeType: 'image/png' };
const recording: GivenFile = { bytes: mp3(), fileName: 'voice.mp3', mimeType: 'audio/mpeg' };

/** A model by the name that the recipe writes. */
const model = (value: string) => ({ model: { __rl: true, mode: 'slug', value } });
/** Rows of Input Files: what "Add file" adds, with what is written into them. */
const files = (...rows: IDataObject[]) => ({ inputFiles: { file: rows } }) as INodeParameters;

interface Step {
	name: string;
	type: string;
	parameters: INodeParameters;
	onError?: INode['onError'];
	typeVersion?: number;
	credentials?: INode['credentials'];
}

const segmind = (name: string, parameters: INodeParameters, more: Partial<Step> = {}): Step => ({
	name,
	type: `n8n-nodes-segmind.segmind${name.replaceAll(' ', '')}`,
	parameters,
	...more,
});

/** n8n's own Edit Fields, with one field. */
const editFields = (name: string, field: string, value: string, type = 'string'): Step => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: { assignments: [{ id: field, name: field, value, type }] },
		options: {},
	},
});

/** Runs nodes behind each other on these items. */
async function run(steps: Step[], items: INodeExecutionData[] = [{ json: {} }]) {
	const nodes = [{ name: 'Items', type: 'n8n-nodes-base.noOp', parameters: {} }, ...steps];
	const links = steps.map(({ name }, index) => [
		nodes[index]!.name,
		{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
	]);
	const workflow: WorkflowJson = { nodes, connections: Object.fromEntries(links) };
	const result = await stage.engine.run(workflow, {
		credentials: { segmindApi: { ...stage.sim.credential }, smtp: mail.credential },
		items,
		startNode: 'Items',
	});
	expect(result.error).toBeUndefined();
	return result;
}

/** The first row of a model list for these words. */
async function found(node: string, words: string): Promise<INodeParameters> {
	const { results } = await stage.engine.listSearch(node, 'searchModels', {
		filter: words,
		credentials: { segmindApi: { ...stage.sim.credential } },
	});
	return { model: { __rl: true, mode: 'list', value: String(results[0]?.value) } };
}

const bytesOf = async (item: INodeExecutionData | undefined, field = 'data') =>
	await stage.engine.binary(item!.binary![field]!);
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const uploaded = ({ bytes }: GivenFile) =>
	stage.sim.uploads.find(({ sha256 }) => sha256 === digest(bytes))?.url;
const bodies = () => stage.sim.jobs.map(({ slug, body }) => ({ slug, ...body }));

/** What is written below a heading. */
function sections(page: string): Map<string, string> {
	const parts = readPage(page)
		.split(/^## /m)
		.slice(1)
		.map((part): [string, string] => [part.split('\n')[0]!, part]);
	return new Map(parts);
}

const recipes: Record<string, () => Promise<void>> = {
	'The same picture again': async () => {
		const first = (await run([segmind('Generate Image', { prompt: 'a fox' })])).items()[0]!;
		const seed = first.json.seed as number;
		const again = await run([segmind('Generate Image', { prompt: 'a fox', options: { seed } })]);
		const changed = { prompt: 'a fox, at night', options: { seed } };
		const varied = await run([segmind('Generate Image', changed)]);

		expect(await bytesOf(again.items()[0])).toEqual(await bytesOf(first));
		expect(await bytesOf(varied.items()[0])).not.toEqual(await bytesOf(first));
		expect(varied.items()[0]?.json.seed).toBe(seed);
	},

	'A picture per row': async () => {
		const rows = ['cup', 'lamp'].map((product) => ({ json: { product } }));
		const prompt = '={{ $json.product }} on a white table, soft light';
		const made = await run(
			[
				segmind('Generate Image', { prompt, options: { includeInputFields: true } }),
				editFields('Later', 'seen', '={{ $json.product }}'),
			],
			rows,
		);

		expect(made.items('Later').map(({ json }) => json.seen)).toEqual(['cup', 'lamp']);
		expect(made.items('Generate Image').map(({ json }) => json.prompt)).toEqual([
			'cup on a white table, soft light',
			'lamp on a white table, soft light',
		]);
	},

	'A list of prompts in one field': async () => {
		const made = await run([
			editFields('Edit Fields', 'prompt', '["a fox", "an owl"]', 'array'),
			{
				name: 'Split Out',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				parameters: { fieldToSplitOut: 'prompt', options: {} },
			},
			segmind('Generate Image', { prompt: '={{ $json.prompt }}' }),
		]);

		expect(made.items().map(({ json }) => json.prompt)).toEqual(['a fox', 'an owl']);
	},

	'A photo of your own as input': async () => {
		const parameters = { ...model('Nano Banana'), prompt: 'in winter' };
		const link = stage.sim.publish(other.bytes, 'b.png', 'image/png');
		await run(
			[segmind('Generate Image', { ...parameters, ...files({}) })],
			[await stage.item({ data: photo })],
		);
		await run(
			[segmind('Generate Image', { ...parameters, ...files({ binaryField: 'mine' }) })],
			[await stage.item({ mine: photo })],
		);
		await run([
			segmind('Generate Image', { ...parameters, ...files({ source: 'url', url: link }) }),
		]);

		expect(bodies()).toMatchObject([
			{ image_urls: [uploaded(photo)] },
			{ image_urls: [expect.any(String)] },
			{ image_urls: [link] },
		]);
	},

	'Several pictures in, one out': async () => {
		const item = await stage.item({ person: photo, garment: other });
		const names = files({ binaryField: 'person, garment' });
		await run([segmind('Generate Image', { ...model('IDM VTON'), ...names })], [item]);
		const rows = files(
			{ binaryField: 'garment', parameter: 'garm_img' },
			{ binaryField: 'person', parameter: 'human_img' },
		);
		await run([segmind('Generate Image', { ...model('IDM VTON'), ...rows })], [item]);

		const both = { human_img: uploaded(photo), garm_img: uploaded(other) };
		expect(bodies()).toMatchObject([both, { garm_img: expect.any(String) }]);
	},

	'A face swap': async () => {
		const swap = (rows: INodeParameters) =>
			segmind('Generate Image', { ...model('Segmind Faceswap v4'), ...rows }, { name: 'Swap' });
		const item = await stage.item({ face: photo, scene: other });
		for (const row of [{ source: 'allBinaries' }, { binaryField: 'face, scene' }]) {
			stage.sim.reset();
			await run([swap(files(row))], [item]);
			expect(bodies()).toEqual([
				{
					slug: 'faceswap-v4',
					source_image: uploaded(photo),
					target_image: uploaded(other),
				},
			]);
		}

		stage.sim.reset();
		const draw = (name: string) => segmind('Generate Image', { prompt: name }, { name });
		const made = await run([
			draw('Face'),
			draw('Scene'),
			swap(
				files(
					{ source: 'url', url: "={{ $('Face').item.json.url }}" },
					{ source: 'url', url: '={{ $json.url }}' },
				),
			),
		]);
		const drawn = async (name: string) =>
			uploaded({ ...photo, bytes: await bytesOf(made.items(name)[0]) });
		expect(bodies().at(-1)).toEqual({
			slug: 'faceswap-v4',
			source_image: await drawn('Face'),
			target_image: await drawn('Scene'),
		});
	},

	'Several edits in a row': async () => {
		const step = (name: string, parameters: INodeParameters): Step => ({
			...segmind('Generate Image', parameters),
			name,
		});
		const made = await run([
			step('Draw', { prompt: 'a red fox' }),
			step('Change', { ...model('Flux Kontext Pro'), prompt: 'in winter', ...files({}) }),
			step('Cut out', { ...model('Background Removal V2'), ...files({}) }),
			step('Enlarge', { ...model('ESRGAN'), ...files({}) }),
		]);

		// Each is given the picture of the one before it.
		const pictures = ['Draw', 'Change', 'Cut out'].map(async (name) => ({
			...photo,
			bytes: await bytesOf(made.items(name)[0]),
		}));
		const [drawn, changed, cut] = (await Promise.all(pictures)).map(uploaded);
		expect(bodies()).toEqual([
			{ slug: 'fast-flux-schnell', prompt: 'a red fox' },
			{ slug: 'flux-kontext-pro', prompt: 'in winter', input_image: drawn },
			{ slug: 'bg-removal-v2', image: changed },
			{ slug: 'esrgan', image: cut },
		]);
		expect(new Set([drawn, changed, cut]).size).toBe(3);
	},

	'Keep the photo next to the result': async () => {
		const parameters = { ...model('Nano Banana'), prompt: 'in winter', ...files({}) };
		const item = await stage.item({ data: photo });
		const replaced = await run([segmind('Generate Image', parameters)], [item]);
		const kept = await run(
			[segmind('Generate Image', { ...parameters, options: { binaryField: 'result' } })],
			[item],
		);

		expect(Object.keys(replaced.items()[0]?.binary ?? {})).toEqual(['data']);
		expect(await bytesOf(replaced.items()[0])).not.toEqual(photo.bytes);
		expect(Object.keys(kept.items()[0]?.binary ?? {}).sort()).toEqual(['data', 'result']);
		expect(await bytesOf(kept.items()[0])).toEqual(photo.bytes);
	},

	'Remove a background': async () => {
		const parameters = { ...model('Background Removal V2'), prompt: '', ...files({}) };
		const item = await stage.item({ data: photo });
		const made = await run([segmind('Generate Image', parameters)], [item]);

		expect(bodies()).toEqual([{ slug: 'bg-removal-v2', image: uploaded(photo) }]);
		expect(made.items()[0]?.binary?.data?.mimeType).toBe('image/png');
	},

	'A video from a picture': async () => {
		const item = await stage.item({ data: photo });
		const parameters = { ...model('Seedance 2.0'), prompt: 'it comes alive', ...files({}) };
		const made = await run([segmind('Generate Video', parameters)], [item]);
		const both = [segmind('Submit Async', parameters), segmind('Check Status', {})];
		const later = await run(both, [item, item]);

		const films = [...made.items(), ...later.items()];
		expect(films.map(({ binary }) => binary?.data?.mimeType)).toEqual(Array(3).fill('video/mp4'));
		const started = stage.sim.jobs.map(({ body }) => body.first_frame_url);
		expect(started).toEqual(Array(3).fill(expect.stringMatching(/^http/)));

		const unknown = { ...parameters, ...model('Veo 3.1') };
		const stopped = await stage.run('segmindGenerateVideo', unknown, { items: [item] });
		expect(stopped.error?.message).toMatch(/^Input Files: it is not known which field of Veo 3\.1/);
		const named = files({ parameter: '={{ "image" }}' });
		const goes = await run([segmind('Generate Video', { ...unknown, ...named })], [item]);
		expect(goes.items()[0]?.binary?.data?.mimeType).toBe('video/mp4');
	},

	'Words: a language model': async () => {
		const words = await run([segmind('Generate Text', { prompt: 'Why is the sky blue?' })]);
		const data = await run([
			segmind('Generate Text', {
				prompt: 'Red shoes for 49.90',
				outputFormat: 'json',
				jsonSchema: '{ "title": "Red shoes", "price": 49.9 }',
			}),
			editFields('Later', 'title', '={{ $json.json.title }}'),
		]);

		expect(words.items()[0]?.json.text).toEqual(expect.stringMatching(/\w/));
		expect(data.items('Generate Text')[0]?.json.json).toEqual({
			title: expect.any(String),
			price: expect.any(Number),
		});
		expect(data.items('Later')[0]?.json.title).toEqual(expect.stringMatching(/\w/));
	},

	'Text to speech, and speech to text': async () => {
		const spoken = await run([segmind('Generate Audio', { prompt: 'Good morning.' })]);
		const heard = await run(
			[
				segmind('Generate Text', {
					...(await found('segmindGenerateText', 'transcribe')),
					...files({}),
				}),
			],
			[await stage.item({ data: recording })],
		);

		expect(spoken.items()[0]?.binary?.data?.mimeType).toMatch(/^audio\//);
		expect(heard.items()[0]?.json.text).toEqual(expect.stringMatching(/\w/));
		expect(JSON.stringify(bodies()[1])).toContain(uploaded(recording));
	},

	'Continue when one of many fails': async () => {
		stage.fail = ({ body }) => (body.prompt === 'bad' ? 'NSFW content detected' : undefined);
		const made = await run(
			[
				segmind(
					'Generate Image',
					{ prompt: '={{ $json.prompt }}', options: { mode: 'async' } },
					{ onError: 'continueErrorOutput' },
				),
			],
			['good', 'bad', 'fine'].map((prompt) => ({ json: { prompt } })),
		);

		expect(made.items('Generate Image').map(({ json }) => json.prompt)).toEqual(['good', 'fine']);
		expect(made.items('Generate Image', 1)).toMatchObject([
			{
				json: {
					failure_reason: expect.stringContaining('NSFW'),
					billed: 'no',
					advice: expect.any(String),
				},
			},
		]);
	},

	'Name the files yourself': async () => {
		const rows = ['Red fox', 'Red fox', 'Grey owl'].map((title) => ({ json: { title } }));
		const made = await run(
			[segmind('Generate Image', { prompt: 'x', options: { fileName: '={{ $json.title }}' } })],
			rows,
		);

		expect(made.items().map(({ binary }) => binary?.data?.fileName)).toEqual([
			'Red fox.jpg',
			'Red fox-2.jpg',
			'Grey owl.jpg',
		]);
	},

	'Keep the pictures': async () => {
		const made = await run([
			segmind('Generate Image', { prompt: 'a fox' }),
			{
				name: 'Send',
				type: 'n8n-nodes-base.emailSend',
				typeVersion: 2.1,
				parameters: {
					fromEmail: 'n8n@example.com',
					toEmail: 'you@example.com',
					subject: '={{ $json.file_name }}',
					emailFormat: 'text',
					text: '={{ $json.url_expires_at }}',
					options: { attachments: 'data' },
				},
			},
		]);

		const [item] = made.items('Generate Image');
		const [message] = mail.messages;
		const sent = message?.replaceAll(/\s/g, '');
		expect(message).toContain(String(item?.json.file_name));
		expect(sent).toContain((await bytesOf(item)).toString('base64'));
	},
};

/** Worked examples on the pages of the nodes. */
const examples: Record<string, () => Promise<void>> = {
	'docs/submit-async.md: A worked example: a video': async () => {
		const made = await run(
			[
				segmind('Submit Async', {
					...model('Seedance 2.0'),
					prompt: 'the fox turns its head',
					...files({}),
				}),
				segmind('Check Status', { options: { timeout: 900 } }),
			],
			[await stage.item({ data: photo })],
		);

		expect(made.items()[0]?.binary?.data?.mimeType).toBe('video/mp4');
		expect(JSON.stringify(bodies())).toContain(uploaded(photo));
	},

	'docs/from-http-request.md: Move one call over': async () => {
		const text = sections('docs/from-http-request.md').get('Move one call over')!;
		const [, url = ''] = /`(https:[^`]+)`/.exec(text)!;
		const [, body = ''] = /```json\n([^]+?)```/.exec(text)!;
		const made = await run([
			segmind('Generate Image', {
				model: { __rl: true, mode: 'url', value: url },
				prompt: '',
				options: { jsonParameters: body },
			}),
		]);

		expect(bodies()).toEqual([{ slug: 'nano-banana', ...(JSON.parse(body) as object) }]);
		expect(made.items()[0]?.binary?.data?.mimeType).toMatch(/^image\//);
	},

	'docs/from-http-request.md: When HTTP Request is still right': async () => {
		const made = await run([
			{
				name: 'HTTP Request',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				credentials: { segmindApi: { id: '1', name: 'Segmind' } },
				parameters: {
					url: `${String(stage.sim.credential.baseUrl)}/v1/get-user-credits`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'segmindApi',
				},
			},
		]);

		expect(made.items()[0]?.json).toHaveProperty('credits');
	},

	'docs/run-pixelflow.md: A worked example': async () => {
		const made = await run([
			segmind('Run PixelFlow', {
				workflow: {
					__rl: true,
					mode: 'url',
					value: 'https://api.segmind.com/workflows/0123456789abcdef01234567-v1',
				},
				inputs: '{ "Prompt": "a red fox" }',
			}),
			editFields('Later', 'caption', '={{ $json.outputs.Caption }}'),
		]);

		expect(made.items('Later')[0]?.json.caption).toEqual(expect.stringMatching(/\w/));
		expect(Object.keys(made.items('Run PixelFlow')[0]?.binary ?? {})).toEqual(['Infographic']);
	},

	'docs/generate-text.md: Data instead of prose': async () => {
		const made = await run([
			segmind('Generate Text', {
				prompt: 'Red shoes',
				outputFormat: 'json',
				jsonSchema: '{ "title": "Red shoes", "price": 49.9, "tags": ["summer"] }',
			}),
			editFields('Later', 'title', '={{ $json.json.title }}'),
		]);

		expect(made.items('Generate Text')[0]?.json.json).toEqual({
			title: expect.any(String),
			price: expect.any(Number),
			tags: expect.any(Array),
		});
		expect(made.items('Later')[0]?.json.title).toEqual(expect.stringMatching(/\w/));
	},

	'docs/generate-image.md: A picture from a picture': async () => {
		const item = await stage.item({ data: photo });
		const parameters = { ...model('Nano Banana'), prompt: 'in winter' };
		const made = await run([segmind('Generate Image', { ...parameters, ...files({}) })], [item]);

		expect(made.items()[0]?.binary?.data?.fileName).toMatch(/^nano-banana/);
		const hints = JSON.stringify(made.runData['Generate Image']?.[0]?.hints ?? []);
		expect(hints).toMatch(/replaced/);
	},

	'docs/generate-video.md: A longer video: clips that follow each other': async () => {
		const parameters: INodeParameters = {
			...model('Seedance 2.0'),
			prompt: 'a fox runs',
			options: { jsonParameters: '{ "return_last_frame": true }' },
		};
		const first = await run([segmind('Generate Video', parameters)]);
		const frame = first.items().find(({ json }) => json.output_role === 'last_frame');
		await run([segmind('Generate Video', { ...parameters, ...files({}) })], [frame!]);

		expect(first.items().map(({ json }) => json.output_role)).toEqual(['video', 'last_frame']);
		expect(bodies()[1]).toMatchObject({ first_frame_url: stage.sim.uploads[0]?.url });
	},
};

describe('the recipe', () => {
	it.each(Object.entries(recipes))('%s', async (_heading, follow) => await follow());
});

describe('the worked example', () => {
	it.each(Object.entries(examples))('%s', async (_heading, follow) => await follow());
});

describe('no recipe is left out', () => {
	it.each([...sections('docs/recipes.md')])('%s', (heading, text) => {
		const [, template] = /templates\/([\w-]+\.json)/.exec(text) ?? [];
		// test/templates.test.ts runs every template.
		const isTemplate = template !== undefined && existsSync(join(root, 'templates', template));
		expect(heading in recipes || isTemplate).toBe(true);
	});

	it('and none is tested that is not there', () => {
		const headings = [...sections('docs/recipes.md').keys()];
		expect(headings).toEqual(expect.arrayContaining(Object.keys(recipes)));
		for (const place of Object.keys(examples)) {
			const [page = '', ...heading] = place.split(': ');
			expect([...sections(page).keys()]).toContain(heading.join(': '));
		}
	});
});
