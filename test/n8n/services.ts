/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child, eventually, freePort } from './children';
import { temporaryFolder } from './folders';

const POSTGRES = '/usr/lib/postgresql';

/** Separate Redis and Postgres servers on free loopback ports, as queue mode needs them. */
export interface Services {
	/** The settings with which n8n uses them. */
	env: NodeJS.ProcessEnv;
	/** What n8n's own Postgres credential takes. */
	credential: object;
	/** Executes statements in the database. */
	execute(sql: string): Promise<string>;
	/** The rows of a query. */
	rows<T>(query: string): Promise<T[]>;
	stop(): Promise<void>;
}

/** Starts Debian's redis-server and postgresql with empty data. */
export async function startServices(): Promise<Services> {
	const bin = postgresFolder();
	const folder = temporaryFolder();
	const [redisPort, postgresPort] = [await freePort(), await freePort()];
	const [host, database, user, password] = ['127.0.0.1', 'postgres', 'n8n', 'n8n'];
	const children: Child[] = [];
	const stop = async () => {
		await Promise.all(children.map(async (child) => await child.stop('SIGINT')));
	};
	try {
		// Postgres refuses to run as root; the user of Debian's package needs access to the folder.
		await chmod(folder, 0o777);
		const data = join(folder, 'data');
		const [command = '', ...prefix] = unprivileged();
		const initdb = [...prefix, join(bin, 'initdb'), '-D', data, '-A', 'trust', '-U', user];
		await promisify(execFile)(command, initdb, { cwd: folder });
		const start = (name: string, program: string, args: string[]) =>
			children.push(new Child(name, program, args, process.env, folder));
		const listen = ['-h', host, '-p', String(postgresPort), '-k', folder, '-F'];
		start('postgres', command, [...prefix, join(bin, 'postgres'), '-D', data, ...listen]);
		const bind = ['--port', String(redisPort), '--bind', host, '--dir', folder];
		start('redis', 'redis-server', [...bind, '--save', '', '--appendonly', 'no']);
		await Promise.all([listening(redisPort), listening(postgresPort)]);
	} catch (error) {
		await stop();
		throw new Error(`Redis and Postgres did not start: ${String(error)}`);
	}
	const connection = ['-h', host, '-p', String(postgresPort), '-U', user, '-d', database];
	const execute = async (sql: string) => {
		const args = [...connection, '-v', 'ON_ERROR_STOP=1', '-qAt', '-c', sql];
		return (await promisify(execFile)(join(bin, 'psql'), args)).stdout;
	};
	return {
		stop,
		execute,
		rows: async (query) =>
			JSON.parse(await execute(`SELECT coalesce(json_agg(t), '[]') FROM (${query}) t`)) as never[],
		credential: {
			host,
			port: postgresPort,
			database,
			user,
			password,
			ssl: 'disable',
			allowUnauthorizedCerts: false,
			sshTunnel: false,
		},
		env: {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			QUEUE_BULL_REDIS_HOST: host,
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: host,
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: database,
			DB_POSTGRESDB_USER: user,
			DB_POSTGRESDB_PASSWORD: password,
		},
	};
}

function postgresFolder(): string {
	const [version] = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort().reverse() : [];
	if (!version) throw new Error('install Debian packages redis-server and postgresql first');
	return join(POSTGRES, version, 'bin');
}

function unprivileged(): string[] {
	return process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : ['env'];
}

async function listening(port: number): Promise<void> {
	await eventually(`port ${port}`, 30, async () => {
		const socket = connect(port, '127.0.0.1');
		return await new Promise<true>((resolve, reject) => {
			socket.once('connect', () => resolve(true)).once('error', reject);
		}).finally(() => socket.destroy());
	});
}
