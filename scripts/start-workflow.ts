/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readFile } from 'node:fs/promises';
import type { IDataObject } from 'n8n-workflow';
import type { WorkflowJson } from '../test/engine/engine';
import { Complaint, whyNot } from './complaint';
import type { StartOptions } from './start-options';

const generateImage = 'n8n-nodes-segmind.segmindGenerateImage';

/** Reads the workflow and inserts the prompts and the model from the command line. */
export async function loadWorkflow(options: StartOptions): Promise<WorkflowJson> {
	const workflow = await read(options.workflow);
	if (options.prompts.length) setPrompts(workflow, options);
	const generators = workflow.nodes.filter(({ type }) => type === generateImage);
	if (options.model !== undefined && !generators.length) {
		throw new Complaint(`${options.workflow} has no Segmind Generate Image node for --model`);
	}
	for (const node of generators) {
		const model = { __rl: true, mode: 'slug', value: options.model };
		node.parameters = { ...node.parameters, ...(options.model !== undefined && { model }) };
		// One failed prompt must not cost the other images.
		node.onError ??= 'continueRegularOutput';
	}
	return workflow;
}

async function read(file: string): Promise<WorkflowJson> {
	const text = await readFile(file, 'utf8').catch((error: unknown) => {
		throw new Complaint(`Cannot read the workflow ${file}: ${whyNot(error)}`);
	});
	const workflow = parseJson(text);
	if (!isWorkflow(workflow)) throw new Complaint(`${file} is not an n8n workflow in JSON`);
	return workflow;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isWorkflow(value: unknown): value is WorkflowJson {
	const { nodes, connections } = Object(value) as Partial<WorkflowJson>;
	const isNode = (node: unknown) => {
		const { name, type } = Object(node) as IDataObject;
		return typeof name === 'string' && typeof type === 'string';
	};
	return (
		Array.isArray(nodes) &&
		nodes.length > 0 &&
		nodes.every(isNode) &&
		typeof connections === 'object' &&
		connections !== null
	);
}

function setPrompts({ nodes }: WorkflowJson, { prompts, workflow }: StartOptions): void {
	const lists = nodes
		.filter(({ type }) => type === 'n8n-nodes-base.set')
		.flatMap(({ parameters }) => {
			const { assignments = [] } = Object(parameters?.assignments) as {
				assignments?: IDataObject[];
			};
			return assignments.filter(({ type }) => type === 'array');
		});
	if (!lists[0]) {
		throw new Complaint(`${workflow} has no Edit Fields node with a list that could take prompts`);
	}
	lists[0].value = JSON.stringify(prompts);
}

/** How many items reach Segmind's nodes once the named node has produced its outputs. */
export function itemsForSegmind(
	{ nodes, connections }: WorkflowJson,
	from: string,
	outputs: unknown[][],
): number {
	const isSegmind = (name: string) =>
		nodes.some((node) => node.name === name && node.type.startsWith('n8n-nodes-segmind.'));
	return outputs
		.map((items, index) => {
			const next = connections[from]?.main?.[index] ?? [];
			return next.filter(({ node }) => isSegmind(node)).length * items.length;
		})
		.reduce((sum, count) => sum + count, 0);
}
