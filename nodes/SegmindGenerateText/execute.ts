import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runsOf } from '../fields/modelRun';
import { readTextRun } from '../fields/textRun';
import { runItems } from '../items';
import { runText } from '../jobs/runText';

/** Runs the text model of every item to completion. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const prepare = (itemIndex: number) => readTextRun(context, itemIndex);
	return await runItems(context, runsOf(context, prepare, runText));
}
