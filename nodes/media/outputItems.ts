import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import type { Result } from '../api/result';
import { fileFacts, resultJson, type ItemFile, type Request } from './itemJson';
import type { OutputSettings } from './outputSettings';
import { storeOutputFile } from './storeOutputFile';

/** The items of one finished result, with its files in n8n's binary store if requested. */
export async function outputItems(
	connection: Connection,
	result: Result,
	settings: OutputSettings,
	request: Request,
): Promise<INodeExecutionData[]> {
	const files: ItemFile[] = [];
	for (const [index, file] of result.files.entries()) {
		const isDownloaded = settings.download && (settings.outputItems !== 'mainFile' || index === 0);
		// Bytes without a URL cannot be fetched later, so they are always stored.
		const stored =
			isDownloaded || file.url === null
				? await storeOutputFile(connection, file, {
						result,
						place: { index, count: result.files.length },
						fileName: settings.fileName,
						maxBytes: settings.maxBytes,
					})
				: undefined;
		files.push({ file, stored });
	}
	const isOneItem =
		settings.outputItems === 'mainFile' ||
		(settings.outputItems === 'perInput' && files.length > 1);
	if (!isOneItem) {
		return (files.length ? files : [undefined]).map((file, index) => ({
			json: resultJson(result, request, file, index, settings.includeRawResponse),
			...binaries(settings, file ? [file] : []),
		}));
	}
	const extraJson =
		settings.outputItems === 'perInput'
			? { outputs: files.map((file, index) => outputFacts(settings, file, index)) }
			: { other_files: files.slice(1).flatMap(({ file }) => file.url ?? []) };
	const json = resultJson(result, request, files[0], 0, settings.includeRawResponse);
	return [{ json: { ...json, ...extraJson }, ...binaries(settings, files) }];
}

function outputFacts({ binaryField }: OutputSettings, file: ItemFile, index: number): IDataObject {
	return {
		output_index: index,
		url: file.file.url,
		...fileFacts(file),
		...(file.stored ? { binary_field: binaryName(binaryField, index) } : {}),
	};
}

function binaryName(field: string, index: number): string {
	return index === 0 ? field : `${field}_${index}`;
}

/** The input item's files, with those of the result replacing any of the same name. */
function binaries(
	{ inputBinary, binaryField }: OutputSettings,
	files: readonly ItemFile[],
): { binary?: IBinaryKeyData } {
	const storedFiles = files.flatMap(({ stored }, index) =>
		stored ? [[binaryName(binaryField, index), stored.binary] as const] : [],
	);
	const binary = { ...inputBinary, ...Object.fromEntries(storedFiles) };
	return Object.keys(binary).length ? { binary } : {};
}
