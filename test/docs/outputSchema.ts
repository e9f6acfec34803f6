/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readPage, root, tables } from './page';

/** The part of JSON Schema that n8n's schema preview reads. */
export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** The headings of a page's table of output keys. */
export const HEADINGS = ['Key', 'Type', 'What it holds'];

const JSON_TYPES: Record<string, string> = { text: 'string', list: 'array' };

/**
 * The fields that n8n shows of a node before its first run: those on its page, which a test compares with what the node
 * gives. A key that comes only with an option is left out: mapped by somebody who does not use the option, it would be empty.
 */
export function outputSchema(page: string): Schema {
	const rows = tables(readPage(page), HEADINGS)
		.map((row) => ({
			key: row.Key!.replaceAll('`', ''),
			types: row.Type!,
			text: row[HEADINGS[2]!]!,
		}))
		.filter(({ text }) => !/^Only (with|if) /.test(text));
	const [objects, entries] = [false, true].map((inList) =>
		rows.filter(({ key }) => key.includes('[].') === inList),
	);
	const fields = objects!.map(({ key, types }): [string, Schema] => {
		const own = entries!.filter((entry) => entry.key.startsWith(`${key}[].`));
		const properties = own.map((entry): [string, Schema] => [
			entry.key.slice(key.length + '[].'.length),
			{ type: typeOf(entry.types) },
		]);
		const items = { type: 'object', properties: Object.fromEntries(properties) };
		return [key, { type: typeOf(types), ...(own.length > 0 && { items }) }];
	});
	return { type: 'object', properties: Object.fromEntries(fields) };
}

/** "number, text or null" as a list for JSON Schema. n8n's preview shows the first; pages put null last. */
function typeOf(words: string): string | string[] {
	const names = words.split(/, | or /).map((word) => JSON_TYPES[word] ?? word);
	return names.length === 1 ? names[0]! : names;
}

/** Where n8n looks for the schema of the node that a page is about; undefined for a page about no single node. */
export function schemaFile(page: string): string | undefined {
	const name = basename(page, '.md').replaceAll('-', '');
	const folder = readdirSync(join(root, 'nodes')).find(
		(node) => node.toLowerCase() === `segmind${name}`,
	);
	return folder && `nodes/${folder}/__schema__/v1.0.0.json`;
}
