import { isMedia, typeOfHeader, typeOfName } from '../api/mediaType';

/** What a file server's answer claims about itself, and what else is known of the file. */
interface Claims {
	/** The Content-Type of the answer. */
	header: string | undefined;
	/** The type claimed by the API, or null. */
	contentType: string | null;
	/** A name or a URL. */
	name: string;
}

/** Text-based media types. */
const TEXT_BASED = /^(image\/svg\+xml|model\/(gltf\+json|obj|stl|ply))$/;

/**
 * Why an answer with a success status is not a file, as half a sentence; undefined if it may be one. Gateways and
 * object stores sometimes answer with a page, an empty body, or a JSON or XML error instead of an image.
 */
export function whyNotFile(firstBytes: Buffer, claims: Claims): string | undefined {
	if (!firstBytes.length) return 'the file is empty';
	const beginning = firstBytes
		.toString('latin1')
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart();
	const isPage = /^<(!doctype html|html)/i.test(beginning);
	if (isPage || (beginning.startsWith('<') && /^text\/html\b/i.test(claims.header ?? ''))) {
		return 'its URL leads to a web page, not to a file';
	}
	const { header, contentType, name } = claims;
	const expectedType = typeOfHeader(contentType) ?? typeOfName(name);
	if (
		!isMedia(expectedType) ||
		TEXT_BASED.test(expectedType ?? '') ||
		TEXT_BASED.test(typeOfHeader(header) ?? '')
	) {
		return undefined;
	}
	const isError = /^(\{\s*"|<\?xml[^>]*>\s*<Error|<Error)/.test(beginning);
	return isError ? 'its URL leads to an error message, not to a file' : undefined;
}
