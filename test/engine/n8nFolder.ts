/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
/*
 * Imported before any n8n module: n8n-core reads its environment once, while loading.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder that holds package.json. */
export const projectFolder = resolve(__dirname, '../..');

/** n8n's user folder for this process: nothing outside it is read or written. n8n creates it when needed. */
const userFolder = join(tmpdir(), `segmind-engine-${randomUUID()}`);

/** Where n8n keeps the files of executions, in filesystem mode. */
export const storageFolder = join(userFolder, '.n8n', 'storage');

Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_ENCRYPTION_KEY: 'engine',
	N8N_LOG_LEVEL: 'silent',
	N8N_RUNNERS_ENABLED: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
});

/** Removes the folder. */
export async function removeUserFolder(): Promise<void> {
	await rm(userFolder, { recursive: true, force: true });
}
