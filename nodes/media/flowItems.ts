import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { metricsOfBody, NO_METRICS } from '../api/metrics';
import { freeName, readFlowOutputs, type FlowOutput } from '../api/pixelFlow';
import type { OutputSettings } from './outputSettings';
import { storeOutputFile } from './storeOutputFile';

/** Types of a PixelFlow's outputs whose data is the address of a file. Source: PixelFlow API pages. */
const FILE_TYPES = new Set(['image', 'video', 'audio', 'file', '3d', 'mesh']);

/** The item of a PixelFlow that has not completed. */
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
	body: Record<string, unknown>,
	requestId: string,
	settings: OutputSettings,
): Promise<INodeExecutionData[]> {
	const metrics = metricsOfBody(body);
	const outputs = readFlowOutputs(body);
	const binary: IBinaryKeyData = { ...settings.inputBinary };
	const files: IDataObject[] = [];
	const fileOutputs = outputs.filter(isFile).map((output) => ({
		output,
		file: { url: String(output.data), contentType: null, fileName: null, fileSize: null },
	}));
	for (const [index, { output, file }] of fileOutputs.entries()) {
		// A name that the user gave is that of all files: they are numbered. The names of outputs differ.
		const named = settings.fileName
			? { fileName: settings.fileName, place: { index, count: fileOutputs.length } }
			: { fileName: output.key, place: { index: 0, count: 1 } };
		// Names that every object has, such as "constructor", count as taken, too.
		const field = freeName(settings.binaryField + fieldName(output.key), (name) => name in binary);
		const stored = settings.download
			? await storeOutputFile(connection, file, {
					result: { model: null, requestId, seed: null, metrics },
					...named,
					maxBytes: settings.maxBytes,
				})
			: undefined;
		if (stored) binary[field] = stored.binary;
		files.push({
			key: output.key,
			url: file.url,
			content_type: stored?.contentType ?? null,
			file_name: stored?.fileName ?? null,
			file_size: stored?.fileSize ?? null,
			...(stored ? { binary_field: field } : {}),
		});
	}
	const json: IDataObject = {
		...flowJson('COMPLETED', requestId),
		outputs: Object.fromEntries(outputs.map(({ key, data }) => [key, data])) as IDataObject,
		files,
		...metrics,
		...(settings.includeRawResponse ? { raw_response: body as IDataObject } : {}),
	};
	return [{ json, ...(Object.keys(binary).length ? { binary } : {}) }];
}

function isFile({ type, data }: FlowOutput): boolean {
	return (
		type !== null && FILE_TYPES.has(type) && typeof data === 'string' && /^https?:\/\//.test(data)
	);
}

/** A name that expressions can address. */
function fieldName(key: string): string {
	return key.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_');
}
