import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fileItemWork } from '../fields/modelRun';
import { timeout } from '../fields/optionFields';
import { audioOutputField as output } from '../fields/outputFields';
import { audioPromptField as prompt } from '../fields/parameters';
import { runItems } from '../items';

/** Runs the audio model of every item to completion. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, fileItemWork(context, { prompt, output, timeout, isSlow: true }));
}
