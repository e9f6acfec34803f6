/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startEngine, type Engine, type RunOptions, type WorkflowJson } from './engine/engine';
import { linkOf, sheetOfPrompts, startGoogle, withSheet, type Google } from './engine/google';
import { startMailServer, type MailServer } from './engine/mailServer';
import { sha256 } from './engine/sampleFiles';
import { executeAsTool } from './engine/toolExecution';
import type { NodeJson } from './engine/workflow';
import { startSimulator, type SimulatedJob, type Simulator } from './simulator/simulator';

/** Virtual seconds per real one: a machine that stalls for half a minute still makes no job late. */
const SPEED = 20;

/** Virtual: a video takes some rounds of its loop, and nothing else is about the waiting. */
const secondsOf = ({ slug }: { slug: string }) => (slug === 'wan-2.2-t2v-fast' ? 25 : 5);

const folder = join(__dirname, '../templates');
const photo = createCanvas(64, 48).toBuffer('image/png');

let engine: Engine;
let simulator: Simulator;
let photoUrl: string;

beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem' });
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	simulator = await startSimulator({ speed: SPEED, now, duration: secondsOf });
	photoUrl = simulator.publish(photo, 'photo.png', 'image/png');
});

beforeEach(() => simulator.reset());
afterEach(() => expect(simulator.keyLeaks).toBe(0));

afterAll(async () => {
	await simulator.close();
	await engine.close();
});

type Change = (node: NodeJson) => NodeJson;

function readTemplate(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;
}

function changed({ nodes, ...json }: WorkflowJson, change: Change): WorkflowJson {
	return { ...json, nodes: nodes.map(change) };
}

/** Gives a node other parameters, as a user does in its panel. */
function withParameters(json: WorkflowJson, name: string, parameters: IDataObject): WorkflowJson {
	return changed(json, (node) =>
		node.name === name
			? ({ ...node, parameters: { ...node.parameters, ...parameters } } as NodeJson)
			: node,
	);
}

/** What has to be otherwise here: n8n's own Wait node goes by the real clock, and nothing outside this machine is asked. */
const here: Change = (node) => {
	const { type, parameters } = node;
	if (type === 'n8n-nodes-base.wait') {
		return { ...node, parameters: { ...parameters, amount: Number(parameters?.amount) / SPEED } };
	}
	if (type !== 'n8n-nodes-base.httpRequest') return node;
	return { ...node, parameters: { ...parameters, url: photoUrl } };
};

async function run(json: WorkflowJson, options: RunOptions = {}) {
	const credentials = { segmindApi: { ...simulator.credential }, ...options.credentials };
	return await engine.run(changed(json, here), { ...options, credentials });
}

const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);

async function bytesOf(item: INodeExecutionData | undefined, field: string): Promise<Buffer> {
	return await engine.binary(item?.binary?.[field] as IBinaryData);
}

/** The sides of the pictures in a field of the items: a file that is no picture fails. */
async function sidesOf(items: INodeExecutionData[], field: string): Promise<number[][]> {
	const pictures = items.map(async (item) => await loadImage(await bytesOf(item, field)));
	return (await Promise.all(pictures)).map(({ width, height }) => [width, height]);
}

/** The jobs in the order of what they were asked for: handed in side by side, they arrive in any. */
function jobsInOrderOf(wanted: string[], told: (job: SimulatedJob) => unknown): SimulatedJob[] {
	const places = simulator.jobs.map((job) => ({
		job,
		place: wanted.findIndex((words) => String(told(job)).startsWith(words)),
	}));
	return places.sort((one, other) => one.place - other.place).map(({ job }) => job);
}

/** The value of a field that a template's Edit Fields node sets. */
function fieldOf(json: WorkflowJson, nodeName: string, field: string): string {
	const node = json.nodes.find(({ name }) => name === nodeName);
	const { assignments } = node?.parameters?.assignments as {
		assignments: Array<{ name: string; value: string }>;
	};
	return assignments.find(({ name }) => name === field)?.value ?? '';
}

/** The parameters with which a field of an Edit Fields node gets another value. */
function fieldSet(name: string, value: string, type = 'string'): IDataObject {
	return { assignments: { assignments: [{ id: name, name, value, type }] } };
}

/** Refuses, unbilled, what is asked of Segmind with these words in the body. */
function refuse(words: RegExp, error: string): void {
	simulator.script({
		method: 'POST',
		path: /^\/v2\//,
		answer: ({ body, path }) =>
			words.test(JSON.stringify(body) + path) ? { status: 400, body: { error } } : undefined,
	});
}

/** What cannot run as it is: an AI agent and a database are for test/n8n, and a Google sheet has its own test below. test/docs holds all templates against the nodes. */
const ELSEWHERE = /langchain|postgres|google/i;

const files = readdirSync(folder);
const runnable = files.filter((file) =>
	readTemplate(file).nodes.every(({ type }) => !ELSEWHERE.test(type)),
);

describe.each(files)('the template %s', (file) => {
	const json = readTemplate(file);
	const notes = json.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');

	it('says what to change, in notes that cover nothing', () => {
		expect(notes.map(({ name }) => name)).toContain('What to change');
		const covered = notes.flatMap((note) =>
			json.nodes
				.filter((node) => node !== note && overlap(boxOf(note), boxOf(node)))
				.map(({ name }) => `${note.name} covers ${name}`),
		);
		expect(covered).toEqual([]);
	});

	it('has ids of its own', () => {
		const ids = json.nodes.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	});
});

describe.each(runnable)('the template %s', (file) => {
	it('runs to its end', async () => {
		// Those that read the history find one request, of this hour or of the last month.
		const ofLastMonth = file === 'monthly-spend.json' ? new Date().getUTCDate() * 24 * 60 : 1;
		simulator.history.add({
			request_id: 'one',
			generation_url: photoUrl,
			created_at: new Date(Date.now() - ofLastMonth * 60_000).toISOString(),
		});
		const result = await run(readTemplate(file));

		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.items().length).toBeGreaterThan(0);
	});
});

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Where n8n's canvas draws a node: with its label below it, an agent wider than the others. */
function boxOf({ type, position = [0, 0], parameters }: NodeJson): Box {
	const [left, top] = position;
	if (type === 'n8n-nodes-base.stickyNote') {
		return {
			left,
			top,
			right: left + Number(parameters?.width),
			bottom: top + Number(parameters?.height),
		};
	}
	const width = type.endsWith('.agent') ? 256 : 96;
	return { left: left - 16, top: top - 16, right: left + width + 16, bottom: top + 176 };
}

function overlap(one: Box, other: Box): boolean {
	return (
		one.left < other.right &&
		other.left < one.right &&
		one.top < other.bottom &&
		other.top < one.bottom
	);
}

describe('the pictures from prompts', () => {
	it('are one per prompt', async () => {
		const json = readTemplate('text-to-image.json');
		const result = await run(json);

		const prompts = JSON.parse(fieldOf(json, 'Prompts', 'prompt')) as string[];
		const jobs = jobsInOrderOf(prompts, ({ body }) => body.prompt);
		expect(jobs.map(({ body }) => body.prompt)).toEqual(prompts);
		expect(await sidesOf(result.items(), 'data')).toEqual(prompts.map(() => [1024, 1024]));
	});
});

describe('the table of prompts', () => {
	const json = readTemplate('many-prompts.json');
	const rows = ['fox', 'lighthouse', 'greenhouse', 'tram', 'bakery'].concat(
		...[['owl', 'desert', 'whale', 'teapot', 'garden']],
	);
	const withTable = (table: string) => withParameters(json, 'Your table', fieldSet('table', table));

	it('gives a picture per row in the order of the rows, a few at a time, and a list of them', async () => {
		const result = await run(json);
		const items = result.items('Result list');

		expect(simulator.jobs).toHaveLength(rows.length);
		expect(simulator.jobs.every(({ slug }) => slug === 'fast-flux-schnell')).toBe(true);
		expect(simulator.maxInFlight).toBeLessThanOrEqual(5);
		expect(jsonOf(items).map(({ name }) => name)).toEqual(rows);
		for (const { json: row, binary } of items) {
			const job = simulator.jobs.find(({ body }) => body.prompt === row.prompt);
			expect(row).toEqual({
				name: row.name,
				prompt: job?.body.prompt,
				seed: job?.seed,
				cost: job?.billed,
				url: job?.outputs[0]?.url,
			});
			expect(binary?.data?.fileName).toBe(`${String(row.name)}.jpg`);
		}
		expect(await sidesOf(items, 'data')).toEqual(
			items.map(({ json: { prompt } }) => {
				const job = simulator.jobs.find(({ body }) => body.prompt === prompt);
				const shapes: Record<string, number[]> = {
					'1:1': [1024, 1024],
					'3:2': [1280, 832],
					'2:3': [832, 1280],
					'16:9': [1344, 768],
				};
				return shapes[String(job?.body.aspect_ratio)];
			}),
		);
		const list = (await bytesOf(result.items('Results as CSV')[0], 'data')).toString();
		const [header, ...lines] = list
			.replace(/^\ufeff/, '')
			.trim()
			.split('\n');
		expect(header).toBe('name,prompt,seed,cost,url');
		expect(lines).toHaveLength(rows.length);
	});

	it('may be pasted from a spreadsheet', async () => {
		const table = 'name\tprompt\nsign\ta door, a sign that says "open", rain\ncup\ta cup\n';
		const result = await run(withTable(table));

		const jobs = jobsInOrderOf(['a door', 'a cup'], ({ body }) => body.prompt);
		expect(jobs.map(({ body }) => body)).toEqual([
			{ prompt: 'a door, a sign that says "open", rain' },
			{ prompt: 'a cup' },
		]);
		expect(jsonOf(result.items('Result list')).map(({ name }) => name)).toEqual(['sign', 'cup']);
	});

	it('lets the other rows pass when one fails', async () => {
		refuse(/blue whale/, 'Prompt was refused');
		const result = await run(json);

		expect(result.status).toBe('success');
		const names = jsonOf(result.items('Result list')).map(({ name }) => name);
		expect(names).toEqual(rows.filter((name) => name !== 'whale'));
		expect(jsonOf(result.items('Failed rows'))).toEqual([
			{
				name: 'whale',
				prompt: expect.stringContaining('a blue whale'),
				reason: expect.stringContaining('Prompt was refused'),
			},
		]);
	});
});

describe('one character in several scenes', () => {
	const json = readTemplate('consistent-character.json');

	it('is drawn once and handed to every scene', async () => {
		const result = await run(json);
		const items = result.items('Draw the scenes');
		const wanted = JSON.parse(fieldOf(json, 'Scenes', 'scene')) as string[];
		const [character] = simulator.jobs;
		const scenes = jobsInOrderOf(
			wanted.map((scene) => `The character of the picture ${scene}. Keep `),
			({ body }) => body.prompt,
		).filter((job) => job !== character);
		const [drawing] = result.items('Draw the character');

		expect(character).toMatchObject({
			slug: 'fast-flux-schnell',
			body: { prompt: fieldOf(json, 'The character', 'character') },
		});
		expect(simulator.uploads.map(({ sha256: digest }) => digest)).toEqual([
			sha256(await bytesOf(drawing, 'data')),
		]);
		expect(wanted).toHaveLength(3);
		expect(scenes).toMatchObject(
			wanted.map((scene) => ({
				slug: 'nano-banana',
				body: {
					prompt: expect.stringContaining(scene),
					image_urls: [simulator.uploads[0]?.url],
					aspect_ratio: '3:2',
				},
			})),
		);
		expect(await sidesOf(items, 'data')).toEqual(wanted.map(() => [1280, 832]));
	});

	it('may be a picture that the user has', async () => {
		const binary = { data: await engine.storeBinary(photo, 'me.png', 'image/png') };
		const result = await run(json, { startNode: 'Scenes', items: [{ json: {}, binary }] });

		expect(simulator.uploads.map(({ sha256: digest }) => digest)).toEqual([sha256(photo)]);
		expect(result.items('Draw the scenes')).toHaveLength(3);
	});
});

describe('the comparison of models', () => {
	const json = readTemplate('compare-models.json');
	const models = JSON.parse(fieldOf(json, 'Prompt and models', 'model')) as string[];
	const jobs = () => jobsInOrderOf(models, ({ slug }) => slug);

	it('runs each with the same prompt and tells what it took', async () => {
		const result = await run(json);
		const items = result.items('Comparison');

		expect(models).toHaveLength(4);
		expect(jobs().map(({ slug }) => slug)).toEqual(models);
		const prompt = fieldOf(json, 'Prompt and models', 'prompt');
		for (const { body } of simulator.jobs) expect(body).toEqual({ prompt });
		expect(jsonOf(items)).toEqual(
			jobs().map(({ slug, billed, seed, outputs }) => ({
				model: slug,
				seconds: expect.any(Number),
				cost: billed,
				seed,
				url: outputs[0]?.url,
				reason: '',
			})),
		);
		expect(await sidesOf(items, 'data')).toHaveLength(4);
	});

	it('shows them on one page', async () => {
		const result = await run(json);
		const pages = jsonOf(result.items('Side by side'));

		expect(pages).toHaveLength(1);
		const page = String(pages[0]?.html);
		const shown = [...page.matchAll(/<img src="([^"]*)"/g)].map(([, url]) => url);
		expect(shown).toEqual(jobs().map(({ outputs }) => outputs[0]?.url));
		for (const { slug, billed } of jobs()) {
			expect(page).toContain(`<b>${slug}</b><br>$${billed}, `);
		}
		const total = jobs().reduce((sum, { billed }) => sum + billed, 0);
		expect(page).toContain(`4 models, $${total.toFixed(4)} in all`);
		expect(page).not.toMatch(/\{\{|undefined|\[object/);
	});

	it('keeps a model that fails in the table', async () => {
		refuse(/\/v2\/flux-schnell/, 'This model rests today');
		const result = await run(json);

		expect(result.status).toBe('success');
		const table = jsonOf(result.items('Comparison'));
		expect(table.map(({ model }) => model)).toEqual(models);
		expect(table[1]).toEqual({
			model: 'flux-schnell',
			seconds: null,
			cost: null,
			seed: null,
			url: null,
			reason: expect.stringContaining('This model rests today'),
		});
		const page = String(result.items('Side by side')[0]?.json.html);
		expect(page).toContain('This model rests today');
		expect(page).not.toMatch(/undefined|NaN/);
	});
});

describe('the long video', () => {
	const json = readTemplate('long-video.json');
	const clips = () => simulator.jobs.slice(0, -1);

	it('goes on in each clip where the one before ended, and joins all of them in order', async () => {
		const result = await run(json);

		expect(result.error).toBeUndefined();
		const [first, second, third] = clips();
		const joined = simulator.jobs.at(-1)!;
		expect(simulator.jobs).toHaveLength(4);
		const scene = (number: number) =>
			`${fieldOf(json, 'Story', 'look')}. ${fieldOf(json, 'Story', `scene${number}`)}`;
		const same = {
			aspect_ratio: '16:9',
			duration: 5,
			resolution: '720p',
			return_last_frame: true,
		};
		expect(clips().map(({ body }) => body)).toEqual([
			{ ...same, prompt: scene(1) },
			{ ...same, prompt: scene(2), first_frame_url: first!.outputs[1]!.url },
			{ ...same, prompt: scene(3), first_frame_url: second!.outputs[1]!.url },
		]);
		expect(joined.slug).toBe('multi-video-merge');
		expect(joined.body).toEqual({
			video_urls: [first, second, third].map((job) => job!.outputs[0]!.url),
		});
		expect(clips().map(({ outputs }) => outputs.map(({ contentType }) => contentType))).toEqual(
			clips().map(() => ['video/mp4', 'image/png']),
		);
		// No clip is fetched: only the film is.
		const fetched = simulator.requests.filter(({ origin }) => origin === 'files');
		expect(new Set(fetched.map(({ path }) => path)).size).toBe(1);
		const [film, ...more] = result.items();
		expect(more).toEqual([]);
		expect(film!.binary!.data!.fileName).toBe('film.mp4');
		expect((await bytesOf(film, 'data')).toString('latin1', 4, 8)).toBe('ftyp');
	});

	it('pays for no further clip when one fails', async () => {
		refuse(/stone bridge/, 'The scene was refused');
		const result = await run(json);
		expect(result.status).toBe('error');
		expect(simulator.jobs).toHaveLength(1);
	});
});

describe('the credits guard', () => {
	const json = readTemplate('credits-guard.json');
	let mail: MailServer;

	beforeAll(async () => (mail = await startMailServer()));
	afterAll(async () => await mail.close());

	it('lets the work go on while there is enough', async () => {
		simulator.credits = 1;
		const result = await run(json);

		expect(simulator.jobs).toHaveLength(2);
		expect(await sidesOf(result.items('Generate Image'), 'data')).toHaveLength(2);
		expect(result.runData).not.toHaveProperty('Write the alert');
	});

	it('spends nothing and writes an alert when there is not', async () => {
		simulator.credits = 0.75;
		const result = await run(json);

		expect(result.status).toBe('success');
		expect(simulator.jobs).toEqual([]);
		expect(result.runData).not.toHaveProperty('Generate Image');
		expect(jsonOf(result.items('Write the alert'))).toEqual([
			{
				subject: 'Segmind credits are low',
				message: expect.stringContaining('The Segmind balance is $0.75.'),
			},
		]);
	});

	it('sends the alert once its node is switched on', async () => {
		simulator.credits = 0.75;
		const on = changed(json, (node) => ({ ...node, disabled: false }));
		const result = await run(on, { credentials: { smtp: mail.credential } });

		expect(result.error).toBeUndefined();
		expect(mail.messages).toHaveLength(1);
		expect(mail.messages[0]).toContain('Subject: Segmind credits are low');
		expect(mail.messages[0]).toContain('The Segmind balance is $0.75.');
	});
});

describe('what a run paid for', () => {
	const json = readTemplate('collect-paid.json');
	const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

	it('is collected from the history: the files of that time, and no others', async () => {
		const made = { generation_url: photoUrl, request_body: { prompt: 'a fox' } };
		simulator.history.add({ request_id: 'early', created_at: ago(200), ...made });
		// Both files of a request have the same time; otherwise the later one would come first.
		const two = { ...made, request_id: 'two', created_at: ago(60) };
		simulator.history.add(two);
		simulator.history.add({ ...two, generation_url: `${photoUrl}?2` });
		simulator.history.add({ request_id: 'one', created_at: ago(30), ...made });
		const failed = { model_status: 'FAILED' as const, error: 'no' };
		simulator.history.add({ request_id: 'bad', created_at: ago(20), ...failed });
		const result = await run(json);
		const items = result.items('Fetch the file');

		expect(result.error).toBeUndefined();
		expect(jsonOf(result.items('One item per file'))).toMatchObject([
			{ request_id: 'one', file_url: photoUrl, prompt: 'a fox', cost: 0.01 },
			{ request_id: 'two', file_url: photoUrl },
			{ request_id: 'two', file_url: `${photoUrl}?2` },
		]);
		expect(await sidesOf(items, 'data')).toEqual([
			[64, 48],
			[64, 48],
			[64, 48],
		]);
	});
});

describe('the monthly spend', () => {
	it('is a row per model and day of the last month, with the client', async () => {
		const now = new Date();
		const day = (month: number, date: number) =>
			new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, date)).toISOString();
		// The first and the last day of the last month, and the days around.
		for (const [id, created_at] of [
			['before', day(-1, 0)],
			['first', day(-1, 1)],
			['last', day(0, 0)],
			['after', day(0, 1)],
		] as const) {
			simulator.history.add({ request_id: id, created_at, credits_deduction: 0.5 });
		}
		const row = {
			client: 'Client A',
			model: 'fast-flux-schnell',
			requests: 1,
			failed: 0,
			cost: 0.5,
		};

		expect(jsonOf((await run(readTemplate('monthly-spend.json'))).items('Whose key'))).toEqual([
			{ ...row, day: day(-1, 1).slice(0, 10) },
			{ ...row, day: day(0, 0).slice(0, 10) },
		]);
	});
});

describe('a generation that is done', () => {
	it('is sent once the node is switched on', async () => {
		const mail = await startMailServer();
		simulator.history.add({
			request_id: 'one',
			generation_url: photoUrl,
			request_body: { prompt: 'a fox' },
		});
		const on = changed(readTemplate('when-done.json'), (node) => ({ ...node, disabled: false }));
		const result = await run(on, { credentials: { smtp: mail.credential } });
		await mail.close();

		expect(result.error).toBeUndefined();
		expect(mail.messages).toHaveLength(1);
		expect(mail.messages[0]).toContain('Subject: fast-flux-schnell is done');
		expect(mail.messages[0]).toContain(photoUrl);
		expect(mail.messages[0]).toContain('Cost: $0.01');
	});
});

describe('the product photo', () => {
	const json = readTemplate('product-photo.json');

	it('loses its background and gets a new scene', async () => {
		const result = await run(json);
		const items = result.items('Use the pictures');

		expect(items).toHaveLength(1);
		const [item] = items;
		const cutout = await bytesOf(item, 'cutout');
		expect(await bytesOf(item, 'data')).toEqual(photo);
		expect(item?.binary?.cutout?.mimeType).toBe('image/png');
		const pen = createCanvas(1, 1).getContext('2d');
		pen.drawImage(await loadImage(cutout), 0, 0);
		expect(pen.getImageData(0, 0, 1, 1).data[3]).toBe(0);
		expect(simulator.uploads.map(({ sha256: digest }) => digest)).toEqual(
			[photo, cutout].map(sha256),
		);
		const [first, second] = simulator.uploads;
		expect(simulator.jobs).toMatchObject([
			{ slug: 'bg-removal-v2', body: { image: first?.url } },
			{ slug: 'nano-banana', body: { image_urls: [second?.url], aspect_ratio: '4:5' } },
		]);
		expect(await sidesOf(items, 'scene')).toEqual([[896, 1152]]);
	});
});

describe('the PixelFlow', () => {
	it('shows its outputs by name', async () => {
		const result = await run(readTemplate('pixelflow.json'));
		const items = result.items('Show outputs');

		expect(jsonOf(items)).toMatchObject([
			{ outputs: { Infographic: simulator.jobs[0]?.outputs[0]?.url, Caption: expect.any(String) } },
		]);
		expect(simulator.jobs).toMatchObject([{ kind: 'pixelflow', state: 'COMPLETED' }]);
	});
});

describe('the tool of the AI agent', () => {
	const json = readTemplate('ai-agent.json');

	it('takes the prompt from the agent and answers with an address and no bytes', async () => {
		const { type = '', parameters = {} } =
			json.nodes.find(({ name }) => name === 'Generate Image') ?? {};
		const credentials = { segmindApi: { ...simulator.credential } };
		const says = { prompt: 'a mountain railway in winter' };
		const items = await executeAsTool(engine.registry, credentials, type, parameters, says);

		expect(simulator.jobs).toMatchObject([{ slug: 'fast-flux-schnell', body: says }]);
		expect(items).toHaveLength(1);
		expect(items[0]?.json.url).toBe(simulator.jobs[0]?.outputs[0]?.url);
		expect(items[0]).not.toHaveProperty('binary');
	});
});

describe('the tools of the MCP server', () => {
	const json = readTemplate('mcp-server.json');
	const call = async (name: string, says: IDataObject): Promise<IDataObject[]> => {
		const { type = '', parameters = {} } = json.nodes.find((node) => node.name === name) ?? {};
		const credentials = { segmindApi: { ...simulator.credential } };
		const items = await executeAsTool(engine.registry, credentials, type, parameters, says);
		return items.map(({ json: facts, binary }) => ({ ...facts, hasFile: binary !== undefined }));
	};

	it('make a picture, and a video that is asked for again by its request_id', async () => {
		const [picture] = await call('Generate Image', { prompt: 'a lighthouse' });
		expect(picture).toMatchObject({ status: 'COMPLETED', url: expect.any(String), hasFile: false });

		const [video] = await call('Generate Video', { prompt: 'waves at dusk' });
		const [again] = await call('Check Status', { request_id: video?.request_id as string });
		expect(again).toMatchObject({
			status: 'COMPLETED',
			request_id: video?.request_id,
			hasFile: false,
		});
		expect(simulator.jobs.map(({ slug }) => slug)).toEqual([
			'fast-flux-schnell',
			'wan-2.2-t2v-fast',
		]);
	});

	it('read the balance', async () => {
		expect(await call('Get Credits', {})).toMatchObject([{ credits: simulator.credits }]);
	});

	it('are open to nobody without a password', () => {
		const trigger = json.nodes.find(({ type }) => type.endsWith('.mcpTrigger'));
		expect(trigger?.parameters?.authentication).toBe('bearerAuth');
	});
});

describe('the loop that waits for a video', () => {
	const json = readTemplate('video-async-loop.json');

	it('goes round until the video is there, and ends with its file', async () => {
		const result = await run(json);
		const { runData } = result;
		const items = result.items('Use the video');

		expect(result.error).toBeUndefined();
		expect(simulator.jobs).toHaveLength(1);
		expect(runData.Wait?.length).toBeGreaterThan(1);
		expect(runData['Is it ready?']).toHaveLength(runData.Wait?.length ?? 0);
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			status: 'COMPLETED',
			request_id: simulator.jobs[0]?.requestId,
			content_type: 'video/mp4',
		});
		expect(items[0]?.binary?.data?.mimeType).toBe('video/mp4');
	});

	it('stops with the reason when the job fails', async () => {
		simulator.script({
			path: /\/status$/,
			skip: 1,
			answer: { status: 422, body: { status: 'FAILED', error: 'content_policy_violation' } },
		});
		const { status, error, lastNode } = await run(json);

		expect(status).toBe('error');
		expect(lastNode).toBe('Stop with the reason');
		expect(error?.message).toBe(`content_policy_violation (job ${simulator.jobs[0]?.requestId})`);
	});
});

describe('the product texts from photos', () => {
	it('are rows with the columns of the example, read off the photo', async () => {
		const result = await run(readTemplate('product-texts.json'));

		const links = ['coffee.png', 'coins.png'].map(
			(name) => expect.stringContaining(name) as string,
		);
		expect(jsonOf(result.items('Rows'))).toEqual(
			links.map((link) => ({
				title: 'Simulated title',
				description: 'Simulated description',
				category: 'Simulated category',
				colours: 'Simulated colours',
				keywords: 'Simulated keywords',
				cost: simulator.jobs[0]?.billed,
				photo: link,
			})),
		);
		const shown = `data:image/png;base64,${photo.toString('base64')}`;
		expect(simulator.jobs).toHaveLength(2);
		for (const { body } of simulator.jobs) expect(JSON.stringify(body)).toContain(shown);
		const csv = (await bytesOf(result.items('Rows as CSV')[0], 'data')).toString();
		expect(csv).toMatch(/^\uFEFF?title,description,category,colours,keywords,cost,photo\r?\n/);
	});

	it('go on without a photo whose answer does not fit', async () => {
		simulator.script({
			path: /^\/v2\/requests\/[^/]+$/,
			answer: { body: { status: 'COMPLETED', metrics: { cost: 0.001 }, output: 'No idea' } },
		});
		const result = await run(readTemplate('product-texts.json'));

		expect(result.error).toBeUndefined();
		expect(result.items('Rows')).toHaveLength(1);
		expect(result.items('Write the texts', 1)[0]?.json).toMatchObject({ status: 'FAILED' });
	});
});

describe('the pictures for a Google Sheet', () => {
	const ROWS = 30;
	let google: Google;

	beforeAll(async () => (google = await startGoogle()));
	afterAll(async () => await google.close());
	beforeEach(() => {
		google.sheet = sheetOfPrompts(ROWS);
		google.files.length = 0;
		google.writes.length = 0;
		google.refused = undefined;
	});

	const chosen = withSheet(readTemplate('sheet-to-drive.json'));
	const start = async () => await run(chosen, { credentials: { googleApi: google.credential } });
	const rowsWhere = (test: (row: Record<string, string | number>) => unknown) =>
		google.rows().flatMap((row) => (test(row) ? [row.id] : []));

	it('are made for the rows without one, in batches, and linked in their rows', async () => {
		google.sheet[3] = [3, 'picture of row 3', 'https://example.com/mine.jpg', '', ''];
		google.sheet[4] = [4, '', '', '', ''];
		const result = await start();

		expect(result.error).toBeUndefined();
		expect(simulator.jobs).toHaveLength(ROWS - 2);
		expect(google.files).toHaveLength(ROWS - 2);
		expect(google.writes).toEqual([25, 3]);
		for (const { id, name, bytes } of google.files) {
			const row = google.rows().find(({ picture }) => picture === linkOf(id))!;
			const job = simulator.jobs.find(({ body }) => body.prompt === row.prompt)!;
			expect(name).toBe(`${row.id}.jpg`);
			expect(job.body.seed).toBe(row.id);
			expect(row.cost).toBe(job.billed);
			expect(bytes.subarray(6, 10).toString()).toBe('JFIF');
		}
		expect(google.rows()[2]!.picture).toBe('https://example.com/mine.jpg');
		expect(rowsWhere(({ picture }) => !picture)).toEqual([4]);
		expect(jsonOf(result.items('Report'))).toEqual([{ pictures: ROWS - 2, failures: 0 }]);
	});

	it('mark the rows that failed, and a second start does those whose failure was emptied', async () => {
		refuse(/picture of row 7"/, 'Prompt was refused');
		google.refused = /^(9|30)\./;
		const first = await start();
		expect(first.error).toBeUndefined();
		const reasons = google.rows().flatMap(({ id, failure }) => (failure ? [[id, failure]] : []));
		expect(reasons).toEqual([
			[7, expect.stringContaining('Prompt was refused')],
			[9, expect.stringMatching(/^Google Drive: ./)],
			[30, expect.stringMatching(/^Google Drive: ./)],
		]);
		expect(rowsWhere(({ picture }) => !picture)).toEqual([7, 9, 30]);
		expect(jsonOf(first.items('Report'))).toEqual([{ pictures: ROWS - 3, failures: 3 }]);

		const paid = simulator.jobs.length;
		google.refused = undefined;
		google.sheet[9]![4] = '';
		await start();
		expect(rowsWhere(({ picture }) => !picture)).toEqual([7, 30]);
		// The picture was paid for by the first run.
		expect(simulator.jobs).toHaveLength(paid);
	});
});

describe('the jobs in a data table', () => {
	const json = readTemplate('jobs-in-data-table.json');
	const prompts = JSON.parse(fieldOf(json, 'Your prompts', 'prompt')) as string[];
	const rows = () => engine.dataTables.rows('segmind_jobs');

	beforeEach(() => engine.dataTables.clear());

	it('get their pictures, once each whenever it is started', async () => {
		const result = await run(json);

		expect(result.error).toBeUndefined();
		expect(rows()).toMatchObject(
			jobsInOrderOf(prompts, ({ body }) => body.prompt).map((job, index) => ({
				prompt: prompts[index],
				request_id: job.requestId,
				url: job.outputs[0]?.url,
				seed: job.seed,
				cost: job.billed,
				failure: null,
			})),
		);
		const before = rows().map((row) => ({ ...row }));
		await run(json);
		expect(simulator.jobs).toHaveLength(prompts.length);
		expect(rows()).toEqual(before);
	});

	it('are collected by the next run when one breaks off in between', async () => {
		const broken = changed(json, (node) =>
			node.name === 'Read open jobs' ? { ...node, disabled: true } : node,
		);
		const cut = {
			...broken,
			connections: { ...broken.connections, 'Read open jobs': { main: [[]] } },
		};
		await run(cut);
		expect(rows().map(({ url }) => url)).toEqual(prompts.map(() => null));
		await run(json);

		expect(simulator.jobs).toHaveLength(prompts.length);
		expect(rows().filter(({ url }) => !url)).toEqual([]);
	});

	it('keep the reason of a failure in their row', async () => {
		refuse(new RegExp(prompts[1]!), 'Prompt was refused');
		simulator.script({
			path: /\/status$/,
			answer: { status: 422, body: { status: 'FAILED', error: 'content_policy_violation' } },
		});
		await run(json);

		expect(rows().map(({ failure }) => failure)).toEqual([
			expect.stringContaining('content_policy_violation'),
			expect.stringContaining('Prompt was refused'),
			null,
		]);
	});
});

describe('the old photo', () => {
	it('is repaired and enlarged, each step on the picture of the one before', async () => {
		const result = await run(readTemplate('upscale-chain.json'));
		const [repaired, detailed] = simulator.jobs.map(({ outputs }) => outputs[0]?.url);

		expect(simulator.uploads.map(({ sha256: digest }) => digest)).toEqual([sha256(photo)]);
		expect(simulator.jobs.map(({ slug, body }) => [slug, body])).toEqual([
			['codeformer', { image: simulator.uploads[0]?.url, scale: 1, fidelity: 0.7 }],
			['clarity-upscaler', { image: repaired, scale_factor: 2, creativity: 0.25 }],
			['esrgan', { image: detailed, scale: 2 }],
		]);
		expect(result.items('Use the picture')[0]?.binary?.data?.fileName).toMatch(/^enlarged\./);
		expect(await sidesOf(result.items('Use the picture'), 'data')).toHaveLength(1);
	});
});

describe('the virtual try-on', () => {
	const json = readTemplate('try-on.json');
	const person = fieldOf(json, 'Person and garments', 'person');
	const garments = JSON.parse(fieldOf(json, 'Person and garments', 'garment')) as string[];

	it('puts each garment on the person', async () => {
		const result = await run(json);
		const jobs = jobsInOrderOf(garments, ({ body }) => body.garm_img);

		expect(jobs.map(({ slug, body }) => [slug, body])).toEqual(
			garments.map((garment) => [
				'idm-vton',
				{ human_img: person, garm_img: garment, category: 'upper_body' },
			]),
		);
		expect(jsonOf(result.items('Looks'))).toEqual(
			jobs.map(({ outputs, billed }, index) => ({
				garment: garments[index],
				url: outputs[0]?.url,
				cost: billed,
			})),
		);
		expect(await sidesOf(result.items('Looks'), 'data')).toHaveLength(garments.length);
	});

	it('names the garment that does not work', async () => {
		refuse(/rain-jacket/, 'No garment was found');
		const result = await run(json);

		expect(result.items('Looks')).toHaveLength(garments.length - 1);
		expect(jsonOf(result.items('Did not work'))).toEqual([
			{
				garment: expect.stringContaining('rain-jacket'),
				reason: expect.stringContaining('No garment was found'),
			},
		]);
	});
});

describe('the talking avatar', () => {
	it('says the text with the face that was drawn', async () => {
		const json = readTemplate('talking-avatar.json');
		const result = await run(json);
		const [face, voice, film] = simulator.jobs;

		expect(face!.body).toEqual({ prompt: fieldOf(json, 'Script', 'look'), aspect_ratio: '1:1' });
		expect(voice!.body).toEqual({ text: fieldOf(json, 'Script', 'says') });
		expect(film!.body).toMatchObject({
			image: face!.outputs[0]?.url,
			audio: voice!.outputs[0]?.url,
			resolution: '480p',
		});
		expect(simulator.uploads).toEqual([]);
		expect(result.items().map(({ binary }) => binary?.data?.fileName)).toEqual(['avatar.mp4']);
	});
});

describe('the catalogue', () => {
	const json = readTemplate('product-catalogue.json');
	const products = JSON.parse(fieldOf(json, 'Products', 'product')) as Array<{
		name: string;
		photo: string;
	}>;
	const jobsOf = (slug: string) => simulator.jobs.filter((job) => job.slug === slug);

	it('shows every product in the same scene, with its text', async () => {
		const result = await run(json);
		const scenes = jobsOf('nano-banana');
		const sceneOf = ({ photo: link }: { photo: string }) => {
			const cutout = jobsOf('bg-removal-v2').find(({ body }) => body.image === link)!;
			return scenes.find(({ body }) => String(body.image_urls) === cutout.outputs[0]!.url)!;
		};

		expect(result.error).toBeUndefined();
		expect(scenes).toHaveLength(products.length);
		for (const { body } of scenes) {
			expect(body.prompt).toContain(`Put this product ${fieldOf(json, 'Products', 'scene')}. `);
			expect(body.aspect_ratio).toBe('4:5');
		}
		const items = result.items('Save the pictures');
		expect(jsonOf(items)).toEqual(
			products.map((product) => ({
				name: product.name,
				text: expect.any(String),
				picture: sceneOf(product).outputs[0]!.url,
				cost: expect.any(Number),
			})),
		);
		const total = simulator.jobs.reduce((sum, { billed }) => sum + billed, 0);
		const told = jsonOf(items).reduce((sum, { cost }) => sum + Number(cost), 0);
		expect(told).toBeCloseTo(total, 6);
		expect(await sidesOf(items, 'data')).toEqual(products.map(() => [896, 1152]));
		const [{ html }] = jsonOf(result.items('Catalogue page')) as [{ html: string }];
		for (const product of products) {
			expect(html).toContain(`<img src="${sceneOf(product).outputs[0]!.url}"`);
			expect(html).toContain(`<b>${product.name}</b><br>`);
		}
		expect(html).not.toMatch(/\{\{|undefined|\[object/);
	});

	it('goes on without a product that fails', async () => {
		refuse(/coins\.png/, 'The photo was refused');
		const result = await run(json);

		expect(jsonOf(result.items('Save the pictures'))).toMatchObject([{ name: products[0]!.name }]);
		expect(jsonOf(result.items('Did not work'))).toEqual([
			{ name: products[1]!.name, reason: expect.stringContaining('The photo was refused') },
		]);
	});
});

describe('the daily post', () => {
	it('is a caption and the picture that was thought of', async () => {
		const result = await run(readTemplate('daily-post.json'));
		const [thought] = result.items('Think of a post');
		const { picture } = thought!.json.json as { picture: string };
		const drawn = simulator.jobs.find(({ slug }) => slug === 'fast-flux-schnell');

		expect(thought!.json.json).toEqual({ caption: expect.any(String), picture });
		expect(drawn?.body).toEqual({ prompt: picture, aspect_ratio: '4:5' });
		expect(await sidesOf(result.items('Draw it'), 'data')).toHaveLength(1);
	});
});
