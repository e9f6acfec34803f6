import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { shorten } from '../api/quote';
import { findBinary } from '../media/inputFile';
import type { AssetSource } from '../media/uploadAsset';
import { sourceField } from './asset';
import { readItemOptions } from './itemOptions';
import { badValue, choiceParameter } from './value';

/** Reads what one item wants uploaded; throws a failure, before anything is sent, for what cannot be a file. */
export function readAssetSource(context: IExecuteFunctions, itemIndex: number): AssetSource {
	const source = choiceParameter(context, itemIndex, sourceField);
	const { maxBytes } = readItemOptions(context, itemIndex);
	const nothing: AssetSource = { fields: [], urls: [], dataUris: [], maxBytes };
	if (source === 'url') {
		const urls = readList(context, itemIndex, 'URLs', 'urls', /[\s,]+(?=https?:)|\s+/);
		const bad = urls.find((url) => !/^https?:\/\//i.test(url) || !URL.canParse(url));
		if (bad !== undefined) throw badValue('URLs', 'web addresses that begin with https://', bad);
		return { ...nothing, urls };
	}
	if (source === 'dataUri') {
		const dataUris = readList(context, itemIndex, 'Data URIs', 'dataUris', /\s+/);
		const bad = dataUris.find((uri) => !isDataUri(uri));
		if (bad !== undefined) {
			throw badValue(
				'Data URIs',
				'complete data URIs such as data:image/png;base64,iVBORw0KGgo...',
				shorten(bad),
			);
		}
		return { ...nothing, dataUris };
	}
	const fields = readList(context, itemIndex, 'Input Data Field Name', 'binaryFields', /\s*,\s*/);
	for (const field of fields) findBinary(context, itemIndex, field, 'Input Data Field Name');
	return { ...nothing, fields };
}

/** Source: RFC 2397; base64 comes in whole groups of four characters. */
function isDataUri(text: string): boolean {
	const head = /^data:[\w.+-]+\/[\w.+-]+(;[\w.+-]+=[^;,]*)*;base64,/i.exec(text)?.[0];
	if (head === undefined || text.length === head.length) return false;
	return (
		(text.length - head.length) % 4 === 0 &&
		!/[^A-Za-z0-9+/=]|=[^=]|={3}/.test(text.slice(head.length))
	);
}

function readList(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	name: string,
	separator: RegExp,
): string[] {
	const value = context.getNodeParameter(name, itemIndex, '') as unknown as
		| IDataObject
		| string
		| string[];
	const entries: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.trim().split(separator)
			: [value];
	const list = entries.filter((entry) => entry !== '');
	if (!list.length || list.some((entry) => typeof entry !== 'string'))
		throw badValue(label, 'a text or a list of texts', value);
	return (list as string[]).map((entry) => entry.trim());
}
