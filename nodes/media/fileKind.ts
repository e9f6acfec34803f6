import type { FileToPlace } from '../catalog/fileFields';
import { typeOfHeader, typeOfName } from '../api/mediaType';
import { nameOfSource, type FileSource } from './inputFile';

/** The kind of an input file by its claimed type, else by its name; undefined if neither tells. */
export function fileKind(source: FileSource): FileToPlace['kind'] {
	const type = typeOfSource(source);
	if (type === undefined) return undefined;
	const [kind] = type.split('/');
	if (kind === 'image' || kind === 'video' || kind === 'audio') return kind;
	return kind === 'model' ? '3d' : 'other';
}

/** The MIME type of an input file by its claimed type, else by its name; undefined if neither tells. */
export function typeOfSource(source: FileSource): string | undefined {
	if ('url' in source) return typeOfName(source.url);
	const { mimeType, fileName } = source.binary;
	return mediaType(mimeType) ?? typeOfName(fileName) ?? otherType(mimeType);
}

/** A specific media type, known or not, as opposed to a generic one. */
function mediaType(mimeType: string): string | undefined {
	return /^(image|video|audio|model)\//.test(mimeType) ? mimeType : undefined;
}

/** n8n reports text/plain and octet-stream for files it knows nothing about. */
function otherType(mimeType: string): string | undefined {
	const type = typeOfHeader(mimeType);
	return type === 'text/plain' ? undefined : type;
}

/** Image types that most models cannot read. */
const RARELY_READ = new Set([
	'image/heic',
	'image/tiff',
	'image/bmp',
	'image/avif',
	'image/svg+xml',
	'image/x-icon',
]);

/** A hint for an image of a type that most models cannot read. */
export function rarelyReadHints(source: FileSource): string[] {
	const type =
		'url' in source
			? typeOfName(source.url)
			: (typeOfHeader(source.binary.mimeType) ?? typeOfName(source.binary.fileName));
	return type && RARELY_READ.has(type)
		? [
				`Most models cannot read ${type}, the type of ${nameOfSource(source)}: convert it to JPEG or PNG if the model refuses it`,
			]
		: [];
}

/** Whether the name of a file, or of its field, says that it is a mask. */
export function isNamedMask(source: FileSource): boolean {
	const names = 'url' in source ? [nameIn(source.url)] : [source.field, source.binary.fileName];
	return names.some((name) => /mask/i.test(name ?? ''));
}

function nameIn(url: string): string {
	return new URL(url).pathname.split('/').pop() ?? '';
}
