import type { Connection } from '../api/connection';
import { SegmindFailure } from '../api/failure';
import { shorten } from '../api/quote';
import type { UploadFile } from '../api/storage';
import { downloadFile } from './download';
import { safeName } from './fileName';
import { openInputFile } from './inputFile';

/** The file name at the end of a URL, without anything that could lead to another folder. */
function nameInUrl(url: string): string {
	const last = new URL(url).pathname.split('/').pop() ?? '';
	try {
		return safeName(decodeURIComponent(last)) || 'file';
	} catch {
		return safeName(last) || 'file';
	}
}

/** Downloads a file from the web, without the key, into n8n's binary store, from which it is sent like any other. */
export async function fetchFile(
	connection: Connection,
	url: string,
	maxBytes: number,
): Promise<UploadFile> {
	const { context, cancel, maxRetries } = connection;
	const failure = (reason: string) =>
		new SegmindFailure(`The file at ${shorten(url, 200)} could not be fetched: ${reason}`, {
			description: 'Nothing was sent. Check that the URL opens in a browser without signing in',
		});
	const fileName = nameInUrl(url);
	const stored = await downloadFile(context, {
		url,
		contentType: null,
		fileName: null,
		nameOf: ({ extension }) =>
			/\.[a-z0-9]+$/i.test(fileName) ? fileName : `${fileName}.${extension}`,
		maxRetries,
		maxBytes,
		cancel,
		failure,
	});
	return await openInputFile(context, stored.binary, null);
}
