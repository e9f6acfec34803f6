/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console -- runs outside n8n */
/**
 * Writes nodes/<node>/__schema__/v1.0.0.json, from which n8n shows the fields of a node's output before its first run:
 *
 * npx tsx scripts/build-schemas.ts
 *
 * They are those of the table on the node's page, which test/docs/outputs.test.ts compares with the items that the node gives.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outputSchema, schemaFile } from '../test/docs/outputSchema';
import { allPages, root } from '../test/docs/page';

for (const page of allPages()) {
	const file = schemaFile(page);
	if (!file) continue;
	const path = join(root, file);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, `${JSON.stringify(outputSchema(page), null, '\t')}\n`);
	console.log(file);
}
