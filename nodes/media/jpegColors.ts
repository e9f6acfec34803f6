/** How far a JPEG is searched for its frame header, in bytes: colour profiles before it may take a few megabytes. */
const MAX_HEAD = 4 * 1024 * 1024;

const INCOMPLETE = 'incomplete';

/**
 * How many colour components a JPEG has: 1 is grey, 3 is colour for screens, 4 is CMYK, for print. Undefined for a file
 * that is not a JPEG. Source: ITU T.81, B.2.2, frame header.
 */
export async function jpegComponents(chunks: AsyncIterable<Buffer>): Promise<number | undefined> {
	let head = Buffer.alloc(0);
	for await (const chunk of chunks) {
		head = Buffer.concat([head, chunk]);
		const found = componentsIn(head);
		if (found !== INCOMPLETE) return found;
		if (head.length > MAX_HEAD) return undefined;
	}
	return undefined;
}

/** The components by the first bytes of a file; `incomplete` when they end before the frame header. */
function componentsIn(head: Buffer): number | typeof INCOMPLETE | undefined {
	if (head.length < 2) return INCOMPLETE;
	if (head.readUInt16BE(0) !== 0xffd8) return undefined;
	for (let at = 2; ; ) {
		if (at + 10 > head.length) return INCOMPLETE;
		if (head[at] !== 0xff) return undefined;
		const marker = head[at + 1] ?? 0;
		if (marker === 0xff) {
			at++;
			continue;
		}
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return head[at + 9];
		// The picture itself begins: there was no frame header.
		if (marker === 0xda) return undefined;
		at += 2 + head.readUInt16BE(at + 2);
	}
}
