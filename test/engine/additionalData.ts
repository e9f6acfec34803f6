/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type {
	ITaskData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Container } from '@n8n/di';
import type { MemoryCredentials } from './credentials';
import type { DataTables } from './dataTables';

const instanceUrl = 'http://127.0.0.1/';

const notHere = (what: string) => async (): Promise<never> => {
	throw new Error(`${what} needs an n8n server`);
};

/** What n8n provides to every execution besides the workflow itself. */
export function additionalDataFor(
	credentialsHelper: MemoryCredentials,
	executionId: string,
	dataTables?: DataTables,
): IWorkflowExecuteAdditionalData {
	return {
		...(dataTables && { 'data-table': { dataTableProxyProvider: dataTables.provider } }),
		credentialsHelper,
		executionId,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: instanceUrl,
		restApiUrl: `${instanceUrl}rest`,
		formBaseUrl: `${instanceUrl}form`,
		formWaitingBaseUrl: `${instanceUrl}form-waiting`,
		formTestBaseUrl: `${instanceUrl}form-test`,
		webhookBaseUrl: `${instanceUrl}webhook`,
		webhookWaitingBaseUrl: `${instanceUrl}webhook-waiting`,
		webhookTestBaseUrl: `${instanceUrl}webhook-test`,
		mcpBaseUrl: `${instanceUrl}mcp`,
		mcpTestBaseUrl: `${instanceUrl}mcp-test`,
		logAiEvent: () => {},
		executeWorkflow: notHere('Execute Workflow'),
		getRunExecutionData: notHere('Reading another execution'),
		getRuntimeCredential: notHere('A runtime credential'),
		startRunnerTask: notHere('The Code node'),
	};
}

/** Hooks that report each node as it finishes. */
export function hooksFor(
	mode: WorkflowExecuteMode,
	executionId: string,
	{ id, name = '', nodes, connectionsBySourceNode: connections }: Workflow,
	onNodeFinished?: (name: string, data: ITaskData) => void,
): ExecutionLifecycleHooks {
	const now = new Date();
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id,
		name,
		nodes: Object.values(nodes),
		connections,
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	});
	if (onNodeFinished) {
		hooks.addHandler('nodeExecuteAfter', async (node, data) => onNodeFinished(node, data));
	}
	return hooks;
}
