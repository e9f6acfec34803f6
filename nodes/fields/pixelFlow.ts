import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { shorten } from '../api/quote';
import { isAgentTool } from '../jobs/agentTool';
import { callKey } from '../jobs/modelCall';
import type { FlowRun } from '../jobs/runPixelFlow';
import type { InputFile } from '../media/inputFile';
import { readInputFiles } from './inputFiles';
import { readJsonObject } from './jsonObject';
import { readItemOptions, type ItemOptions } from './itemOptions';
import { badValue } from './value';
import { flowOutputSettings } from './output';

export const workflowField: INodeProperties = {
	displayName: 'PixelFlow',
	name: 'workflow',
	type: 'resourceLocator',
	default: { mode: 'url', value: '' },
	required: true,
	description: 'The PixelFlow to run: the address on the API tab of its page, or the end of it',
	modes: [
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://api.segmind.com/workflows/0123456789abcdef01234567-v1',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 0123456789abcdef01234567-v1',
			hint: 'The part of the API address after /workflows/',
		},
	],
};

export const inputsField: INodeProperties = {
	displayName: 'Inputs',
	name: 'inputs',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "Prompt": "a red fox" }',
	description: 'The inputs of the PixelFlow by their names, as on the API tab of its page',
};

/** `{24 hexadecimal digits}-v{number}`, or `v2/{slug}`: nothing that could lead elsewhere. */
const PATH = /^([0-9a-f]{24}-v\d+|v2\/[A-Za-z0-9][A-Za-z0-9._-]*)$/i;

/** An address at Segmind, but not one of its API. */
const PAGE = /^https?:\/\/(?!api\.)([\w-]+\.)*segmind\.com(\/|$)/i;

const EXAMPLE = 'such as https://api.segmind.com/workflows/0123456789abcdef01234567-v1';

/**
 * Reads which PixelFlow one item means, as the part of its API address after /workflows/. The host of a pasted address
 * is not used: the key goes to the credential's host only.
 */
function readPixelFlow(context: IExecuteFunctions, itemIndex: number): string {
	const received = context.getNodeParameter('workflow', itemIndex, '') as unknown;
	const value =
		typeof received === 'object' && received !== null
			? (received as { value?: unknown }).value
			: received;
	const text = typeof value === 'string' ? value.trim() : '';
	const path = URL.canParse(text)
		? /\/workflows\/(.+?)\/?$/.exec(new URL(text).pathname)?.[1]
		: text;
	if (path && PATH.test(path) && !path.includes('..')) return path;
	if (PAGE.test(text)) {
		throw new SegmindFailure(
			`PixelFlow: "${shorten(text, 200)}" is a page to look at, not an address to run`,
			{
				description: `Nothing was sent. Open the API tab of that page and copy the address there, ${EXAMPLE}`,
			},
		);
	}
	throw badValue('PixelFlow', `the address on the API tab of a PixelFlow, ${EXAMPLE}`, value ?? '');
}

/** The files go to fields named after their outputs, so only what stands before the names can be chosen. */
export const prefixField: INodeProperties = {
	displayName: 'Output Field Prefix',
	name: 'binaryField',
	type: 'string',
	default: '',
	placeholder: 'e.g. flow_',
	description: 'Each file is put in a field named after its output; this is put before the name',
	displayOptions: { show: { download: [true] } },
};

/** The inputs of a PixelFlow are not known here, so each file needs the name of its own. */
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

/** Reads one run of a PixelFlow; throws a failure, before anything is sent, for input that cannot be right. */
export function readFlowRun(context: IExecuteFunctions, itemIndex: number): FlowRun {
	const path = readPixelFlow(context, itemIndex);
	const body = readJsonObject('Inputs', context.getNodeParameter('inputs', itemIndex, ''));
	const options = readItemOptions(context, itemIndex);
	const inputFiles = readFlowFiles(context, itemIndex, options);
	const asTool = isAgentTool(context);
	const prefix = context.getNodeParameter('binaryField', itemIndex, '') as unknown;
	if (typeof prefix !== 'string' || !/^([A-Za-z][\w-]{0,99})?$/.test(prefix.trim())) {
		throw badValue('Output Field Prefix', 'empty, or letters, digits, "_" and "-"', prefix);
	}
	const download = !asTool && context.getNodeParameter('download', itemIndex, true) !== false;
	return {
		key: callKey(itemIndex, `pixelflow/${path}`, body, inputFiles),
		path,
		body,
		inputFiles,
		wait: context.getNodeParameter('waitForCompletion', itemIndex, true) !== false,
		timeoutMs: options.timeoutMs,
		warnings: options.warnings,
		output: flowOutputSettings(context, itemIndex, prefix.trim(), download, options),
	};
}
