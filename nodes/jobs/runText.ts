import type { INodeExecutionData } from 'n8n-workflow';

import { truncationHint } from './readText';
import type { Run } from './run';
import { runForAgent } from './runForAgent';
import { runModel, type ModelRun } from './runModel';

/** A call of a text model, and who is waiting for it. */
export interface TextRun extends ModelRun {
	/** True for an agent, which cannot wait long. */
	forAgent: boolean;
}

/** Runs one model to completion and returns its item. */
export async function runText(
	run: Run,
	textRun: TextRun,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const items = await (textRun.forAgent ? runForAgent : runModel)(run, textRun, hint);
	items.flatMap(truncationHint).forEach(hint);
	return items;
}
