import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { asNumber } from '../api/outputs';
import { freeName, readFlowOutputs, type FlowOutput } from '../api/pixelFlow';
import { keepFile, type OutputSettings } from './outputItems';
import { emptyResult, type Result } from '../jobs/result';

/** Types of a PixelFlow's outputs whose data is the address of a file. Source: PixelFlow API pages. */
const FILE_TYPES = new Set(['image', 'video', 'audio', 'file', '3d', 'mesh']);

/** The item of a PixelFlow that has not completed. */
export function flowJson(status: string, requestId: string, failureReason?: string): IDataObject {
	return {
		status,
		request_id: requestId,
		outputs: {},
		files: [],
		cost: null,
		remaining_credits: null,
		inference_time: null,
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
	const metrics = (body.metrics ?? {}) as Record<string, unknown>;
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
			? { fileName: settings.fileName, files: fileOutputs.map((other) => other.file), index }
			: { fileName: output.key, files: [file], index: 0 };
		const result: Result = { ...emptyResult, requestId, files: named.files };
		// Names that every object has, such as "constructor", count as taken, too.
		const field = freeName(settings.binaryField + fieldName(output.key), (name) => name in binary);
		const stored = settings.download
			? await keepFile(connection, result, file, named.index, {
					...settings,
					fileName: named.fileName,
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
		cost: asNumber(metrics.cost),
		remaining_credits: asNumber(metrics.remaining_credits),
		inference_time: asNumber(metrics.inference_time),
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
