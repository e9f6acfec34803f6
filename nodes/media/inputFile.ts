import { createHash } from 'crypto';
import type { IBinaryData, IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { quote, shorten } from '../api/quote';
import { asBase64, type UploadFile } from '../api/storage';
import { startReading } from '../api/stream';
import { determineType } from './fileType';
import { noFiles, noSuchFile } from './missingFile';

/** Where an input file is: in n8n's store, or on the web. */
export type FileSource =
	| {
			binary: IBinaryData;
			/** Name of the item's field, for messages; null if an expression returned the binary itself. */
			field: string | null;
	  }
	| { url: string };

/** A file for a field of the model. */
export interface InputFile {
	/** The model's field. */
	parameter: string;
	source: FileSource;
	sendAs: 'url' | 'base64' | 'dataUri';
	/** Whether the model's field takes a list, even of a single file. */
	asList?: boolean;
}

/** An input file in the form in which it is sent. */
export interface SentFile {
	/** Null for a public file that Segmind fetches itself. */
	mimeType: string | null;
	fileName: string | null;
	content: { url: string } | { base64: string };
}

/** An input file's name in messages. */
export function nameOfSource(source: FileSource): string {
	if ('url' in source) return `the file at ${shorten(source.url, 200)}`;
	if (source.field !== null) return `the file in the field "${source.field}"`;
	return `the file ${source.binary.fileName ?? 'that the expression returns'}`;
}

/**
 * Finds a binary of this item, by the field's name or by the binary object itself. Throws a failure if there is none.
 * @param otherWay what a person may do instead of entering a name, if the item has other files
 */
export function findBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: unknown,
	label: string,
	otherWay?: string,
): IBinaryData {
	const fieldOrBinary = typeof field === 'string' ? field.trim() : (field as IBinaryData);
	let found: IBinaryData | undefined;
	try {
		found = context.helpers.assertBinaryData(itemIndex, fieldOrBinary);
	} catch {
		found = undefined;
	}
	// A name such as "constructor" exists in every object.
	const isFile = typeof found?.mimeType === 'string';
	const isListed =
		typeof fieldOrBinary === 'string' && Object.hasOwn(filesOf(context, itemIndex), fieldOrBinary);
	if (isFile || isListed) return fromCodeNode(found ?? {}, field, label);
	throw noSuchFile(field, label, Object.keys(filesOf(context, itemIndex)), otherWay);
}

/** All binaries of this item, in its order; throws a failure if there are none. */
export function allBinaries(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
): Array<{ binary: IBinaryData; field: string }> {
	const fields = Object.keys(filesOf(context, itemIndex));
	if (!fields.length) throw noFiles(label);
	return fields.map((field) => ({ binary: findBinary(context, itemIndex, field, label), field }));
}

function filesOf(context: IExecuteFunctions, itemIndex: number): IBinaryKeyData {
	return context.getInputData()[itemIndex]?.binary ?? {};
}

/**
 * A file possibly put together by a Code node: its content may be a data URI, and a missing type is determined from its
 * bytes or its name.
 */
function fromCodeNode(found: Partial<IBinaryData>, field: unknown, label: string): IBinaryData {
	const { id } = found;
	const mimeType = typeof found.mimeType === 'string' ? found.mimeType : undefined;
	const fileName = typeof found.fileName === 'string' ? found.fileName : null;
	if (typeof id === 'string' && mimeType !== undefined) return found as IBinaryData;
	const text = textOfData(found.data);
	const data = /^data:[^,]*;base64,/i.test(text.slice(0, SAMPLE))
		? text.slice(text.indexOf(',') + 1)
		: text;
	if (id === undefined && !/^[A-Za-z0-9+/_=\s-]*$/.test(data.slice(0, SAMPLE))) {
		throw noContent(field, label);
	}
	// A file that is merely empty has an empty text as its content.
	const isMissing = mimeType === undefined || typeof found.data !== 'string';
	if (id === undefined && !data && isMissing) throw noContent(field, label);
	const firstBytes = Buffer.from(id === undefined ? data.slice(0, SAMPLE) : '', 'base64');
	const type = mimeType ?? inputType(firstBytes, '', fileName);
	return { ...found, data, mimeType: type, fileName: fileName ?? undefined };
}

/** The content as base64: a Code node may also return a Buffer, or a Buffer's JSON form. */
function textOfData(data: unknown): string {
	if (typeof data === 'string') return data;
	const bytes: unknown = (data as { data?: unknown } | undefined)?.data ?? data;
	const isBytes = bytes instanceof Uint8Array || (Array.isArray(bytes) && bytes.every(isByte));
	return isBytes ? Buffer.from(bytes as Uint8Array).toString('base64') : '';
}

function isByte(value: unknown): boolean {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

/** How much of a file's content is examined, in characters: it may be a whole video. */
const SAMPLE = 4_000;

function noContent(field: unknown, label: string): SegmindFailure {
	return new SegmindFailure(`${label}: the file in the field ${quote(field)} has no content`, {
		description:
			'Nothing was sent. A Code node must return the content as base64 in "data", such as { data: buffer.toString("base64"), fileName: "photo.jpg", mimeType: "image/jpeg" }, or make the file with this.helpers.prepareBinaryData',
	});
}

/** Opens a binary in n8n's store. Its type comes from its bytes, else from what n8n reports. */
export async function openInputFile(
	context: IExecuteFunctions,
	binary: IBinaryData,
	field: string | null,
): Promise<UploadFile> {
	const { id } = binary;
	const name = binary.fileName ?? null;
	const inMemory = id === undefined ? Buffer.from(binary.data, 'base64') : undefined;
	const size = inMemory?.length ?? (await context.helpers.getBinaryMetadata(id ?? '')).fileSize;
	if (size === 0) {
		throw new SegmindFailure(
			`The file ${[name, field && `in the field "${field}"`].filter(Boolean).join(' ')} is empty`,
			{
				description: 'Nothing was sent',
			},
		);
	}
	const streamType = inMemory ? undefined : await context.helpers.getBinaryStream(id ?? '');
	const read = async (): Promise<AsyncIterable<Buffer>> =>
		inMemory
			? singleChunk(inMemory)
			: ((await context.helpers.getBinaryStream(id ?? '')) as AsyncIterable<Buffer>);
	const { firstBytes, chunks } = await startReading(
		streamType ?? singleChunk(inMemory ?? Buffer.alloc(0)),
	);
	await chunks.return(undefined);
	streamType?.destroy();
	const mimeType = inputType(firstBytes, binary.mimeType, name);
	return { field, fileName: name, mimeType, size, read, streamType };
}

/**
 * The type of an input file as determined from bytes, claim and name, else the claim, which may be a type no model
 * returns.
 */
export function inputType(firstBytes: Buffer, claimed: string, name: string | null): string {
	const { mimeType, extension } = determineType(firstBytes, claimed, name);
	return extension === 'bin' && /^[\w.+-]+\/[\w.+-]+$/.test(claimed) ? claimed : mimeType;
}

/** The file's SHA-256, which identifies equal files. */
export async function hashOf(file: UploadFile): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of await file.read()) hash.update(chunk);
	return hash.digest('hex');
}

/** The whole file as base64 text. */
export async function base64Of(file: UploadFile): Promise<string> {
	let text = '';
	for await (const part of asBase64(await file.read())) text += part;
	return text;
}

async function* singleChunk(buffer: Buffer): AsyncGenerator<Buffer> {
	yield buffer;
}
