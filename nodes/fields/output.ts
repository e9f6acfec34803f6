import type { IBinaryKeyData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import type { OutputSettings } from '../media/outputSettings';
import { badValue, type ItemOptions } from './options';

export const downloadField: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'boolean',
	default: true,
	description: 'Whether to fetch the finished files; their addresses are valid for seven days only',
};

/** Where a file is put; shown as the caller says. */
export function binaryField(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output field to put the file in',
		displayOptions,
	};
}

/** Reads where the files of one item go, and refuses a field that would overwrite a file of the input item. */
export function readOutputSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	download: boolean,
	options: ItemOptions,
): OutputSettings {
	const inputBinary = context.getInputData()[itemIndex]?.binary;
	const { outputItems, fileName, includeRawResponse, maxBytes } = options;
	const settings = {
		outputItems,
		fileName,
		includeRawResponse,
		maxBytes,
		inputBinary,
		download,
		binaryField: freeField(inputBinary),
	};
	if (!download) return settings;
	const field = context.getNodeParameter('binaryField', itemIndex, 'data') as unknown;
	// The same characters that n8n's own nodes can address in an expression; also keeps prototype keys out.
	if (
		typeof field !== 'string' ||
		!/^[A-Za-z][\w-]{0,99}$/.test(field.trim()) ||
		field.trim() in {}
	) {
		throw badValue(
			'Put Output File in Field',
			'a field name of letters, digits, "_" and "-"',
			field,
		);
	}
	const name = field.trim();
	const taken = Object.keys(inputBinary ?? {}).find(
		(key) => key === name || (outputItems === 'perInput' && key.startsWith(`${name}_`)),
	);
	if (taken) {
		throw new SegmindFailure(`The item already has a file in the field "${taken}"`, {
			description: `Nothing was sent. Choose another name in "Put Output File in Field", such as "result", so that the item’s own file is kept`,
		});
	}
	return { ...settings, binaryField: name };
}

/** How the files of a PixelFlow's item are returned: in fields named after its outputs, with a prefix. */
export function flowOutputSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	prefix: string,
	download: boolean,
	{ outputItems, fileName, includeRawResponse, maxBytes }: ItemOptions,
): OutputSettings {
	return {
		outputItems,
		fileName,
		includeRawResponse,
		maxBytes,
		download,
		binaryField: prefix,
		inputBinary: context.getInputData()[itemIndex]?.binary,
	};
}

/** For bytes that have no address, which are stored although no file was asked for. */
function freeField(taken: IBinaryKeyData = {}): string {
	const isTaken = (name: string) => Object.keys(taken).some((key) => key.startsWith(name));
	let name = 'data';
	while (isTaken(name)) name = `segmind_${name}`;
	return name;
}
