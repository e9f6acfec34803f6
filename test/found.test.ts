/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { join } from 'node:path';
import { root } from './docs/page';
import packageJson from '../package.json';

// What n8n's node creator finds: its own search, over n8n's own nodes and these. Triggers of a service that also has
// a node are folded into it there.
const own = packageJson.n8n.nodes.map((file) => {
	const source = join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const [NodeClass] = Object.values(jest.requireActual(source)) as [new () => INodeType];
	return new NodeClass().description;
});
const theirs: INodeTypeDescription[] = jest.requireActual('n8n-nodes-base/dist/types/nodes.json');
const byName = new Map(
	[...theirs.filter(({ hidden }) => !hidden), ...own].map((properties) => [
		properties.name,
		{ properties },
	]),
);
const nodes = [...byName.values()].filter(
	({ properties: { name } }) => !(name.endsWith('Trigger') && byName.has(name.slice(0, -7))),
);

const found = (words: string) =>
	sublimeSearch(words, nodes, [
		{ key: 'properties.displayName', weight: 1.3 },
		{ key: 'properties.codex.alias', weight: 1 },
	]).map(({ item }) => item.properties.displayName);

it.each([
	['remove background', 'Segmind Generate Image'],
	['AI picture', 'Segmind Generate Image'],
	['AI image', 'Segmind Generate Image'],
	['ai photo', 'Segmind Generate Image'],
	['midjourney', 'Segmind Generate Image'],
	['upscale', 'Segmind Generate Image'],
	['face swap', 'Segmind Generate Image'],
	['text to video', 'Segmind Generate Video'],
	['kling', 'Segmind Generate Video'],
	['lip sync', 'Segmind Generate Video'],
	['voice', 'Segmind Generate Audio'],
	['text to speech', 'Segmind Generate Audio'],
	['music', 'Segmind Generate Audio'],
	['llm', 'Segmind Generate Text'],
	['describe image', 'Segmind Generate Text'],
	['transcribe', 'Segmind Generate Text'],
])('"%s" finds %s among the first three nodes', (words, name) => {
	expect(found(words).slice(0, 3)).toContain(name);
});

it('"segmind" finds every node of the package, and nothing before them', () => {
	const names = own.map(({ displayName }) => displayName);

	expect(found('segmind').slice(0, names.length).sort()).toEqual([...names].sort());
});

// Measured in the editor at 1440x900: one line of a description has room for 42 characters, and eleven entries with one line
// each fit below the search. n8n puts shorter names first, so the Generate nodes come last.
it.each(own.map(({ displayName, description }) => [displayName, description]))(
	'%s has a description of one line, so that "segmind" shows all nodes without scrolling',
	(_, description) => {
		expect(description.length).toBeLessThanOrEqual(42);
	},
);
