import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import {
	acceptsUrl,
	chatFileKind,
	fileKindsOf,
	type ChatFamily,
	type ChatFileKind,
} from '../catalog/chat/family';
import type { ChatFile } from '../catalog/chat/turn';
import { typeOfSource } from '../media/fileKind';
import { nameOfSource, type InputFile } from '../media/inputFile';
import type { FileRow } from './fileRows';
import type { ItemOptions } from './itemOptions';

const WORDS: Record<ChatFileKind, string> = {
	image: 'pictures',
	pdf: 'PDF',
	audio: 'sound',
	video: 'films',
};

/** A chat model, with its name for messages. */
export interface ChatModel {
	slug: string;
	name: string;
	family: ChatFamily;
}

/**
 * Files for the messages of a chat model in its family's format: inline, or by URL if requested. Throws a failure,
 * before anything is sent, for a file that the model is known not to read.
 */
export function filesForChat(
	rows: readonly FileRow[],
	model: ChatModel,
	{ sendFilesAs, checkParameters }: Pick<ItemOptions, 'sendFilesAs' | 'checkParameters'>,
): InputFile[] {
	if (rows.length && checkParameters !== 'off' && !fileKindsOf(model.slug, model.family).length) {
		throw new SegmindFailure(`Input Files: ${model.name} reads only text, no files`, {
			model: model.slug,
			...describe('Nothing was sent.', {
				person:
					'Choose a model that reads pictures, such as GPT 5.4 Mini. To send it anyway, set Check Parameters to Off.',
				agent: 'Use a model that reads pictures.',
			}),
		});
	}
	return rows.map(({ source }) => {
		const type = typeOfSource(source);
		const kind = type === undefined ? undefined : kindFor(model, type, nameOfSource(source));
		const byUrl = sendFilesAs === 'url' && acceptsUrl(model.family, kind);
		return { parameter: '', source, sendAs: byUrl ? 'url' : 'base64' };
	});
}

/** Throws a failure, before anything is sent, if a file turns out to be of a kind the model does not accept. */
export function expectReadable(model: ChatModel, file: ChatFile): void {
	if (file.mimeType !== null) kindFor(model, file.mimeType, file.fileName ?? 'a file');
}

function kindFor({ slug, name, family }: ChatModel, type: string, file: string): ChatFileKind {
	const kind = chatFileKind(type);
	const known = fileKindsOf(slug, family);
	// With Check Parameters Off, even a model known to be text-only may receive files.
	const readable = known.length ? known : fileKindsOf('', family);
	if (kind && readable.includes(kind)) return kind;
	const kinds = readable.map((kindName) => WORDS[kindName]).join(', ');
	throw new SegmindFailure(`Input Files: ${name} cannot read ${file} (${type})`, {
		model: slug,
		description: `Nothing was sent. The files it can read are ${kinds}: convert the file, or choose another model`,
	});
}

/** Hints on rows that name a field: chat models have no fields for files. */
export function namedFields(rows: readonly FileRow[], { name }: ChatModel): string[] {
	return rows
		.filter(({ parameter }) => parameter)
		.map(
			({ parameter }) =>
				`${name} takes files inside its messages: the Model Field "${parameter}" of Input Files was not used`,
		);
}
