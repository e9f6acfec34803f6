/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
	NodeHelpers,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { findModel } from '../../nodes/catalog/models';
import { parameterTable } from '../../nodes/catalog/parameters';
import { startEngine, type Engine, type WorkflowJson } from '../engine/engine';
import { readPage, root } from './page';

let engine: Engine;

beforeAll(async () => (engine = await startEngine()));
afterAll(async () => await engine.close());

const templates = readdirSync(join(root, 'templates')).filter((name) => name.endsWith('.json'));

/** What n8n gives every node that is used as a tool (convertNodeToAiTool). */
const toolDescription: INodeProperties = {
	displayName: 'Description',
	name: 'toolDescription',
	type: 'string',
	default: '',
	required: true,
};

/** Everything that does not fit between a node's parameters and its description, as sentences. */
function problems(node: INode, description: INodeTypeDescription): string[] {
	const properties = node.type.endsWith('Tool')
		? [...description.properties, { ...toolDescription, default: description.description }]
		: description.properties;
	// With defaults for omitted parameters, and without parameters that the editor would hide.
	const shown =
		NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) ??
		{};
	const complete = { ...node, parameters: shown };
	const issues = NodeHelpers.getNodeParametersIssues(properties, complete, description);
	return [
		...unknown(node.parameters, properties, ''),
		...Object.keys(node.parameters)
			.filter((name) => !(name in shown))
			.map((name) => `${name} is not shown`),
		...Object.values(issues?.parameters ?? {}).flat(),
	];
}

/** Parameters that the description does not have, and values that are not among its choices, at any depth. */
function unknown(
	parameters: INodeParameters,
	properties: INodeProperties[],
	path: string,
): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const property = properties.find((one) => one.name === name);
		const where = path + name;
		if (!property) return [`${where} is not in the description`];
		const { type, options = [], typeOptions } = property;
		const isExpression = typeof value === 'string' && value.startsWith('=');
		if (type === 'options' && !isExpression && !typeOptions?.loadOptionsMethod) {
			const known = options.some((option) => 'value' in option && option.value === value);
			return known ? [] : [`${where} cannot be ${String(value)}`];
		}
		if (type === 'collection') {
			return unknown(value as INodeParameters, options as INodeProperties[], `${where}.`);
		}
		if (type !== 'fixedCollection') return [];
		return Object.entries(value as Record<string, INodeParameters[]>).flatMap(([group, rows]) => {
			const found = options.find((option) => option.name === group);
			if (!found || !('values' in found)) return [`${where}.${group} is not in the description`];
			return rows.flatMap((row) => unknown(row, found.values, `${where}.${group}.`));
		});
	});
}

/** Problems that a model's table finds in the fields that a template sets. */
function wrongFields({ parameters }: INode): string[] {
	const { model, parameters: form, inputFiles, options } = parameters as Record<string, unknown>;
	const { jsonParameters } = (options ?? {}) as IDataObject;
	const slug = String((model as { value?: unknown } | undefined)?.value ?? '')
		.split('/')
		.pop()!;
	if (!slug || slug.includes('{{')) return [];
	const table = parameterTable(slug);
	const names = [
		...Object.keys((form as { value?: object } | undefined)?.value ?? {}),
		...(typeof jsonParameters === 'string' && !jsonParameters.startsWith('=')
			? Object.keys(JSON.parse(jsonParameters) as object)
			: []),
		...((inputFiles as { file?: Array<{ parameter?: string }> } | undefined)?.file ?? []).flatMap(
			({ parameter }) => parameter || [],
		),
	];
	return [
		...(findModel(slug) ? [] : [`${slug} is not in the catalogue`]),
		...names
			.filter((name) => table && !table.parameters.some((parameter) => parameter.name === name))
			.map((name) => `${slug} has no field ${name}`),
	];
}

describe.each(templates)('templates/%s', (file) => {
	const text = readPage(`templates/${file}`);
	const workflow = JSON.parse(text) as WorkflowJson & Record<string, unknown>;
	const ours = workflow.nodes.filter(({ type }) =>
		type.startsWith('n8n-nodes-segmind.'),
	) as INode[];

	it('uses our nodes as their descriptions say', () => {
		expect(ours.length).toBeGreaterThan(0);
		for (const node of ours) {
			const { description } = engine.registry.getByNameAndVersion(node.type, node.typeVersion);
			expect([node.name, ...problems(node, description), ...wrongFields(node)]).toEqual([
				node.name,
			]);
		}
	});

	it('connects nodes that exist', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const targets = Object.values(workflow.connections)
			.flatMap((outputs) => Object.values(outputs).flat())
			.flatMap((output) => output?.map(({ node }) => node) ?? []);

		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(
			expect.arrayContaining([...Object.keys(workflow.connections), ...targets]),
		);
	});

	it('contains no credential of its author', () => {
		for (const key of ['id', 'meta', 'versionId', 'shared', 'tags']) {
			expect(workflow).not.toHaveProperty(key);
		}
		for (const node of workflow.nodes) expect(node).not.toHaveProperty('credentials');
		expect(text).not.toMatch(/SG_[0-9a-f]{8}|sk-[\w-]{16}|Bearer\s+\w{8}/i);
	});
});
