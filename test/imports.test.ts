/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const folder = join(__dirname, '../nodes');

/** From what the user sees to what lies below all: a part may import only from the lines under its own. */
const LAYERS = ['a node', 'items', 'fields', 'jobs', 'media', 'catalog', 'api', 'clock'];

/** The part of the house that a path below nodes/ belongs to: its first folder, or the file itself. */
function partOf(path: string): string {
	const [first = ''] = path.split('/');
	return /^Segmind/.test(first) ? 'a node' : first.replace(/\.ts$/, '');
}

function layerOf(path: string): number {
	return LAYERS.indexOf(partOf(path));
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);
// Types and `await import()` count as well.
const imports = files.flatMap((from) => {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, from), 'utf8'));
	return importedFiles
		.filter(({ fileName }) => fileName.startsWith('.'))
		.map(({ fileName }) => join(dirname(from), fileName))
		.map((to) => ({ from, to: to.endsWith('.json') ? to : `${to}.ts` }));
});
const show = ({ from, to }: (typeof imports)[number]) => `${from} > ${to}`;

it('every part of nodes/ has its layer', () => {
	expect(files.filter((path) => layerOf(path) < 0)).toEqual([]);
	expect(imports.length).toBeGreaterThan(100);
});

it('imports lead to existing files', () => {
	expect(imports.filter(({ to }) => !existsSync(join(folder, to))).map(show)).toEqual([]);
});

it('imports only go down the layers', () => {
	expect(imports.filter(({ from, to }) => layerOf(from) > layerOf(to)).map(show)).toEqual([]);
});

it('no node knows another one', () => {
	const apart = imports.filter(
		({ from, to }) => partOf(to) === 'a node' && dirname(from) !== dirname(to),
	);
	expect(apart.map(show)).toEqual([]);
});

it('no imports go in a circle', () => {
	// Take away, again and again, the imports of files that import nothing, and those by files that nothing imports.
	let left = imports.filter(({ from, to }) => from !== to);
	for (let before = -1; before !== left.length; ) {
		before = left.length;
		const importing = new Set(left.map(({ from }) => from));
		const imported = new Set(left.map(({ to }) => to));
		left = left.filter(({ from, to }) => importing.has(to) && imported.has(from));
	}
	expect(left.map(show)).toEqual([]);
	expect(imports.filter(({ from, to }) => from === to)).toEqual([]);
});

it('below the items, n8n-workflow gives only types', () => {
	const loading = files.filter((path) => {
		const source = readFileSync(join(folder, path), 'utf8');
		if (!/^(import|export) (?!type\b)[^;]*'n8n-workflow'/m.test(source)) return false;
		const { outputText } = ts.transpileModule(source, {
			compilerOptions: { module: ts.ModuleKind.CommonJS },
		});
		return outputText.includes('require("n8n-workflow")');
	});
	expect(loading).toContain('items/nodeError.ts');
	expect(loading.filter((path) => layerOf(path) > LAYERS.indexOf('items'))).toEqual([]);
});
