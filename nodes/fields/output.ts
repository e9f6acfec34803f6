import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import type { OutputSettings } from '../media/outputSettings';
import type { ItemOptions } from './itemOptions';
import { badValue } from './value';

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

/** How the files of a PixelFlow item are returned: in fields named after its outputs, with a prefix. */
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

function commonSettings({ outputItems, fileName, includeRawResponse, maxBytes }: ItemOptions) {
	return { outputItems, fileName, includeRawResponse, maxBytes };
}

/** Allows the characters that expressions can use in field names; also keeps prototype keys out. */
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

/** A free field for bytes without a URL, which are stored even if no file was requested. */
function unusedField(taken: IBinaryKeyData = {}): string {
	const isTaken = (name: string) => Object.keys(taken).some((key) => key.startsWith(name));
	let name = 'data';
	while (isTaken(name)) name = `segmind_${name}`;
	return name;
}
