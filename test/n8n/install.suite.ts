/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { eventually } from './children';
import { jsonOf, type StoredWorkflow } from './client';
import { temporaryFolder } from './folders';
import {
	bySlug,
	call,
	NODE_NAMES,
	offeredTypes,
	oneNode,
	onWebhook,
	startHost,
	typeOf,
	type Host,
} from './host';
import { PACKAGE, packageFolder, packedTarball, previousTarball } from './package';
import { root, testedVersion } from './versions';

interface Installed {
	packageName: string;
	installedVersion: string;
	updateAvailable?: string;
	failedLoading?: boolean;
	installedNodes: Array<{ type: string }>;
}

/**
 * Nothing has been released yet, so the earlier release is today's package with a lower version and without this node, which
 * is all that the update changes. What is saved while it is installed must still work after the update.
 */
const NEW_NODE = 'segmindRunPixelFlow';

describe(`Settings > Community nodes of n8n ${testedVersion().name}`, () => {
	let host: Host;
	let tarball: string;
	let current: string;
	/** Saved while the earlier release was installed. */
	let workflow: StoredWorkflow;
	/** The URL of the same workflow, published. */
	let webhook: string;

	before(async () => {
		const folder = temporaryFolder();
		tarball = packedTarball();
		const manifest = await readFile(join(root, 'package.json'), 'utf8');
		current = (JSON.parse(manifest) as { version: string }).version;
		host = await startHost({ tarball: await previousTarball(folder, /SegmindRunPixelFlow/) });
	});

	after(async () => await host?.close());

	async function listed(): Promise<Installed[]> {
		return await host.n8n.client.get('/rest/community-packages');
	}

	/** Waits until the editor offers exactly these nodes of the package, and their tools. */
	async function offers(nodes: string[]): Promise<void> {
		await host.n8n.client.types('nodes', (list) => {
			const own = list.map(({ name }) => name).filter((name) => name.startsWith(`${PACKAGE}.`));
			return own.sort().join() === offeredTypes(nodes).join();
		});
	}

	/** Calls a webhook whose workflow was just published: n8n does not know it for about a second. */
	async function answered(): Promise<void> {
		await eventually('the webhook', 60, async () => {
			return (await call(webhook)).status === 200 || undefined;
		});
	}

	/** Runs the saved workflow manually and as published, and checks both pictures. */
	async function works(): Promise<void> {
		const { client } = host.n8n;
		const execution = await client.ended(await client.start(workflow));
		assert.equal(execution.status, 'success', JSON.stringify(execution.error));
		const { data } = await call(webhook);
		for (const item of [jsonOf(execution, 'Segmind')[0], data]) {
			const { status, model } = item as { status: string; model: string };
			assert.deepEqual({ status, model }, { status: 'COMPLETED', model: 'fast-flux-schnell' });
		}
	}

	it('installs an earlier release without a restart, and it works', async () => {
		const { client } = host.n8n;
		const [installed] = await listed();
		assert.notEqual(installed?.installedVersion, current);
		assert.equal(installed?.installedNodes.length, NODE_NAMES.length - 1);
		const parameters = {
			model: bySlug('fast-flux-schnell'),
			prompt: 'a pear',
			options: { mode: 'async' },
		};
		const run = oneNode('segmindGenerateImage', parameters, host.good);
		workflow = await client.addWorkflow(run);
		webhook = await client.publish(onWebhook(run, 'saved', 'lastNode'));
		await answered();
		await works();
		await offers(NODE_NAMES.filter((name) => name !== NEW_NODE));
	});

	it('offers the update, and after it what was saved and published works as before', async () => {
		const { client, registry } = host.n8n;
		assert.equal(await registry.publish(tarball), current);
		assert.equal((await listed())[0]?.updateAvailable, current);
		const change = { name: PACKAGE, version: current };
		const updated = await client.patch<Installed>('/rest/community-packages', change);
		assert.equal(updated.installedVersion, current);
		const types = updated.installedNodes.map(({ type }) => type);
		assert.deepEqual(types.sort(), NODE_NAMES.map(typeOf).sort());
		await offers(NODE_NAMES);
		await works();
	});

	it('is still there and works after a restart', async () => {
		await host.n8n.restart();
		await answered();
		assert.equal((await listed())[0]?.installedVersion, current);
		await works();
	});

	it('leaves nothing behind when it is uninstalled, and n8n goes on', async () => {
		const { client, folder: userFolder } = host.n8n;
		await client.delete(`/rest/community-packages?name=${PACKAGE}`);
		assert.deepEqual(await listed(), []);
		await offers([]);
		const place = packageFolder(userFolder);
		assert.equal(existsSync(place), false);
		assert.deepEqual(
			(await readdir(dirname(place))).filter((name) => name.includes('segmind')),
			[],
		);
	});

	it('then n8n says of a workflow that it does not know the node, and nothing more happens', async () => {
		const { client } = host.n8n;
		const unknown = new RegExp(`Unrecognized node type: ${typeOf('segmindGenerateImage')}`);
		const { data } = await call(webhook);
		assert.match(JSON.stringify(data), unknown);
		await assert.rejects(client.start(workflow), unknown);
		assert.equal((await client.bytes('/healthz/readiness')).status, 200);
	});

	it('works again once it is installed again', async () => {
		const version = current;
		await host.n8n.client.post('/rest/community-packages', { name: PACKAGE, version });
		await works();
	});
});
