/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, delimiter, join } from 'node:path';
import { Child, eventually, freePort } from './children';
import { Client } from './client';
import { installPackage } from './package';
import { testedVersion, type N8nVersion } from './versions';

const PATIENCE_SECONDS = 180;

export interface N8nOptions {
	version?: N8nVersion;
	/** Where binary data is kept (default: n8n's own choice). */
	binaryMode?: 'filesystem' | 'database' | 'default';
	env?: NodeJS.ProcessEnv;
	/** Default: a free one. */
	port?: number;
}

export interface N8n {
	version: N8nVersion;
	client: Client;
	url: string;
	/** N8N_USER_FOLDER. */
	folder: string;
	/** Resident memory of the server's process in megabytes. */
	memory(): Promise<number>;
	restart(): Promise<void>;
	/** Starts a worker of queue mode; it ends with its own `stop`. */
	startWorker(name: string): Promise<Child>;
	stop(): Promise<void>;
}

/** Starts an n8n with the packed package installed and its owner signed in. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const version = options.version ?? testedVersion();
	const folder = await mkdtemp(join(tmpdir(), 'segmind-n8n-'));
	const port = options.port ?? (await freePort());
	const env = { ...(await environment(folder, port, version, options)), ...options.env };
	const url = `http://127.0.0.1:${port}`;
	let server: Child | undefined;
	const start = async () => {
		server = new Child('n8n', version.node, [version.command, 'start'], env, folder);
		await ready(server, url);
	};
	try {
		await installPackage(folder);
		await start();
		const client = new Client(url);
		await client.signIn();
		return {
			version,
			client,
			url,
			folder,
			memory: async () => await residentMegabytes(server?.pid ?? 0),
			restart: async () => {
				await server?.stop();
				await start();
			},
			startWorker: async (name) => {
				const health = String(await freePort());
				const broker = String(await freePort());
				const own = {
					...env,
					N8N_RUNNERS_BROKER_PORT: broker,
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: health,
				};
				const args = [version.command, 'worker', '--concurrency=5'];
				const worker = new Child(name, version.node, args, own, folder);
				await eventually(name, PATIENCE_SECONDS, async () => {
					const { status } = await new Client(`http://127.0.0.1:${health}`).bytes(
						'/healthz/readiness',
					);
					return status === 200 || undefined;
				});
				return worker;
			},
			stop: async () => {
				await server?.stop();
				await rm(folder, { recursive: true, force: true });
			},
		};
	} catch (error) {
		await server?.stop();
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

/** The settings of every n8n process here: nothing leaves this machine, nothing is asked of the user. */
async function environment(
	folder: string,
	port: number,
	version: N8nVersion,
	{ binaryMode }: N8nOptions,
): Promise<NodeJS.ProcessEnv> {
	const { HOME, PATH = '', LANG } = process.env;
	return {
		HOME,
		LANG,
		PATH: [dirname(version.node), PATH].join(delimiter),
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
		throw new Error(`${String(error)}; its last words:\n${server.output}`);
	}
}

async function residentMegabytes(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Math.round(Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
