/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n, in processes of its own */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readPackageJson } from './packageSize';

const projectFolder = join(__dirname, '..');

export interface ColdLoad {
	ms: number;
	/** The files in dist that were read. */
	files: string[];
}

/** Loads all nodes and the credential in a new process, as n8n does on startup, with n8n-workflow already loaded. */
export function coldLoad(): ColdLoad {
	const { n8n } = readPackageJson();
	const classFiles = [...n8n.nodes, ...n8n.credentials].map((file) => join(projectFolder, file));
	const script = `
		require('n8n-workflow');
		const startedAt = performance.now();
		for (const file of ${JSON.stringify(classFiles)}) {
			for (const Type of Object.values(require(file))) new Type();
		}
		const ms = performance.now() - startedAt;
		const dist = ${JSON.stringify(join(projectFolder, 'dist') + '/')};
		const files = Object.keys(require.cache).filter((file) => file.startsWith(dist));
		process.stdout.write(JSON.stringify({ ms, files: files.map((file) => file.slice(dist.length)) }));
	`;
	const answer = execFileSync(process.execPath, ['-e', script], { cwd: projectFolder });
	return JSON.parse(answer.toString()) as ColdLoad;
}
