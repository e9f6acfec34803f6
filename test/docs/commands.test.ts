import packageJson from '../../package.json';
import { allPages, codeBlocks, readPage } from './page';

/** Commands that the documentation names but CI does not run, with the reason. */
const NOT_RUN: Record<string, string> = {
	'npm run editor': 'opens a server that a person tries out, and runs until it is stopped',
	'npm run simulator': 'a server that runs until it is stopped; test/simulator starts the same one',
	'npm run bench': 'takes many minutes, and its times say nothing on a busy machine',
	'npm run format': 'changes files',
	'npm version': 'makes a release',
	'npm install n8n-nodes-segmind':
		'wants the published package; test/n8n installs the packed one in real n8n',
	'git push': 'makes a release',
	'npx tsx scripts/build-schemas.ts': 'changes files; test/docs/schemas.test.ts compares them',
	'npx tsx scripts/build-catalog.ts': 'wants research files that are not part of the project',
	'npx tsx scripts/catalog-coverage.ts': 'only prints; test/catalog looks at what it counts',
	'docker run': 'wants Docker; test/n8n runs the same n8n without it',
	'docker exec': 'wants Docker',
	'mkdir -p': 'prepares the line after it',
	'cd ~/.n8n/nodes': 'prepares the line after it',
};

/** Single steps that `npm test` runs without npm, with their form in scripts/test.mjs. */
const PARTS_OF_NPM_TEST: Record<string, string> = {
	'npm run build': "['build', build]",
	'npm run lint': "'@n8n/node-cli/bin/n8n-node.mjs', 'lint'",
	'npm run types': "'typescript/bin/tsc', '--noEmit'",
	'npx jest': "'jest/bin/jest.js'",
};

const PAGES = [
	'README.md',
	'CONTRIBUTING.md',
	...allPages().filter((page) => page.startsWith('docs/')),
];

/** The command of a shell line, without its arguments. */
function commandOf(line: string): string {
	const words = line.trim().split(/\s+/);
	const count = /^npm (run|install)$|^npx tsx$/.test(words.slice(0, 2).join(' ')) ? 3 : 2;
	return words.slice(0, count).join(' ');
}

/** The commands of a page: every line of its shell blocks, and inline code that looks like a command. */
function commandsIn(page: string): string[] {
	const text = readPage(page);
	const lines = codeBlocks(text, 'sh').flatMap((block) => block.split('\n'));
	const inText = [...text.matchAll(/`((?:npm|npx|node|git|docker) [^`\n]+)`/g)];
	return [...lines, ...inText.map(([, command]) => command!)]
		.map((line) => line.replace(/\s#.*$/, '').trim())
		.filter((line) => line)
		.map(commandOf);
}

const named = new Set(PAGES.flatMap(commandsIn));
const ci = ['.ci/run', '.github/workflows/ci.yml', '.github/workflows/publish.yml']
	.map(readPage)
	.join('\n');
const runByCi = new Set(
	[...ci.matchAll(/^\s*(?:- )?(?:run: )?((?:npm|npx|node) .+)$/gm)].map(([, line]) =>
		commandOf(line!),
	),
);

it('finds commands on the pages', () => {
	expect(commandsIn('README.md')).toEqual(expect.arrayContaining(['npm start', 'npm test']));
	expect([...runByCi]).toEqual(expect.arrayContaining(['npm ci', 'npm start', 'npm test']));
});

it.each([...named])('%s is run by CI, or there is a reason why not', (command) => {
	const part = PARTS_OF_NPM_TEST[command];
	if (part) expect(readPage('scripts/test.mjs')).toContain(part);
	else expect([...runByCi, ...Object.keys(NOT_RUN)]).toContain(command);
});

it('every npm script that is named exists, and every one that exists is named', () => {
	const scripts = Object.keys(packageJson.scripts).map((name) =>
		['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`,
	);
	const npm = [...named].filter((command) => /^npm (run .+|start|test)$/.test(command));

	expect(npm.sort()).toEqual(scripts.sort());
});

it('gives no reason for a command that CI runs or nobody names', () => {
	expect(
		Object.keys(NOT_RUN).filter((command) => runByCi.has(command) || !named.has(command)),
	).toEqual([]);
});
