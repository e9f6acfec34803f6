import { build, ensureInstalled, runTool, runTools } from './setup.mjs';

// npm test [-- arguments for jest]: all checks, fastest first, up to the first failure.
const steps = [
	['build', build],
	[
		'lint and types',
		() =>
			runTools([
				['@n8n/node-cli/bin/n8n-node.mjs', 'lint'],
				['typescript/bin/tsc', '--noEmit'],
			]),
	],
	['tests', () => runTool('jest/bin/jest.js', process.argv.slice(2))],
];

await ensureInstalled();
for (const [name, step] of steps) {
	console.log(`\n== ${name}`);
	const startedAt = Date.now();
	const status = await step();
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	console.log(
		`== ${name}: ${status === 0 ? 'passed' : `FAILED (exit code ${status})`} in ${seconds} s`,
	);
	if (status !== 0) process.exit(status);
}
