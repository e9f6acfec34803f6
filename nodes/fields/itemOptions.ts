import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { asNumber } from '../api/number';
import { quote } from '../api/quote';
import { isAgentTool } from '../jobs/agentTool';
import type { JobKind } from '../jobs/jobKind';
import type { RunOptions } from '../jobs/run';
import type { Mode } from '../jobs/runModel';
import type { OutputSettings } from '../media/outputSettings';
import {
	checkParameters,
	concurrency,
	estimateOnly,
	fileName,
	includeInputFields,
	includeRawResponse,
	jsonParameters,
	kind,
	maxCost,
	maxFileSize,
	maxJobs,
	maxRetries,
	mode,
	outputItems,
	reuseDays,
	sendFilesAs,
	timeout,
} from './optionFields';
import { badValue, readChoice, readNumber, readSwitch } from './value';
import { readTextParameter } from './textParameter';

/** The options of the whole run; throws a failure, before anything is sent, for a value out of range. */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const options = readOptions(context, 0);
	return {
		concurrency: Math.floor(readNumber(options, concurrency)),
		maxJobs: Math.floor(readNumber(options, maxJobs)),
		maxRetries: Math.floor(readNumber(options, maxRetries)),
		maxCostUsd: readNumber(expectSet(options, maxCost), maxCost) || Infinity,
	};
}

/** The options of one item. */
export interface ItemOptions {
	mode: Mode;
	timeoutMs: number;
	outputItems: OutputSettings['outputItems'];
	/** Raw value; see `readBinaryField`. */
	binaryField: unknown;
	fileName: string;
	/** Not for an agent. */
	includeInputFields: boolean;
	includeRawResponse: boolean;
	/** Bytes. */
	maxBytes: number;
	checkParameters: 'warn' | 'error' | 'off';
	/** Raw value: a text or an object. */
	jsonParameters: unknown;
	/** Raw values of the portable settings among the options. */
	portable: IDataObject;
	/** Empty for whatever the model accepts. */
	sendFilesAs: '' | 'url' | 'base64' | 'dataUri';
	estimateOnly: boolean;
	/** 0 for never. */
	reuseDays: number;
	/** What the item's request ID belongs to. */
	kind: JobKind;
	/** Hints about options that have no effect. */
	warnings: string[];
}

/**
 * The options of one item; throws a failure, before anything is sent for it, for a value out of range.
 * @param timeoutField the node's own field, for its default
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
		fileName: readTextParameter(fileName.displayName, options[fileName.name]),
		includeInputFields: readSwitch(options, includeInputFields),
		includeRawResponse: readSwitch(options, includeRawResponse),
		maxBytes: readNumber(options, maxFileSize) * 1024 * 1024 || Infinity,
		checkParameters: readChoice(options, checkParameters) as ItemOptions['checkParameters'],
		jsonParameters: options[jsonParameters.name],
		portable: { count: options.count, seed: options.seed },
		sendFilesAs: readChoice(options, sendFilesAs) as ItemOptions['sendFilesAs'],
		estimateOnly: readSwitch(expectSet(options, estimateOnly), estimateOnly),
		reuseDays: readNumber(expectSet(options, reuseDays), reuseDays),
		kind: readChoice(options, kind) as JobKind,
		warnings: differencesFromFirstItem(context, itemIndex, options),
	};
}

/**
 * A function that tells whether an item's input fields are kept; undefined if none are, which saves evaluating the options
 * once more. The function never throws, since it is also called for failed items.
 */
export function includesInputFields(
	context: IExecuteFunctions,
): ((itemIndex: number) => boolean) | undefined {
	const options: unknown = context.getNode().parameters?.options;
	const isSet =
		typeof options !== 'object' || options === null || includeInputFields.name in options;
	if (!isSet || isAgentTool(context)) return undefined;
	return (itemIndex) => {
		try {
			return readSwitch(readOptions(context, itemIndex), includeInputFields);
		} catch {
			// Options that cannot be read have already failed the item.
			return false;
		}
	};
}

/**
 * Returns the options; throws if one that guards against costs was added but is empty, as with an expression for a
 * missing field: reading that as "not set" would cost money.
 */
function expectSet(options: IDataObject, { name, displayName }: INodeProperties): IDataObject {
	const isEmpty = name in options && (options[name] ?? '') === '';
	if (isEmpty) throw badValue(displayName, 'set, or removed from the options', options[name]);
	return options;
}

function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** The first item's options, by run: evaluating them again for every item takes as long as reading the rest of it. */
const firstOptions = new WeakMap<IExecuteFunctions, IDataObject>();

/** Hints on whole-run options that differ from those of the first item. */
export function differencesFromFirstItem(
	context: IExecuteFunctions,
	itemIndex: number,
	options = readOptions(context, itemIndex),
): string[] {
	if (itemIndex === 0) return [];
	const first = firstOptions.get(context) ?? readOptions(context, 0);
	firstOptions.set(context, first);
	const valueOf = (values: IDataObject, { name, default: defaultValue }: INodeProperties) =>
		values[name] ?? defaultValue;
	return [concurrency, maxJobs, maxRetries, maxCost]
		.filter((field) => asNumber(valueOf(options, field)) !== asNumber(valueOf(first, field)))
		.map((field) => {
			const used = quote(valueOf(first, field));
			return `${field.displayName} applies to the whole run: the first item's value, ${used}, was used, although other items have a different one`;
		});
}
