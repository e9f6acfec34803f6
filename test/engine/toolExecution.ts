import { SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import { MemoryCredentials, type CredentialData } from './credentials';
import type { NodeRegistry } from './nodeRegistry';
import { buildWorkflow } from './workflow';

/**
 * Executes a node as n8n does when an AI agent calls it as a tool: in a SupplyDataContext, with the agent's input as its
 * item. Calls of the same `execution` may run concurrently.
 */
export async function executeAsTool(
	registry: NodeRegistry,
	credentialData: CredentialData,
	type: string,
	parameters: INodeParameters,
	agentSays: IDataObject = {},
	execution = createRunExecutionData(),
): Promise<INodeExecutionData[]> {
	const credentials = new MemoryCredentials(registry, credentialData);
	const json = { nodes: [{ name: 'Tool', type, parameters }], connections: {} };
	const workflow = buildWorkflow(json, registry, credentials, 'engine');
	const node = workflow.getNode('Tool')!;
	const items = [[{ json: agentSays }]];
	const context = new SupplyDataContext(
		workflow,
		node,
		additionalDataFor(credentials, 'tool'),
		'trigger',
		execution,
		0,
		items[0]!,
		{ [NodeConnectionTypes.AiTool]: items },
		NodeConnectionTypes.AiTool,
		{ node, data: { main: items }, source: null },
		[],
	);
	await workflow.expression.acquireIsolate();
	try {
		const { execute } = registry.getByNameAndVersion(type);
		const outputs = await execute!.call(context as unknown as IExecuteFunctions);
		return (outputs as INodeExecutionData[][])[0] ?? [];
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
