// The first step of every command, so that a fresh clone needs only Node and npm. Imports only Node's own modules.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { step } from './step.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldestNode = 20;

/** Installs the packages of package-lock.json, unless they are there already. */
export async function ensureInstalled() {
	if (Number(process.versions.node.split('.')[0]) < oldestNode) {
		giveUp(`This needs Node ${oldestNode} or newer; here is ${process.version}.`);
	}
	if (isInstalled()) return;
	// npm names itself to what it runs; npm.cmd, on Windows, cannot be started without a shell.
	const npm = process.env.npm_execpath;
	const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
	const status = await step(
		'Installing packages with npm ci (about a minute, once)',
		async () =>
			npm?.endsWith('.js')
				? await runBeside(process.execPath, [npm, ...args])
				: await runBeside('npm', args, { shell: process.platform === 'win32' }),
		() => packagesInstalled(root),
	);
	if (status !== 0) giveUp('npm ci failed; its messages are above.', status);
}

/** Builds the package into dist, unless dist is newer than all of its sources. */
export function ensureBuilt() {
	if (isBuilt()) return;
	const status = build();
	if (status !== 0) giveUp('The build failed; its messages are above.', status);
}

/** Builds the package into dist and returns the exit code. */
export function build() {
	const status = runTool('gulp/bin/gulp.js', ['build', '--silent']);
	// A partial build must not pass for a finished one next time.
	if (status !== 0) rmSync(join(root, 'dist'), { recursive: true, force: true });
	return status;
}

/** Runs a command-line tool of node_modules, given as package and file, and returns its exit code. */
export function runTool(file, args) {
	return run(process.execPath, [join(root, 'node_modules', file), ...args]);
}

/** Runs tools side by side, each given as its file and arguments, and returns the highest exit code. */
export async function runTools(tools) {
	const statuses = tools.map(async ([file, ...args]) => {
		const command = [join(root, 'node_modules', file), ...args];
		return await runBeside(process.execPath, command, { stdio: 'inherit' });
	});
	return Math.max(...(await Promise.all(statuses)));
}

function run(command, args, options) {
	const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
	if (error) giveUp(`${command} could not be started: ${error.message}`);
	return status ?? 1;
}

/** As `run`, but this process can say how far it is. */
async function runBeside(command, args, options) {
	const child = spawn(command, args, {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
		...options,
	});
	child.once('error', (error) => giveUp(`${command} could not be started: ${error.message}`));
	const [status] = await once(child, 'close');
	return status ?? 1;
}

/** How many packages of a folder's lock npm has put in place so far. */
export function packagesInstalled(folder) {
	const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	const paths = Object.keys(lock.packages).filter((path) => path.startsWith('node_modules/'));
	const done = paths.filter((path) => existsSync(join(folder, path, 'package.json')));
	return `${done.length} of ${paths.length} packages`;
}

function giveUp(message, status = 1) {
	console.error(message);
	process.exit(status);
}

function isInstalled() {
	const installed = packagesOf('node_modules/.package-lock.json');
	return Object.entries(packagesOf('package-lock.json')).every(([path, { version, optional }]) => {
		// Optional packages are left out where they do not fit the machine.
		return path === '' || (installed[path] ? installed[path].version === version : optional);
	});
}

function packagesOf(file) {
	const path = join(root, file);
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function isBuilt() {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const built = [...n8n.nodes, ...n8n.credentials].map((file) => join(root, file));
	if (!built.every((file) => existsSync(file))) return false;
	const builtAt = Math.min(...built.map((file) => statSync(file).mtimeMs));
	return (
		newest(['nodes', 'credentials', 'icons', ...buildFiles()].map((name) => join(root, name))) <
		builtAt
	);
}

function buildFiles() {
	const settings = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
	return ['gulpfile.js', 'package.json', ...settings];
}

/** The latest change below the paths; a folder's own time reveals removed files. */
function newest(paths) {
	const times = paths.map((path) => {
		const stats = statSync(path);
		if (!stats.isDirectory()) return stats.mtimeMs;
		const inside = readdirSync(path).map((name) => join(path, name));
		return Math.max(stats.mtimeMs, newest(inside));
	});
	return Math.max(...times, 0);
}
