/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './versions';

const run = promisify(execFile);

export const PACKAGE = 'n8n-nodes-segmind';

/** Where n8n keeps community packages in its user folder. */
export function packageFolder(userFolder: string): string {
	return join(userFolder, '.n8n/nodes/node_modules', PACKAGE);
}

/** Puts what is in the packed tarball where n8n keeps community packages. */
export async function installPackage(userFolder: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'segmind-pack-'));
	try {
		await run('tar', ['-xzf', process.env.SEGMIND_TEST_TARBALL ?? (await pack(folder))], {
			cwd: folder,
		});
		const target = packageFolder(userFolder);
		await mkdir(join(target, '..'), { recursive: true });
		await rm(target, { recursive: true, force: true });
		await rename(join(folder, 'package'), target);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Packs the project as `npm publish` does and gives the tarball. */
async function pack(folder: string): Promise<string> {
	await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	const [tarball] = await readdir(folder);
	if (!tarball) throw new Error('npm pack made no file');
	return join(folder, tarball);
}
