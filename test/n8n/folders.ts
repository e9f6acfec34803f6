/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Ends programs that might still write into a folder before it is removed.
import './children';

/** Creates an empty folder that is removed when this process ends, however it ends. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'segmind-n8n-'));
	process.once('exit', () => {
		// A program that was just killed may still write for a moment.
		rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
	});
	return folder;
}
