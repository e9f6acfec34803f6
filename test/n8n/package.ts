/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const PACKAGE = 'n8n-nodes-segmind';

/** Lower than every published version. */
const PREVIOUS_VERSION = '0.0.1';

/** Where n8n keeps community packages in its user folder. */
export function packageFolder(userFolder: string): string {
	return join(userFolder, '.n8n/nodes/node_modules', PACKAGE);
}

/** The tarball that `npm publish` would upload, which scripts/n8n.mjs makes: SEGMIND_TEST_TARBALL. */
export function packedTarball(): string {
	const { SEGMIND_TEST_TARBALL: tarball } = process.env;
	if (!tarball)
		throw new Error('Use npm run test:n8n or npm run editor: they pack the project first');
	return tarball;
}

/** Puts the files of a tarball in the place of the package that a stopped n8n has installed. */
export async function replacePackage(userFolder: string, tarball: string): Promise<void> {
	const folder = packageFolder(userFolder);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
}

/**
 * Creates, in the folder, a stand-in for an earlier release: today's package with a lower version and without one of the
 * nodes, so that the upgrade makes a visible difference.
 */
export async function previousTarball(folder: string, without: RegExp): Promise<string> {
	await run('tar', ['-xzf', packedTarball()], { cwd: folder });
	const file = join(folder, 'package/package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as { n8n: { nodes: string[] } };
	const nodes = manifest.n8n.nodes.filter((path) => !without.test(path));
	const previous = { ...manifest, version: PREVIOUS_VERSION, n8n: { ...manifest.n8n, nodes } };
	await writeFile(file, JSON.stringify(previous));
	await run('tar', ['-czf', 'previous.tgz', 'package'], { cwd: folder });
	return join(folder, 'previous.tgz');
}
