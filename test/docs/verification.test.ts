/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json';
import { readPage, root, tables } from './page';

const page = readPage('docs/verification.md');

/** What a module keeps between executions: a state of its own, or a collection that is empty when it is loaded. */
const STATE =
	/^(?:export )?(?:let \w|const \w+(?:: [^=\n]+(?:=>[^=\n]+)?)? = (?:new (?:KeyedState|Semaphore|RateLimiter|WeakMap|WeakSet)\b|new (?:Map|Set)(?:<[^\n]*>)?\(\);|\[\];|\{\};))/m;

function filesWithState(): string[] {
	const files = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' });
	return files
		.filter((name) => name.endsWith('.ts'))
		.filter((name) => STATE.test(readFileSync(join(root, 'nodes', name), 'utf8')));
}

it('finds states of every form', () => {
	for (const line of [
		'const kept = new Map<string, { until: number }>();',
		'const all: Array<Sent & { key: string }> = [];',
		'const limiters = new KeyedState(',
		'export let count = 0;',
	]) {
		expect(line).toMatch(STATE);
	}
	expect("const KINDS = new Map<string, Kind>([\n\t['a', 1],").not.toMatch(STATE);
});

it('lists every module that keeps something between executions', () => {
	const rows = tables(page, ['Where', 'What, and for how long', 'Why']);
	const named = rows.flatMap(({ Where }) => Where!.match(/\w+\/\w+\.ts/g) ?? []);

	expect(named.sort()).toEqual(filesWithState().sort());
});

it('lists every class', () => {
	const classes = tables(page, ['Class', 'Its one job']).map(({ Class }) => Class);
	const published = packageJson.n8n.nodes.map((path) => /(\w+)\.node\.js$/.exec(path)![1]);

	expect(classes).toEqual(published.map((name) => `\`${name}\``));
});

it('names the hosts that get the key', () => {
	const [, code = ''] = /DEFAULT_HOSTS[^{]*\{([^}]*)\}/.exec(readPage('nodes/api/connection.ts'))!;
	const hosts = [...code.matchAll(/https:\/\/([\w.-]+)/g)].map(([, host]) => host);

	expect(hosts).toHaveLength(3);
	const named = [...page.matchAll(/^- `([\w.-]+)`/gm)].map(([, host]) => host);
	expect(named).toEqual(hosts);
	const rows = tables(readPage('docs/privacy.md'), ['Host', 'What is sent', 'The key']);
	const withKey = rows.filter((row) => row['The key'] === 'yes').map(({ Host }) => Host);
	for (const host of hosts) expect(withKey.join()).toContain(host);
});
