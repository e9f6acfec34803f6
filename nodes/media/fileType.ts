import { typeOfBytes } from '../api/magicNumber';
import { extensionOf, hasExtensionFor, typeOfHeader, typeOfName } from '../api/mediaType';

/** A file's type: what n8n calls `mimeType`, and the extension its name must end in. */
export interface FileType {
	mimeType: string;
	extension: string;
}

const UNKNOWN_TYPE: FileType = { mimeType: 'application/octet-stream', extension: 'bin' };

/** Types that servers send for files they know nothing about. */
const GENERIC = 'text/plain';

/**
 * Containers that share a signature: the bytes identify the first type of a family, while the claim or the name may
 * identify the member more precisely. A type with a distinct brand (HEIC, QuickTime, M4A) is not ambiguous.
 */
const FAMILIES: Record<string, string[]> = {
	'video/mp4': ['audio/mp4', 'video/quicktime', 'video/3gpp', 'video/3gpp2', 'audio/3gpp'],
	'video/3gpp': ['audio/3gpp'],
	'video/webm': ['audio/webm'],
	'video/x-matroska': ['audio/x-matroska'],
	'audio/ogg': ['video/ogg'],
	'video/x-ms-wmv': ['audio/x-ms-wma'],
	// An ID3 tag may precede any of them.
	'audio/mpeg': ['audio/aac', 'audio/flac'],
	'image/tiff': ['image/x-adobe-dng'],
	'application/zip': [
		'model/vnd.usdz+zip',
		'model/3mf',
		'application/epub+zip',
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	],
};

/**
 * Determines the type from bytes, claim and name: the bytes if conclusive, within a container family refined by the
 * claim or the name; else the claim if it is a file type, else the name. Bytes come first because Segmind's pages and
 * headers are known to be wrong.
 */
export function determineType(
	firstBytes: Buffer,
	contentType?: string | null,
	name?: string | null,
): FileType {
	const claimed = typeOfHeader(contentType);
	const named = typeOfName(name);
	const identified = typeOfBytes(firstBytes);
	const mimeType =
		(identified && withinFamily(identified, [claimed, named])) ??
		(claimed === GENERIC ? (named ?? claimed) : claimed) ??
		named;
	if (!mimeType) return UNKNOWN_TYPE;
	return { mimeType, extension: extensionOf(mimeType) ?? UNKNOWN_TYPE.extension };
}

/** Whether a name already ends in an extension of this type. */
export function hasExtensionOf({ mimeType }: FileType, name: string): boolean {
	return hasExtensionFor(mimeType, name);
}

function withinFamily(identified: string, hints: Array<string | undefined>): string {
	const family = FAMILIES[identified] ?? [];
	// A claim that equals the identified type counts as well: the name is used only if there is no claim.
	const refined = hints.find(
		(type) => type !== undefined && [identified, ...family].includes(type),
	);
	return refined ?? identified;
}
