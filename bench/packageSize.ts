/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';

const projectFolder = join(__dirname, '..');

interface PackageJson {
	n8n: { nodes: string[]; credentials: string[] };
	dependencies?: Record<string, string>;
}

/** The size of the last build of the package, in bytes. */
export interface PackageSize {
	/** Everything published except README and the like. */
	dist: number;
	/** The bundled models and their parameters. */
	catalogue: number;
	/** What n8n sends to every editor: the JSON of all nodes' descriptions. */
	descriptions: number;
	nodes: number;
	/** How many other packages it installs in a user's n8n. */
	dependencies: number;
}

export function readPackageJson(): PackageJson {
	return JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as PackageJson;
}

export function packageSize(): PackageSize {
	const { n8n, dependencies = {} } = readPackageJson();
	const files = filesIn(join(projectFolder, 'dist'));
	return {
		dist: total(files),
		catalogue: total(files.filter((file) => /catalog.[^/\\]+\.json$/.test(file))),
		descriptions: total(n8n.nodes, (file) => JSON.stringify(descriptionOf(file)).length),
		nodes: n8n.nodes.length,
		dependencies: Object.keys(dependencies).length,
	};
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

function total(files: string[], size = (file: string) => statSync(file).size): number {
	return files.reduce((sum, file) => sum + size(file), 0);
}

function descriptionOf(file: string): unknown {
	const classes = createRequire(__filename)(join(projectFolder, file)) as Record<
		string,
		new () => INodeType
	>;
	return Object.values(classes).map((Node) => new Node().description);
}
