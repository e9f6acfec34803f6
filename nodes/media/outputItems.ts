import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { asFailure, SegmindFailure } from '../api/failure';
import type { Result, ResultFile } from '../jobs/result';
import { downloadFile } from './download';
import { outputFileName } from './fileName';
import { agreeOnType, type FileType } from './fileType';
import { storeFile, type StoredFile } from './storeFile';

/** How a node hands its results over. */
export interface OutputSettings {
	/** False: only the URL. */
	download: boolean;
	binaryField: string;
	/** Several files of one result become several items, or one. */
	outputItems: 'perFile' | 'perInput';
	/** Wanted file name; empty for one made from model and seed. */
	fileName: string;
	includeRawResponse: boolean;
	/** Larger files are not stored, in bytes. */
	maxBytes: number;
	/** Files of the input item, which the output item keeps. */
	inputBinary: IBinaryKeyData | undefined;
}

/** The items of one finished result, with its files in n8n's binary store where they are wanted. */
export async function outputItems(
	connection: Connection,
	result: Result,
	settings: OutputSettings,
): Promise<INodeExecutionData[]> {
	const files: Array<{ file: ResultFile; stored: StoredFile | undefined }> = [];
	for (const [index, file] of result.files.entries()) {
		// The bytes of a v1 answer have no address from which they could be fetched later: they are always stored.
		const stored =
			settings.download || file.url === null
				? await keepFile(connection, result, file, index, settings)
				: undefined;
		files.push({ file, stored });
	}
	if (settings.outputItems === 'perInput' && files.length > 1)
		return [oneItem(result, files, settings)];
	return (files.length ? files : [undefined]).map((entry, index) => ({
		json: itemJson(result, entry, index, settings),
		...binaries(settings, entry?.stored ? { [settings.binaryField]: entry.stored.binary } : {}),
	}));
}

/** Puts one file of a result into n8n's binary store. */
export async function keepFile(
	connection: Connection,
	result: Result,
	file: ResultFile,
	index: number,
	settings: OutputSettings,
): Promise<StoredFile> {
	const { context } = connection;
	const mark = result.seed === null ? result.requestId : String(result.seed);
	const nameOf = (type: FileType) =>
		outputFileName(settings.fileName, type, {
			model: result.model,
			mark,
			index,
			count: result.files.length,
		});
	try {
		if (file.content) {
			const { stream, firstBytes } = file.content;
			const type = agreeOnType(firstBytes, file.contentType);
			const content = { like: stream, chunks: stream as AsyncIterable<Buffer> };
			return await storeFile(context, content, type, nameOf(type));
		}
		if (file.base64 !== undefined) {
			const bytes = Buffer.from(file.base64, 'base64');
			const type = agreeOnType(bytes, file.contentType, file.fileName);
			return await storeFile(context, bytes, type, nameOf(type));
		}
		return await downloadFile(context, {
			url: file.url ?? '',
			contentType: file.contentType,
			fileName: file.fileName,
			fileSize: file.fileSize,
			nameOf,
			maxRetries: connection.maxRetries,
			maxBytes: settings.maxBytes,
			cancel: connection.cancel,
			failure: (reason) => notDownloaded(file.url, result.requestId, reason),
		});
	} catch (thrown) {
		throw paidFor(asFailure(thrown), result, file);
	}
}

function notDownloaded(
	url: string | null,
	requestId: string | null,
	reason: string,
): SegmindFailure {
	const job = requestId === null ? '' : `, or collect job ${requestId} with Segmind Check Status`;
	return new SegmindFailure(`The finished file could not be downloaded: ${reason}`, {
		description: `It was made and billed. Segmind keeps it for seven days at ${url}: open that address${job}`,
	});
}

/** The result exists and is billed: what failed is only its way here. */
function paidFor(
	failure: SegmindFailure,
	{ requestId, model, cost }: Result,
	file: ResultFile,
): SegmindFailure {
	const message = file.content
		? `The connection broke while the finished file came in (${failure.message})`
		: failure.message;
	return new SegmindFailure(message, {
		...(file.content
			? {
					description: `It was made and billed${cost === null ? '' : ` ($${cost})`}, and cannot be fetched again: a picture made in the mode Sync has no address. It was not repeated; the mode Async keeps an address.${requestId ? ` Request ${requestId}` : ''}`,
				}
			: {}),
		...failure.details,
		...(file.content ? { mayBeBilled: true } : {}),
		status: 'COMPLETED',
		...(requestId ? { requestId } : {}),
		...(model ? { model } : {}),
	});
}

/** The item of a job that has not completed: the same keys, with what is known. */
export function jobJson(
	status: string,
	requestId: string,
	model: string | null,
	failureReason?: string,
): IDataObject {
	return {
		model,
		status,
		request_id: requestId,
		url: null,
		seed: null,
		cost: null,
		remaining_credits: null,
		inference_time: null,
		output_index: null,
		output_count: 0,
		content_type: null,
		file_name: null,
		file_size: null,
		...(failureReason === undefined ? {} : { failure_reason: failureReason }),
	};
}

function itemJson(
	result: Result,
	entry: { file: ResultFile; stored: StoredFile | undefined } | undefined,
	index: number,
	{ includeRawResponse }: OutputSettings,
): IDataObject {
	const known =
		entry && !entry.stored
			? agreeOnType(Buffer.alloc(0), entry.file.contentType, entry.file.url)
			: undefined;
	return {
		model: result.model,
		status: 'COMPLETED',
		request_id: result.requestId,
		url: entry?.file.url ?? null,
		seed: result.seed,
		cost: result.cost,
		remaining_credits: result.remainingCredits,
		inference_time: result.inferenceTime,
		output_index: index,
		output_count: result.files.length,
		content_type:
			entry?.stored?.contentType ?? (known?.extension === 'bin' ? null : (known?.mimeType ?? null)),
		file_name: entry?.stored?.fileName ?? entry?.file.fileName ?? null,
		file_size: entry?.stored?.fileSize ?? entry?.file.fileSize ?? null,
		...(result.text === null ? {} : { text: result.text }),
		...(result.data === null ? {} : { result: result.data as IDataObject }),
		...(includeRawResponse ? { raw_response: result.raw } : {}),
	};
}

/** One item with all files of a result: the first one's facts, all facts under `outputs`, binaries data, data_1, ... */
function oneItem(
	result: Result,
	files: Array<{ file: ResultFile; stored: StoredFile | undefined }>,
	settings: OutputSettings,
): INodeExecutionData {
	const stored = files.flatMap(({ stored: one }, index) =>
		one ? [[binaryName(settings.binaryField, index), one.binary] as const] : [],
	);
	const outputs = files.map((entry, index) => {
		const { url, output_index, content_type, file_name, file_size } = itemJson(
			result,
			entry,
			index,
			settings,
		);
		const field = entry.stored ? { binary_field: binaryName(settings.binaryField, index) } : {};
		return { output_index, url, content_type, file_name, file_size, ...field };
	});
	return {
		json: { ...itemJson(result, files[0], 0, settings), outputs },
		...binaries(settings, Object.fromEntries(stored)),
	};
}

function binaryName(field: string, index: number): string {
	return index === 0 ? field : `${field}_${index}`;
}

function binaries(
	{ inputBinary }: OutputSettings,
	made: IBinaryKeyData,
): { binary?: IBinaryKeyData } {
	const binary = { ...inputBinary, ...made };
	return Object.keys(binary).length ? { binary } : {};
}
