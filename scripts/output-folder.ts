/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { Complaint, whyNot } from './complaint';

/** Creates the folder, and checks before anything is paid for that files can be written there. */
export async function prepareFolder(folder: string): Promise<void> {
	try {
		await makeFolder(folder);
		const trial = await mkdtemp(join(folder, '.trial-'));
		await writeFile(join(trial, 'trial'), 'trial').finally(async () => {
			await rm(trial, { recursive: true });
		});
	} catch (error) {
		throw new Complaint(`Cannot write to ${folder}: ${whyNot(error)}`);
	}
}

/** mkdir's `recursive` never returns in /proc, where nothing can be created. */
async function makeFolder(folder: string): Promise<void> {
	const existing = await stat(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (existing?.isDirectory()) return;
	if (!existing) await makeFolder(dirname(folder));
	await mkdir(folder);
}

/** Writes a file under its name, or the first of name-2, name-3, ... that is free; returns its path. */
export async function writeNewFile(
	folder: string,
	fileName: string,
	bytes: Buffer,
): Promise<string> {
	const { name, ext } = parse(fileName);
	for (let number = 1; ; number += 1) {
		const path = join(folder, number === 1 ? `${name}${ext}` : `${name}-${number}${ext}`);
		try {
			await writeFile(path, bytes, { flag: 'wx' });
			return path;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
			// On a full disk, a partial image must not be left behind.
			await rm(path, { force: true });
			throw new Complaint(`Cannot write ${path}: ${whyNot(error)}`);
		}
	}
}
