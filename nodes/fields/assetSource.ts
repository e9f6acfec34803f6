import type { IExecuteFunctions } from 'n8n-workflow';

import { shorten } from '../api/quote';
import { findBinary } from '../media/inputFile';
import type { AssetSource } from '../media/uploadAsset';
import { sourceField } from './asset';
import { readItemOptions } from './itemOptions';
import { expectNoFileExpression } from './fileExpression';
import { readUrls } from './urls';
import { badValue, choiceParameter } from './value';

const FIELD = 'Input Data Field Name';
const DATA_URIS = 'Data URIs';

/** Reads what one item uploads; throws a failure, before anything is sent, for anything that cannot be a file. */
export function readAssetSource(context: IExecuteFunctions, itemIndex: number): AssetSource {
	expectNoFileExpression(context, itemIndex);
	const source = choiceParameter(context, itemIndex, sourceField);
	const { maxBytes } = readItemOptions(context, itemIndex);
	const none: AssetSource = { fields: [], urls: [], dataUris: [], maxBytes };
	if (source === 'url') {
		return { ...none, urls: readUrls('URLs', context.getNodeParameter('urls', itemIndex, '')) };
	}
	if (source === 'dataUri') {
		return {
			...none,
			dataUris: readDataUris(context.getNodeParameter('dataUris', itemIndex, '')),
		};
	}
	const fields = readNames(context.getNodeParameter('binaryFields', itemIndex, ''));
	for (const field of fields) findBinary(context, itemIndex, field, FIELD);
	return { ...none, fields };
}

/**
 * One data URI, or several as a list or in one text; line breaks within one, as inserted by mail programs, are ignored.
 */
function readDataUris(value: unknown): string[] {
	const texts = textsOf(DATA_URIS, value).flatMap((text) => text.split(/(?<=[\s,])(?=data:)/i));
	return texts.map((text) => {
		const uri = text.replace(/\s/g, '').replace(/,$/, '');
		if (isDataUri(uri)) return uri;
		throw badValue(
			DATA_URIS,
			'complete data URIs such as data:image/png;base64,iVBORw0KGgo...',
			shorten(text),
		);
	});
}

function readNames(value: unknown): string[] {
	const names = textsOf(FIELD, value).flatMap((text) => text.split(',').map((name) => name.trim()));
	const fields = names.filter((name) => name);
	if (!fields.length) throw badValue(FIELD, 'text or a list of texts', value);
	return fields;
}

/** Source: RFC 2397; base64 consists of groups of four characters. */
function isDataUri(text: string): boolean {
	const head = /^data:[\w.+-]+\/[\w.+-]+(;[\w.+-]+=[^;,]*)*;base64,/i.exec(text)?.[0];
	if (head === undefined || text.length === head.length) return false;
	return (
		(text.length - head.length) % 4 === 0 &&
		!/[^A-Za-z0-9+/=]|=[^=]|={3}/.test(text.slice(head.length))
	);
}

function textsOf(label: string, value: unknown): string[] {
	const texts = [value].flat().filter((entry) => entry !== '');
	if (!texts.length || texts.some((entry) => typeof entry !== 'string')) {
		throw badValue(label, 'text or a list of texts', value);
	}
	return texts as string[];
}
