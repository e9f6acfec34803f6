import type { IDataObject } from 'n8n-workflow';

import { fetchFile } from '../media/fetchFile';
import {
	base64Of,
	nameOfSource,
	openInputFile,
	type InputFile,
	type SentFile,
} from '../media/inputFile';
import { jpegComponents } from '../media/jpegColors';
import type { Run } from './run';

/** Colour components of a picture for print. */
const CMYK = 4;

interface CallWithFiles {
	body: IDataObject;
	inputFiles: InputFile[];
	/** Inserts the files into the body; by default each becomes the value of its field. */
	bodyWith?: (files: readonly SentFile[]) => IDataObject;
}

/** An input file, and what it is sent as. */
interface PlacedFile {
	file: InputFile;
	as: SentFile;
}

/** The call with its input files in the body, as URLs or as text. Several files for one field become a list. */
export async function withInputFiles<T extends CallWithFiles>(run: Run, call: T): Promise<T> {
	const sent: PlacedFile[] = [];
	for (const file of call.inputFiles) sent.push({ file, as: await sentFile(run, file) });
	return placeFiles(call, sent);
}

/** The call with the given files in its body. */
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

function valueOf({ sendAs }: InputFile, { content, mimeType }: SentFile): string {
	if ('url' in content) return content.url;
	return sendAs === 'base64' ? content.base64 : `data:${mimeType};base64,${content.base64}`;
}

async function sentFile(run: Run, { source, sendAs }: InputFile): Promise<SentFile> {
	if ('url' in source && sendAs === 'url') {
		return { mimeType: null, fileName: null, content: { url: source.url } };
	}
	const file =
		'url' in source
			? await fetchFile(run.connection, source.url, Infinity)
			: await openInputFile(run.connection.context, source.binary, source.field);
	const { mimeType, fileName } = file;
	if (mimeType === 'image/jpeg' && (await jpegComponents(await file.read())) === CMYK) {
		run.hints.push(
			`Most models cannot read CMYK pictures, such as ${nameOfSource(source)}: convert it to RGB if the model refuses it`,
		);
	}
	const content =
		sendAs === 'url' ? { url: await run.uploads.urlOf(file) } : { base64: await base64Of(file) };
	return { mimeType, fileName, content };
}
