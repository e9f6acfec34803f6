import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { SegmindFailure } from '../api/failure';
import { upload, type Upload } from '../api/storage';
import { downloadFile } from './download';
import { agreeOnType } from './fileType';
import { openInputFile, findBinary } from './inputFile';

/** What one item wants uploaded. */
export interface AssetSource {
	fields: string[];
	urls: string[];
	dataUris: string[];
	/** Larger files are not fetched, in bytes. */
	maxBytes: number;
}

/** Uploads all files of one item in one request and returns the item with their addresses. */
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
	for (const url of source.urls) uploads.push(await fetchSource(connection, url, source.maxBytes));
	uploads.push(...source.dataUris);
	const urls = await upload(connection, uploads);
	const files = uploads.map((one, index) => ({ ...factsOf(one), url: urls[index] }));
	return [{ json: { url: urls[0] ?? null, urls, files: files as IDataObject[] } }];
}

function factsOf(one: Upload) {
	if (typeof one !== 'string') {
		return {
			field: one.field,
			file_name: one.fileName,
			content_type: one.mimeType,
			file_size: one.size,
		};
	}
	const [head = '', data = ''] = one.split(',', 2);
	const bytes = Buffer.from(data, 'base64');
	const { mimeType } = agreeOnType(bytes, head.slice('data:'.length));
	return { field: null, file_name: null, content_type: mimeType, file_size: bytes.length };
}

/** Fetches a file from the web, without the key, into n8n's store; from there it is uploaded like any other. */
async function fetchSource(connection: Connection, url: string, maxBytes: number): Promise<Upload> {
	const { context, cancel, maxRetries } = connection;
	const failure = (reason: string) =>
		new SegmindFailure(`The file at ${url} could not be fetched: ${reason}`, {
			description:
				'Nothing was uploaded. Check that the address opens in a browser without signing in',
		});
	const fileName = decodeURIComponent(new URL(url).pathname.split('/').pop() ?? '') || 'file';
	const stored = await downloadFile(context, {
		url,
		contentType: null,
		fileName: null,
		fileSize: null,
		nameOf: ({ extension }) =>
			/\.[a-z0-9]+$/i.test(fileName) ? fileName : `${fileName}.${extension}`,
		maxRetries,
		maxBytes,
		cancel,
		failure,
	});
	return await openInputFile(context, stored.binary, null);
}
