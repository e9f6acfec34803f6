/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange } from './exchange';
import type { Origin, Simulator, SimulatorOptions } from './types';
import { World } from './world';

export type * from './types';

const ORIGINS: Origin[] = ['api', 'storage', 'catalog', 'files'];

/** Starts a fake Segmind: four servers on 127.0.0.1 that answer as api.md documents, conflicts included. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const world = new World(options);
	const servers: Server[] = [];
	let listening = false;
	try {
		for (const [index, origin] of ORIGINS.entries()) {
			const server = serverFor(world, origin);
			servers.push(server);
			// A chosen port is followed by the other three, so that a credential stays valid from start to start.
			world.urls[origin] = await listen(server, options.port ? options.port + index : 0);
		}
		listening = true;
	} finally {
		if (!listening) await closeAll(servers);
	}
	return facade(world, async () => {
		world.time.stop();
		await closeAll(servers);
	});
}

function serverFor(world: World, origin: Origin): Server {
	// A long keep-alive spares the tests the race between an idle connection's end and the next request on it.
	const server = createServer(
		{ keepAliveTimeout: 65_000, requestTimeout: 0 },
		(request, response) => {
			exchange(world, origin, request, response).catch((error: unknown) => {
				// A client that left is no fault of ours; anything else is, and must be seen in the test.
				if (request.destroyed || response.headersSent) return;
				response.writeHead(500, { 'content-type': 'text/plain' });
				response.end(
					`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`,
				);
			});
		},
	);
	return server;
}

async function listen(server: Server, port: number): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeAll(servers: Server[]): Promise<void> {
	await Promise.all(
		servers.map(async (server) => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		}),
	);
}

function facade(world: World, close: () => Promise<void>): Simulator {
	const { apiKey, urls, jobs } = world;
	return {
		apiKey,
		url: urls.api,
		storageUrl: urls.storage,
		catalogUrl: urls.catalog,
		filesUrl: urls.files,
		credential: {
			apiKey,
			customEndpoints: true,
			baseUrl: urls.api,
			storageUrl: urls.storage,
			catalogUrl: urls.catalog,
		},
		requests: world.requests,
		uploads: world.uploads,
		history: world.history,
		get jobs() {
			jobs.settle();
			return jobs.jobs;
		},
		get credits() {
			jobs.settle();
			return world.purse.credits;
		},
		set credits(dollars: number) {
			jobs.settle();
			world.purse.credits = dollars;
		},
		get freeCredits() {
			jobs.settle();
			return world.purse.free;
		},
		set freeCredits(dollars: number) {
			jobs.settle();
			world.purse.free = dollars;
		},
		get keyLeaks() {
			return world.keyLeaks;
		},
		get catalogKeys() {
			return world.catalogKeys;
		},
		get inFlight() {
			return world.inFlight;
		},
		get maxInFlight() {
			return world.maxInFlight;
		},
		get maxRunningJobs() {
			return jobs.maxRunning;
		},
		now: () => world.time.now(),
		script: (rule) => world.rules.add(rule),
		publish: (bytes, fileName, contentType) => world.files.publish(bytes, fileName, contentType),
		reset: () => world.reset(),
		close,
	};
}
