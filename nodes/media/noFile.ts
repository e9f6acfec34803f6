import { isMedia, typeOfHeader, typeOfName } from '../api/mediaType';

/** What an answer of a file's server says of itself, and what is said of the file elsewhere. */
interface Claims {
	/** The Content-Type of the answer. */
	header: string | undefined;
	/** The type by the API's word, or null. */
	contentType: string | null;
	/** A name or an address. */
	name: string;
}

/** Media types that are written as text. */
const WRITTEN = /^(image\/svg\+xml|model\/(gltf\+json|obj|stl|ply))$/;

/**
 * Why an answer with a good status is no file, as half a sentence; undefined for one that may be a file. Gateways and
 * stores answer with a page, with nothing, or with an error in JSON or XML where a picture should be.
 */
export function whyNoFile(firstBytes: Buffer, claims: Claims): string | undefined {
	if (!firstBytes.length) return 'the file is empty';
	const start = firstBytes
		.toString('latin1')
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart();
	const isPage = /^<(!doctype html|html)/i.test(start);
	if (isPage || (start.startsWith('<') && /^text\/html\b/i.test(claims.header ?? ''))) {
		return 'its address leads to a web page, not to a file';
	}
	const { header, contentType, name } = claims;
	const said = typeOfHeader(contentType) ?? typeOfName(name);
	if (!isMedia(said) || WRITTEN.test(said ?? '') || WRITTEN.test(typeOfHeader(header) ?? '')) {
		return undefined;
	}
	const isError = /^(\{\s*"|<\?xml[^>]*>\s*<Error|<Error)/.test(start);
	return isError ? 'its address leads to an error message, not to a file' : undefined;
}
