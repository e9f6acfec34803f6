/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WorkflowJson } from '../engine/workflow';
import { openBrowser, type Area, type EditorWindow } from './browser';
import { startChatModel, type ChatModel } from './chatModel';
import type { StoredCredential } from './client';
import { startHost, type Host } from './host';
import { photo } from './pictures';
import { startServices, type Services } from './services';
import { allTemplates, connected, readTemplate, templateFiles, wantedTable } from './templates';
import { root } from './versions';

/** Bytes of a picture. */
const MAX_PICTURE_BYTES = 120 * 1024;

/** Elements over the canvas, and the dots of its background, which take half of a screenshot's bytes. */
const OVERLAYS = `
	[data-test-id="canvas-wrapper"] button, [data-test-id="canvas-controls"],
	[data-test-id="node-creator-plus-button"], .el-notification, .vue-flow__background,
	.vue-flow__panel { visibility: hidden !important }`;

/** The part of the page that shows the workflow, labels included, with a margin. */
const AREA = `(() => {
	const seen = { opacityProperty: true, visibilityProperty: true };
	const boxes = [...document.querySelectorAll('.vue-flow__node, .vue-flow__node :not(:has(*))')]
		.filter((element) => element.checkVisibility(seen))
		.map((element) => element.getBoundingClientRect())
		.filter(({ width, height }) => width > 0 && height > 0);
	const left = Math.min(...boxes.map((box) => box.left)) - 16;
	const top = Math.min(...boxes.map((box) => box.top)) - 16;
	const right = Math.max(...boxes.map((box) => box.right)) + 16;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + 16;
	return { x: left, y: top, width: right - left, height: bottom - top };
})()`;

describe('the templates on the canvas', () => {
	let host: Host;
	let window: EditorWindow;
	let model: ChatModel;
	let services: Services;
	let credentials: Record<string, StoredCredential>;
	const drawn: string[] = [];
	const folder = join(root, process.env.SEGMIND_TEST_IMAGES || '.tmp/images');

	before(async () => {
		await mkdir(folder, { recursive: true });
		model = await startChatModel();
		services = await startServices();
		// The chat calls n8n by its host name; the browser can only reach this machine by its address.
		host = await startHost({ env: { N8N_HOST: '127.0.0.1' } });
		const { client, url } = host.n8n;
		const openAi = { apiKey: 'none', url: model.url };
		const bearer = { token: 'a long password' };
		credentials = {
			segmindApi: host.good,
			openAiApi: await client.addCredential('OpenAI account', 'openAiApi', openAi),
			httpBearerAuth: await client.addCredential('Bearer Auth account', 'httpBearerAuth', bearer),
			postgres: await client.addCredential('Postgres account', 'postgres', services.credential),
		};
		window = await openBrowser(url, client.cookie, { width: 1360, height: 900 });
	});

	after(async () => {
		await window?.close();
		await host?.close();
		await services?.stop();
		await model?.close();
	});

	const photoUrl = () => host.simulator.publish(photo(), 'photo.jpg', 'image/jpeg');

	/** Opens a template as a user does after importing it. */
	async function open(template: WorkflowJson): Promise<void> {
		const { n8n } = host;
		const { id } = await n8n.client.addWorkflow(connected(template, credentials, photoUrl()));
		await window.page.goto(`${n8n.url}/workflow/${id}`);
	}

	async function execute(): Promise<void> {
		const { page } = window;
		await page.getByTestId('execute-workflow-button').click({ timeout: 60_000 });
		await page.getByText('Workflow executed successfully').waitFor({ timeout: 60_000 });
	}

	/** Writes a screenshot of the canvas and nothing else. */
	async function picture(file: string, { nodes }: WorkflowJson): Promise<void> {
		const { page } = window;
		await page.addStyleTag({ content: OVERLAYS });
		const fetched = nodes.find(({ type }) => type === 'n8n-nodes-base.httpRequest')?.parameters;
		// The photo came from this machine; the screenshot shows where the template gets it.
		await page.evaluate(`for (const element of document.querySelectorAll('.vue-flow__node *')) {
			const isLabel = !element.firstElementChild && element.textContent.startsWith('GET: ');
			if (isLabel) element.textContent = ${JSON.stringify(`GET: ${String(fetched?.url).replace(/^=/, '')}`)};
		}`);
		await page.keyboard.press('1');
		// Gives the canvas time to stop moving.
		await page.waitForTimeout(1000);
		const path = join(folder, `template-${file.replace('.json', '.png')}`);
		await page.screenshot({ path, clip: await page.evaluate<Area>(AREA) });
		const { size } = await stat(path);
		assert.ok(size < MAX_PICTURE_BYTES, `${path} has ${size} bytes`);
		drawn.push(file);
	}

	for (const file of templateFiles()) {
		it(`${file} runs to its end`, async () => {
			const template = readTemplate(file);
			await open(template);
			await execute();
			await picture(file, template);
		});
	}

	// What they read from the request history: a request of this hour, or of the last month.
	for (const [file, daysAgo] of [
		['collect-paid.json', 0],
		['monthly-spend.json', new Date().getUTCDate()],
		['when-done.json', 0],
	] as const) {
		it(`${file} runs to its end`, async () => {
			const template = readTemplate(file);
			host.simulator.history.add({
				request_id: file.replace('.json', ''),
				generation_url: photoUrl(),
				request_body: { prompt: 'a red fox asleep in fresh snow' },
				created_at: new Date(Date.now() - (daysAgo * 24 * 60 + 1) * 60_000).toISOString(),
			});
			await open(template);
			await execute();
			await picture(file, template);
		});
	}

	// One needs a Google account; the other is called by other agents, which the canvas does not show.
	for (const file of ['sheet-to-drive.json', 'mcp-server.json']) {
		it(`${file} is drawn as it is imported`, async () => {
			const template = readTemplate(file);
			await open(template);
			await window.page.locator('.vue-flow__node').first().waitFor({ timeout: 60_000 });
			await picture(file, template);
		});
	}

	it('images-to-postgres.json runs to its end', async () => {
		const template = readTemplate('images-to-postgres.json');
		await services.execute(wantedTable(template));
		await open(template);
		await execute();
		await picture('images-to-postgres.json', template);
	});

	it('ai-agent.json answers in the chat', async () => {
		const { page } = window;
		const template = readTemplate('ai-agent.json');
		model.prompt = 'a poster of a mountain railway';
		await open(template);
		await page.getByTestId('workflow-chat-button').click({ timeout: 60_000 });
		const input = page.locator('[data-test-id="canvas-chat"] textarea');
		await input.fill('I would like a poster of a mountain railway');
		await input.press('Enter');
		await page.locator('[data-test-id="canvas-chat"] img').waitFor({ timeout: 60_000 });
		await page.getByTestId('workflow-chat-button').click();
		await picture('ai-agent.json', template);
	});

	it('every template has its picture', () => {
		assert.deepEqual(drawn.sort(), allTemplates().sort());
	});
});
