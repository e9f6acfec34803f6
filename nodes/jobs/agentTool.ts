import type { IExecuteFunctions } from 'n8n-workflow';

/** An agent's call is not to hang: it is told to ask again. */
export const MAX_TOOL_WAIT_MS = 50_000;

/**
 * Whether an AI agent runs the node as its tool. n8n gives such a node a type of its own, its name with "Tool" at the
 * end. The type tells it for every version of the AI Agent: since version 3 the engine runs tools like other nodes, and
 * the context’s `isToolExecution` says no.
 */
export function isAgentTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}
