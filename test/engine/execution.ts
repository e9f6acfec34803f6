import { WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, deepCopy } from 'n8n-workflow';
import type {
	ExecutionError,
	ExecutionStatus,
	IExecuteContextData,
	INodeExecutionData,
	IRunExecutionData,
	ITaskData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor, hooksFor } from './additionalData';
import type { CredentialData, MemoryCredentials } from './credentials';
import type { DataTables } from './dataTables';
import { RunResult } from './runResult';
import { startNodeOf } from './workflow';

export interface RunOptions {
	/** Input of the start node. */
	items?: INodeExecutionData[];
	startNode?: string;
	/** Stops the run as the Stop button does. */
	cancel?: AbortSignal;
	mode?: WorkflowExecuteMode;
	/** Presses Retry on this execution: the new one inherits what nodes keep in their context. */
	retryOf?: RunResult;
	credentials?: CredentialData;
	executionId?: string;
	onNodeFinished?: (name: string, data: ITaskData) => void;
}

let executions = 0;

/** Runs a workflow to its end in n8n's engine. */
export async function execute(
	workflow: Workflow,
	credentials: MemoryCredentials,
	dataTables: DataTables,
	options: RunOptions,
): Promise<RunResult> {
	const { items, cancel, retryOf, executionId = `engine-${++executions}` } = options;
	// In manual mode a trigger makes its own items; given items have to come from an event.
	const mode = options.mode ?? (retryOf ? 'retry' : items ? 'trigger' : 'manual');
	const node = startNodeOf(workflow, options.startNode);
	const additionalData = additionalDataFor(credentials, executionId, dataTables);
	additionalData.hooks = hooksFor(mode, executionId, workflow, options.onNodeFinished);
	const data = createRunExecutionData({
		executionData: {
			contextData: deepCopy(retryOf?.contextData ?? {}),
			nodeExecutionStack: [{ node, data: { main: [items ?? [{ json: {} }]] }, source: null }],
		},
	});
	const ended = (
		status: ExecutionStatus,
		error?: ExecutionError,
		runData = data.resultData.runData,
	) => new RunResult(status, error, runData, lastNode(), savedContext(data));
	const lastNode = () => data.resultData.lastNodeExecuted ?? node.name;
	try {
		const running = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
			workflow,
		);
		const stop = () => running.cancel();
		cancel?.addEventListener('abort', stop, { once: true });
		if (cancel?.aborted) stop();
		const run = await running.finally(() => cancel?.removeEventListener('abort', stop));
		const { error, runData } = run.data.resultData;
		// A node that fails because it was stopped turns n8n-core's status into an error; what n8n stores and shows
		// is the status at the moment of the stop.
		const status = running.isCanceled ? 'canceled' : run.status;
		return ended(status, error, runData);
	} catch (error) {
		// n8n refuses to start some workflows, such as one with an empty required parameter.
		return ended('error', error as ExecutionError);
	}
}

/** What this package's nodes keep in their contexts, as n8n saves it with the execution; contexts of n8n's nodes may hold sockets. */
function savedContext({ executionData }: IRunExecutionData): IExecuteContextData {
	const contexts = Object.entries(executionData?.contextData ?? {}).map(([name, context]) => {
		const own = Object.entries(context).filter(([key]) => key.startsWith('segmind'));
		return [name, Object.fromEntries(own)] as const;
	});
	return JSON.parse(JSON.stringify(Object.fromEntries(contexts))) as IExecuteContextData;
}
