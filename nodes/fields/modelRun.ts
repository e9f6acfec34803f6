import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { isAgentTool, MAX_TOOL_WAIT_MS } from '../jobs/agentTool';
import { expectWithinLimit } from '../jobs/payForCall';
import { Run } from '../jobs/run';
import { runForAgent } from '../jobs/runForAgent';
import { chooseApi, runModel, type ModelRun } from '../jobs/runModel';
import { replacedFiles } from '../media/replacedFiles';
import { readAsked } from './asked';
import { readCall } from './call';
import { includesInputFields, readItemOptions, readRunOptions } from './itemOptions';
import { readOutputSettings } from './output';
import { choiceParameter } from './value';

/** The fields, and the kind of waiting, in which the file-generating nodes differ. */
export interface Page {
	prompt: INodeProperties;
	output: INodeProperties;
	timeout: INodeProperties;
	/** True for slow models: they always run as a job, which can be collected, and which an agent asks for again. */
	isSlow: boolean;
}

type BringToEnd<T> = (
	run: Run,
	modelRun: T,
	hint: (message: string) => void,
) => Promise<INodeExecutionData[]>;

/** The item handling shared by all nodes that run a model to completion, given how each reads and runs an item. */
export function runsOf<T extends ModelRun>(
	context: IExecuteFunctions,
	prepare: (itemIndex: number) => T,
	bringToEnd: BringToEnd<T>,
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
		atOnce: (run: Run, runs: T[]) => run.atOnce(runs.map(({ api }) => api)),
		isBegun: (run: Run, { call }: T) => run.ledger.knows(call.key),
		jobOf: (run: Run, { call }: T) => run.ledger.jobOf(call.key),
		work: async (run: Run, modelRun: T, _itemIndex: number, hint: (message: string) => void) => {
			const made = await bringToEnd(run, modelRun, hint);
			replacedFiles(modelRun.output, made).forEach(hint);
			return [made];
		},
		asked: (itemIndex: number, modelRun: T | undefined) =>
			readAsked(context, itemIndex, modelRun?.call),
		keepsInput: includesInputFields(context),
	};
}

/** How a file-generating node reads the model run of each item and runs it to completion. */
export function modelRuns(context: IExecuteFunctions, page: Page) {
	const asTool = isAgentTool(context);
	const readRun = (itemIndex: number): ModelRun => {
		const options = readItemOptions(context, itemIndex, page.timeout);
		const { mode, timeoutMs } = options;
		const call = readCall(context, itemIndex, options, page.prompt.displayName);
		// An agent receives the URL, never the bytes.
		const download = !asTool && choiceParameter(context, itemIndex, page.output) === 'file';
		return {
			call,
			api: page.isSlow ? 'async' : chooseApi(mode, download, call.averageSeconds),
			timeoutMs: asTool && page.isSlow ? Math.min(timeoutMs, MAX_TOOL_WAIT_MS) : timeoutMs,
			output: readOutputSettings(context, itemIndex, download, options),
		};
	};
	return runsOf(context, readRun, asTool && page.isSlow ? runForAgent : runModel);
}
