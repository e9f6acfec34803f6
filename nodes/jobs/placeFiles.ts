import type { IDataObject } from 'n8n-workflow';

import type { InputFile, SentFile } from '../media/inputFile';

/** A request body and the files that go into it. */
export interface CallWithFiles {
	body: IDataObject;
	inputFiles: InputFile[];
	/** Files larger than this are not fetched for sending, in bytes; any size if not set. */
	maxBytes?: number;
	/** Inserts the files into the body; by default each becomes the value of its field. */
	bodyWith?: (files: readonly SentFile[]) => IDataObject;
}

/** An input file, and the form in which it is sent. */
export interface PlacedFile {
	file: InputFile;
	as: SentFile;
}

/** The call with the given files in its body. Several files for one field become a list. */
export function placeFiles<T extends CallWithFiles>(call: T, sent: readonly PlacedFile[]): T {
	if (!sent.length) return call;
	if (call.bodyWith) return { ...call, body: call.bodyWith(sent.map(({ as }) => as)) };
	const files = new Map<string, string | string[]>();
	for (const { file, as } of sent) {
		const value = valueOf(file, as);
		const before = files.get(file.parameter) ?? (file.asList ? [] : undefined);
		files.set(file.parameter, before === undefined ? value : [before, value].flat());
	}
	// Object.fromEntries treats a key such as __proto__ as an ordinary one.
	return { ...call, body: { ...call.body, ...Object.fromEntries(files) } };
}

/** Whether a file is sent as the URL that the user gave, and Segmind fetches it itself. */
export function isSentAsUrl({ source, sendAs }: InputFile): boolean {
	return 'url' in source && sendAs === 'url';
}

function valueOf({ sendAs }: InputFile, { content, mimeType }: SentFile): string {
	if ('url' in content) return content.url;
	return sendAs === 'base64' ? content.base64 : `data:${mimeType};base64,${content.base64}`;
}
