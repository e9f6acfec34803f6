/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const folder = join(__dirname, '../nodes');

/** From what the user sees to what lies below all: a part may import from its own line and from those under it. */
const LAYERS = [
	['a node'],
	['items', 'fields', 'jobs', 'media'],
	['catalog'],
	['api'],
	['clock', 'agentTool'],
];

/** The part of the house that a path below nodes/ belongs to: its first folder, or the file itself. */
function partOf(path: string): string {
	const [first = ''] = path.split('/');
	return /^Segmind/.test(first) ? 'a node' : first.replace(/\.ts$/, '');
}

function layerOf(path: string): number {
	return LAYERS.findIndex((parts) => parts.includes(partOf(path)));
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);
// Types and `await import()` count as well.
const imports = files.flatMap((from) => {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, from), 'utf8'));
	return importedFiles
		.filter(({ fileName }) => fileName.startsWith('.'))
		.map(({ fileName }) => ({ from, to: join(dirname(from), fileName) }));
});
const show = ({ from, to }: (typeof imports)[number]) => `${from} > ${to}`;

it('every part of nodes/ has its layer', () => {
	expect(files.filter((path) => layerOf(path) < 0)).toEqual([]);
	expect(imports.length).toBeGreaterThan(100);
});

it('imports go one way', () => {
	expect(imports.filter(({ from, to }) => layerOf(from) > layerOf(to)).map(show)).toEqual([]);
});

it('no node knows another one', () => {
	const apart = imports.filter(
		({ from, to }) => partOf(to) === 'a node' && dirname(from) !== dirname(to),
	);
	expect(apart.map(show)).toEqual([]);
});
