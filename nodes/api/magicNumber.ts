/** Magic numbers: bytes (hexadecimal, `..` for any) at an offset. Source: the formats' own specifications. */
const SIGNATURES: Array<[mimeType: string, bytes: string, offset?: number]> = [
	['image/jpeg', 'ffd8ff'],
	['image/png', '89504e470d0a1a0a'],
	['image/gif', '47494638'],
	['image/webp', '52494646........57454250'],
	['audio/wav', '52494646........57415645'],
	['audio/wav', '52463634........57415645'],
	['video/x-msvideo', '52494646........415649'],
	['image/bmp', '424d........00000000'],
	['image/tiff', '49492a00'],
	['image/tiff', '4d4d002a'],
	['image/x-icon', '00000100'],
	['image/jp2', '0000000c6a502020'],
	['image/jxl', 'ff0a'],
	['image/jxl', '0000000c4a584c20'],
	['image/vnd.adobe.photoshop', '38425053'],
	['image/x-exr', '762f3101'],
	['video/x-ms-wmv', '3026b2758e66cf11'],
	['video/x-flv', '464c5601'],
	['video/mpeg', '000001ba'],
	['video/mpeg', '000001b3'],
	['audio/flac', '664c6143'],
	['audio/x-caf', '63616666'],
	['audio/mpeg', '494433'],
	['audio/aiff', '464f524d........414946'],
	['audio/amr', '2321414d52'],
	['audio/basic', '2e736e64'],
	['audio/midi', '4d546864'],
	['model/gltf-binary', '676c5446'],
	['model/fbx', '4b617964617261204642582042696e617279'],
	['model/ply', '706c790a'],
	['model/ply', '706c790d0a'],
	['application/zip', '504b0304'],
	['application/pdf', '25504446'],
	// UTF-16 byte order marks; the first would otherwise pass for an MPEG audio frame.
	['text/plain', 'fffe'],
	['text/plain', 'feff'],
];

/** Brands that identify one type. A file with a generic brand may list a specific one among its compatible brands. */
const BRANDS: Array<[mimeType: string, brands: RegExp]> = [
	['image/avif', /^avi[fs]$/],
	['image/heic', /^(hei[cxms]|hev[cxms])$/],
	['audio/mp4', /^M4[ABP] $/],
];
/** Brands that count only as the major brand: files of other types also list them as compatible. */
const MAJOR_BRANDS: Array<[mimeType: string, brands: RegExp]> = [
	...BRANDS,
	['video/quicktime', /^qt {2}$/],
	['video/3gpp2', /^3g2/],
	['video/3gpp', /^3g[egprs]/],
	['image/heic', /^(mif|msf)1$/],
];

/** The MIME type identified by the magic number; the most common one within a container family. */
export function typeOfBytes(bytes: Buffer): string | undefined {
	return typeOfContainer(bytes) ?? typeOfSignature(bytes) ?? typeOfFrame(bytes) ?? svg(bytes);
}

function typeOfSignature(bytes: Buffer): string | undefined {
	return SIGNATURES.find(([, signature, offset = 0]) => {
		const hex = bytes.subarray(offset, offset + signature.length / 2).toString('hex');
		return (
			hex.length === signature.length &&
			[...signature].every((digit, at) => digit === '.' || digit === hex[at])
		);
	})?.[0];
}

/** ISO media files (MP4 and relatives), Matroska and Ogg, which only their contents tell apart. */
function typeOfContainer(bytes: Buffer): string | undefined {
	const start = bytes.subarray(0, 512).toString('latin1');
	if (start.slice(4, 8) === 'ftyp') return typeOfBrands(bytes, start);
	if (start.startsWith('\x1a\x45\xdf\xa3')) {
		return start.slice(0, 64).includes('matroska') ? 'video/x-matroska' : 'video/webm';
	}
	if (!start.startsWith('OggS')) return undefined;
	return start.slice(0, 64).includes('theora') ? 'video/ogg' : 'audio/ogg';
}

/** Source: ISO/IEC 14496-12, file type box: size, "ftyp", major brand, version, compatible brands. */
function typeOfBrands(bytes: Buffer, start: string): string {
	const end = Math.min(bytes.readUInt32BE(0), start.length);
	const major = start.slice(8, 12);
	const compatible: string[] = [];
	for (let at = 16; at + 4 <= end; at += 4) compatible.push(start.slice(at, at + 4));
	const isGeneric =
		/^(mif|msf)1$/.test(major) || !MAJOR_BRANDS.some(([, brand]) => brand.test(major));
	const specific = isGeneric
		? BRANDS.find(([, brand]) => compatible.some((name) => brand.test(name)))
		: undefined;
	return (specific ?? MAJOR_BRANDS.find(([, brand]) => brand.test(major)))?.[0] ?? 'video/mp4';
}

/** MPEG audio has no magic number, only an eleven-bit frame sync; ADTS AAC shares it with layer 0. */
function typeOfFrame([first = 0, second = 0]: Buffer): string | undefined {
	if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
	return (second & 0x06) === 0 ? 'audio/aac' : 'audio/mpeg';
}

/** What may precede an SVG's root element: how it begins, and how it ends. */
const PROLOGUE = [
	['<?xml', '>'],
	['<!--', '-->'],
	['<!doctype svg', '>'],
] as const;

function svg(bytes: Buffer): string | undefined {
	const text = bytes.subarray(0, 512).toString('latin1').toLowerCase();
	let rest = text.replace(/^\xef\xbb\xbf/, '').trimStart();
	// One pattern for all of it takes exponential time on a row of comments.
	for (;;) {
		const part = PROLOGUE.find(([start]) => rest.startsWith(start));
		if (!part) break;
		const [start, end] = part;
		const at = rest.indexOf(end, start.length);
		if (at < 0) return undefined;
		rest = rest.slice(at + end.length).trimStart();
	}
	return /^<svg[\s>]/.test(rest) ? 'image/svg+xml' : undefined;
}
