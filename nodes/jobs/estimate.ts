import type { IDataObject, IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

import { typeOfSource } from '../media/fileKind';
import { nameOfSource, type InputFile, type SentFile } from '../media/inputFile';
import type { ModelCall } from './modelCall';
import { isSentAsUrl, placeFiles } from './placeFiles';

/**
 * The item of a call that is only estimated: what it will cost, in US dollars, how long it will take, in seconds, and
 * what would be sent. Nothing is sent or uploaded.
 */
export function estimateItem(
	call: ModelCall,
	estimateUsd: number | null,
	binary?: IBinaryKeyData,
): INodeExecutionData {
	return {
		json: {
			status: 'ESTIMATE',
			model: call.slug,
			estimated_cost: estimateUsd,
			estimated_seconds: call.averageSeconds,
			parameters: bodyToBeSent(call),
			problems: call.warnings,
		},
		...(binary ? { binary } : {}),
	};
}

function bodyToBeSent(call: ModelCall): IDataObject {
	const { inputFiles, hasRandomSeed } = call;
	const files = inputFiles.map((file) => ({ file, as: fileToBeSent(file) }));
	const { body } = placeFiles(call, files);
	// The random number drawn for this estimate is not the one that will be sent.
	return hasRandomSeed ? { ...body, seed: -1 } : body;
}

/** A URL as it is; a description of a file that would only then be uploaded or read. */
function fileToBeSent(file: InputFile): SentFile {
	const { source } = file;
	const url = 'url' in source && isSentAsUrl(file) ? source.url : `(${nameOfSource(source)})`;
	return { mimeType: typeOfSource(source) ?? null, fileName: null, content: { url } };
}
