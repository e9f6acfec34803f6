import type {
	ExecutionError,
	ExecutionStatus,
	IExecuteContextData,
	INodeExecutionData,
	IRunData,
	NodeExecutionHint,
} from 'n8n-workflow';

/** How a run ended and what each node returned. Without a node's name, the node that ran last is meant. */
export class RunResult {
	constructor(
		readonly status: ExecutionStatus,
		readonly error: ExecutionError | undefined,
		readonly runData: IRunData,
		readonly lastNode: string,
		/** What nodes keep in their context, as n8n saves it with the execution. */
		readonly contextData: IExecuteContextData,
	) {}

	/** A node's items per output, concatenated over all its runs. */
	outputs(nodeName = this.lastNode): INodeExecutionData[][] {
		const outputs: INodeExecutionData[][] = [];
		for (const run of this.runData[nodeName] ?? []) {
			for (const [index, items] of (run.data?.main ?? []).entries()) {
				outputs[index] = [...(outputs[index] ?? []), ...(items ?? [])];
			}
		}
		return outputs;
	}

	/** A node's items on one output. */
	items(nodeName = this.lastNode, output = 0): INodeExecutionData[] {
		return this.outputs(nodeName)[output] ?? [];
	}

	/** The hints that a node showed to the user. */
	hints(nodeName = this.lastNode): NodeExecutionHint[] {
		return (this.runData[nodeName] ?? []).flatMap((run) => run.hints ?? []);
	}
}
