/* eslint-disable no-console -- runs outside n8n */
/**
 * Prints how many models of each kind have a table of their fields, and how far it is trusted:
 *
 *     npx tsx scripts/catalog-coverage.ts
 */
import { allModels, type Model } from '../nodes/catalog/models';
import { parameterTable } from '../nodes/catalog/parameters';

const COLUMNS = ['kind', 'models', 'read in full', 'hints only', 'no table'];

/**
 * What is known of the models: pages read in full may stop an item; truncated pages, samples and client code only lead
 * to hints.
 */
function count(kind: string, models: readonly Model[]): Array<string | number> {
	const tables = models.flatMap(({ slug }) => parameterTable(slug) ?? []);
	const trusted = tables.filter((table) => table.trusted).length;
	return [kind, models.length, trusted, tables.length - trusted, models.length - tables.length];
}

const kinds = [...new Set(allModels().map(({ kind }) => kind))].sort();
const rows = kinds.map((kind) =>
	count(
		kind,
		allModels().filter((model) => model.kind === kind),
	),
);
for (const row of [COLUMNS, ...rows, count('all', allModels())]) {
	console.log(
		row.map((cell, at) => (at ? String(cell).padStart(14) : String(cell).padEnd(15))).join(''),
	);
}
