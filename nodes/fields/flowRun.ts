import type { IExecuteFunctions } from 'n8n-workflow';

import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import { shorten } from '../api/quote';
import { stripEnd } from '../api/strip';
import { isAgentTool } from '../jobs/agentTool';
import { callKey } from '../jobs/modelCall';
import type { FlowRun } from '../jobs/runPixelFlow';
import type { InputFile } from '../media/inputFile';
import { withoutEmptyEntries } from './emptyEntries';
import { readInputFiles } from './fileRows';
import { expectNoFileExpression } from './fileExpression';
import { readJsonObject } from './jsonObject';
import { readItemOptions, type ItemOptions } from './itemOptions';
import { waitForCompletionField } from './job';
import { flowOutputSettings } from './output';
import { downloadField } from './outputFields';
import { unfilledTextHints } from './unevaluatedExpression';
import { badValue, switchParameter } from './value';

/** `{24 hexadecimal digits}-v{number}`, or `v2/{slug}`: nothing that could lead elsewhere. */
const PATH = /^([0-9a-f]{24}-v\d+|v2\/[A-Za-z0-9][A-Za-z0-9._-]*)$/i;

/** A URL at Segmind, but not of its API. */
const PAGE = /^https?:\/\/(?!api\.)([\w-]+\.)*segmind\.com(\/|$)/i;

const WORKFLOWS = '/workflows/';

const EXAMPLE = 'such as https://api.segmind.com/workflows/0123456789abcdef01234567-v1';

/**
 * Reads which PixelFlow one item refers to, as the part of its API URL after /workflows/. The host of a pasted URL is
 * ignored: the key goes only to the credential's host.
 */
function readPixelFlow(context: IExecuteFunctions, itemIndex: number): string {
	const received = context.getNodeParameter('workflow', itemIndex, '') as unknown;
	const value =
		typeof received === 'object' && received !== null
			? (received as { value?: unknown }).value
			: received;
	const text = typeof value === 'string' ? value.trim() : '';
	const path = URL.canParse(text) ? stripEnd(afterWorkflows(new URL(text).pathname), '/') : text;
	if (path && PATH.test(path) && !path.includes('..')) return path;
	if (PAGE.test(text)) {
		throw new SegmindFailure(
			`PixelFlow: "${shorten(text, 200)}" is the web page of a PixelFlow, not its API URL`,
			{
				...describe('Nothing was sent.', {
					person: `Open the API tab of that page and copy the URL there, ${EXAMPLE}`,
					agent: `Use the API URL of the PixelFlow, ${EXAMPLE}`,
				}),
			},
		);
	}
	throw badValue('PixelFlow', `the URL on the API tab of a PixelFlow, ${EXAMPLE}`, value ?? '');
}

function afterWorkflows(path: string): string {
	const at = path.indexOf(WORKFLOWS);
	return at < 0 ? '' : path.slice(at + WORKFLOWS.length);
}

/** A PixelFlow's inputs are unknown here, so each file must name its input. */
function readFlowFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	{ sendFilesAs }: ItemOptions,
): InputFile[] {
	return readInputFiles(context, itemIndex).map(({ parameter, source }) => {
		if (!parameter) {
			throw badValue('Input Files: Input Name', 'the name of an input of the PixelFlow', '');
		}
		return { parameter, source, sendAs: sendFilesAs || 'url' };
	});
}

/** Reads one run of a PixelFlow; throws a failure, before anything is sent, for invalid input. */
export function readFlowRun(context: IExecuteFunctions, itemIndex: number): FlowRun {
	const path = readPixelFlow(context, itemIndex);
	expectNoFileExpression(context, itemIndex);
	const inputs = readJsonObject('Inputs', context.getNodeParameter('inputs', itemIndex, ''));
	const { body, hints } = withoutEmptyEntries(inputs);
	const options = readItemOptions(context, itemIndex);
	const inputFiles = readFlowFiles(context, itemIndex, options);
	const asTool = isAgentTool(context);
	const prefix = context.getNodeParameter('binaryField', itemIndex, '') as unknown;
	if (typeof prefix !== 'string' || !/^([A-Za-z][\w-]{0,99})?$/.test(prefix.trim())) {
		throw badValue('Output Field Prefix', 'empty, or letters, digits, "_" and "-"', prefix);
	}
	const download = !asTool && switchParameter(context, itemIndex, downloadField);
	return {
		key: callKey(itemIndex, `pixelflow/${path}`, body, inputFiles),
		path,
		body,
		inputFiles,
		maxBytes: options.maxBytes,
		wait: switchParameter(context, itemIndex, waitForCompletionField),
		timeoutMs: options.timeoutMs,
		warnings: [...hints, ...unfilledTextHints(body), ...options.warnings],
		output: flowOutputSettings(context, itemIndex, prefix.trim(), download, options),
	};
}
