/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { NodeTypeParser, searchCodeBuilderNodes } from '@n8n/ai-utilities/node-catalog';
import { generateNodeTypeFile } from '@n8n/workflow-sdk/dist/generate-types/generate-types';
import { validateWorkflow } from '@n8n/workflow-sdk';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { join } from 'node:path';
import ts from 'typescript';
import packageJson from '../package.json';
import { root } from './docs/page';

// What n8n's Assistant, its MCP server and other builders see of the nodes: the type definitions and the search that n8n
// makes of their descriptions.
const nodes = packageJson.n8n.nodes.map((file): INodeTypeDescription => {
	const [NodeClass] = Object.values(jest.requireActual(join(root, file))) as [new () => INodeType];
	const { description } = new NodeClass();
	return { ...description, name: `n8n-nodes-segmind.${description.name}` };
});
const named = nodes.map((node): [string, INodeTypeDescription] => [node.name, node]);
const nodeNamed = (name: string) => nodes.find((node) => node.name.endsWith(`.${name}`))!;

type Definable = Parameters<typeof generateNodeTypeFile>[0];
const definitionOf = (node: INodeTypeDescription) => generateNodeTypeFile(node as Definable);

/** A hint longer than this is not read, by people or models. */
const MAX_HINT = 240;

/** All parameters, those in collections too. */
function parametersOf(
	entries: Array<INodeProperties | INodePropertyOptions | INodePropertyCollection>,
): INodeProperties[] {
	return entries.flatMap((entry) => {
		if ('values' in entry) return parametersOf(entry.values);
		if (!('type' in entry)) return [];
		return [entry, ...parametersOf(entry.options ?? [])];
	});
}

describe.each(named)('%s', (name, node) => {
	const parameters = parametersOf(node.properties);

	it('becomes a type definition that compiles, with every parameter and hint', () => {
		const text = definitionOf(node);
		const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });

		expect(diagnostics).toEqual([]);
		expect(text).toContain(`type: '${name}'`);
		expect(text).toContain(node.builderHint!.searchHint);
		for (const parameter of node.properties)
			expect(text).toMatch(new RegExp(`\\b${parameter.name}\\??:`));
		for (const { builderHint } of node.properties)
			if (builderHint)
				expect(text).toContain(
					builderHint.propertyHint.replace(/</g, '&lt;').replace(/>/g, '&gt;'),
				);
	});

	it('has short hints, and none where n8n refuses to load the node', () => {
		const { searchHint, relatedNodes = [] } = node.builderHint!;
		const hints = parameters.flatMap(({ builderHint }) => builderHint?.propertyHint ?? []);
		for (const hint of [searchHint!, ...hints])
			expect([hint, hint.length < MAX_HINT]).toEqual([hint, true]);
		const refused = parameters.filter(
			(parameter) => /^(resource|operation|mode)$/.test(parameter.name) && parameter.builderHint,
		);
		expect(refused).toEqual([]);
		for (const { nodeType } of relatedNodes)
			expect(nodes.map((other) => other.name)).toContain(nodeType);
	});
});

// Outputs that depend on a parameter are an expression: static ones would show three outputs where there is one.
describe('outputs given by an expression', () => {
	const provider = {
		getByNameAndVersion: (name: string) => ({
			description: nodes.find((node) => node.name === name) ?? {
				inputs: ['main'],
				outputs: ['main'],
			},
		}),
	};

	/** Connects an output of the node, as a builder does, and returns the warnings about outputs. */
	function warnings(name: string, parameters: object, output: number): string[] {
		const node = (type: string, at: number) => ({
			id: `n${at}`,
			name: `N${at}`,
			type,
			typeVersion: 1,
			position: [at * 200, 0] as [number, number],
			parameters: at === 1 ? parameters : {},
		});
		const to = (target: string) => [{ node: target, type: 'main', index: 0 }];
		const workflow = {
			name: 'Built',
			nodes: [
				node('n8n-nodes-base.manualTrigger', 0),
				node(`n8n-nodes-segmind.${name}`, 1),
				node('n8n-nodes-base.noOp', 2),
			],
			connections: {
				N0: { main: [to('N1')] },
				N1: { main: [...Array.from({ length: output }, () => []), to('N2')] },
			},
		};
		const result = validateWorkflow(workflow as never, { nodeTypesProvider: provider as never });
		return result.warnings.map(({ code }) => String(code)).filter((code) => /OUTPUT/.test(code));
	}

	it.each([
		['segmindCheckStatus', { routing: 'byStatus' }, 2],
		['segmindGetCredits', { lowBalance: 'route' }, 1],
	])('%s may be connected at each of them', (name, parameters, last) => {
		for (let output = 0; output <= last; output += 1)
			expect(warnings(name, parameters, output)).toEqual([]);
	});

	it('are the only ones that are not counted', () => {
		expect(warnings('segmindGenerateImage', {}, 1)).toEqual(['INVALID_OUTPUT_INDEX']);
		expect(
			nodes.filter(({ outputs }) => typeof outputs === 'string').map(({ name }) => name),
		).toEqual(['n8n-nodes-segmind.segmindCheckStatus', 'n8n-nodes-segmind.segmindGetCredits']);
	});

	it.each([
		['segmindCheckStatus', ['Completed', 'In Progress', 'Failed']],
		['segmindGetCredits', ['Enough', 'Low']],
	])('of %s are told in order by its hint, with the names on the canvas', (name, tabs) => {
		const { builderHint, outputs } = nodeNamed(name);
		const shown = [...String(outputs).matchAll(/displayName: "([^"]+)"/g)].map(([, tab]) => tab);

		expect(shown).toEqual(tabs);
		expect(builderHint!.searchHint).toContain(tabs.map((tab, at) => `${at} ${tab}`).join(', '));
	});
});

it.each([
	['generate image', 'segmindGenerateImage'],
	['text to video', 'segmindGenerateVideo'],
	['text to speech', 'segmindGenerateAudio'],
	['transcribe', 'segmindGenerateText'],
	['check status', 'segmindCheckStatus'],
	['credits', 'segmindGetCredits'],
])('n8n’s node catalogue answers "%s" with %s and its hint', (query, name) => {
	const parser = new NodeTypeParser(nodes);
	const { results } = searchCodeBuilderNodes(parser, [query]);

	expect(results).toContain(`- n8n-nodes-segmind.${name}\n`);
	expect(results).toContain(nodeNamed(name).builderHint!.searchHint);
});
