import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { upload, type Upload } from '../api/storage';
import { fetchFile } from './fetchFile';
import { findBinary, inputType, openInputFile } from './inputFile';

/** The files that one item has uploaded. */
export interface AssetSource {
	fields: string[];
	urls: string[];
	dataUris: string[];
	/** Files larger than this are not fetched, in bytes. */
	maxBytes: number;
}

/** Uploads all files of one item in one request and returns the item with their URLs. */
export async function uploadAssets(
	connection: Connection,
	itemIndex: number,
	source: AssetSource,
): Promise<INodeExecutionData[]> {
	const uploads: Upload[] = [];
	for (const field of source.fields) {
		const binary = findBinary(connection.context, itemIndex, field, 'Input Data Field Name');
		uploads.push(await openInputFile(connection.context, binary, field));
	}
	for (const url of source.urls) uploads.push(await fetchFile(connection, url, source.maxBytes));
	uploads.push(...source.dataUris.map(withRealType));
	const urls = await upload(connection, uploads);
	const files = uploads.map((file, index) => ({ ...factsOf(file), url: urls[index] }));
	return [{ json: { url: urls[0] ?? null, urls, files: files as IDataObject[] } }];
}

function factsOf(file: Upload) {
	if (typeof file !== 'string') {
		return {
			field: file.field,
			file_name: file.fileName,
			content_type: file.mimeType,
			file_size: file.size,
		};
	}
	const { claimed, base64 } = partsOf(file);
	const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
	const size = (base64.length / 4) * 3 - padding;
	return { field: null, file_name: null, content_type: claimed, file_size: size };
}

/** A data URI with the type of its actual bytes, from which Segmind derives the name of the stored file. */
function withRealType(dataUri: string): string {
	const { claimed, base64 } = partsOf(dataUri);
	const firstBytes = Buffer.from(base64.slice(0, 1024), 'base64');
	return `data:${inputType(firstBytes, claimed, null)};base64,${base64}`;
}

function partsOf(dataUri: string): { claimed: string; base64: string } {
	const comma = dataUri.indexOf(',');
	const [claimed = ''] = dataUri.slice('data:'.length, comma).split(';');
	return { claimed, base64: dataUri.slice(comma + 1) };
}
