import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Packs the built project as `npm publish` does, and returns the tarball, which is removed when this process ends. */
export function pack() {
	const folder = mkdtempSync(join(tmpdir(), 'segmind-pack-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const { status, error } = spawnSync(
		'npm',
		['pack', '--silent', '--pack-destination', folder],
		// npm's own output is the name of the tarball; its messages are needed.
		{ cwd: root, shell: process.platform === 'win32', stdio: ['ignore', 'ignore', 'inherit'] },
	);
	if (status !== 0) {
		console.error(`npm pack failed: ${error?.message ?? `exit code ${status}`}`);
		process.exit(1);
	}
	return join(folder, readdirSync(folder)[0]);
}
