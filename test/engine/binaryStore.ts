/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { Container } from '@n8n/di';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { storageFolder } from './n8nFolder';

/** Where n8n stores the bytes of items: in the items themselves, or in files as n8n does by default. */
export type BinaryMode = 'memory' | 'filesystem';

let mode: BinaryMode | undefined;
let users = 0;

const ending = '.metadata';

/**
 * Runs `task` with n8n's binary store in the given mode. There is one store per process, so tasks that need different
 * modes cannot overlap.
 */
export async function withBinaryMode<T>(wanted: BinaryMode, task: () => Promise<T>): Promise<T> {
	if (users > 0 && mode !== wanted) {
		throw new Error(`Runs in ${mode} binary mode are under way: wait for them first`);
	}
	users += 1;
	try {
		if (mode !== wanted) {
			mode = wanted;
			// 'default' is n8n's name for keeping bytes in the item.
			Container.get(BinaryDataConfig).mode = wanted === 'memory' ? 'default' : 'filesystem';
			await Container.get(BinaryDataService).init();
		}
		return await task();
	} finally {
		users -= 1;
	}
}

/** Resets the mode, so that the next task sets up the store's folder again. */
export function forgetBinaryMode(): void {
	mode = undefined;
}

/** The bytes of an item's file, wherever they are stored. */
export async function readBinary(data: IBinaryData): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(data);
}

/** Puts bytes where n8n would keep them, for an input item. */
export async function storeBinary(
	bytes: Buffer,
	fileName: string,
	mimeType: string,
	executionId: string,
): Promise<IBinaryData> {
	const location = { type: 'execution' as const, workflowId: 'engine', executionId };
	const fileExtension = /\.([^.]+)$/.exec(fileName)?.[1];
	return await Container.get(BinaryDataService).store(location, bytes, {
		data: '',
		fileName,
		mimeType,
		fileExtension,
	});
}

/** A file of an execution as n8n keeps it on disk. */
export interface StoredFile {
	path: string;
	fileName: string;
}

/** The files that an execution has completely stored so far, oldest first; in memory mode always none. */
export async function listStoredFiles(
	workflowId: string,
	executionId: string,
): Promise<StoredFile[]> {
	const folder = join(
		storageFolder,
		'workflows',
		workflowId,
		'executions',
		executionId,
		'binary_data',
	);
	// n8n writes the metadata after the bytes.
	const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending));
	const files = await Promise.all(
		names.map(async (name) => {
			const metadata = join(folder, name);
			const { fileName = 'file' } = JSON.parse(await readFile(metadata, 'utf8'));
			const path = metadata.slice(0, -ending.length);
			return { path, fileName, storedAt: (await stat(path)).mtimeMs };
		}),
	);
	return files
		.sort((one, other) => one.storedAt - other.storedAt)
		.map(({ path, fileName }) => ({ path, fileName }));
}
