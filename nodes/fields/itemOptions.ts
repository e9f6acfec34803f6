import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { quote } from '../api/quote';
import { isAgentTool } from '../jobs/agentTool';
import type { JobKind } from '../jobs/jobKind';
import type { RunOptions } from '../jobs/run';
import type { Mode } from '../jobs/runModel';
import type { OutputSettings } from '../media/outputSettings';
import {
	checkParameters,
	concurrency,
	fileName,
	includeInputFields,
	includeRawResponse,
	jsonParameters,
	kind,
	maxFileSize,
	maxJobs,
	maxRetries,
	mode,
	outputItems,
	sendFilesAs,
	timeout,
} from './optionFields';
import { readChoice, readNumber, readSwitch, readText } from './value';

/** The options of the whole run; a value out of range is a failure before anything is sent. */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const options = readOptions(context, 0);
	return {
		concurrency: Math.floor(readNumber(options, concurrency)),
		maxJobs: Math.floor(readNumber(options, maxJobs)),
		maxRetries: Math.floor(readNumber(options, maxRetries)),
	};
}

/** The options of one item. */
export interface ItemOptions {
	mode: Mode;
	timeoutMs: number;
	outputItems: OutputSettings['outputItems'];
	/** As received; see `readBinaryField`. */
	binaryField: unknown;
	fileName: string;
	/** Not for an agent. */
	includeInputFields: boolean;
	includeRawResponse: boolean;
	/** Bytes. */
	maxBytes: number;
	checkParameters: 'warn' | 'error' | 'off';
	/** As received: a text or an object. */
	jsonParameters: unknown;
	/** As received: the portable settings among the options. */
	portable: IDataObject;
	/** Empty for what the model takes. */
	sendFilesAs: '' | 'url' | 'base64' | 'dataUri';
	/** What the request id of the item belongs to. */
	kind: JobKind;
	/** Hints about options that have no effect. */
	warnings: string[];
}

/**
 * The options of one item; a value out of range is a failure before anything is sent for it.
 * @param timeoutField the node's own, for its default
 */
export function readItemOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	timeoutField = timeout,
): ItemOptions {
	const options = readOptions(context, itemIndex);
	return {
		mode: readChoice(options, mode) as Mode,
		timeoutMs: readNumber(options, timeoutField) * 1000,
		outputItems: readChoice(options, outputItems) as ItemOptions['outputItems'],
		binaryField: options.binaryField ?? 'data',
		fileName: readText(options, fileName),
		includeInputFields: readSwitch(options, includeInputFields),
		includeRawResponse: readSwitch(options, includeRawResponse),
		maxBytes: readNumber(options, maxFileSize) * 1024 * 1024 || Infinity,
		checkParameters: readChoice(options, checkParameters) as ItemOptions['checkParameters'],
		jsonParameters: options[jsonParameters.name],
		portable: { count: options.count, seed: options.seed },
		sendFilesAs: readChoice(options, sendFilesAs) as ItemOptions['sendFilesAs'],
		kind: readChoice(options, kind) as JobKind,
		warnings: unlikeFirstItem(context, itemIndex),
	};
}

/** Whether the item's own fields are kept; never a failure, since a failed item asks as well. */
export function includesInputFields(context: IExecuteFunctions, itemIndex: number): boolean {
	try {
		return !isAgentTool(context) && readSwitch(readOptions(context, itemIndex), includeInputFields);
	} catch {
		// What cannot be read has failed the item already.
		return false;
	}
}

function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** Hints on options of the whole run that differ from those of the first item. */
export function unlikeFirstItem(context: IExecuteFunctions, itemIndex: number): string[] {
	if (itemIndex === 0) return [];
	const options = readOptions(context, itemIndex);
	const first = readOptions(context, 0);
	const valueOf = (from: IDataObject, { name, default: standard }: INodeProperties) =>
		from[name] ?? standard;
	return [concurrency, maxJobs, maxRetries]
		.filter((field) => Number(valueOf(options, field)) !== Number(valueOf(first, field)))
		.map((field) => {
			const used = quote(valueOf(first, field));
			return `${field.displayName} holds for the whole run: the first item's value, ${used}, was used, although other items have another one`;
		});
}
