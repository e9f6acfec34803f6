import type { IDataObject } from 'n8n-workflow';

import { fetchFile } from '../media/fetchFile';
import { base64Of, openInputFile, type InputFile } from '../media/inputFile';
import type { Run } from './run';

/** What is sent, with its input files in the body: as URLs, or as text. Several files for one field become a list. */
export async function withInputFiles<T extends { body: IDataObject; inputFiles: InputFile[] }>(
	run: Run,
	call: T,
): Promise<T> {
	if (!call.inputFiles.length) return call;
	const files = new Map<string, string | string[]>();
	for (const file of call.inputFiles) {
		const value = await valueOf(run, file);
		const before = files.get(file.parameter) ?? (file.asList ? [] : undefined);
		files.set(file.parameter, before === undefined ? value : [before, value].flat());
	}
	// Object.fromEntries makes a key such as __proto__ an ordinary one.
	return { ...call, body: { ...call.body, ...Object.fromEntries(files) } };
}

async function valueOf(run: Run, { source, sendAs }: InputFile): Promise<string> {
	// Segmind fetches a public file itself.
	if ('url' in source && sendAs === 'url') return source.url;
	const file =
		'url' in source
			? await fetchFile(run.connection, source.url, Infinity)
			: await openInputFile(run.connection.context, source.binary, source.field);
	if (sendAs === 'url') return await run.uploads.urlOf(file);
	const text = await base64Of(file);
	return sendAs === 'base64' ? text : `data:${file.mimeType};base64,${text}`;
}
