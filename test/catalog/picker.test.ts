/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { removeUserFolder } from '../engine/n8nFolder';
import { LoadOptionsContext } from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INode,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { allModels } from '../../nodes/catalog/models';
import { clock } from '../../nodes/clock';
import { searchAllModels, searchImageModels } from '../../nodes/fields/model';
import { getModelParameters } from '../../nodes/fields/parameters';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const newModel = {
	slug: 'brand-new',
	title: 'Brand New',
	type: 'textToImage',
	parameters: { glow: 2 },
};
const json =
	(body: unknown): Reply =>
	(_request, response) =>
		void response.end(JSON.stringify(body));
const padded = (bytes: number) => JSON.stringify({ models: [newModel], pad: 'x'.repeat(bytes) });

const servers: Server[] = [];
let asked: IncomingMessage[] = [];

/** A catalogue host on a port of its own, so that nothing of another test is remembered for it. */
async function catalogue(reply: Reply): Promise<string> {
	const server = createServer((request, response) => {
		asked.push(request);
		reply(request, response);
	});
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What n8n's editor hands to the hooks: n8n's own request helpers, and the credential of the node. */
function editor(credential: object | Error, model: unknown = ''): ILoadOptionsFunctions {
	const node = { name: 'Node', type: 'x', typeVersion: 1, parameters: {} } as unknown as INode;
	const { helpers } = new LoadOptionsContext(
		{} as Workflow,
		node,
		{} as IWorkflowExecuteAdditionalData,
		'',
	);
	return {
		helpers,
		getCredentials: async () => {
			if (credential instanceof Error) throw credential;
			return credential;
		},
		getCurrentNodeParameter: () => model,
	} as unknown as ILoadOptionsFunctions;
}

const at = (catalogUrl: string, model?: unknown) =>
	editor({ apiKey: 'SG_secret', customEndpoints: true, catalogUrl }, model);

/** Lets ten minutes and more pass. */
function later(): void {
	clock.speed = 1e9;
	jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1);
}

const names = async (url: string) =>
	(await searchAllModels.call(at(url), 'brand new')).results.map(({ value }) => value);

beforeEach(() => {
	jest.restoreAllMocks();
	asked = [];
	clock.speed = 1;
});

afterAll(async () => {
	clock.speed = 1;
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	await removeUserFolder();
});

it.each<[shape: string, body: unknown]>([
	['under a title', { 'Inference Segmind Model Information List With Details': [newModel] }],
	['under models', { models: [newModel] }],
	['bare', [newModel]],
])('finds a new model in a live list %s, and asks without the key', async (_shape, body) => {
	expect(await names(await catalogue(json(body)))).toEqual(['brand-new']);
	expect(asked).toHaveLength(1);
	expect(asked[0]!.url).toBe('/inference-model-information/list');
	expect(JSON.stringify(asked[0]!.rawHeaders)).not.toMatch(/SG_secret|x-api-key/i);
});

it('requests the list once in ten minutes, and once at a time', async () => {
	const url = await catalogue(json([newModel]));
	await Promise.all([names(url), names(url), names(`${url}`)]);
	await names(url);
	expect(asked).toHaveLength(1);
	later();
	await names(url);
	expect(asked).toHaveLength(2);
});

describe('shows the bundled list', () => {
	it.each<[when: string, reply: Reply]>([
		['the host answers 500', (_request, response) => void response.writeHead(500).end(padded(0))],
		['it answers HTML', (_request, response) => void response.end('<html></html>')],
		['it answers nothing', (_request, response) => void response.end()],
		['it hangs up', (request) => void request.socket.destroy()],
		[
			'it breaks off',
			(_request, response) => {
				response.write('[{"slug":', () => response.destroy());
			},
		],
		['the list is larger than 10 MB', (_request, response) => void response.end(padded(11e6))],
	])('when %s, and does not retry at the next key press', async (_when, reply) => {
		const url = await catalogue(reply);
		const { results } = await searchImageModels.call(at(url), '');
		expect(results[0]?.value).toBe('fast-flux-schnell');
		expect(results).toHaveLength(50);
		expect(await names(url)).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	it('when it redirects to another host, which is never asked', async () => {
		const other = await catalogue(json([newModel]));
		const location = `${other.replace('127.0.0.1', 'localhost')}/inference-model-information/list`;
		const url = await catalogue((_request, response) => {
			response.writeHead(302, { location }).end();
		});
		expect(await names(url)).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	it.each<[when: string, reply: Reply]>([
		['the host never answers', () => {}],
		[
			'it trickles its answer',
			(_request, response) => {
				response.write('[');
				const timer = setInterval(() => response.write(' '), 10);
				response.on('close', () => clearInterval(timer));
			},
		],
	])('after three seconds when %s, and then at once', async (_when, reply) => {
		// The time is up once the host has been asked, and not before, however busy the machine.
		const timeout = new AbortController();
		const url = await catalogue((request, response) => {
			reply(request, response);
			setImmediate(() => timeout.abort(new DOMException('Time is up', 'TimeoutError')));
		});
		const limits = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
		const first = await searchImageModels.call(at(url), 'flux');
		expect(first.results.length).toBeGreaterThan(20);
		expect(limits.mock.calls).toEqual([[3000]]);
		expect(await searchImageModels.call(at(url), 'flux')).toEqual(first);
		expect(asked).toHaveLength(1);
	});

	it.each(['http://127.0.0.1:1', 'not a url', 'ftp://x', 'http://'])(
		'when the host cannot be reached at %s',
		async (url) => {
			expect((await searchAllModels.call(at(url))).results).toHaveLength(50);
		},
	);
});

it('reads a list of nearly 10 MB', async () => {
	const url = await catalogue((_request, response) => void response.end(padded(9.9e6)));
	expect(await names(url)).toEqual(['brand-new']);
});

it('asks Segmind’s own host without a credential, and without custom endpoints', async () => {
	const urls: string[] = [];
	for (const credential of [
		new Error('no credential'),
		{ apiKey: 'x', customEndpoints: false, catalogUrl: 'http://127.0.0.1:1' },
		{ apiKey: 'x', customEndpoints: true, catalogUrl: ' ' },
	]) {
		const context = editor(credential);
		context.helpers.httpRequest = async ({ url }) => {
			urls.push(url);
			throw new Error('offline');
		};
		later();
		expect((await searchAllModels.call(context)).results).toHaveLength(50);
	}
	const own = 'https://api.spotprod.segmind.com/inference-model-information/list';
	expect(urls).toEqual([own, own, own]);
});

it('lists only image models in Generate Image', async () => {
	const url = await catalogue(json([newModel]));
	const found = async (search: typeof searchAllModels) =>
		(await search.call(at(url), 'kling 2.1')).results.map(({ value }) => value);
	expect(await found(searchAllModels)).toContain('kling-2.1');
	expect(await found(searchImageModels)).not.toContain('kling-2.1');
});

it('turns pages', async () => {
	const url = await catalogue(json([]));
	const first = await searchAllModels.call(at(url), '');
	expect(first.paginationToken).toBe('1');
	const last = await searchAllModels.call(at(url), '', '10');
	expect(last).toMatchObject({ results: expect.any(Array) });
	expect(last.results).toHaveLength(allModels().length - 500);
	expect((await searchAllModels.call(at(url), '', 'x')).results).toEqual(first.results);
});

describe('the form', () => {
	const fields = async (context: ILoadOptionsFunctions) =>
		(await getModelParameters.call(context)).fields.map(({ id }) => id);
	const locator = (value: string, mode = 'list') => ({ __rl: true, mode, value });

	it('of a documented model needs no network', async () => {
		const url = await catalogue(json([]));
		expect(await fields(at(url, locator('fast-flux-schnell')))).toEqual([
			'aspect_ratio',
			'base64',
			'seed',
			'steps',
		]);
		expect(asked).toHaveLength(0);
	});

	it('uses the fields of the live list, and guesses none', async () => {
		const url = await catalogue(json([newModel]));
		expect(await fields(at(url, locator('brand-new', 'slug')))).toEqual(['glow']);
		expect(await fields(at(url, locator('gpt-5')))).toEqual([]);
	});

	it('of a model with only a main text says that there is nothing else', async () => {
		const url = await catalogue(json([]));
		const form = await getModelParameters.call(at(url, locator('text-embedding-3-large')));
		expect(form).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('No other fields of'),
		});
	});

	it('quotes a bad model without running it as HTML', async () => {
		const url = await catalogue(json([]));
		const { emptyFieldsNotice } = await getModelParameters.call(
			at(url, locator('<img src=x onerror=alert(1)>', 'slug')),
		);
		expect(emptyFieldsNotice).toContain('&#60;img');
		expect(emptyFieldsNotice).not.toContain('<img');
	});

	it.each(['', '={{ $json.model }}', 'https://evil.example/models/x'])(
		'of %j is empty and says why',
		async (value) => {
			const url = await catalogue(json([]));
			expect(await getModelParameters.call(at(url, locator(value, 'url')))).toEqual({
				fields: [],
				emptyFieldsNotice: expect.stringContaining('Choose a model to see its fields'),
			});
		},
	);
});
