/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { NodeJson } from '../engine/workflow';
import { openBrowser, type EditorWindow, type Locator } from './browser';
import { eventually } from './children';
import { oneNode, startHost, type Host } from './host';
import { root } from './versions';

const PROMPT = 'a red fox asleep in fresh snow, soft morning light';

const TITLES: Record<string, string> = {
	segmindGenerateImage: 'Segmind Generate Image',
	segmindCheckStatus: 'Segmind Check Status',
};

const shown = (value: string, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

describe('the editor, as a person sees it', () => {
	let host: Host;
	let window: EditorWindow;

	before(async () => {
		host = await startHost();
		window = await openBrowser(host.n8n.url, host.n8n.client.cookie, { width: 1440, height: 800 });
	});

	after(async () => {
		await window?.close();
		await host?.close();
	});

	/** Writes a picture for the README, if this run is to make them. */
	async function picture(name: string): Promise<void> {
		const folder = process.env.SEGMIND_TEST_IMAGES;
		if (!folder) return;
		await mkdir(join(root, folder), { recursive: true });
		// What moves (a closing list, a button under the pointer) has come to rest by then.
		await window.page.waitForTimeout(700);
		await window.page.screenshot({ path: join(root, folder, `${name}.png`) });
	}

	/** A new workflow with one node, its panel open. */
	async function openPanel(
		name: string,
		parameters: NodeJson['parameters'],
		credential = host.good,
	): Promise<Locator> {
		const workflow = await host.n8n.client.addWorkflow(
			oneNode(name, parameters, credential, TITLES[name]),
		);
		await window.page.goto(`${host.n8n.url}/workflow/${workflow.id}/segmind`);
		const panel = window.page.getByTestId('ndv');
		await panel.waitFor({ timeout: 60_000 });
		return panel;
	}

	it('finds the nodes by the name of the service and by their purpose', async () => {
		const { page } = window;
		const workflow = oneNode('segmindGenerateImage', {}, host.good);
		const [start] = workflow.nodes;
		const { id } = await host.n8n.client.addWorkflow({
			name: 'My workflow',
			nodes: start ? [start] : [],
			connections: {},
		});
		await page.goto(`${host.n8n.url}/workflow/${id}`);
		await page.getByTestId('node-creator-plus-button').click({ timeout: 60_000 });
		const search = page.getByTestId('node-creator-search-bar');
		await search.fill('Segmind');
		for (const name of ['Generate Image', 'Submit Async', 'Check Status', 'Upload Asset']) {
			await page.getByText(`Segmind ${name}`, { exact: true }).waitFor();
		}
		await picture('node-creator');
		await search.fill('image generation');
		await page.getByText('Segmind Generate Image', { exact: true }).waitFor();
	});

	it('lets a model be picked by typing, and shows its own fields', async () => {
		const { page } = window;
		const panel = await openPanel('segmindGenerateImage', { prompt: PROMPT });
		const search = async (words: string) => {
			await panel.getByTestId('rlc-input').click();
			await page.getByTestId('rlc-search').fill(words);
		};
		const row = (name: RegExp) => page.getByTestId('rlc-item').filter({ hasText: name }).first();
		const fields = panel.getByTestId('resource-mapper-container');
		const add = async (label: RegExp) => {
			await panel.getByText('Add parameter to send').click();
			await page.getByText(label).locator('visible=true').first().click();
			await fields.getByText(label).first().waitFor();
		};
		await search('seedream');
		await row(/^Seedream 5/).waitFor();
		await picture('model-list');
		await row(/^Seedream 4\.5/).click();
		await add(/^Max Images/);
		await search('fast flux');
		await row(/^Fast Flux\.1 Schnell.*\$/).click();
		await fields.getByText(/^Max Images/).waitFor({ state: 'hidden' });
		for (const label of [/^Aspect Ratio/, /^Steps/]) await add(label);
		await picture('form');
	});

	it('runs and shows the picture', async () => {
		const { page } = window;
		const panel = await openPanel('segmindGenerateImage', {
			model: shown('fast-flux-schnell', 'Fast Flux.1 Schnell'),
		});
		await panel.getByTestId('parameter-input-prompt').locator('textarea').fill(PROMPT);
		await panel.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('Binary', { exact: true }).click({ timeout: 60_000 });
		await page.getByTestId('ndv-view-binary-data').click();
		const image = output.locator('img').last();
		await image.waitFor();
		await eventually('the picture', 10, async () => {
			return (await image.evaluate(({ naturalWidth }) => naturalWidth)) > 0 || undefined;
		});
		await picture('picture');
	});

	it('says under a node which model it runs, and how', async () => {
		const { page } = window;
		await openPanel('segmindGenerateImage', { model: shown('seedream-4.5', 'Seedream 4.5') });
		await page.keyboard.press('Escape');
		await page.getByText('seedream-4.5 · auto', { exact: true }).first().waitFor();
	});

	it('says what is wrong with a key', async () => {
		const panel = await openPanel('segmindGenerateImage', { prompt: PROMPT }, host.bad);
		await panel.getByTestId('node-execute-button').click();
		const output = window.page.getByTestId('output-panel');
		const title = output.getByTestId('node-error-message');
		await title.getByText('Segmind did not accept the API key').waitFor({ timeout: 60_000 });
		await output.getByText(/^Nothing was billed\. Open the Segmind credential/).waitFor();
		await picture('wrong-key');
	});

	it('shows three outputs of Check Status on the canvas', async () => {
		const { page } = window;
		await openPanel('segmindCheckStatus', { routing: 'byStatus' });
		await page.keyboard.press('Escape');
		for (const name of ['Completed', 'In Progress', 'Failed']) {
			await page.getByText(name, { exact: true }).first().waitFor();
		}
		await picture('check-status');
	});

	it('threw no error in the page', () => {
		assert.deepEqual(window.errors, []);
	});
});
