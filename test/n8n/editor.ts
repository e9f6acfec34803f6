/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startHost, type Host } from './host';
import { photo } from './pictures';
import { connected, readTemplate } from './templates';
import { OWNER } from './client';
import { join } from 'node:path';
import { root } from './versions';

/** n8n's own port plus one hundred, so that both can run. */
const PORT = '5778';

/** Starts n8n with the package, a fake Segmind and all templates, and leaves it running for a person to try. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: PORT } } });
	console.log('Starting n8n and a fake Segmind (half a minute)...');
	const host = await startHost({ port: Number(values.port) });
	let stopping = false;
	const stop = () => {
		// Ctrl+C arrives twice: from the terminal, and forwarded by scripts/n8n.mjs.
		if (stopping) return;
		stopping = true;
		console.log('\nStopping...');
		host.close().then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.removeAllListeners(signal).on(signal, stop);
	}
	await importTemplates(host);
	console.log(`\nThe editor is at ${host.n8n.url}`);
	console.log(`Sign in as ${OWNER.email} with the password ${OWNER.password}`);
	console.log('The credential and the templates are there. Stop it with Ctrl+C.');
}

async function importTemplates({ n8n, simulator, good }: Host): Promise<void> {
	const photoUrl = simulator.publish(photo(), 'photo.jpg', 'image/jpeg');
	for (const file of readdirSync(join(root, 'templates'))) {
		await n8n.client.addWorkflow(connected(readTemplate(file), { segmindApi: good }, photoUrl));
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
