/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { Child, eventually, freePort } from './children';
import { Client } from './client';
import { temporaryFolder } from './folders';
import { PACKAGE, packageFolder, packedTarball, replacePackage } from './package';
import { startRegistry, type Registry } from './registry';
import { testedVersion, type N8nVersion } from './versions';

const PATIENCE_SECONDS = 180;

/** How much output is shown when a server ends unexpectedly, in characters. */
const LAST_WORDS = 20_000;

export interface N8nOptions {
	version?: N8nVersion;
	/** Where binary data is kept (default: n8n's own choice). */
	binaryMode?: 'filesystem' | 'database' | 'default';
	env?: NodeJS.ProcessEnv;
	/** Default: a free one. */
	port?: number;
	/** N8N_USER_FOLDER, kept afterwards; one that was used before goes on with its work (default: a temporary one). */
	folder?: string;
	/** The packed package to install (default: the project's own, as it is). */
	tarball?: string;
}

export interface N8n {
	version: N8nVersion;
	client: Client;
	url: string;
	/** N8N_USER_FOLDER. */
	folder: string;
	/** Where its installer finds packages. */
	registry: Registry;
	/** Resident memory of the server's process in megabytes. */
	memory(): Promise<number>;
	restart(): Promise<void>;
	/** Starts a worker of queue mode that runs so many executions at a time; it ends with its own `stop`. */
	startWorker(name: string, slots: number): Promise<Child>;
	stop(): Promise<void>;
}

/** Starts an n8n, signs its owner in, and installs the packed package as Settings > Community nodes does. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const version = options.version ?? testedVersion();
	const folder = options.folder ?? temporaryFolder();
	const port = options.port ?? (await freePort());
	const registry = await startRegistry(folder);
	const env = {
		...(await environment(folder, port, options)),
		PATH: [registry.npmFolder, dirname(version.node), process.env.PATH].join(delimiter),
		// n8n's requests to the internet go to the registry as if to a proxy, which refuses them at once.
		HTTPS_PROXY: registry.url,
		...options.env,
	};
	const url = `http://127.0.0.1:${port}`;
	const tarball = options.tarball ?? packedTarball();
	const isKept = existsSync(packageFolder(folder));
	// n8n installs nothing over a package of the same version.
	if (isKept) await replacePackage(folder, tarball);
	let server: Child | undefined;
	const start = async () => {
		server = new Child('n8n', version.node, [version.command, 'start'], env, folder);
		await ready(server, url);
	};
	const stop = async () => {
		await server?.stop();
		await registry.close();
	};
	try {
		await start();
		const client = new Client(url);
		await client.signIn();
		const packageVersion = await registry.publish(tarball);
		if (!isKept) {
			await client.post('/rest/community-packages', { name: PACKAGE, version: packageVersion });
		}
		await client.types('nodes', (list) => list.some(({ name }) => name.startsWith(`${PACKAGE}.`)));
		await client.types('credentials', (list) => list.some(({ name }) => name === 'segmindApi'));
		return {
			version,
			client,
			url,
			folder,
			registry,
			memory: async () => await residentMegabytes(server?.pid ?? 0),
			restart: async () => {
				await server?.stop();
				await start();
			},
			startWorker: async (name, slots) => {
				const health = String(await freePort());
				const broker = String(await freePort());
				const own = {
					...env,
					N8N_RUNNERS_BROKER_PORT: broker,
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: health,
				};
				const args = [version.command, 'worker', `--concurrency=${slots}`];
				const worker = new Child(name, version.node, args, own, folder);
				try {
					await eventually(name, PATIENCE_SECONDS, async () => {
						const { status } = await new Client(`http://127.0.0.1:${health}`).bytes(
							'/healthz/readiness',
						);
						return status === 200 || undefined;
					});
				} catch (error) {
					await worker.stop();
					throw error;
				}
				return worker;
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The settings of every n8n process here: nothing leaves this machine, and n8n asks the user nothing. */
async function environment(
	folder: string,
	port: number,
	{ binaryMode }: N8nOptions,
): Promise<NodeJS.ProcessEnv> {
	const { HOME, LANG } = process.env;
	return {
		HOME,
		LANG,
		NODE_ENV: 'production',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: folder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_ENCRYPTION_KEY: 'segmind-test',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		...(binaryMode === 'default' ? {} : { N8N_DEFAULT_BINARY_DATA_MODE: binaryMode }),
	};
}

async function ready(server: Child, url: string): Promise<void> {
	try {
		await eventually('n8n', PATIENCE_SECONDS, async () => {
			if (!server.isRunning) return 'ended';
			// Another n8n on the same port would answer too, and its owner would be signed in.
			if (!/n8n ready on/.test(server.output)) return undefined;
			const answers = await Promise.all(
				['/healthz/readiness', '/rest/settings'].map(
					async (path) => await new Client(url).bytes(path),
				),
			);
			return answers.every(({ status }) => status === 200) ? 'ready' : undefined;
		});
		if (server.isRunning) return;
		throw new Error('n8n ended');
	} catch (error) {
		await server.stop();
		throw new Error(`${String(error)}; its last words:\n${server.output.slice(-LAST_WORDS)}`);
	}
}

async function residentMegabytes(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Math.round(Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
