/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadOutputSchema } from 'n8n-core';
import packageJson from '../../package.json';
import { outputSchema, schemaFile, type Schema } from './outputSchema';
import { allPages, root } from './page';

const pages = allPages().filter((page) => schemaFile(page));
const folders = packageJson.n8n.nodes.map((file) => dirname(file));

it('every node has a page from which its schema is made', () => {
	expect(pages.map((page) => dirname(dirname(`dist/${schemaFile(page)}`))).sort()).toEqual(
		[...folders].sort(),
	);
});

it.each(pages)(
	'the schema of the node on %s is current; if not: npx tsx scripts/build-schemas.ts',
	(page) => {
		const path = join(root, schemaFile(page)!);
		expect(existsSync(path) && JSON.parse(readFileSync(path, 'utf8'))).toEqual(outputSchema(page));
	},
);

it.each(folders)('n8n finds the schema in %s, where the build has put it', (folder) => {
	const found = loadOutputSchema({ nodeDir: join(root, folder), version: 1 });

	expect(Object.keys((found as unknown as Schema).properties!)).not.toEqual([]);
});

it('offers what a node gives as it was added, and nothing that needs an option', () => {
	const { properties = {} } = outputSchema('docs/generate-image.md');

	expect(properties).toMatchObject({
		url: { type: ['string', 'null'] },
		cost: { type: expect.anything() },
		seed: { type: ['number', 'string', 'null'] },
		request_id: { type: expect.anything() },
	});
	for (const key of ['raw_response', 'outputs', 'other_files', 'reused', 'text'])
		expect(properties).not.toHaveProperty(key);
});

it('shows a list’s entries with their fields', () => {
	expect(outputSchema('docs/run-pixelflow.md').properties?.files).toMatchObject({
		type: 'array',
		items: { type: 'object', properties: { key: { type: 'string' } } },
	});
});
