import { deepCopy, Workflow } from 'n8n-workflow';
import type {
	IConnections,
	INode,
	INodeParameters,
	INodeTypeDescription,
	IWorkflowSettings,
} from 'n8n-workflow';
import type { MemoryCredentials } from './credentials';
import type { NodeRegistry } from './nodeRegistry';

/** A node as in an exported workflow; n8n fills in defaults for omitted properties. */
export type NodeJson = Pick<INode, 'name' | 'type'> & Partial<INode>;

/** A workflow as n8n's editor exports it. */
export interface WorkflowJson {
	name?: string;
	nodes: NodeJson[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

/** Builds n8n's own Workflow from an export, and connects the credentials that are there. */
export function buildWorkflow(
	json: WorkflowJson,
	registry: NodeRegistry,
	credentials: MemoryCredentials,
	id: string,
): Workflow {
	const nodes = json.nodes.map((node, index) => completeNode(node, index, registry, credentials));
	return new Workflow({
		id,
		name: json.name ?? 'Workflow',
		nodes,
		connections: deepCopy(json.connections),
		active: false,
		nodeTypes: registry,
		settings: { executionOrder: 'v1', ...json.settings },
	});
}

function completeNode(
	json: NodeJson,
	index: number,
	registry: NodeRegistry,
	credentials: MemoryCredentials,
): INode {
	const typeVersion = json.typeVersion ?? registry.newestVersion(json.type);
	const { description } = registry.getByNameAndVersion(json.type, typeVersion);
	return {
		id: String(index),
		position: [index * 200, 0],
		...json,
		typeVersion,
		parameters: deepCopy(json.parameters ?? ({} as INodeParameters)),
		credentials: { ...availableCredentials(description, credentials), ...json.credentials },
	};
}

function availableCredentials(
	{ credentials: wanted = [] }: INodeTypeDescription,
	credentials: MemoryCredentials,
): INode['credentials'] {
	const names = wanted.map(({ name }) => name).filter((name) => credentials.has(name));
	return Object.fromEntries(names.map((name) => [name, { id: name, name }]));
}

/** The node where a run starts: the named one, else a trigger, else the first node without input. */
export function startNodeOf(workflow: Workflow, name?: string): INode {
	const candidates = Object.values(workflow.nodes).filter(
		(node) =>
			!node.disabled &&
			node.type !== 'n8n-nodes-base.stickyNote' &&
			!workflow.connectionsByDestinationNode[node.name]?.main?.length,
	);
	const isTrigger = (node: INode) =>
		workflow.nodeTypes
			.getByNameAndVersion(node.type, node.typeVersion)
			.description.group.includes('trigger');
	const node = name ? workflow.getNode(name) : (candidates.find(isTrigger) ?? candidates[0]);
	if (!node)
		throw new Error(
			name ? `The workflow has no node ${name}` : 'The workflow has no node to start with',
		);
	return node;
}
