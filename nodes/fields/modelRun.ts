import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { isAgentTool, MAX_TOOL_WAIT_MS } from '../jobs/agentTool';
import { expectWithinLimit } from '../jobs/payForCall';
import { Run } from '../jobs/run';
import { runForAgent } from '../jobs/runForAgent';
import { chooseApi, runModel, type ModelRun } from '../jobs/runModel';
import { replacedFiles } from '../media/replacedFiles';
import { readRequestedRun } from './requestedRun';
import { readCall } from './call';
import { includesInputFields, readItemOptions, readRunOptions } from './itemOptions';
import { readOutputSettings } from './output';
import { choiceParameter } from './value';

/** In what the file-generating nodes differ: three of their fields, and how they wait. */
export interface NodeVariant {
	prompt: INodeProperties;
	output: INodeProperties;
	timeout: INodeProperties;
	/** True for slow models: they always run as a job, which can be collected later, by an agent too. */
	isSlow: boolean;
}

type RunToCompletion<T> = (
	run: Run,
	modelRun: T,
	hint: (message: string) => void,
) => Promise<INodeExecutionData[]>;

/** The item work of all nodes that run a model to completion, given how a node reads and runs an item. */
export function itemWork<T extends ModelRun>(
	context: IExecuteFunctions,
	prepare: (itemIndex: number) => T,
	runToCompletion: RunToCompletion<T>,
) {
	return {
		start: async () => await Run.start(context, readRunOptions(context)),
		prepare,
		warnings: ({ call }: T) => call.warnings,
		expectFeasible: async (run: Run, runs: T[]) =>
			await expectWithinLimit(
				run,
				runs.map(({ call }) => call),
			),
		maxConcurrency: (run: Run, runs: T[]) => run.maxConcurrency(runs.map(({ api }) => api)),
		hasStarted: (run: Run, { call }: T) => run.ledger.hasStarted(call.key),
		jobOf: (run: Run, { call }: T) => run.ledger.jobOf(call.key),
		work: async (run: Run, modelRun: T, _itemIndex: number, hint: (message: string) => void) => {
			const items = await runToCompletion(run, modelRun, hint);
			replacedFiles(modelRun.output, items).forEach(hint);
			return [items];
		},
		requestedRun: (itemIndex: number, modelRun: T | undefined) =>
			readRequestedRun(context, itemIndex, modelRun?.call),
		keepsInput: includesInputFields(context),
	};
}

/** The item work of a file-generating node. */
export function fileItemWork(context: IExecuteFunctions, variant: NodeVariant) {
	const asTool = isAgentTool(context);
	const readRun = (itemIndex: number): ModelRun => {
		const options = readItemOptions(context, itemIndex, variant.timeout);
		const { mode, timeoutMs } = options;
		const call = readCall(context, itemIndex, options, variant.prompt.displayName);
		// An agent receives the URL, never the bytes.
		const download = !asTool && choiceParameter(context, itemIndex, variant.output) === 'file';
		return {
			call,
			api: variant.isSlow ? 'async' : chooseApi(mode, download, call.averageSeconds),
			timeoutMs: asTool && variant.isSlow ? Math.min(timeoutMs, MAX_TOOL_WAIT_MS) : timeoutMs,
			output: readOutputSettings(context, itemIndex, download, options),
		};
	};
	return itemWork(context, readRun, asTool && variant.isSlow ? runForAgent : runModel);
}
