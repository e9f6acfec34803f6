import type { IExecuteFunctions } from 'n8n-workflow';

import { isAgentTool, MAX_TOOL_WAIT_MS } from '../jobs/agentTool';
import { readText } from '../jobs/readText';
import type { TextRun } from '../jobs/runText';
import { textJson } from '../media/textJson';
import { readItemOptions } from './itemOptions';
import { readOutputSettings } from './output';
import { readTextCall } from './textCall';

/** Reads one item into a text model's call, with how its answer is read. */
export function readTextRun(context: IExecuteFunctions, itemIndex: number): TextRun {
	const asTool = isAgentTool(context);
	const options = readItemOptions(context, itemIndex);
	const call = readTextCall(context, itemIndex, options);
	const output = readOutputSettings(context, itemIndex, false, options);
	const { includeRawResponse, inputBinary } = output;
	const { slug: model, prompt, json } = call;
	return {
		call,
		api: 'async',
		timeoutMs: asTool ? Math.min(options.timeoutMs, MAX_TOOL_WAIT_MS) : options.timeoutMs,
		forAgent: asTool,
		output,
		read: (result) => readText(result, { prompt, json, includeRawResponse, inputBinary }),
		unfinished: (requestId) => textJson({ status: 'PROCESSING', model, prompt, requestId }),
	};
}
