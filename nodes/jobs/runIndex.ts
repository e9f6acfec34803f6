import type { IExecuteFunctions } from 'n8n-workflow';

import { isAgentTool } from './agentTool';

/**
 * Which run of the node within its execution this is. Each iteration of a loop has a new index; Retry On Fail has that
 * of the failed try. As an agent's tool every call has a new one too: there all calls count as one run.
 */
export function runIndexOf(context: IExecuteFunctions): number {
	return isAgentTool(context) ? 0 : Number(context.getWorkflowDataProxy(0).$runIndex);
}
