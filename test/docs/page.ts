/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root = join(__dirname, '../..');

/** One row of a table, by the column's heading. */
export type Row = Record<string, string>;

/** The documentation for people, as paths in the repository. */
export function allPages(): string[] {
	const inDocs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
	const atRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
	return [...atRoot, ...inDocs.map((name) => `docs/${name}`)];
}

export function readPage(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** The rows of all tables with exactly these headings; a page has no `|` inside a cell. */
export function tables(page: string, headings: string[]): Row[] {
	const rows: Row[] = [];
	let isOurs = false;
	for (const line of page.split('\n')) {
		const cells = line.startsWith('|') ? line.split('|').slice(1, -1) : undefined;
		const texts = cells?.map((cell) => cell.trim());
		if (!texts) isOurs = false;
		else if (texts.join() === headings.join()) isOurs = true;
		else if (isOurs && !texts.every((text) => /^-+$/.test(text))) {
			if (texts.length !== headings.length) throw new Error(`A row of another width: ${line}`);
			rows.push(Object.fromEntries(headings.map((heading, at) => [heading, texts[at]!])));
		}
	}
	return rows;
}

/** The contents of all code blocks in the language. */
export function codeBlocks(page: string, language: string): string[] {
	const blocks = [...page.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)];
	return blocks.filter(([, found]) => found === language).map(([, , text]) => text!);
}

/** Every link and picture of a page that leads into the repository, with its path and anchor. */
export function localLinks(path: string): Array<{ link: string; target: string; anchor?: string }> {
	const text = readPage(path).replace(/^ *```[\s\S]*?^ *```$|`[^`\n]*`/gm, '');
	const links = [...text.matchAll(/\]\(<?([^)>\s]+)>?\)/g)].map(([, link]) => link!);
	return links
		.filter((link) => !/^[a-z]+:/i.test(link))
		.map((link) => {
			const [file = '', anchor] = link.split('#');
			const target = file ? relative(root, join(root, dirname(path), file)) : path;
			return { link, target, ...(anchor ? { anchor } : {}) };
		});
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(path: string): string[] {
	if (!existsSync(join(root, path))) return [];
	return [...readPage(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading!
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);
}
