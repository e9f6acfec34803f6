/** A file's type: what n8n calls `mimeType`, and the extension its name must end in. */
export interface FileType {
	mimeType: string;
	extension: string;
}

const OCTETS: FileType = { mimeType: 'application/octet-stream', extension: 'bin' };

/** Every type that the API's models answer with, by MIME type; the first extension is the one written. */
const EXTENSIONS: Record<string, string[]> = {
	'image/jpeg': ['jpg', 'jpeg', 'jpe'],
	'image/png': ['png'],
	'image/webp': ['webp'],
	'image/gif': ['gif'],
	'image/bmp': ['bmp'],
	'image/tiff': ['tiff', 'tif'],
	'image/avif': ['avif'],
	'image/heic': ['heic', 'heif'],
	'image/x-icon': ['ico'],
	'image/svg+xml': ['svg'],
	'video/mp4': ['mp4', 'm4v'],
	'video/webm': ['webm'],
	'video/quicktime': ['mov'],
	'video/x-matroska': ['mkv'],
	'video/x-msvideo': ['avi'],
	'video/mpeg': ['mpg', 'mpeg'],
	'audio/mpeg': ['mp3'],
	'audio/wav': ['wav'],
	'audio/ogg': ['ogg', 'oga', 'opus'],
	'audio/flac': ['flac'],
	'audio/mp4': ['m4a'],
	'audio/aac': ['aac'],
	'model/gltf-binary': ['glb'],
	'model/gltf+json': ['gltf'],
	'model/obj': ['obj'],
	'model/stl': ['stl'],
	'model/vnd.usdz+zip': ['usdz'],
	'application/zip': ['zip'],
	'application/pdf': ['pdf'],
	'application/json': ['json'],
	'text/plain': ['txt'],
};

const ALIASES: Record<string, string> = {
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/vnd.microsoft.icon': 'image/x-icon',
	'audio/mp3': 'audio/mpeg',
	'audio/x-wav': 'audio/wav',
	'audio/wave': 'audio/wav',
	'audio/x-m4a': 'audio/mp4',
	'audio/x-flac': 'audio/flac',
};

/** Magic numbers: bytes (hexadecimal, `..` for any) at an offset. Source: the formats' own specifications. */
const SIGNATURES: Array<[mimeType: string, bytes: string, offset?: number]> = [
	['image/jpeg', 'ffd8ff'],
	['image/png', '89504e470d0a1a0a'],
	['image/gif', '47494638'],
	['image/webp', '52494646........57454250'],
	['audio/wav', '52494646........57415645'],
	['video/x-msvideo', '52494646........415649'],
	['image/bmp', '424d........00000000'],
	['image/tiff', '49492a00'],
	['image/tiff', '4d4d002a'],
	['image/x-icon', '00000100'],
	['image/avif', '6674797061766966', 4],
	['image/heic', '6674797068656963', 4],
	['image/heic', '667479706d696631', 4],
	['audio/mp4', '667479704d3441', 4],
	['video/quicktime', '667479707174', 4],
	['video/mp4', '66747970', 4],
	['video/webm', '1a45dfa3'],
	['audio/ogg', '4f676753'],
	['audio/flac', '664c6143'],
	['audio/mpeg', '494433'],
	['model/gltf-binary', '676c5446'],
	['application/zip', '504b0304'],
	['application/pdf', '25504446'],
];

/** What servers say of a file that they know nothing of. */
const VAGUE = 'text/plain';

const ZIP = 'application/zip';

/**
 * The type on which bytes, header and name agree best: the bytes if they say it, else the header if it names a file
 * type, else the extension. Bytes come first because Segmind's pages and headers are known to be wrong.
 */
export function agreeOnType(
	firstBytes: Buffer,
	contentType?: string | null,
	name?: string | null,
): FileType {
	const said = typeOfHeader(contentType);
	const magic = typeOfBytes(firstBytes);
	const mimeType =
		(magic === ZIP ? zipType(said, name) : magic) ??
		(said === VAGUE ? (typeOfName(name) ?? said) : said) ??
		typeOfName(name);
	return mimeType ? { mimeType, extension: EXTENSIONS[mimeType]?.[0] ?? OCTETS.extension } : OCTETS;
}

/** A zip archive can be the packing of another type, which only its header or name tells. */
function zipType(said: string | undefined, name?: string | null): string {
	const packed = [said, typeOfName(name)].find((type) => type?.endsWith('+zip'));
	return packed ?? ZIP;
}

/** The MIME type that the magic number names. */
export function typeOfBytes(bytes: Buffer): string | undefined {
	const matroska = bytes.subarray(0, 64).toString('latin1');
	if (matroska.startsWith('\x1a\x45\xdf\xa3') && matroska.includes('matroska'))
		return 'video/x-matroska';
	const found = SIGNATURES.find(([, signature, offset = 0]) => {
		const hex = bytes.subarray(offset, offset + signature.length / 2).toString('hex');
		return (
			hex.length === signature.length &&
			[...signature].every((digit, at) => digit === '.' || digit === hex[at])
		);
	});
	if (found) return found[0];
	// MPEG audio has no magic number, only an eleven-bit frame sync; ADTS AAC shares it with layer 0.
	if (bytes.length > 1 && bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) {
		return ((bytes[1] ?? 0) & 0x06) === 0 ? 'audio/aac' : 'audio/mpeg';
	}
	return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<svg[\s>]/i.test(
		bytes.subarray(0, 512).toString('latin1'),
	)
		? 'image/svg+xml'
		: undefined;
}

/** The known MIME type a Content-Type header names, without its parameters. */
export function typeOfHeader(contentType?: string | null): string | undefined {
	const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
	const known = ALIASES[type] ?? type;
	return Object.hasOwn(EXTENSIONS, known) ? known : undefined;
}

/** The MIME type a file name's or URL's extension stands for. */
export function typeOfName(name?: string | null): string | undefined {
	const extension = /\.([a-z0-9]+)(?:[?#].*)?$/i.exec(name ?? '')?.[1]?.toLowerCase();
	return Object.keys(EXTENSIONS).find((type) => extension && EXTENSIONS[type]?.includes(extension));
}

/** Whether a name already ends in an extension of this type. */
export function hasExtensionOf(type: FileType, name: string): boolean {
	return typeOfName(name) === type.mimeType;
}
