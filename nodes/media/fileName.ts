import { typeOfName } from '../api/mediaType';
import { hasExtensionOf, type FileType } from './fileType';

/** In bytes; file systems allow 255, and a number and an extension follow. */
const MAX_NAME = 200;

/**
 * The name of an output file; its extension always matches the bytes.
 * @param wanted the name chosen by the user, with or without an extension; empty for `<model>-<seed or job>-<n>`
 */
export function outputFileName(
	wanted: string,
	type: FileType,
	{
		model,
		mark,
		index,
		count,
	}: { model: string | null; mark: string | null; index: number; count: number },
): string {
	const parts = [model ?? 'segmind', mark?.slice(0, 12)].filter(Boolean);
	const base = safeName(wanted) || safeName(parts.join('-'));
	const ending = typeOfName(base) ? base.replace(/\.[^.]*$/, '') : base;
	const numbered = count > 1 ? `${ending}-${index + 1}` : ending;
	return hasExtensionOf(type, base) && count === 1 ? base : `${numbered}.${type.extension}`;
}

/** A name without folders, control characters and characters that file systems reject. */
export function safeName(name: string): string {
	const clean = name
		.trim()
		.replace(/[\p{Cc}<>:"/\\|?*]+/gu, '_')
		.replace(/^\.+/, '');
	// A truncated character becomes U+FFFD.
	const cut = Buffer.from(clean)
		.subarray(0, MAX_NAME)
		.toString()
		.replace(/\uFFFD$/, '');
	return cut.trim();
}
