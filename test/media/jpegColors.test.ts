import { jpegComponents } from '../../nodes/media/jpegColors';

/** A segment of a JPEG: marker, length, content. */
function segment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** A frame header: precision, height, width, components (ITU T.81, B.2.2). */
const frame = (components: number, marker = 0xc0) =>
	segment(marker, Buffer.from([8, 0, 16, 0, 16, components, 1, 0x11, 0, 2, 0x11, 1]));
const start = Buffer.from([0xff, 0xd8]);
const profile = segment(0xe2, Buffer.alloc(60_000, 0xff));
const huffman = segment(0xc4, Buffer.alloc(20));
const scan = segment(0xda, Buffer.alloc(10));

async function* inPieces(bytes: Buffer, size: number) {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

it.each<[string, Buffer[], number | undefined]>([
	['for screens', [start, frame(3)], 3],
	['for print', [start, frame(4)], 4],
	['grey', [start, frame(1)], 1],
	['progressive', [start, frame(4, 0xc2)], 4],
	['behind a colour profile', [start, profile, profile, frame(4)], 4],
	['behind tables, which are no frame', [start, huffman, frame(3)], 3],
	['with fill bytes', [start, Buffer.from([0xff]), frame(3)], 3],
	['without a frame', [start, scan, Buffer.alloc(50)], undefined],
	['cut off', [start, profile.subarray(0, 100)], undefined],
	['no JPEG', [Buffer.from('89504e470d0a1a0a0000000d', 'hex')], undefined],
	['nothing', [], undefined],
])('a JPEG %s', async (_, parts, components) => {
	const bytes = Buffer.concat(parts);
	for (const size of [1, 7, 64_000]) {
		expect(await jpegComponents(inPieces(bytes, size))).toBe(components);
	}
});
