import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { NO_METRICS } from '../api/metrics';
import type { Result, ResultFile, StoredFile } from '../api/result';
import { determineType } from './fileType';

/** How long Segmind keeps an output file. Source: Segmind documentation "Async inference". */
const FILE_KEPT_MS = 7 * 24 * 3600 * 1000;

/** The request that produced a result. */
export interface Request {
	/** Null if unknown, or if the model takes none. */
	prompt: string | null;
	/** When it was sent (wall-clock time): none of its output files is older. */
	sentAt: number;
}

/** A file of a result and, where it was stored, its place in n8n's binary store. */
export interface ItemFile {
	file: ResultFile;
	stored: StoredFile | undefined;
}

/** The JSON of an item with one or no file of a finished result. */
export function resultJson(
	result: Result,
	{ prompt, sentAt }: Request,
	file: ItemFile | undefined,
	index: number,
	includeRawResponse: boolean,
): IDataObject {
	const url = file?.file.url ?? null;
	return {
		status: 'COMPLETED',
		model: result.model,
		prompt,
		url,
		url_expires_at: url === null ? null : new Date(sentAt + FILE_KEPT_MS).toISOString(),
		seed: result.seed,
		...result.metrics,
		request_id: result.requestId,
		output_index: index,
		output_count: result.files.length,
		...fileFacts(file),
		...(result.text === null ? {} : { text: result.text }),
		...(result.data === null ? {} : { result: result.data as IDataObject }),
		...(includeRawResponse ? { raw_response: result.raw } : {}),
	};
}

/** Marks an item whose result was found in the request history. */
export function asRecovered(item: INodeExecutionData): INodeExecutionData {
	return { ...item, json: { ...item.json, recovered: true } };
}

/** Marks an item whose result was paid for by an earlier request. */
export function asReused(item: INodeExecutionData): INodeExecutionData {
	return { ...item, json: { ...item.json, cost: 0, reused: true } };
}

/** The facts of one file, spelled as in items; null if there is no file or the fact is unknown. */
export function fileFacts(entry: ItemFile | undefined): IDataObject {
	const { file, stored } = entry ?? {};
	return {
		output_role: file?.role ?? null,
		content_type: stored?.contentType ?? (file ? claimedType(file) : null),
		file_name: stored?.fileName ?? file?.fileName ?? null,
		file_size: stored?.fileSize ?? file?.fileSize ?? null,
	};
}

function claimedType({ contentType, url }: ResultFile): string | null {
	const { extension, mimeType } = determineType(Buffer.alloc(0), contentType, url);
	return extension === 'bin' ? null : mimeType;
}

/** The JSON of an unfinished job: the keys of a result, filled with what is known. */
export function unfinishedJson(job: {
	status: string;
	requestId: string;
	model: string | null;
	prompt: string | null;
	seed: number | string | null;
}): IDataObject {
	return {
		status: job.status,
		model: job.model,
		prompt: job.prompt,
		url: null,
		url_expires_at: null,
		seed: job.seed,
		...NO_METRICS,
		request_id: job.requestId,
		output_index: null,
		output_count: 0,
		...fileFacts(undefined),
	};
}
