import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { itemWork } from '../fields/modelRun';
import { readTextRun } from '../fields/textRun';
import { runItems } from '../items';
import { runText } from '../jobs/runText';

/** Runs the text model of every item to completion. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const prepare = (itemIndex: number) => readTextRun(context, itemIndex);
	return await runItems(context, itemWork(context, prepare, runText));
}
