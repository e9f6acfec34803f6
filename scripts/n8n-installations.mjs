// The private packages below test/n8n, installed in folders of their own by n8n.mjs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Outside the sources, since no tool of the project should walk through gigabytes. */
export const installations = join(root, '.tmp/n8n');

/** n8n's database below node_modules, once it is compiled. */
export const DATABASE = 'sqlite3/build/Release/node_sqlite3.node';

/** Whether a private package is there as its lock says. */
export function isInstalled(name) {
	const lock = lockOf(name);
	const modules = join(installations, name, 'node_modules');
	const hidden = join(modules, '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const installed = readJson(hidden).packages;
	const whole = Object.entries(lock).every(
		([path, { version, link, optional }]) =>
			!path.startsWith('node_modules/') || link || optional || installed[path]?.version === version,
	);
	const files = [
		['node_modules/sqlite3', DATABASE],
		['node_modules/node', 'node/bin/node'],
	];
	return whole && files.every(([path, file]) => !lock[path] || existsSync(join(modules, file)));
}

/** The packages that a private package's lock wants, by path. */
export function lockOf(name) {
	return readJson(join(root, 'test/n8n', name, 'package-lock.json')).packages;
}

export function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}
