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
import { readWords } from './words';

/** The options of the whole run; throws a failure, before anything is sent, for a value out of range. */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const options = readOptions(context, 0);
	return {
		concurrency: Math.floor(readNumber(options, concurrency)),
		maxJobs: Math.floor(readNumber(options, maxJobs)),
		maxRetries: Math.floor(readNumber(options, maxRetries)),
		maxCostUsd: readNumber(given(options, maxCost), maxCost) || Infinity,
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
		fileName: readWords(fileName.displayName, options[fileName.name]),
		includeInputFields: readSwitch(options, includeInputFields),
		includeRawResponse: readSwitch(options, includeRawResponse),
		maxBytes: readNumber(options, maxFileSize) * 1024 * 1024 || Infinity,
		checkParameters: readChoice(options, checkParameters) as ItemOptions['checkParameters'],
		jsonParameters: options[jsonParameters.name],
		portable: { count: options.count, seed: options.seed },
		sendFilesAs: readChoice(options, sendFilesAs) as ItemOptions['sendFilesAs'],
		estimateOnly: readSwitch(given(options, estimateOnly), estimateOnly),
		reuseDays: readNumber(given(options, reuseDays), reuseDays),
		kind: readChoice(options, kind) as JobKind,
		warnings: differencesFromFirstItem(context, itemIndex, options),
	};
}

/**
 * Whether each item's input fields are kept; undefined where none are, which spares evaluating the options once more.
 * What it returns never throws, since it is also called for failed items.
 */
export function includesInputFields(
	context: IExecuteFunctions,
): ((itemIndex: number) => boolean) | undefined {
	const set: unknown = context.getNode().parameters?.options;
	const isSet = typeof set !== 'object' || set === null || includeInputFields.name in set;
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
 * The options, unless one that guards money is added but empty, as after an expression for a field that is not there:
 * taken for "not set", it would be paid for.
 */
function given(options: IDataObject, { name, displayName }: INodeProperties): IDataObject {
	const isEmpty = name in options && (options[name] ?? '') === '';
	if (isEmpty) throw badValue(displayName, 'set, or taken out of the options', options[name]);
	return options;
}

function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

/** The first item's options of each run: to evaluate them anew for every item costs as much as the rest of reading it. */
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
	const valueOf = (from: IDataObject, { name, default: standard }: INodeProperties) =>
		from[name] ?? standard;
	const numberOf = (from: IDataObject, field: INodeProperties) => Number(valueOf(from, field));
	return [concurrency, maxJobs, maxRetries, maxCost]
		.filter((field) => !Object.is(numberOf(options, field), numberOf(first, field)))
		.map((field) => {
			const used = quote(valueOf(first, field));
			return `${field.displayName} holds for the whole run: the first item's value, ${used}, was used, although other items have another one`;
		});
}
