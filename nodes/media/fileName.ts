import { typeOfName } from '../api/mediaType';
import { hasExtensionOf, type FileType } from './fileType';

/** Maximum length in bytes; file systems allow 255, and a number and an extension may be appended. */
const MAX_NAME = 200;

/**
 * The name of an output file; its extension always matches the bytes.
 * @param requestedName the name chosen by the user, with or without an extension; empty for `<model>-<seed or job>-<n>`
 */
export function outputFileName(
	requestedName: string,
	type: FileType,
	{
		model,
		seedOrId,
		index,
		count,
	}: { model: string | null; seedOrId: string | null; index: number; count: number },
): string {
	const parts = [model ?? 'segmind', seedOrId?.slice(0, 12)].filter(Boolean);
	const base = safeName(requestedName) || safeName(parts.join('-'));
	const stem = typeOfName(base) ? base.replace(/\.[^.]*$/, '') : base;
	const numbered = count > 1 ? `${stem}-${index + 1}` : stem;
	return hasExtensionOf(type, base) && count === 1 ? base : `${numbered}.${type.extension}`;
}

/** A name without folders, control characters and characters that file systems reject. */
export function safeName(name: string): string {
	const clean = name
		.trim()
		.replace(/[\p{Cc}<>:"/\\|?*]+/gu, '_')
		.replace(/^\.+/, '');
	// A truncated character becomes U+FFFD.
	const truncated = Buffer.from(clean)
		.subarray(0, MAX_NAME)
		.toString()
		.replace(/\uFFFD$/, '');
	return truncated.trim();
}
