import type { IExecuteFunctions } from 'n8n-workflow';

/** Maximum wait in a tool call: a slower job is reported as running, and the agent can ask again. */
export const MAX_TOOL_WAIT_MS = 50_000;

/**
 * Whether an AI agent runs the node as its tool. n8n gives such a node a separate type, whose name ends in "Tool". The
 * type is reliable for every version of the AI Agent: since version 3 the engine runs tools like other nodes, and the
 * context's `isToolExecution` returns false.
 */
export function isAgentTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}
