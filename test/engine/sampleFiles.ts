import { createHash, createHmac } from 'node:crypto';

/** The magic numbers of file types, from the formats' own specifications. */
const MAGIC = {
	jpg: 'ffd8ffe000104a464946',
	png: '89504e470d0a1a0a',
	gif: '474946383961',
	webp: '524946460000000057454250',
	mp4: '000000186674797069736f6d',
	mp3: '494433',
	wav: '524946460000000057415645',
	glb: '676c5446',
	/** Bytes that match no format. */
	none: '0102',
};

export type Kind = keyof typeof MAGIC;

/** A file of the given kind and size; a different `seed` gives different bytes. */
export function fileOf(kind: Kind, size = 1000, seed = 1): Buffer {
	const bytes = Buffer.alloc(size, createHmac('sha512', String(seed)).update(kind).digest());
	// Every block is different, so that a lost, duplicated or moved block changes the digest.
	for (let at = 16; at + 4 <= size; at += 64) bytes.writeUInt32LE(at, at);
	bytes.write(MAGIC[kind].slice(0, size * 2), 'hex');
	return bytes;
}

export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** The file as a data URI. */
export function dataUri(bytes: Buffer, mimeType: string): string {
	return `data:${mimeType};base64,${bytes.toString('base64')}`;
}
