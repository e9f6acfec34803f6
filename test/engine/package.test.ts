/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEngine, type Engine } from './engine';
import { writeProbePackage } from './probePackage';

describe('a minimal package and a server', () => {
	const probe = 'n8n-nodes-probe.probe';
	const key = { probeApi: { key: ' secret ' } };
	let engine: Engine;
	let folder: string;
	let server: Server;
	let url: string;
	let keys: unknown[];
	let status: number;

	beforeAll(async () => {
		folder = await writeProbePackage();
		engine = await startEngine({ packageFolder: folder, credentials: key });
		server = createServer((request, response) => {
			keys.push(request.headers['x-key']);
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end('{"ok": true}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	beforeEach(() => {
		keys = [];
		status = 200;
	});

	afterAll(async () => {
		server.close();
		await engine.close();
		await rm(folder, { recursive: true });
	});

	it('signs requests with the credential, and passes hints on', async () => {
		const run = await engine.runNode(probe, { url }, { executionId: '7' });

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ json }) => json)).toEqual([{ ok: true }]);
		expect(keys).toEqual(['secret']);
		expect(run.hints()).toEqual([{ message: 'Asked 7' }]);
	});

	it('takes another credential for one run', async () => {
		await engine.runNode(probe, { url }, { credentials: { probeApi: { key: 'other' } } });

		expect(keys).toEqual(['other']);
	});

	it('ends a cancelled run', async () => {
		const stop = new AbortController();
		server.once('request', () => stop.abort());
		// The node asks the server, then waits for nothing but the stop.
		const run = await engine.runNode(probe, { url, action: 'wait' }, { cancel: stop.signal });

		expect(run.status).toBe('canceled');
		expect(run.error?.message).toBe('Stopped with work under way');
	});

	it('does not start a run that is already cancelled', async () => {
		const run = await engine.runNode(probe, { url }, { cancel: AbortSignal.abort() });

		expect(run.status).toBe('canceled');
		expect(keys).toEqual([]);
	});

	it('tries again as Retry On Fail says', async () => {
		status = 500;
		const nodeOptions = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const run = await engine.runNode(probe, { url }, { nodeOptions });

		expect(run.status).toBe('error');
		expect(keys).toHaveLength(3);
	});

	it('calls the methods behind the editor’s lists', async () => {
		const search = { filter: 'flux', paginationToken: '2' };

		expect(await engine.listSearch(probe, 'search', search)).toEqual({
			results: [{ name: 'flux,2,request', value: 1 }],
		});
		expect(await engine.resourceMapping(probe, 'fields')).toMatchObject({
			fields: [{ id: ' secret ' }],
		});
		expect(await engine.loadOptions(probe, 'options', { parameters: { url } })).toEqual({
			ok: true,
		});
	});

	it('tests a credential', async () => {
		const test = async (baseUrl?: string) =>
			await engine.testCredential('probeApi', baseUrl ? { key: 'k', baseUrl } : { key: 'k' });

		expect(await test(url)).toEqual({ status: 'OK', message: 'Connection successful!' });
		status = 401;
		expect(await test(url)).toEqual({ status: 'Error', message: 'The key is wrong' });
		status = 404;
		expect(await test(url)).toEqual({ status: 'Error', message: 'Not Found' });
		expect(await test()).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});
