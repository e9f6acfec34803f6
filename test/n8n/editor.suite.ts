/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NodeJson } from '../engine/workflow';
import { openBrowser, type EditorWindow, type Locator } from './browser';
import { eventually } from './children';
import { docPicture } from './docPicture';
import { NODE_NAMES, oneNode, startHost, type Host } from './host';

/** The simulator always draws hills under a sky; this prompt makes the documentation's picture match its words. */
const PROMPT = 'layered blue mountains under a red evening sky, flat illustration';

const TITLES: Record<string, string> = {
	segmindGenerateImage: 'Segmind Generate Image',
	segmindCheckStatus: 'Segmind Check Status',
};

/** What people type, with the Generate node that they look for: it is among the first three. */
const FOUND = [
	['remove background', 'Image'],
	['AI picture', 'Image'],
	['AI image', 'Image'],
	['midjourney', 'Image'],
	['upscale', 'Image'],
	['text to video', 'Video'],
	['kling', 'Video'],
	['voice', 'Audio'],
	['llm', 'Text'],
] as const;

const shown = (value: string, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

const SIZE = { width: 1440, height: 760 };

/** The parts of a window of that size that the screenshots show. */
const AREAS = {
	/** The list of nodes at the right of the canvas, in a window 900 pixels high. */
	nodeList: { x: 1055, y: 66, width: 385, height: 806 },
	/** What a node gets, at the left, and the upper half of its parameters. */
	input: { x: 24, y: 66, width: 905, height: 592 },
	/** The upper half of a node's parameters. */
	choice: { x: 511, y: 66, width: 418, height: 430 },
	/** A node's parameters down to its first input file. */
	inputFile: { x: 511, y: 66, width: 418, height: 592 },
	/** A node's parameters. */
	parameters: { x: 511, y: 66, width: 418, height: 646 },
	/** The upper half of a node's parameters and output. */
	output: { x: 511, y: 66, width: 904, height: 480 },
	/** A node's parameters and output. */
	node: { x: 511, y: 66, width: 904, height: 592 },
	/** The middle of the canvas. */
	canvas: { x: 500, y: 280, width: 600, height: 260 },
};

describe('the editor, as a person sees it', () => {
	let host: Host;
	let window: EditorWindow;

	before(async () => {
		host = await startHost();
		window = await openBrowser(host.n8n.url, host.n8n.client.cookie, SIZE);
	});

	after(async () => {
		await window?.close();
		await host?.close();
	});

	const picture = async (name: string, area: keyof typeof AREAS) =>
		await docPicture(window, name, AREAS[area]);

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
		await panel.waitFor();
		return panel;
	}

	it('finds the nodes by the name of the service and by their purpose, and adds one', async () => {
		const { page } = window;
		const workflow = oneNode('segmindGenerateImage', {}, host.good);
		const [start] = workflow.nodes;
		const { id } = await host.n8n.client.addWorkflow({
			name: 'My workflow',
			nodes: start ? [start] : [],
			connections: {},
		});
		await page.goto(`${host.n8n.url}/workflow/${id}`);
		await page.getByTestId('node-creator-plus-button').click();
		const search = page.getByTestId('node-creator-search-bar');
		await search.fill('Segmind');
		for (const name of ['Generate Image', 'Submit Async', 'Check Status', 'Upload Asset']) {
			await page.getByText(`Segmind ${name}`, { exact: true }).waitFor();
		}
		await search.fill('image generation');
		await page.getByText('Segmind Generate Image', { exact: true }).click();
		await page.getByText('Add to workflow', { exact: true }).click();
		const panel = page.getByTestId('ndv');
		await panel.getByTestId('parameter-input-prompt').waitFor();
		const title = panel.getByTestId('node-title-container').getByTestId('inline-edit-preview');
		assert.equal(await title.innerText(), 'Segmind Generate Image');
	});

	it('shows every node for "segmind" without scrolling, and finds each by what people say', async () => {
		const { page } = window;
		const { id } = await host.n8n.client.addWorkflow(oneNode('segmindGetCredits', {}, host.good));
		await page.setViewportSize({ width: 1440, height: 900 });
		await page.goto(`${host.n8n.url}/workflow/${id}`);
		await page.getByTestId('node-creator-plus-button').click();
		const names = '[data-test-id="node-creator-item-name"]';
		const found = async (words: string, expected: string, among: number) => {
			await page.getByTestId('node-creator-search-bar').fill(words);
			// The list is drawn again while the words are typed.
			return await eventually(`${expected} for "${words}"`, 20, async () => {
				const seen = await page.evaluate<string[]>(
					`[...document.querySelectorAll('${names}')]
						.filter((name) => name.parentElement.parentElement.getBoundingClientRect().bottom <= innerHeight)
						.map((name) => name.textContent.trim())`,
				);
				const first = seen.slice(0, among);
				return first.includes(expected) ? first : undefined;
			});
		};
		const titles = ['Image', 'Video', 'Audio', 'Text'].map((what) => `Segmind Generate ${what}`);
		for (const title of titles) await found('segmind', title, NODE_NAMES.length);
		await picture('node-creator', 'nodeList');
		for (const [words, what] of FOUND) await found(words, `Segmind Generate ${what}`, 3);
		await page.setViewportSize(SIZE);
	});

	it('offers the fields of a node before its first run, to be mapped in the next one', async () => {
		const { page } = window;
		const workflow = oneNode('segmindGenerateImage', {}, host.good, TITLES.segmindGenerateImage);
		const next: NodeJson = {
			id: 'next',
			name: 'Edit Fields',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [440, 0],
			parameters: {},
		};
		const title = TITLES.segmindGenerateImage!;
		const { id } = await host.n8n.client.addWorkflow({
			...workflow,
			nodes: [...workflow.nodes, next],
			connections: {
				...workflow.connections,
				[title]: { main: [[{ node: next.name, type: 'main', index: 0 }]] },
			},
		});
		await page.goto(`${host.n8n.url}/workflow/${id}/next`);
		const input = page.getByTestId('ndv-input-panel');
		for (const key of ['url', 'seed', 'cost', 'request_id']) {
			await input.getByText(key, { exact: true }).first().waitFor();
		}
		await picture('schema-preview', 'input');
	});

	it('lets a model be picked by typing and its own fields be filled in, and shows the picture', async () => {
		const { page } = window;
		const panel = await openPanel('segmindGenerateImage', {});
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
		await panel.getByTestId('parameter-input-prompt').locator('textarea').fill(PROMPT);
		await search('seedream');
		await row(/^Seedream 5/).waitFor();
		await picture('model-list', 'choice');
		await row(/^Seedream 4\.5/).click();
		await add(/^Max Images/);
		await search('fast flux');
		await row(/^Fast Flux\.1 Schnell.*\$/).click();
		await fields.getByText(/^Max Images/).waitFor({ state: 'hidden' });
		await add(/^Steps/);
		await fields.getByTestId('parameter-input-steps').locator('input').fill('6');
		await panel.getByTestId('parameter-input-aspectRatio').click();
		await page.getByRole('option', { name: '16:9 (Landscape)' }).click();
		await panel.getByText('Input Files', { exact: true }).click();
		await picture('form', 'parameters');

		await panel.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('Binary', { exact: true }).click();
		await page.getByTestId('ndv-view-binary-data').click();
		const image = output.locator('img').last();
		await image.waitFor();
		const [width, height] = await eventually('the picture', 60, async () => {
			const size = await image.evaluate((it) => [it.naturalWidth, it.naturalHeight]);
			return size[0] ? size : undefined;
		});
		assert.equal(((width ?? 0) / (height ?? 1)).toFixed(1), (16 / 9).toFixed(1));
		await picture('picture', 'node');
		const sent = host.simulator.jobs.at(-1)?.body;
		assert.deepEqual(sent, { prompt: PROMPT, aspect_ratio: '16:9', steps: 6 });
	});

	it('gives an input file to the field of the model that takes it, or lets it be chosen', async () => {
		const { page } = window;
		const panel = await openPanel('segmindGenerateImage', {
			model: shown('nano-banana', 'Nano Banana'),
			prompt: 'the same scene in winter, with fresh snow',
			inputFiles: { file: [{ source: 'binary', binaryField: 'data' }] },
		});
		await panel.getByText('Add parameter to send').waitFor();
		await picture('input-file', 'inputFile');
		const option = (name: RegExp) => page.getByRole('option', { name }).first();
		// n8n redraws the list once its entries have arrived, which closes it.
		await eventually('the fields of the model', 60, async () => {
			await panel.getByTestId('parameter-input-parameter').click();
			return await option(/^Automatic/)
				.waitFor({ timeout: 3000 })
				.then(
					() => true,
					() => undefined,
				);
		});
		await option(/^Image URLs/).waitFor();
	});

	it('says under a node which model it runs, and how', async () => {
		const { page } = window;
		await openPanel('segmindGenerateImage', { model: shown('seedream-4.5', 'Seedream 4.5') });
		await page.keyboard.press('Escape');
		await page.getByText('seedream-4.5 · auto', { exact: true }).first().waitFor();
	});

	it('says what is wrong with a key', async () => {
		const panel = await openPanel('segmindGenerateImage', { prompt: PROMPT }, host.bad);
		// Anything that n8n fills in later counts as a change after the run.
		await panel.getByText('Add parameter to send').waitFor();
		await panel.getByTestId('node-execute-button').click();
		const output = window.page.getByTestId('output-panel');
		const title = output.getByTestId('node-error-message');
		await title.getByText('Segmind did not accept the API key').waitFor();
		await output.getByText(/^Nothing was billed\. Open the Segmind credential/).waitFor();
		await picture('wrong-key', 'output');
	});

	it('shows three outputs of Check Status on the canvas', async () => {
		const { page } = window;
		await openPanel('segmindCheckStatus', { routing: 'byStatus' });
		await page.keyboard.press('Escape');
		for (const name of ['Completed', 'In Progress', 'Failed']) {
			await page.getByText(name, { exact: true }).first().waitFor();
		}
		await picture('check-status', 'canvas');
	});

	it('threw no error in the page', () => {
		assert.deepEqual(window.errors, []);
	});
});
