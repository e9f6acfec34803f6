/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Manifest {
	name: string;
	version: string;
}

interface Publication {
	manifest: Manifest;
	bytes: Buffer;
}

/** An npm registry on this machine only. */
export interface Registry {
	url: string;
	/** Contains an `npm` that uses this registry; must be first on an n8n's PATH. */
	npmFolder: string;
	/** Offers a tarball for installation and returns its version. */
	publish(tarball: string): Promise<string>;
	close(): Promise<void>;
}

/** Starts an empty registry; its npm is written to the folder. */
export async function startRegistry(folder: string): Promise<Registry> {
	const publications = new Map<string, Publication>();
	const server = createServer((request, response) => answer(publications, request.url, response));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const npmFolder = join(folder, 'npm-bin');
	await mkdir(npmFolder, { recursive: true });
	await writeFile(join(npmFolder, 'npm'), npmCommand(url, join(folder, 'npm-cache')), {
		mode: 0o755,
	});
	return {
		url,
		npmFolder,
		publish: async (tarball) => {
			const manifest = await manifestOf(tarball);
			publications.set(manifest.version, { manifest, bytes: await readFile(tarball) });
			return manifest.version;
		},
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

/**
 * Wraps the real npm. n8n passes npm's public registry on every command line and lets only licensed servers choose
 * another one; of two such arguments npm uses the last.
 */
function npmCommand(registry: string, cache: string): string {
	const path = `PATH='${process.env.PATH}' npm_config_cache='${cache}'`;
	return `#!/bin/sh\nunset HTTPS_PROXY\n${path} exec npm "$@" --registry=${registry}\n`;
}

async function manifestOf(tarball: string): Promise<Manifest> {
	const args = ['-xzOf', tarball, 'package/package.json'];
	const { stdout } = await promisify(execFile)('tar', args);
	return JSON.parse(stdout) as Manifest;
}

/** GET /NAME returns a package's metadata, GET /NAME/-/VERSION.tgz a tarball. */
function answer(publications: Map<string, Publication>, path = '', response: ServerResponse): void {
	const all = [...publications.values()];
	const tarball = publications.get(/\/-\/(.+)\.tgz$/.exec(path)?.[1] ?? '');
	if (tarball) {
		response.end(tarball.bytes);
		return;
	}
	const [name = ''] = path.slice(1).split('?');
	const versions = all.filter(({ manifest }) => manifest.name === name);
	response.setHeader('content-type', 'application/json');
	if (versions.length === 0) {
		response.writeHead(404).end('{"error":"Not found"}');
		return;
	}
	const host = `http://${response.req.headers.host}`;
	const entries = versions.map(({ manifest, bytes }) => {
		const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
		const dist = { tarball: `${host}/${name}/-/${manifest.version}.tgz`, integrity };
		return [manifest.version, { ...manifest, dist }];
	});
	response.end(
		JSON.stringify({
			name,
			'dist-tags': { latest: versions.at(-1)?.manifest.version },
			versions: Object.fromEntries(entries) as object,
		}),
	);
}
