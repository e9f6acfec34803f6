import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

// npm run test:n8n [-- 2.41 | 2.8 | editor | screenshots ...] and npm run editor: the part that works on a fresh clone. It
// installs what is missing, packs the project, and hands over to the TypeScript in test/n8n.

const folder = join(root, 'test/n8n');

/** Outside the sources: gigabytes that no tool of the project should walk through. */
const installations = join(root, '.tmp/n8n');

/** n8n's database below node_modules, once it is compiled. */
const DATABASE = 'sqlite3/build/Release/node_sqlite3.node';

/** What can be tested, with the installations it needs and its suites. */
const STEPS = {
	2.41: { needs: ['2.41'], n8n: '2.41', suites: ['host', 'database', 'install'] },
	2.8: { needs: ['2.8'], n8n: '2.8', suites: ['host', 'database', 'install'] },
	agent: { needs: ['2.41'], n8n: '2.41', suites: ['agent'] },
	editor: { needs: ['2.41', 'editor'], n8n: '2.41', suites: ['editor'] },
	// Wants Debian's redis-server and postgresql.
	queue: { needs: ['2.41'], n8n: '2.41', suites: ['queue'] },
	// Makes the pictures of docs/images anew; only when asked for by name.
	screenshots: {
		needs: ['2.41', 'editor'],
		n8n: '2.41',
		suites: ['editor'],
		images: 'docs/images',
	},
};
const ALL = ['2.41', 'agent', 'editor', '2.8'];

function test(names) {
	const unknown = names.find((name) => !(name in STEPS));
	if (unknown) {
		giveUp(`There is no ${unknown} to test; there are ${Object.keys(STEPS).join(', ')}.`);
	}
	for (const name of names.length ? names : ALL) {
		const { needs, n8n, suites, images = '' } = STEPS[name];
		needs.forEach(ensure);
		console.log(`\n== ${name}`);
		const startedAt = Date.now();
		const files = suites.map((suite) => join(folder, `${suite}.suite.ts`));
		const args = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec'];
		const status = run(process.execPath, [...args, ...files], {
			env: {
				...process.env,
				SEGMIND_TEST_N8N: n8n,
				SEGMIND_TEST_TARBALL: tarball(),
				SEGMIND_TEST_IMAGES: images,
			},
		});
		const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
		console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
		if (status !== 0) return status;
	}
	return 0;
}

function editor(args) {
	ensure('2.41');
	return run(process.execPath, ['--import', 'tsx', join(folder, 'editor.ts'), ...args], {
		env: { ...process.env, SEGMIND_TEST_N8N: '2.41', SEGMIND_TEST_TARBALL: tarball() },
	});
}

let packed;

/** Packs the project as `npm publish` does, once; removed when this process ends. */
function tarball() {
	if (packed) return packed;
	const target = mkdtempSync(join(tmpdir(), 'segmind-pack-'));
	process.on('exit', () => rmSync(target, { recursive: true, force: true }));
	npm(['pack', '--silent', '--pack-destination', target], root, { stdio: ['ignore', 'ignore', 2] });
	packed = join(target, readdirSync(target)[0]);
	return packed;
}

/** Installs one of the private packages below test/n8n, unless it is there as its lock says. */
function ensure(name) {
	const lock = readJson(join(folder, name, 'package-lock.json')).packages;
	const path = join(installations, name);
	const stub = 'no-langchain';
	cpSync(join(folder, stub), join(installations, stub), { recursive: true });
	if (isInstalled(join(path, 'node_modules'), lock)) return;
	console.log(`Installing test/n8n/${name} (some minutes, once)...`);
	rmSync(path, { recursive: true, force: true });
	cpSync(join(folder, name), path, { recursive: true });
	npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], path);
	// n8n's database is compiled here, and the Node of its own fetched: the only scripts of its packages that are run.
	const scripts = ['sqlite3', 'node'].filter((module) => lock[`node_modules/${module}`]);
	const missing = scripts.filter((module) => module !== 'sqlite3' || !copyDatabase(name, lock));
	if (missing.length) {
		npm(['rebuild', ...missing, '--ignore-scripts=false', '--loglevel=error'], path);
	}
}

/** Takes over what was compiled for another n8n: it is the same for every Node. Compiling takes minutes. */
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

function isInstalled(modules, lock) {
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

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}

function npm(args, cwd, options) {
	const shell = process.platform === 'win32';
	const status = run('npm', args, { cwd, shell, ...options });
	if (status !== 0) giveUp(`npm ${args[0]} failed in ${cwd}; its messages are above.`);
}

function run(command, args, options) {
	const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
	if (error) giveUp(`${command} could not be started: ${error.message}`);
	return status ?? 1;
}

function giveUp(message) {
	console.error(message);
	process.exit(1);
}

const commands = { test, editor };
const [command, ...args] = process.argv.slice(2);
if (!(command in commands)) giveUp('Use npm run test:n8n or npm run editor.');
// Ctrl+C reaches what runs below as well; this waits for it to clean up.
process.on('SIGINT', () => {});
ensureInstalled();
ensureBuilt();
process.exitCode = commands[command](args);
