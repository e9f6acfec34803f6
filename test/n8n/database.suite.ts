/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { itemsOf } from './client';
import { bySlug, oneNode, startHost, type Host } from './host';
import { checkFiles } from './pictures';
import { testedVersion } from './versions';

describe(`files kept in the database of n8n ${testedVersion().name}`, () => {
	let host: Host;

	before(async () => {
		host = await startHost({ binaryMode: 'database' });
	});

	after(async () => await host?.close());

	const slugs = { sync: 'fast-flux-schnell', async: 'seedream-4.5' };
	for (const [mode, slug] of Object.entries(slugs)) {
		it(`holds the very bytes of mode ${mode}`, async () => {
			const { n8n, good } = host;
			const execution = await n8n.client.run(
				oneNode(
					'segmindGenerateImage',
					{ model: bySlug(slug), prompt: 'a pear', options: { mode } },
					good,
				),
			);
			const items = itemsOf(execution, 'Segmind');
			assert.match(items[0]?.binary?.data?.id ?? '', /^database/);
			assert.equal(await checkFiles(n8n.client, items), 1);
		});
	}
});
