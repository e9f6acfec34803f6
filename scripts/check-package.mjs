import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pack } from './pack.mjs';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

// npm run check-package: packs the project as `npm publish` does, and checks the result: its content, and
// whether it passes the rules of n8n's scanner for community packages (@n8n/scan-community-package 0.32.0).
//
// The scanner itself fetches a published version, its provenance and its source from npm and GitHub, so it cannot run before
// publishing. The rules below are its own: the same plugins, from @n8n/node-cli, and the same exceptions, on the same two
// sets of files. As in the scanner, comments in the code cannot turn off a rule, and only errors count.

/** All that npm may put into the package. */
const ALLOWED =
	/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(nodes|credentials|icons)\/.+\.(js|json|svg))$/;
/** Package fields that would install something in n8n, or change what other packages install. */
const UNWANTED_FIELDS = [
	'dependencies',
	'optionalDependencies',
	'bundledDependencies',
	'bundleDependencies',
	'overrides',
];
/** The addresses that package.json began with, before the project had a repository and a maintainer. */
const PLACEHOLDER = /github\.com\/n8n-nodes-segmind\/|^maintainers@/;

await ensureInstalled();
ensureBuilt();
const target = mkdtempSync(join(tmpdir(), 'segmind-check-'));
process.on('exit', () => rmSync(target, { recursive: true, force: true }));
const folder = unpack();
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile())
	.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
	.map((file) => file.replaceAll('\\', '/'));
const complaints = [...checkContent(), ...checkManifest(), ...(await checkRules())];
for (const complaint of complaints) console.error(complaint);
for (const note of placeholders()) console.warn(note);
if (complaints.length) process.exitCode = 1;
else
	console.log(
		`The package is in order: ${files.length} files, no complaint of n8n's scanner rules.`,
	);

/** The unpacked package. */
function unpack() {
	run('tar', ['-xzf', pack()], target);
	return join(target, 'package');
}

function checkContent() {
	const found = files
		.filter((file) => !ALLOWED.test(file))
		.map((file) => `${file} must not be in the package`);
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const text = readFileSync(join(folder, file), 'utf8');
		if (text.includes('eslint-disable')) found.push(`${file} turns a lint rule off`);
		const map = /^\/\/[#@] sourceMappingURL=(?!data:)(.+)$/m.exec(text)?.[1];
		if (map && !existsSync(join(folder, dirname(file), map))) {
			found.push(`${file} names the source map ${map}, which is not in the package`);
		}
		for (const [, icon] of text.matchAll(/'file:([^']+\.svg)'/g)) {
			if (!existsSync(join(folder, dirname(file), icon)))
				found.push(`${file} names the icon ${icon}, which is not in the package`);
		}
	}
	return found;
}

function checkManifest() {
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const { n8n } = manifest;
	return [
		...UNWANTED_FIELDS.filter((field) => field in manifest).map(
			(field) => `package.json has ${field}`,
		),
		...[...n8n.nodes, ...n8n.credentials]
			.filter((file) => !files.includes(file))
			.map((file) => `package.json names ${file}, which is not in the package`),
		...['README.md', 'LICENSE']
			.filter((file) => !files.includes(file))
			.map((file) => `${file} is missing`),
	];
}

/** What stands for an address until the project has one: nobody can publish under it. A note, since all else can be checked. */
function placeholders() {
	const { author, homepage, repository } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const values = { homepage, repository: repository.url, 'author.email': author.email };
	return Object.entries(values)
		.filter(([, value]) => PLACEHOLDER.test(value))
		.map(([key, value]) => `Before publishing: package.json has a placeholder as ${key}: ${value}`);
}

/** The scanner's two runs: over the source of what is shipped, and over the compiled package. */
async function checkRules() {
	const load = createRequire(join(root, 'node_modules/@n8n/node-cli/package.json'));
	const { ESLint } = load('eslint');
	const overrideConfig = scannerConfig(load);
	const runs = [
		[root, ['package.json', '{nodes,credentials}/**/*.{ts,json}']],
		[folder, ['**/*.js', 'package.json']],
	];
	const found = [];
	for (const [cwd, patterns] of runs) {
		const eslint = new ESLint({
			cwd,
			allowInlineConfig: false,
			overrideConfigFile: true,
			overrideConfig,
		});
		const results = await eslint.lintFiles(patterns);
		for (const { filePath, messages } of results) {
			for (const { severity, line, ruleId, message } of messages) {
				if (severity === 2)
					found.push(`${filePath.slice(cwd.length + 1)}:${line} ${ruleId}: ${message}`);
			}
		}
	}
	return found;
}

/** `buildScanConfig` of the scanner. */
function scannerConfig(load) {
	const { defineConfig } = load('eslint/config');
	const { n8nCommunityNodesPlugin } = load('@n8n/eslint-plugin-community-nodes');
	const base = load('eslint-plugin-n8n-nodes-base');
	const { parser } = load('typescript-eslint');
	const off = (names) => Object.fromEntries(names.map((name) => [`n8n-nodes-base/${name}`, 'off']));
	return defineConfig(
		n8nCommunityNodesPlugin.configs.recommended,
		{ rules: { 'no-console': 'error' } },
		{ plugins: { 'n8n-nodes-base': base } },
		{ files: ['package.json'], rules: base.configs.community.rules },
		{
			files: ['**/credentials/**/*.ts'],
			rules: {
				...base.configs.credentials.rules,
				...off([
					'cred-class-field-documentation-url-miscased',
					'cred-class-field-type-options-password-missing',
				]),
			},
		},
		{
			files: ['**/nodes/**/*.ts'],
			rules: {
				...base.configs.nodes.rules,
				...off([
					'node-class-description-inputs-wrong-regular-node',
					'node-class-description-outputs-wrong',
					'node-param-type-options-max-value-present',
				]),
			},
		},
		{ files: ['**/*.json', '**/*.ts'], languageOptions: { parser } },
	);
}

function run(command, args, cwd) {
	const shell = process.platform === 'win32';
	const { status, error } = spawnSync(command, args, {
		cwd,
		shell,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (status === 0) return;
	console.error(`${command} ${args[0]} failed: ${error?.message ?? `exit code ${status}`}`);
	process.exit(1);
}
