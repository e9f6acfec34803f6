/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
/**
 * Writes nodes/catalog/models.json and parameters.json from three research files:
 *
 * npx tsx scripts/build-catalog.ts <models.json> <model-parameters.json> <new-models.json>
 *
 * Facts only, in a fixed order and one per line, so that a newer research file gives a readable diff. Stops at anything
 * it does not understand: a wrong table would cost users money.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKind } from '../nodes/catalog/kinds';
import type { Model } from '../nodes/catalog/models';
import type { ParameterTable } from '../nodes/catalog/parameters';
import { readTable, type SourceTable } from './read-table';
import { KINDS, NOT_OFFERED, UNLISTED } from './corrections';
import { shareFields } from './share-fields';

interface SourceModel {
	slug: string;
	name: string;
	modality: string;
	avgCostUsd?: number | null;
	avgLatencySeconds?: number | null;
	/** What is known of the page of a model missing from the directory. */
	note?: string;
}

const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const [modelsFile, parametersFile, newModelsFile] = process.argv.slice(2);
if (!modelsFile || !parametersFile || !newModelsFile) {
	fail(
		'Usage: npx tsx scripts/build-catalog.ts <models.json> <model-parameters.json> <new-models.json>',
	);
}

const listed = readJson<SourceModel[]>(modelsFile);
const candidates: SourceModel[] = [...readJson<SourceModel[]>(newModelsFile), ...UNLISTED];
const slugs = new Set(listed.map(({ slug }) => clean(slug)));
const unlisted = candidates.filter(
	({ slug, note = '' }) => !slugs.has(slug) && !NOT_OFFERED.test(note),
);
const models = [
	...listed.map(readModel),
	...unlisted.map((source) => ({ ...readModel(source), unlisted: true as const })),
].sort((a, b) => order(a.slug, b.slug));
models.forEach(({ slug }, at) => {
	if (slug === models[at - 1]?.slug) fail(`${slug} stands twice in the research files`);
});
const unknown = [...KINDS.keys()].find((slug) => !models.some((model) => model.slug === slug));
if (unknown) fail(`corrections.ts has a kind for ${unknown}, which is no model`);
const { shared, tables } = shareFields(
	Object.entries(readJson<Record<string, SourceTable>>(parametersFile))
		.sort(([a], [b]) => order(a, b))
		.map(([slug, source]): [string, ParameterTable] => [slug, readTable(slug, source)]),
);
// Written last, so that a mistake in any file leaves both unchanged.
write('models.json', ['[', models.map((row) => JSON.stringify(row)).join(',\n'), ']']);
write('parameters.json', ['{"shared":{', rowsOf(shared), '},', '"tables":{', rowsOf(tables), '}}']);

function rowsOf(entries: object): string {
	return Object.entries(entries)
		.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
		.join(',\n');
}

function readModel(source: SourceModel): Model {
	const slug = clean(source.slug);
	const name = clean(source.name);
	const kind = KINDS.get(slug) ?? readKind(clean(source.modality));
	if (!SLUG.test(slug)) fail(`${JSON.stringify(source.slug)} is not a slug`);
	if (!name) fail(`${slug} has no name`);
	if (!kind) fail(`${slug} has the unknown modality ${JSON.stringify(source.modality)}`);
	return {
		slug,
		name,
		kind,
		averageCostUsd: average(slug, source.avgCostUsd, (cost) => Number(cost.toPrecision(3))),
		averageSeconds: average(slug, source.avgLatencySeconds, (seconds) =>
			Number(seconds.toFixed(1)),
		),
	};
}

function average(slug: string, value: unknown, round: (value: number) => number): number | null {
	if (value === null || value === undefined) return null;
	if (typeof value !== 'number' || !(value >= 0)) fail(`${slug} has the average ${String(value)}`);
	return round(value);
}

/** Four rows of the directory carry a carriage return inside a cell. */
function clean(text: unknown): string {
	return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '';
}

/** By code point: the same on every machine. */
function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(file, 'utf8').replaceAll('\r', '')) as T;
}

function write(name: string, lines: string[]): void {
	writeFileSync(join(__dirname, '..', 'nodes', 'catalog', name), `${lines.join('\n')}\n`);
}

function fail(message: string): never {
	throw new Error(message);
}
