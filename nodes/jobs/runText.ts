import type { INodeExecutionData } from 'n8n-workflow';

import { asFailure } from '../api/failure';
import { textJson } from '../media/textJson';
import type { ModelCall } from './modelCall';
import { cutHint } from './readText';
import type { Run } from './run';
import { askAgain, stillRunning } from './runForAgent';
import { runModel, type ModelRun } from './runModel';

/** A call of a model that answers in words, and how it is run and handed over. */
export interface TextRun extends ModelRun {
	call: ModelCall;
	/** A job that is still running when the time is up is a result too, not a failure: for an agent, which asks again. */
	timeoutIsResult: boolean;
}

/** Runs one model to its end and returns its item. */
export async function runText(
	run: Run,
	textRun: TextRun,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	try {
		const made = await runModel(run, textRun, hint);
		made.flatMap(cutHint).forEach(hint);
		return made;
	} catch (thrown) {
		const failure = asFailure(thrown);
		const requestId = textRun.timeoutIsResult ? stillRunning(failure) : undefined;
		if (requestId === undefined) throw failure;
		run.leavesJobs = true;
		const { slug: model, prompt } = textRun.call;
		const json = textJson({ status: 'PROCESSING', model, prompt, requestId });
		return [{ json: { ...json, advice: askAgain(requestId) } }];
	}
}
