import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { missingPackages } from './debian-packages.mjs';
import { HELP, readEditorOptions } from './editor-options.mjs';
import { DATABASE, installations, isInstalled, lockOf, readJson } from './n8n-installations.mjs';
import { pack } from './pack.mjs';
import { portsInUse } from './ports.mjs';
import { ensureBuilt, ensureInstalled, packagesInstalled, root } from './setup.mjs';
import { step } from './step.mjs';

// npm run test:n8n [-- 2.41 | 2.8 | editor | screenshots ...] and npm run editor: the part that works on a fresh clone. It
// installs what is missing, packs the project, and starts the TypeScript in test/n8n.

const folder = join(root, 'test/n8n');

/** Debian's packages by what they are needed for. */
const COMPILER = ['g++', 'make', 'python3'];
const BROWSER = ['chromium'];
const SERVICES = ['redis-server', 'postgresql'];

/** The test targets, with the installations they need (the n8n under test first) and their suites. */
const STEPS = {
	2.41: { needs: ['2.41'], suites: ['host', 'sheet', 'database', 'install'] },
	2.8: { needs: ['2.8'], suites: ['host', 'sheet', 'database', 'install'] },
	'agent-2.8': { needs: ['2.8'], suites: ['agent'] },
	'queue-2.8': { needs: ['2.8'], suites: ['queue'], debian: SERVICES },
	agent: { needs: ['2.41'], suites: ['agent'] },
	editor: { needs: ['2.41', 'editor'], suites: ['editor', 'firstResults'], debian: BROWSER },
	queue: { needs: ['2.41'], suites: ['queue'], debian: SERVICES },
	// Recreates the pictures of docs/images; only when requested by name.
	screenshots: {
		needs: ['2.41', 'editor'],
		suites: ['editor', 'firstResults', 'templatePictures'],
		debian: [...BROWSER, ...SERVICES],
		images: 'docs/images',
	},
};
const ALL = ['2.41', '2.8', 'agent', 'agent-2.8', 'editor', 'queue', 'queue-2.8'];

async function test(names) {
	await ensureInstalled();
	ensureBuilt();
	const unknown = names.find((name) => !(name in STEPS));
	if (unknown) {
		giveUp(`There is no ${unknown} to test; there are ${Object.keys(STEPS).join(', ')}.`);
	}
	const steps = names.length ? names : ALL;
	const installing = steps.flatMap((name) => STEPS[name].needs).some((name) => !isInstalled(name));
	const debian = steps.flatMap((name) => STEPS[name].debian ?? []);
	requireDebian([...(installing ? COMPILER : []), ...debian]);
	for (const name of steps) {
		const { needs, suites, images = '' } = STEPS[name];
		for (const installation of needs) await ensure(installation);
		console.log(`\n== ${name}`);
		const took = stopwatch();
		const files = suites.map((suite) => join(folder, `${suite}.suite.ts`));
		const args = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec'];
		const status = await run(process.execPath, [...args, ...files], {
			env: {
				...process.env,
				SEGMIND_TEST_N8N: needs[0],
				SEGMIND_TEST_TARBALL: tarball(),
				SEGMIND_TEST_IMAGES: images,
			},
		});
		console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${took()}`);
		if (status !== 0) return status;
	}
	return 0;
}

async function editor(args) {
	const options = editorOptions(args);
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	// Before anything that takes minutes, and once more after it.
	await requirePorts(options.ports);
	if (!isInstalled('2.41')) requireDebian(COMPILER);
	await ensureInstalled();
	await step('Building the package', ensureBuilt);
	await ensure('2.41');
	await requirePorts(options.ports);
	return await run(process.execPath, ['--import', 'tsx', join(folder, 'editor.ts'), ...args], {
		env: { ...process.env, SEGMIND_TEST_N8N: '2.41', SEGMIND_TEST_TARBALL: tarball() },
	});
}

function editorOptions(args) {
	try {
		return readEditorOptions(args);
	} catch (error) {
		return giveUp(error.message);
	}
}

async function requirePorts(ports) {
	const taken = await portsInUse(ports);
	if (taken)
		giveUp(`${taken} Stop it, or choose another: npm run editor -- --port ${ports[0] + 100}`);
}

function requireDebian(names) {
	const missing = missingPackages(names);
	if (missing.length === 0) return;
	giveUp(
		`Install what is missing first: apt-get install -y --no-install-recommends ${missing.join(' ')}`,
	);
}

let packed;

/** The packed project, the same for all steps. */
function tarball() {
	packed ??= pack();
	return packed;
}

/** Installs one of the private packages below test/n8n, unless it is there as its lock says. */
async function ensure(name) {
	if (isInstalled(name)) return;
	let status = await install(name);
	if (status !== 0) {
		console.error(`\n!! Installing test/n8n/${name} FAILED; trying once more.\n`);
		status = await install(name);
	}
	if (status !== 0) giveUp(`test/n8n/${name} could not be installed; npm's messages are above.`);
}

async function install(name) {
	const path = join(installations, name);
	rmSync(path, { recursive: true, force: true });
	cpSync(join(folder, name), path, { recursive: true });
	// `npm run` passes on the project's own .npmrc, which omits peers; the lock has them.
	const ci = ['ci', '--legacy-peer-deps=false', '--no-audit', '--no-fund', '--loglevel=error'];
	const status = await step(
		`Installing ${titleOf(name)} (some minutes, once)`,
		async () => await npm(ci, path, { stdio: ['ignore', 'ignore', 'inherit'] }),
		() => packagesInstalled(path),
	);
	if (status !== 0) return status;
	// Compiles n8n's database and fetches its own Node: the only package scripts that are run.
	const lock = lockOf(name);
	const scripts = ['sqlite3', 'node'].filter((module) => lock[`node_modules/${module}`]);
	const missing = scripts.filter((module) => module !== 'sqlite3' || !copyDatabase(name, lock));
	if (missing.length === 0) return isInstalled(name) ? 0 : 1;
	const args = ['rebuild', ...missing, '--ignore-scripts=false', '--loglevel=error'];
	const rebuilt = await step(
		`Compiling its database (about two minutes, once)`,
		async () => await npm(args, path, { stdio: ['ignore', 'ignore', 'inherit'] }),
	);
	return rebuilt || (isInstalled(name) ? 0 : 1);
}

/** Reuses what was compiled for another n8n, which is the same for every Node. Compiling takes minutes. */
function copyDatabase(name, lock) {
	const file = `node_modules/${DATABASE}`;
	const twin = readdirSync(installations).find((other) => {
		const built = join(installations, other, file);
		if (other === name || !existsSync(built)) return false;
		const { packages } = readJson(join(installations, other, 'package-lock.json'));
		const { version } = packages['node_modules/sqlite3'] ?? {};
		return version === lock['node_modules/sqlite3'].version;
	});
	if (twin) cpSync(join(installations, twin, file), join(installations, name, file));
	return twin !== undefined;
}

function titleOf(name) {
	return name === 'editor' ? 'a browser’s remote control' : `n8n ${name}, 2.5 GB`;
}

async function npm(args, cwd, options) {
	const shell = process.platform === 'win32';
	return await run('npm', args, { cwd, shell, ...options });
}

/** The running program; it ends before this process does. */
let current;
let interrupted = false;
const interrupt = () => {
	interrupted = true;
	current?.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
// A terminated npm ends its shell without a signal to this process, which then has another parent.
const { ppid } = process;
setInterval(() => process.ppid !== ppid && interrupt(), 1000).unref();

/** Runs a program to its end and returns its exit code. */
async function run(command, args, options) {
	if (interrupted) process.exit(130);
	current = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
	current.once('error', (error) => giveUp(`${command} could not be started: ${error.message}`));
	const [status] = await once(current, 'close');
	if (interrupted) process.exit(130);
	return status ?? 1;
}

function stopwatch() {
	const startedAt = Date.now();
	return () => `${((Date.now() - startedAt) / 1000).toFixed(0)} s`;
}

function giveUp(message) {
	console.error(message);
	process.exit(1);
}

const commands = { test, editor };
const [command, ...args] = process.argv.slice(2);
if (!(command in commands)) giveUp('Use npm run test:n8n or npm run editor.');
process.exitCode = await commands[command](args);
