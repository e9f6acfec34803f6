/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '../..');

/** Where scripts/n8n.mjs installs the packages described beside this file. */
export const installations = join(root, '.tmp/n8n');

/** One n8n, installed in a folder of its own. */
export interface N8nVersion {
	name: '2.41' | '2.8';
	/** The Node that runs it. */
	node: string;
	/** n8n's command, run by that Node. */
	command: string;
}

/** The n8n under test: SEGMIND_TEST_N8N, or the newest. */
export function testedVersion(): N8nVersion {
	const name = process.env.SEGMIND_TEST_N8N ?? '2.41';
	if (name !== '2.41' && name !== '2.8') throw new Error(`There is no n8n ${name} here`);
	const modules = join(installations, name, 'node_modules');
	// 2.41 needs Node 24 and brings it; 2.8 uses the Node of this process.
	const own = join(modules, 'node/bin/node');
	return {
		name,
		node: existsSync(own) ? own : process.execPath,
		command: join(modules, 'n8n/bin/n8n'),
	};
}
