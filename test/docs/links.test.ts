/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import type { INodeType } from 'n8n-workflow';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SegmindApi } from '../../credentials/SegmindApi.credentials';
import packageJson from '../../package.json';
import { allPages, anchors, localLinks, readPage, root, tables } from './page';

const files = (folder: string, end: string) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith(end),
	);

it.each(allPages())('every link and picture in %s leads somewhere', (page) => {
	const links = localLinks(page);
	const missing = links.filter(({ target }) => !existsSync(join(root, target)));
	const lost = links.filter(
		({ target, anchor }) => anchor && target.endsWith('.md') && !anchors(target).includes(anchor),
	);

	expect(missing).toEqual([]);
	expect(lost).toEqual([]);
});

it('README leads to every page and every template', () => {
	const targets = localLinks('README.md').map(({ target }) => target);

	expect(targets).toEqual(
		expect.arrayContaining(files('docs', '.md').map((name) => `docs/${name}`)),
	);
	expect(targets).toEqual(
		expect.arrayContaining(files('templates', '.json').map((name) => `templates/${name}`)),
	);
});

it('every file that CONTRIBUTING names as the place of a decision is there', () => {
	const rows = tables(readPage('CONTRIBUTING.md'), ['what', 'where']);
	const named = rows.flatMap(({ where }) => where!.match(/\w+(\/\w+)+\.ts/g) ?? []);

	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((name) => !existsSync(join(root, 'nodes', name)))).toEqual([]);
});

it('the editor leads to the page of each node', () => {
	const urls = files('nodes', '.node.ts').map((name) => {
		const [NodeClass] = Object.values(jest.requireActual(join(root, 'nodes', name))) as [
			new () => INodeType,
		];
		return new NodeClass().description.codex?.resources?.primaryDocumentation?.[0]?.url;
	});
	const base = `${packageJson.homepage.replace('#readme', '')}/blob/main/`;

	expect(urls.filter((url) => !url?.startsWith(base))).toEqual([]);
	expect(urls.filter((url) => !existsSync(join(root, url!.slice(base.length))))).toEqual([]);
	expect(new Set(urls).size).toBe(urls.length);
});

describe('docs/errors.md', () => {
	const page = readPage('docs/errors.md');
	const sources = ['nodes', 'credentials'].flatMap((folder) =>
		files(folder, '.ts').map((name) => readFileSync(join(root, folder, name), 'utf8')),
	);
	const code = [...sources, JSON.stringify(new SegmindApi().test)].join('\n');
	const messages = [
		...tables(page, ['Message', 'What to do']),
		...tables(page, ['Message', 'HTTP', 'Billed', 'What to do']),
		...tables(page, ['Message', 'Billed', 'What to do']),
		...tables(page, ['Hint', 'What it means']).map(({ Hint }) => ({ Message: Hint })),
		...tables(readPage('docs/credential.md'), ['Message', 'What to do']).slice(0, 1),
	].map(({ Message }) => Message!);

	it('has messages of every kind', () => {
		expect(messages.length).toBeGreaterThan(25);
	});

	it('explains every status of a failed item', () => {
		const file = readPage('nodes/api/failedItem.ts');
		const [, type = ''] = /type FailedStatus = ([^;]+);/.exec(file) ?? [];
		const statuses = tables(page, ['`status`', 'What it means', 'Billed']).map(
			(row) => row['`status`'],
		);

		expect(statuses.length).toBeGreaterThan(4);
		expect(statuses).toEqual(type.split(' | ').map((status) => status.replaceAll("'", '`')));
	});

	// "…" stands for parts that vary, quoted or not; a label may be defined elsewhere than the rest.
	it.each(messages)('quotes a message of the code: %s', (message) => {
		const parts = message.split(/…|"|(?<=^[A-Z]\w+(?: \w+)?): /).map((part) => part.trim());

		expect(parts.filter((part) => part.length > 1 && !code.includes(part))).toEqual([]);
	});
});
