import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { NO_METRICS } from '../api/metrics';
import type { Result, ResultFile } from '../api/result';
import { agreeOnType } from './fileType';
import type { OutputSettings } from './outputSettings';
import type { StoredFile } from './storeFile';
import { storeOutputFile } from './storeOutputFile';

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
				? await storeOutputFile(connection, file, {
						result,
						place: { index, count: result.files.length },
						fileName: settings.fileName,
						maxBytes: settings.maxBytes,
					})
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
		...NO_METRICS,
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
		...result.metrics,
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
