import type { IBinaryKeyData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { OutputSettings } from '../media/outputSettings';
import type { ItemOptions } from './itemOptions';
import { badValue } from './value';

export const downloadField: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'boolean',
	default: true,
	description: 'Whether to fetch the finished files; their addresses are valid for seven days only',
};

/** Reads how the files of one item are returned. */
export function readOutputSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	download: boolean,
	options: ItemOptions,
): OutputSettings {
	const inputBinary = context.getInputData()[itemIndex]?.binary;
	return {
		...commonSettings(options),
		inputBinary,
		download,
		binaryField: download ? readBinaryField(options.binaryField) : unusedField(inputBinary),
	};
}

/** How the files of a PixelFlow's item are returned: in fields named after its outputs, with a prefix. */
export function flowOutputSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	prefix: string,
	download: boolean,
	options: ItemOptions,
): OutputSettings {
	return {
		...commonSettings(options),
		inputBinary: context.getInputData()[itemIndex]?.binary,
		download,
		binaryField: prefix,
	};
}

/** Hints where a new file takes the place of one that the item brought along. */
export function replacedFile({
	download,
	binaryField,
	outputItems,
	inputBinary,
}: OutputSettings): string[] {
	if (!download) return [];
	return Object.keys(inputBinary ?? {})
		.filter(
			(field) =>
				field === binaryField || (outputItems === 'perInput' && isFurther(field, binaryField)),
		)
		.map(
			(field) =>
				`The item's file in "${field}" is replaced by the new one. To keep both, set the option Put Output File in Field to another name, such as "result"`,
		);
}

/** Whether a field is one of data_1, data_2, ..., which take the further files of an item. */
function isFurther(field: string, binaryField: string): boolean {
	return field.startsWith(`${binaryField}_`) && /^\d+$/.test(field.slice(binaryField.length + 1));
}

function commonSettings({ outputItems, fileName, includeRawResponse, maxBytes }: ItemOptions) {
	return { outputItems, fileName, includeRawResponse, maxBytes };
}

/** The same characters that n8n's own nodes can address in an expression; also keeps prototype keys out. */
function readBinaryField(field: unknown): string {
	const name = typeof field === 'string' ? field.trim() : '';
	if (!/^[A-Za-z][\w-]{0,99}$/.test(name) || name in {}) {
		throw badValue(
			'Put Output File in Field',
			'a field name of letters, digits, "_" and "-"',
			field,
		);
	}
	return name;
}

/** For bytes that have no address, which are stored although no file was asked for. */
function unusedField(taken: IBinaryKeyData = {}): string {
	const isTaken = (name: string) => Object.keys(taken).some((key) => key.startsWith(name));
	let name = 'data';
	while (isTaken(name)) name = `segmind_${name}`;
	return name;
}
