/* eslint-disable @n8n/community-nodes/no-restricted-imports, no-console -- runs outside n8n */
import axios from 'axios';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from './children';
import { itemsOf, jsonOf, type StoredCredential } from './client';
import {
	bySlug,
	NODE_NAMES,
	offeredTypes,
	oneNode,
	startHost,
	typeOf,
	withItems,
	type Host,
} from './host';
import { checkFiles, photo } from './pictures';
import { connected, historyTemplateFiles, readTemplate, templateFiles } from './templates';
import { testedVersion } from './versions';

interface Listed {
	name: string;
	iconUrl?: { light: string; dark: string };
	outputs?: unknown;
}

describe(`the packed package in n8n ${testedVersion().name}`, () => {
	let host: Host;

	before(async () => {
		host = await startHost({ binaryMode: 'filesystem' });
	});

	after(async () => {
		if (!host) return;
		console.log(`n8n's memory at the end: ${await host.n8n.memory()} MB`);
		await host.close();
	});

	describe('what is there', () => {
		it('has all nodes, each as a tool of an AI agent too, with icons that can be fetched', async () => {
			const { client } = host.n8n;
			const all = await client.types<Listed>('nodes', () => true);
			const own = all.filter(({ name }) => name.startsWith('n8n-nodes-segmind.'));
			assert.deepEqual(own.map(({ name }) => name).sort(), offeredTypes(NODE_NAMES));
			for (const { name, outputs } of own) {
				if (name.endsWith('Tool')) assert.deepEqual(outputs, ['ai_tool']);
			}
			const credentials = await client.types<Listed>('credentials', () => true);
			const credential = credentials.find(({ name }) => name === 'segmindApi');
			for (const { name, iconUrl } of [...own, ...(credential ? [credential] : [])]) {
				assert.ok(iconUrl, `${name} has an icon`);
				for (const url of [iconUrl.light, iconUrl.dark]) {
					const { status, type, bytes } = await client.bytes(`/${url}`);
					assert.equal(status, 200);
					assert.match(type, /^image\/svg/);
					assert.match(bytes.toString(), /<svg/);
				}
			}
			assert.ok(credential, 'the credential is there');
		});
	});

	describe('the credential test', () => {
		/** Does what n8n does when the window of a stored credential is opened. */
		const test = async ({ id }: StoredCredential) => {
			const stored = await host.n8n.client.get<object>(`/rest/credentials/${id}?includeData=true`);
			return await host.n8n.client.post<{ status: string; message: string }>(
				'/rest/credentials/test',
				{ credentials: stored },
			);
		};

		it('passes with a good key', async () => {
			assert.equal((await test(host.good)).status, 'OK');
		});

		it('fails with a clear text for a bad one', async () => {
			const { status, message } = await test(host.bad);
			assert.equal(status, 'Error');
			assert.match(message, /^Segmind did not accept this API key\. Paste it again/);
		});
	});

	describe('the fields that n8n asks the package for', () => {
		const ask = async <T>(endpoint: string, methodName: string, slug: string, filter?: string) =>
			await host.n8n.client.post<T>(`/rest/dynamic-node-parameters/${endpoint}`, {
				nodeTypeAndVersion: { name: typeOf('segmindGenerateImage'), version: 1 },
				currentNodeParameters: { model: bySlug(slug) },
				credentials: { segmindApi: host.good },
				path: 'parameters.model',
				methodName,
				filter,
			});

		it('finds models by words', async () => {
			type Answer = { results: Array<{ value: string; name: string }>; paginationToken?: string };
			const few = await ask<Answer>('resource-locator-results', 'searchModels', '', 'seedream 4.5');
			assert.equal(few.results[0]?.value, 'seedream-4.5');
			const page = await ask<Answer>('resource-locator-results', 'searchModels', '');
			assert.equal(page.results.length, 50);
			assert.equal(page.paginationToken, '1');
		});

		it('knows the fields of a model', async () => {
			type Answer = { fields: Array<{ id: string; type: string; displayName: string }> };
			const answer = await ask<Answer>(
				'resource-mapper-fields',
				'getModelParameters',
				'sdxl-txt2img',
			);
			const ids = answer.fields.map(({ id }) => id);
			for (const id of ['negative_prompt', 'seed', 'img_width']) assert.ok(ids.includes(id), id);
		});
	});

	describe('templates', () => {
		for (const file of templateFiles()) {
			it(`${file} imports, runs and gives whole files`, async () => {
				const { n8n, simulator, good } = host;
				const photoUrl = simulator.publish(photo(), 'photo.jpg', 'image/jpeg');
				const workflow = connected(readTemplate(file), { segmindApi: good }, photoUrl);
				const execution = await n8n.client.run(workflow);
				assert.equal(execution.status, 'success', JSON.stringify(execution.error));
				const segmindNodes = workflow.nodes.filter(({ type }) => type.includes('segmind'));
				const items = segmindNodes.flatMap(({ name }) => itemsOf(execution, name));
				assert.ok(items.length > 0, 'Segmind nodes gave items');
				const files = await checkFiles(n8n.client, items);
				// The jobs of that table are kept by their URLs.
				assert.equal(files > 0, file !== 'jobs-in-data-table.json', `${files} files`);
			});
		}

		for (const file of historyTemplateFiles()) {
			it(`${file} imports, and finds earlier requests`, async () => {
				const { n8n, simulator, good } = host;
				simulator.reset();
				const url = simulator.publish(photo(), 'photo.jpg', 'image/jpeg');
				// Of this hour, and of the last month.
				const now = new Date();
				for (const [request_id, time] of [
					['new', now.getTime() - 60_000],
					['old', Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)],
				] as const) {
					const created_at = new Date(time).toISOString();
					simulator.history.add({ request_id, created_at, generation_url: url });
				}
				const template = connected(readTemplate(file), { segmindApi: good }, url);
				const execution = await n8n.client.run(template);
				assert.equal(execution.status, 'success', JSON.stringify(execution.error));
				const enabled = template.nodes.filter(
					({ type, disabled }) => !disabled && !type.endsWith('.stickyNote'),
				);
				for (const { name } of enabled) {
					assert.equal(itemsOf(execution, name).length, 1, `${name} gave an item`);
				}
			});
		}
	});

	describe('runs', () => {
		it('keeps files on disk and hands over the very bytes', async () => {
			const { n8n, good } = host;
			const workflow = oneNode(
				'segmindGenerateImage',
				{ model: bySlug('fast-flux-schnell'), prompt: 'a pear', options: { mode: 'async' } },
				good,
			);
			const execution = await n8n.client.run(workflow);
			const [item] = itemsOf(execution, 'Segmind');
			assert.match(item?.binary?.data?.id ?? '', /^filesystem/);
			assert.equal(await checkFiles(n8n.client, item ? [item] : []), 1);
		});

		it('routes three ways by status', async () => {
			const { n8n, good } = host;
			const submit = oneNode(
				'segmindSubmitAsync',
				{ model: bySlug('seedream-4.5'), prompt: 'an endless sea' },
				good,
			);
			const [job] = jsonOf(await n8n.client.run(submit), 'Segmind');
			assert.equal(job?.status, 'QUEUED');
			const check = oneNode(
				'segmindCheckStatus',
				{
					requestId: String(job?.request_id),
					waitForCompletion: false,
					routing: 'byStatus',
				},
				good,
			);
			const execution = await n8n.client.run(check);
			assert.equal(jsonOf(execution, 'Segmind', 1)[0]?.request_id, job?.request_id);
			assert.deepEqual(jsonOf(execution, 'Segmind', 0), []);
		});

		it('shows why a key or a job failed', async () => {
			const { n8n, good, bad } = host;
			const prompt = 'a forbidden sight';
			const parameters = { model: bySlug('fast-flux-schnell'), prompt, options: { mode: 'async' } };
			const wrongKey = await n8n.client.run(oneNode('segmindGenerateImage', parameters, bad));
			assert.equal(wrongKey.status, 'error');
			assert.equal(wrongKey.error?.message, 'Segmind did not accept the API key');
			assert.match(
				wrongKey.error?.description ?? '',
				/^Nothing was billed\. .*paste the key again/,
			);
			const failed = await n8n.client.run(oneNode('segmindGenerateImage', parameters, good));
			assert.equal(failed.status, 'error');
			const { message, description } = failed.error ?? {};
			assert.match(`${message} ${description}`, /NSFW content detected/);
		});

		it('gives an address of n8n that opens for the finished pictures of a failed run, and Retry reuses them', async () => {
			const { n8n, simulator, good } = host;
			simulator.reset();
			const refuse = { status: 400, body: { error: 'No second picture' } };
			simulator.script({ origin: 'api', method: 'POST', skip: 1, answer: refuse });
			const workflow = await n8n.client.addWorkflow(
				withItems(
					oneNode(
						'segmindGenerateImage',
						{
							model: bySlug('fast-flux-schnell'),
							prompt: '=picture {{ $itemIndex }}',
							options: { mode: 'sync', concurrency: 1 },
						},
						good,
					),
					[{ n: 1 }, { n: 2 }],
				),
			);
			const failed = await n8n.client.ended(await n8n.client.start(workflow));
			assert.equal(failed.status, 'error');
			const url = /Item 0: finished: ([^\s<]+)/.exec(failed.error?.description ?? '')?.[1] ?? '';
			assert.match(url, /\/rest\/binary-data\/signed\?token=/);
			// Without signing in, so not with the client, which has a session.
			const { pathname, search } = new URL(url);
			const answer = await axios.get<ArrayBuffer>(`${n8n.client.url}${pathname}${search}`, {
				responseType: 'arraybuffer',
			});
			assert.equal(Buffer.from(answer.data).subarray(0, 2).toString('hex'), 'ffd8');
			const retried = await n8n.client.ended(await n8n.client.retry(failed.id));
			assert.equal(retried.status, 'success', JSON.stringify(retried.error));
			assert.equal(itemsOf(retried, 'Segmind').length, 2);
			assert.equal(simulator.jobs.length, 2);
		});

		it('ends within two seconds of Stop, and asks Segmind nothing more', async () => {
			const { n8n, simulator, good } = host;
			simulator.reset();
			const parameters = { model: bySlug('seedream-4.5'), prompt: 'an endless sea' };
			const workflow = await n8n.client.addWorkflow(
				oneNode('segmindGenerateImage', parameters, good),
			);
			const id = await n8n.client.start(workflow);
			await eventually('a job', 20, () => simulator.jobs[0]);
			const stoppedAt = Date.now();
			await n8n.client.stop(id);
			const { status } = await n8n.client.ended(id);
			assert.ok(Date.now() - stoppedAt < 2000, `it took ${Date.now() - stoppedAt} ms`);
			assert.equal(status, 'canceled');
			await eventually('the last request', 30, () => simulator.inFlight === 0 || undefined);
			const asked = simulator.requests.length;
			await pause(3000);
			assert.equal(simulator.requests.length, asked);
		});

		// Last, since the workflow stays published, and its polls would count as requests of other tests.
		it('starts a published workflow for what has ended since then, once', async () => {
			const { n8n, simulator, good } = host;
			simulator.reset();
			const [, node] = oneNode('segmindTrigger', {}, good).nodes;
			const pollTimes = { item: [{ mode: 'everyMinute' }] };
			const before = oneNode(
				'segmindGenerateImage',
				{ model: bySlug('fast-flux-schnell'), prompt: 'before', output: 'url' },
				good,
			);
			await n8n.client.run(before);
			simulator.requests.length = 0;
			await n8n.client.publish({
				name: 'When done',
				nodes: [{ ...node!, parameters: { pollTimes } }],
				connections: {},
			});
			// n8n 2.41 answers before it activates the workflow; what ends before the first look is none of its news.
			await eventually('the first look', 60, () =>
				simulator.requests.find(({ path, status }) => /history/.test(path) && status === 200),
			);
			const workflow = oneNode(
				'segmindGenerateImage',
				{ model: bySlug('fast-flux-schnell'), prompt: 'after', output: 'url' },
				good,
			);
			const made = await n8n.client.run(workflow);
			const known = made.id;
			const [started] = await eventually('a started workflow', 150, async () => {
				const newer = (await n8n.client.executions()).filter(
					({ id }) => Number(id) > Number(known),
				);
				return newer.length ? newer : undefined;
			});
			const execution = await n8n.client.ended(started!.id);
			assert.deepEqual(
				jsonOf(execution, 'Segmind').map(({ prompt, url }) => [prompt, url]),
				[['after', jsonOf(made, 'Segmind')[0]?.url]],
			);
		});
	});
});
