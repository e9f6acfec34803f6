import type { WorkflowJson } from '../engine/workflow';
import type { EditorWindow, Locator } from './browser';
import { eventually } from './children';
import type { N8n } from './server';

/** What the button of a node says while the node does not run, and that of a trigger. */
export const READY = /^(Execute step|Fetch Test Event)$/;

/** A person at the editor who opens nodes, fills them in, and presses their button. */
export class Person {
	/** All that was typed since the workflow was opened. */
	typed: string[] = [];

	constructor(
		private readonly n8n: N8n,
		private readonly window: EditorWindow,
	) {}

	/** Opens a workflow as it was saved. */
	async openWorkflow(workflow: WorkflowJson): Promise<void> {
		this.typed = [];
		const { id } = await this.n8n.client.addWorkflow(workflow);
		await this.window.page.goto(`${this.n8n.url}/workflow/${id}`);
	}

	/** Opens a node's panel from the canvas. */
	async openNode(name: string): Promise<void> {
		const { page } = this.window;
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		const panel = this.panel;
		await panel
			.getByTestId('node-title-container')
			.getByText(name, { exact: true })
			.last()
			.waitFor();
		// The button of a panel that is being drawn does nothing.
		await this.button.getByText(READY).waitFor();
	}

	async closeNode(): Promise<void> {
		await this.window.page.keyboard.press('Escape');
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** Types into the list of models and takes the row of that name. */
	async chooseModel(words: string, row: RegExp): Promise<void> {
		const { page } = this.window;
		await this.panel.getByTestId('rlc-input').click();
		await page.getByTestId('rlc-search').fill(this.types(words));
		await page.getByTestId('rlc-item').filter({ hasText: row }).first().click();
	}

	async write(parameter: string, text: string): Promise<void> {
		const field = this.panel.getByTestId(`parameter-input-${parameter}`);
		await field.locator('textarea, input').first().fill(this.types(text));
	}

	async choose(parameter: string, option: string | RegExp, row = 0): Promise<void> {
		await this.panel.getByTestId(`parameter-input-${parameter}`).nth(row).click();
		await this.window.page.getByRole('option', { name: option }).first().click();
	}

	async addFile(row = 0): Promise<void> {
		await this.panel.getByText('Add file', { exact: true }).click();
		await this.panel.getByTestId('parameter-input-source').nth(row).waitFor();
	}

	/** Drags a key of an earlier node's items from the list at the left into a parameter. */
	async drag(key: string, node: string, parameter: string, row = 0): Promise<void> {
		const { mouse } = this.window.page;
		const pill = this.input.locator(`[data-name="${key}"][data-node-name="${node}"]`);
		// One node is open at a time.
		if (!(await pill.isVisible())) {
			await this.input.getByTestId('run-data-schema-header').filter({ hasText: node }).click();
		}
		await pill.hover();
		await mouse.down();
		const target = this.panel.getByTestId(`parameter-input-${parameter}`).nth(row);
		const { x, y, width, height } = (await target.boundingBox()) ?? {
			x: 0,
			y: 0,
			width: 0,
			height: 0,
		};
		await mouse.move(x + width / 2, y + height / 2, { steps: 10 });
		await mouse.up();
		await target.getByText(`.${key} }}`).first().waitFor();
	}

	/** One click, and the wait for the result. */
	async execute(): Promise<void> {
		// What n8n fills in later counts as a change after the run.
		await this.panel.getByText('Fetching parameters').waitFor({ state: 'hidden' });
		await this.button.click();
		await this.output
			.getByText(/^\d+ items?$/)
			.first()
			.waitFor({ timeout: 180_000 });
	}

	/** Shows the file of the output as n8n shows it. */
	async seen(element: 'img' | 'video' | 'audio'): Promise<Locator> {
		await this.output.getByText('Binary', { exact: true }).click();
		await this.output.getByTestId('ndv-view-binary-data').first().click();
		const shown = this.output.locator(element).last();
		await shown.waitFor({ state: 'attached' });
		return shown;
	}

	/** The text of the output, as JSON. */
	async readJson(): Promise<string> {
		await this.output.getByText('JSON', { exact: true }).click();
		return await eventually('the JSON of the output', 60, async () => {
			const text = await this.output.innerText();
			return text.includes('{') ? text : undefined;
		});
	}

	get panel(): Locator {
		return this.window.page.getByTestId('ndv');
	}

	get input(): Locator {
		return this.window.page.getByTestId('ndv-input-panel');
	}

	get output(): Locator {
		return this.window.page.getByTestId('output-panel');
	}

	private get button(): Locator {
		return this.panel.getByTestId('node-execute-button');
	}

	private types(text: string): string {
		this.typed.push(text);
		return text;
	}
}
