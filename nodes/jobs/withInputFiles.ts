import type { IDataObject } from 'n8n-workflow';

import { base64Of, openInputFile, type InputFile } from '../media/inputFile';
import type { Run } from './run';

/** What is sent, with its input files in the body: uploaded, or as text. Several files for one field become a list. */
export async function withInputFiles<T extends { body: IDataObject; inputFiles: InputFile[] }>(
	run: Run,
	call: T,
): Promise<T> {
	if (!call.inputFiles.length) return call;
	const files: IDataObject = {};
	for (const row of call.inputFiles) {
		const value = await valueOf(run, row);
		const before = files[row.parameter] ?? (row.asList ? [] : undefined);
		files[row.parameter] = before === undefined ? value : ([before, value].flat() as string[]);
	}
	return { ...call, body: { ...call.body, ...files } };
}

async function valueOf(run: Run, { binary, field, sendAs }: InputFile): Promise<string> {
	const file = await openInputFile(run.connection.context, binary, field);
	if (sendAs === 'url') return await run.uploads.urlOf(file);
	const text = await base64Of(file);
	return sendAs === 'base64' ? text : `data:${file.mimeType};base64,${text}`;
}
