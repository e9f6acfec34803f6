/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Ends what might still write into a folder, before this removes it.
import './children';

/** Makes an empty folder that goes with this process, whatever happens to it. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'segmind-n8n-'));
	process.once('exit', () => {
		// A program that was just killed may write for a moment yet.
		rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
	});
	return folder;
}
