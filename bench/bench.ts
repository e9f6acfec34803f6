/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- runs outside n8n, each part in a process of its own */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { RESULTS_FILE, writeSection } from './section';
import { summaryOf } from './summary';

/** Memory and start-up measurements come first, when the machine is quietest. */
const PARTS = ['load', 'files', 'loop', 'polls', 'lateness', 'limits', 'queue', 'throughput'];

function versionOf(name: string): string {
	const path = require.resolve(`${name}/package.json`);
	return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** The machine and versions used for all measurements. */
function machine(): string {
	const [{ model } = { model: 'unknown' }] = cpus();
	const libraries = ['n8n-core', 'n8n-workflow', 'n8n-nodes-base', 'axios'];
	return [
		`\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}; Node ${process.version}, ${libraries.map((name) => `${name} ${versionOf(name)}`).join(', ')}.`,
		'Times depend on the machine and on what else it does: compare what stands in the same table.',
	].join('\n');
}

/** Runs a part in a fresh process; false when it missed a target or failed. */
function run(part: string): boolean {
	console.log(`\n== ${part}`);
	const startedAt = Date.now();
	const file = join(__dirname, `${part}.ts`);
	const args = ['--require', require.resolve('tsx/cjs'), file];
	const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
	console.log(`== ${part}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
	return status === 0;
}

function main(): void {
	writeSection('machine', machine());
	const isGood = PARTS.map(run).every(Boolean);
	const table = new Table({
		head: ['', 'measured', 'target', ''],
		style: { head: [], border: [] },
		colWidths: [34, 60, 30, 9],
		wordWrap: true,
	});
	for (const { what, measured, target, verdict } of summaryOf(readFileSync(RESULTS_FILE, 'utf8'))) {
		table.push([what, measured, target, verdict]);
	}
	console.log(`\n${table.toString()}\n\nWritten to bench/RESULTS.md`);
	if (!isGood) process.exitCode = 1;
}

main();
