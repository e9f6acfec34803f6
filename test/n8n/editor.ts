/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-hardcoded-secrets, no-console -- runs outside n8n, with keys of simulators */
import { readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readEditorOptions } from '../../scripts/editor-options.mjs';
import { step } from '../../scripts/step.mjs';
import { answerMagicWords, magicWordLines, withMagicWords } from '../simulator/magicWords';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { startChatModel } from './chatModel';
import { OWNER, type Client, type StoredCredential } from './client';
import { photo } from './pictures';
import { startN8n, type N8n } from './server';
import { startStartPage } from './startPage';
import { connected, readTemplate } from './templates';
import { root } from './versions';

/** The template that is at the top of the list: the quickest way to a picture. */
const FIRST = 'text-to-image.json';

/** Starts n8n with the package, a fake Segmind, a fake chat model and all templates, for a person to try. */
async function main(): Promise<void> {
	const { fresh, speed, ports, folder } = readEditorOptions(process.argv.slice(2));
	const [port, segmindPort, , , , chatPort, startPort] = ports as [number, ...number[]];
	const closing: Array<() => Promise<void>> = [];
	stopOnSignal(closing);
	const userFolder = join(root, folder);
	if (fresh) rmSync(userFolder, { recursive: true, force: true });
	await mkdir(userFolder, { recursive: true });
	const simulator = await startSimulator({ ...withMagicWords(), speed, port: segmindPort! });
	closing.push(simulator.close);
	answerMagicWords(simulator);
	const chatModel = await startChatModel(chatPort);
	closing.push(chatModel.close);
	const n8n = await step(
		'Starting n8n and installing the package (half a minute)',
		async () =>
			await startN8n({
				port,
				folder: userFolder,
				// The chat calls n8n by its host name.
				env: { N8N_HOST: '127.0.0.1' },
			}),
	);
	closing.push(n8n.stop);
	const added = await addWork(n8n, simulator, chatModel.url);
	const startPage = await startStartPage(n8n.client, startPort!);
	closing.push(startPage.close);
	console.log(message(startPage.url, n8n.url, speed, added));
}

/** Credentials and templates, as far as an earlier start has not left them; returns the number of added templates. */
async function addWork(n8n: N8n, simulator: Simulator, chatUrl: string): Promise<number> {
	const { client } = n8n;
	const wrongKey = { ...simulator.credential, apiKey: 'SG_0000000000000000' };
	const credentials = {
		segmindApi: await keep(client, 'Segmind account', 'segmindApi', { ...simulator.credential }),
		httpBearerAuth: await keep(client, 'MCP password', 'httpBearerAuth', { token: 'segmind' }),
		openAiApi: await keep(client, 'OpenAI account', 'openAiApi', { apiKey: 'none', url: chatUrl }),
	};
	await keep(client, 'Segmind account with a wrong key', 'segmindApi', wrongKey);
	const photoUrl = simulator.publish(photo(), 'photo.jpg', 'image/jpeg');
	const stored = await client.get<Array<{ name: string }>>('/rest/workflows');
	const names = new Set(stored.map(({ name }) => name));
	// The list shows the newest first.
	const files = readdirSync(join(root, 'templates')).sort().reverse();
	const missing = [...files.filter((file) => file !== FIRST), FIRST]
		.map(readTemplate)
		.filter(({ name }) => !names.has(String(name)));
	let done = 0;
	if (missing.length === 0) return 0;
	await step(
		'Adding the templates',
		async () => {
			for (const template of missing) {
				await client.addWorkflow(connected(template, credentials, photoUrl));
				done += 1;
			}
		},
		() => `${done} of ${missing.length}`,
	);
	return missing.length;
}

/** Stores a credential, or gives the one of that name the data of this start. */
async function keep(
	client: Client,
	name: string,
	type: string,
	data: Record<string, unknown>,
): Promise<StoredCredential> {
	const stored = await client.get<StoredCredential[]>('/rest/credentials');
	const known = stored.find((credential) => credential.name === name);
	if (!known) return await client.addCredential(name, type, data);
	await client.patch(`/rest/credentials/${known.id}`, { name, type, data });
	return { id: known.id, name };
}

function message(startUrl: string, n8nUrl: string, speed: number, added: number): string {
	const pace =
		speed === 1
			? 'as slow as the real one (--speed 20 is quicker)'
			: `${speed} times as fast as the real one`;
	return `
Open ${startUrl}
It leads to the list of workflows, signed in. The first, "Segmind: text to image", makes pictures: open it and press Execute.

Segmind and the chat model of the agents are simulated on this machine: nothing costs money. Segmind is ${pace}.
These words in a prompt show what is seldom seen:
${magicWordLines()}
The credential "Segmind account with a wrong key" shows what a wrong key looks like.
Templates with a database or another service need an account there.

${added ? '' : 'Your work of earlier starts is there; --fresh begins anew. '}Workflows and executions are kept when this is stopped; jobs and files at the simulated Segmind are not.
n8n itself is at ${n8nUrl} (${OWNER.email}, password ${OWNER.password}). Stop it with Ctrl+C.`;
}

function stopOnSignal(closing: Array<() => Promise<void>>): void {
	let stopping = false;
	const stop = () => {
		// Ctrl+C arrives twice: from the terminal, and forwarded by scripts/n8n.mjs.
		if (stopping) return;
		stopping = true;
		console.log('\nStopping...');
		const all = Promise.allSettled(closing.reverse().map(async (close) => await close()));
		all.then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.removeAllListeners(signal).on(signal, stop);
	}
}

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
	const taken = error.code === 'EADDRINUSE';
	console.error(taken ? `Port ${error.port} is in use; choose another with --port` : error.message);
	process.exit(1);
});
