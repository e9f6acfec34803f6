/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const RESULTS_FILE = join(__dirname, 'RESULTS.md');

/** Replaces the text between `<!-- name -->` and `<!-- /name -->` in RESULTS.md. */
export function writeSection(name: string, text: string): void {
	const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	const section = `${start}\n\n${text.trim()}\n\n${end}`;
	const old = existsSync(RESULTS_FILE) ? readFileSync(RESULTS_FILE, 'utf8') : '# Results\n';
	const [from, to] = [old.indexOf(start), old.indexOf(end)];
	writeFileSync(
		RESULTS_FILE,
		from >= 0 && to > from
			? `${old.slice(0, from)}${section}${old.slice(to + end.length)}`
			: `${old.trimEnd()}\n\n${section}\n`,
	);
}
