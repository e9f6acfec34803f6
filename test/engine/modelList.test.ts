/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { seedTables, type Row } from '../catalog/seedTables';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { startEngine, type EditorOptions, type Engine } from './engine';

const GENERATE = 'segmindGenerateImage';
const SUBMIT = 'segmindSubmitAsync';
const KEY = `SG_${'0123456789abcdef'}`;

/** Models that Segmind has added since the package was built. */
const newModel = {
	slug: 'brand-new',
	title: 'Brand New',
	type: 'textToImage',
	parameters: { glow: 2, prompt: 'a fox' },
	is_depreciated: false,
};
/** Models that it has retired since. */
const retiredModel = { slug: 'flux-schnell', title: 'Flux.1 Schnell', is_depreciated: true };

let engine: Engine;
let simulator: Simulator;
const servers: Server[] = [];
let heard: string[] = [];
let proxied: string[] = [];

/** A separate server for each case: the package caches a list by its host. */
async function serve(reply: RequestListener): Promise<string> {
	const server = createServer((request, response) => {
		heard.push(JSON.stringify([request.method, request.url, request.rawHeaders]));
		reply(request, response);
	});
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
	(body: unknown): RequestListener =>
	(_request, response) =>
		void response.end(JSON.stringify(body));

/** A port on which nothing listens. */
async function nowhere(): Promise<string> {
	const url = await serve(() => {});
	await new Promise((closed) => servers.pop()!.close(closed));
	return url;
}

const at = (catalogUrl: string): EditorOptions => ({
	credentials: { segmindApi: { apiKey: KEY, customEndpoints: true, catalogUrl } },
});

const list = async (node: string, options: EditorOptions) =>
	await engine.listSearch(node, 'searchModels', options);

const slugs = async (node: string, options: EditorOptions) =>
	(await list(node, options)).results.map(({ value }) => value);

const locator = (value: string, mode = 'list') => ({ __rl: true, mode, value });

const form = async (node: string, model: string, options: EditorOptions, mode?: string) =>
	await engine.resourceMapping(node, 'getModelParameters', {
		...options,
		parameters: { model: locator(model, mode) },
		path: 'parameters',
	});

beforeAll(async () => {
	// Simulates a machine without a network: n8n sends all external requests to a proxy that hangs up.
	const proxy = await serve(() => {});
	servers[0]!.on('connect', ({ url }: IncomingMessage, socket: Socket) => {
		proxied.push(String(url));
		socket.destroy();
	});
	Object.assign(process.env, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: '127.0.0.1' });
	engine = await startEngine();
	simulator = await startSimulator({ retired: ['flux-schnell'] });
});

beforeEach(() => {
	Object.assign(engine.packageClock().clock, { speed: 1, minTimeoutMs: 10_000 });
	heard = [];
	proxied = [];
	simulator.reset();
});

afterAll(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	await simulator.close();
	await engine.close();
});

describe('the model list without a live list', () => {
	const everywhere: Array<[when: string, options: () => Promise<EditorOptions>]> = [
		['offline', async () => at(await nowhere())],
		[
			'when the server answers 500',
			async () =>
				at(
					await serve((_request, response) => {
						response.writeHead(500).end(JSON.stringify({ models: [newModel] }));
					}),
				),
		],
		[
			'when the list is larger than 10 MB',
			async () => at(await serve(json({ models: [newModel], pad: 'x'.repeat(10 * 1024 * 1024) }))),
		],
		['when the list is empty', async () => at(await serve(json({ models: [] })))],
	];

	it.each(everywhere)('is whole %s', async (_when, makeOptions) => {
		const options = await makeOptions();
		const images = await list(GENERATE, options);
		const all = await list(SUBMIT, options);

		expect(images.results).toHaveLength(50);
		expect(images.results[0]).toEqual({
			name: 'Fast Flux.1 Schnell · ~$0.0055 · ~2.5 s · Text to Image',
			value: 'fast-flux-schnell',
			url: 'https://www.segmind.com/models/fast-flux-schnell',
		});
		expect(images.paginationToken).toBe('1');
		expect(all.results).toHaveLength(50);
		expect(await slugs(SUBMIT, { ...options, filter: 'brand new' })).toEqual([]);
		expect(await slugs(GENERATE, { ...options, filter: 'segmind-vega' })).toContain('segmind-vega');
		expect(heard.join()).not.toContain(KEY);
	});

	it('is complete without any credential, and requests Segmind’s own host once', async () => {
		const images = await list(GENERATE, {});
		const all = await list(SUBMIT, {});

		expect(images.results.map(({ value }) => value)).toContain('seedream-4.5');
		expect(all.results).toHaveLength(50);
		expect((await form(GENERATE, 'instantid', {})).fields.map(({ id }) => id)).toContain(
			'face_image',
		);
		expect(proxied).toEqual(['api.spotprod.segmind.com:443']);
	});

	// The length of the wait is asserted in test/catalog/picker; here it is short.
	it('comes from a host that hangs, for each hook, which is not waited for again', async () => {
		const { clock } = engine.packageClock();
		Object.assign(clock, { speed: 60, minTimeoutMs: 1500 });
		const hang: RequestListener = () => {};
		const trickle: RequestListener = (_request, response) => {
			response.write('[');
			const timer = setInterval(() => response.write(' '), 10);
			response.on('close', () => clearInterval(timer));
		};
		const [a, b, c, d] = await Promise.all([serve(hang), serve(hang), serve(hang), serve(trickle)]);

		const [noFields, first, ...others] = await Promise.all([
			form(SUBMIT, 'reve-2', at(c)),
			list(GENERATE, { ...at(a), filter: 'flux' }),
			list(SUBMIT, { ...at(b), filter: 'flux' }),
			list(SUBMIT, { ...at(d), filter: 'flux' }),
		]);
		Object.assign(clock, { speed: 1 });
		const again = await list(GENERATE, { ...at(a), filter: 'flux' });

		for (const { results } of [first, ...others]) expect(results.length).toBeGreaterThan(20);
		expect(noFields.fields).toEqual([]);
		expect(heard).toHaveLength(4);
		expect(again).toEqual(first);
		expect(heard.join()).not.toContain(KEY);
	});
});

describe('a live list', () => {
	it.each<[shape: string, body: unknown]>([
		[
			'under a title',
			{ 'Inference Segmind Model Information List With Details': [newModel, retiredModel] },
		],
		['under models', { models: [newModel, retiredModel] }],
		['beside an empty one', { errors: [], models: [newModel, retiredModel] }],
		['that is bare', [newModel, retiredModel]],
	])('%s brings the new model and takes the retired one away', async (_shape, body) => {
		const options = at(await serve(json(body)));

		expect((await list(GENERATE, { ...options, filter: 'brand new' })).results).toEqual([
			{
				name: 'Brand New · Text to Image',
				value: 'brand-new',
				url: 'https://www.segmind.com/models/brand-new',
			},
		]);
		expect(await slugs(SUBMIT, { ...options, filter: 'brand-new' })).toEqual(['brand-new']);
		for (const node of [GENERATE, SUBMIT]) {
			const found = await slugs(node, { ...options, filter: 'flux-schnell' });
			expect(found).not.toContain('flux-schnell');
			expect(found).toContain('fast-flux-schnell');
		}
		expect((await form(GENERATE, 'brand-new', options)).fields).toMatchObject([
			{ id: 'glow', type: 'number', removed: true, required: false },
		]);
		// One request for everything, without the key.
		expect(heard).toHaveLength(1);
		expect(heard[0]).toContain('/inference-model-information/list');
		expect(heard[0]).not.toMatch(new RegExp(`${KEY}|x-api-key|authorization`, 'i'));
	});

	it('in Segmind’s format is requested without the key, valid or not', async () => {
		for (const apiKey of [simulator.apiKey, KEY]) {
			const options = { credentials: { segmindApi: { ...simulator.credential, apiKey } } };
			const found = await slugs(GENERATE, { ...options, filter: 'flux schnell' });

			expect(found).toContain('fast-flux-schnell');
			expect(found).not.toContain('flux-schnell');
		}
		expect(simulator.requests.map(({ origin, path }) => [origin, path])).toEqual([
			['catalog', '/inference-model-information/list'],
		]);
		expect(simulator.catalogKeys).toBe(0);
		expect(JSON.stringify(simulator.requests)).not.toMatch(/SG_/);
	});

	it('of nearly 10 MB is read', async () => {
		const row = (number: number) => ({
			slug: `filler-${number}`,
			title: `Filler ${number}`,
			type: 'textToImage',
			description: 'x'.repeat(10_000),
			parameters: {},
			is_depreciated: false,
		});
		const rows = Array.from({ length: 950 }, (_, number) => row(number));
		const body = JSON.stringify({ models: [...rows, newModel] });
		expect(body.length).toBeGreaterThan(9.5e6);
		expect(body.length).toBeLessThan(10 * 1024 * 1024);
		const url = await serve((_request, response) => void response.end(body));

		const answer = await list(GENERATE, { ...at(url), filter: 'brand new' });

		expect(answer.results.map(({ value }) => value)).toEqual(['brand-new']);
	});
});

describe('a search', () => {
	const find = async (node: string, filter: string) =>
		await list(node, { credentials: { segmindApi: { ...simulator.credential } }, filter });
	const values = async (node: string, filter: string) =>
		(await find(node, filter)).results.map(({ value }) => value);

	it('for "flux" gives the models of that name, a well-known one first', async () => {
		const { results } = await find(GENERATE, 'flux');

		expect(results.length).toBeGreaterThan(20);
		for (const { name, value } of results) expect(`${name} ${value}`).toMatch(/flux/i);
		expect(results.map(({ value }) => value)).toEqual(
			expect.arrayContaining(['fast-flux-schnell', 'flux-kontext-pro', 'flux-fill-pro']),
		);
	});

	it('for "remove background" finds models that do it, whatever their names', async () => {
		for (const node of [GENERATE, SUBMIT]) {
			expect((await values(node, 'remove background')).slice(0, 8)).toEqual(
				expect.arrayContaining(['bg-removal', 'bg-removal-v2', 'background-eraser']),
			);
		}
	});

	it.each([
		'https://www.segmind.com/models/seedream-4.5',
		'https://www.segmind.com/models/seedream-4.5/api?tab=x#y',
		'segmind.com/models/seedream-4.5',
	])('for %s gives exactly that model', async (address) => {
		expect(await values(GENERATE, address)).toEqual(['seedream-4.5']);
		expect(await values(SUBMIT, address)).toEqual(['seedream-4.5']);
	});

	it('gives image models only in Generate Image', async () => {
		const address = 'https://www.segmind.com/models/veo-3';
		expect(await values(GENERATE, address)).toEqual([]);
		expect(await values(SUBMIT, address)).toEqual(['veo-3']);
		expect(await values(SUBMIT, 'text to speech')).not.toHaveLength(0);
	});

	it('pages through 50 at a time to the last, each model once', async () => {
		const { credential } = simulator;
		const pages = async (node: string) => {
			const rows: Array<{ name: string; value: unknown }> = [];
			const lengths: number[] = [];
			let paginationToken: string | undefined;
			do {
				const page = await list(node, {
					credentials: { segmindApi: { ...credential } },
					paginationToken,
				});
				rows.push(...page.results);
				lengths.push(page.results.length);
				paginationToken = page.paginationToken as string | undefined;
			} while (paginationToken !== undefined);
			return { rows, lengths };
		};
		const all = await pages(SUBMIT);
		const images = await pages(GENERATE);

		// 507 models of the directory and 18 others that have a page, less one that the live list calls retired.
		expect(all.lengths).toEqual([...Array.from({ length: 10 }, () => 50), 24]);
		expect(new Set(all.rows.map(({ value }) => value)).size).toBe(524);
		expect(images.lengths.slice(0, -1)).toEqual(images.lengths.slice(0, -1).map(() => 50));
		expect(new Set(images.rows.map(({ value }) => value)).size).toBe(images.rows.length);
		for (const { name } of images.rows) {
			expect(name).toMatch(/ · (Text to Image|Image to Image|Inpainting)$/);
		}
		// Every row shows price and seconds if the directory has them.
		const priced = all.rows.filter(({ name }) => / · ~\$[\d.]+ · ~\d[\d.]* (s|min) · /.test(name));
		expect(priced.length).toBeGreaterThan(450);
	});
});

/** How a row of the documentation's table must appear in n8n's form. */
function expected([name, takes, required]: Row, trusted: boolean) {
	const [kind = '', ...rest] = takes.split(' ');
	const range = /(-?\d+)\.\.(\d*)/.exec(takes);
	const choices = rest
		.join(' ')
		.replace(/ ?default .*$/, '')
		.split('|')
		.filter((choice) => choice && !/^default|\.\./.test(choice));
	const closed = trusted && choices.length > 0 && !choices.includes('…');
	const [, min = '', max = ''] = range ?? [];
	const numeric = kind === 'integer' || kind === 'number';
	return {
		id: name,
		type: closed ? 'options' : numeric ? 'number' : kind === 'image' ? 'string' : kind,
		options: closed ? choices.map((choice) => (numeric ? Number(choice) : choice)) : undefined,
		isRequired: Boolean(required),
		// A file is given by Input Files.
		removed: !required || kind === 'image',
		range: min && max ? (min.startsWith('-') ? `(${min} to ${max})` : `(${min}-${max})`) : '',
		isImage: kind === 'image',
	};
}

describe.each([GENERATE, SUBMIT])('the form of %s', (node) => {
	/** The two models whose pages could not be read in full: their tables must not forbid anything. */
	const unsure = ['sdxl1.0-newreality-lightning', 'consistent-character-AI-neolemon-v2'];

	it.each(Object.entries(seedTables))(
		'shows exactly what is documented of %s, offline',
		async (slug, rows) => {
			const { fields } = await form(node, slug, at(await nowhere()));
			const own = rows
				.filter(([name]) => name !== 'prompt')
				.map((row) => expected(row, !unsure.includes(slug)));
			const first = own.filter(({ isRequired }) => isRequired).map(({ id }) => id);

			expect(fields.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
			expect(fields.slice(0, first.length).map(({ id }) => id)).toEqual(first);
			for (const { id, type, options, isRequired, removed, range, isImage } of own) {
				const field = fields.find((one) => one.id === id)!;
				expect({
					id,
					type: field.type,
					options: field.options?.map(({ value }) => value),
					removed: field.removed,
				}).toEqual({ id, type, options, removed });
				expect(field.displayName.length).toBeLessThanOrEqual(22);
				expect([id, field.displayName.endsWith(' *')]).toEqual([id, isRequired]);
				if (isImage) expect(field.displayName).toContain(' URL');
				expect(/ \(.*\)/.exec(field.displayName)?.[0]?.trim() ?? range).toBe(range);
				// Only what the user set is sent, and n8n enforces no field.
				expect([field.defaultValue, field.required]).toEqual([undefined, false]);
			}
			expect(new Set(fields.map(({ displayName }) => displayName)).size).toBe(fields.length);
			expect(heard).toEqual([]);
		},
	);

	it('is the same for the address of a model’s page', async () => {
		const address = 'https://www.segmind.com/models/instantid';
		const offline = at(await nowhere());
		expect(await form(node, address, offline, 'url')).toEqual(
			await form(node, 'instantid', offline, 'slug'),
		);
	});

	it('has no fields for a model that is not known, and says where to look and where to put them', async () => {
		const { fields, emptyFieldsNotice } = await form(node, 'reve-2', at(await nowhere()));

		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toContain('The fields of Reve 2 are not known to this node');
		expect(emptyFieldsNotice).toContain('href="https://www.segmind.com/models/reve-2/api"');
		expect(emptyFieldsNotice).toContain('More Parameters (JSON)');
	});

	it('has what the live list says beside a table that may have gaps', async () => {
		const row = { slug: 'veo-3.1', parameters: { glow: 2, duration: 8 } };
		const { fields } = await form(node, 'veo-3.1', at(await serve(json({ models: [row] }))));
		const ids = fields.map(({ id }) => id);

		expect(ids).toEqual(expect.arrayContaining(['aspect_ratio', 'glow']));
		expect(ids.filter((id) => id === 'duration')).toHaveLength(1);
	});

	it('understands an API address and a display name in every mode', async () => {
		const offline = at(await nowhere());
		const wanted = await form(node, 'instantid', offline);
		for (const mode of ['list', 'url', 'slug']) {
			for (const text of ['https://api.segmind.com/v1/instantid', 'InstantID', 'instantid']) {
				expect(await form(node, text, offline, mode)).toEqual(wanted);
			}
		}
	});

	it('is empty and says why while no model is chosen', async () => {
		expect(await form(node, '', at(await nowhere()))).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('No model is chosen'),
		});
	});

	// n8n's editor would hide every field that is not enforced, including a required picture.
	it('lets n8n show what it says is to be shown', () => {
		const { properties } = engine.registry.getByNameAndVersion(
			`n8n-nodes-segmind.${node}`,
		).description;
		const mapper = properties.find(({ name }) => name === 'parameters')!;
		expect(mapper.typeOptions?.resourceMapper).toMatchObject({
			mode: 'add',
			supportAutoMap: false,
		});
		expect(mapper.typeOptions?.resourceMapper?.addAllFields).not.toBe(false);
		expect(mapper.typeOptions?.loadOptionsDependsOn).toEqual(['model.value']);
	});
});
