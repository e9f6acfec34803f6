import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import type { FlowResult, FlowResultOutput } from '../api/flowResult';
import { NO_METRICS } from '../api/metrics';
import type { OutputFile } from '../api/outputFile';
import { freeNames } from '../api/pixelFlow';
import type { OutputSettings } from './outputSettings';
import { storeOutputFile } from './storeOutputFile';

/** The item of an unfinished PixelFlow. */
export function flowJson(status: string, requestId: string, failureReason?: string): IDataObject {
	return {
		status,
		request_id: requestId,
		outputs: {},
		files: [],
		...NO_METRICS,
		...(failureReason === undefined ? {} : { failure_reason: failureReason }),
	};
}

/** The item of a finished PixelFlow: its outputs by name, and each file in a field named after its output. */
export async function flowItems(
	connection: Connection,
	result: FlowResult,
	settings: OutputSettings,
): Promise<INodeExecutionData[]> {
	const { outputs, metrics, raw, requestId } = result;
	const binary: IBinaryKeyData = { ...settings.inputBinary };
	// Names that every object has, such as "constructor", count as taken too.
	const freeField = freeNames((name) => name in binary);
	const files: IDataObject[] = [];
	const outputFiles = outputs.flatMap((output) =>
		output.files.map((file, index) => ({ output, file, index })),
	);
	for (const [place, { output, file, index }] of outputFiles.entries()) {
		// A name chosen by the user applies to all files, so they are numbered. Output names are distinct.
		const naming = settings.fileName
			? { fileName: settings.fileName, place: { index: place, count: outputFiles.length } }
			: { fileName: output.key, place: { index, count: output.files.length } };
		const field = freeField(settings.binaryField + fieldName(output, index));
		// Inline content has no URL from which it could be fetched later.
		const stored =
			settings.download || file.url === null
				? await storeOutputFile(connection, file, {
						result,
						...naming,
						maxBytes: settings.maxBytes,
					})
				: undefined;
		if (stored) binary[field] = stored.binary;
		files.push({
			key: output.key,
			url: file.url,
			...factsOf(file, stored),
			...(stored ? { binary_field: field } : {}),
		});
	}
	const json: IDataObject = {
		...flowJson('COMPLETED', requestId ?? ''),
		outputs: Object.fromEntries(outputs.map(({ key, data }) => [key, data])) as IDataObject,
		files,
		...metrics,
		...(settings.includeRawResponse ? { raw_response: raw } : {}),
	};
	return [{ json, ...(Object.keys(binary).length ? { binary } : {}) }];
}

function factsOf(
	file: OutputFile,
	stored: Awaited<ReturnType<typeof storeOutputFile>> | undefined,
): IDataObject {
	return {
		content_type: stored?.contentType ?? file.contentType,
		file_name: stored?.fileName ?? file.fileName,
		file_size: stored?.fileSize ?? file.fileSize,
	};
}

/** The field of one file, usable in expressions: named after its output, numbered if that has several. */
function fieldName({ key }: FlowResultOutput, index: number): string {
	const numbered = index === 0 ? key : `${key}_${index + 1}`;
	return numbered.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_');
}
