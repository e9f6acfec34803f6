/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './versions';

const run = promisify(execFile);

export const PACKAGE = 'n8n-nodes-segmind';

/** Below every version that is published. */
const PREVIOUS_VERSION = '0.0.1';

/** Where n8n keeps community packages in its user folder. */
export function packageFolder(userFolder: string): string {
	return join(userFolder, '.n8n/nodes/node_modules', PACKAGE);
}

/** The tarball that `npm publish` would upload: the one that scripts/n8n.mjs made, or one packed into the folder. */
export async function packedTarball(folder: string): Promise<string> {
	const { SEGMIND_TEST_TARBALL: made } = process.env;
	if (made) return made;
	await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack made no file');
	return join(folder, tarball);
}

/**
 * Makes, in the folder, what an earlier release would have been: a lower version without one of the nodes, so that an
 * upgrade can be told from none.
 */
export async function previousTarball(folder: string, without: RegExp): Promise<string> {
	await run('tar', ['-xzf', await packedTarball(folder)], { cwd: folder });
	const file = join(folder, 'package/package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as { n8n: { nodes: string[] } };
	const nodes = manifest.n8n.nodes.filter((path) => !without.test(path));
	const previous = { ...manifest, version: PREVIOUS_VERSION, n8n: { ...manifest.n8n, nodes } };
	await writeFile(file, JSON.stringify(previous));
	await run('tar', ['-czf', 'previous.tgz', 'package'], { cwd: folder });
	return join(folder, 'previous.tgz');
}
