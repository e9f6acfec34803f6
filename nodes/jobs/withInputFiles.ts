import { fetchFile } from '../media/fetchFile';
import {
	base64Of,
	nameOfSource,
	openInputFile,
	type InputFile,
	type SentFile,
} from '../media/inputFile';
import { jpegComponents } from '../media/jpegColors';
import { placeFiles, type CallWithFiles, type PlacedFile } from './placeFiles';
import type { Run } from './run';

/** Colour components of a picture for print. */
const CMYK = 4;

/** The call with its input files in the body, as URLs or as text. Several files for one field become a list. */
export async function withInputFiles<T extends CallWithFiles>(run: Run, call: T): Promise<T> {
	const sent: PlacedFile[] = [];
	for (const file of call.inputFiles) {
		sent.push({ file, as: await sentFile(run, file, call.maxBytes) });
	}
	return placeFiles(call, sent);
}

async function sentFile(
	run: Run,
	{ source, sendAs }: InputFile,
	maxBytes = Infinity,
): Promise<SentFile> {
	if ('url' in source && sendAs === 'url') {
		return { mimeType: null, fileName: null, content: { url: source.url } };
	}
	const file =
		'url' in source
			? await fetchFile(run.connection, source.url, maxBytes)
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
