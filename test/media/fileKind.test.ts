import { fileKind, isNamedMask, rarelyReadHints } from '../../nodes/media/fileKind';
import type { FileSource } from '../../nodes/media/inputFile';

const file = (mimeType: string, fileName?: string, field: string | null = 'data'): FileSource => ({
	binary: { data: '', mimeType, ...(fileName === undefined ? {} : { fileName }) },
	field,
});
const url = (address: string): FileSource => ({ url: address });

it.each<[source: FileSource, kind: string | undefined]>([
	[file('image/png'), 'image'],
	[file('image/x-unknown'), 'image'],
	[file('video/mp4', 'fox.png'), 'video'],
	[file('audio/mpeg'), 'audio'],
	[file('model/gltf-binary'), '3d'],
	// What n8n says of a file of which it knows nothing.
	[file('text/plain', 'fox.png'), 'image'],
	[file('application/octet-stream', 'fox.mp4'), 'video'],
	[file('text/plain'), undefined],
	[file('application/octet-stream'), undefined],
	[file('application/pdf'), 'other'],
	[url('https://a/fox.png'), 'image'],
	[url('https://a/fox.MP3?x=1'), 'audio'],
	[url('https://a/fox'), undefined],
])('%j is of the kind %s', (source, kind) => expect(fileKind(source)).toBe(kind));

it.each<[source: FileSource, isMask: boolean]>([
	[file('image/png', 'fox_mask.png'), true],
	[file('image/png', 'fox.png', 'Mask'), true],
	[file('image/png', 'fox.png'), false],
	[file('image/png', undefined, null), false],
	[url('https://a/MASK-1.png'), true],
	// A folder or a host says nothing of the file.
	[url('https://mask.example/masks/fox.png'), false],
])('recognises %j as a mask: %p', (source, isMask) => expect(isNamedMask(source)).toBe(isMask));

it.each<[source: FileSource, type: string | undefined]>([
	[file('image/heic', 'fox.heic'), 'image/heic'],
	[file('application/octet-stream', 'fox.tiff'), 'image/tiff'],
	[url('https://a/fox.svg'), 'image/svg+xml'],
	[file('image/jpeg'), undefined],
	[file('video/quicktime'), undefined],
])('a hint on %j names %s', (source, type) => {
	const hints = rarelyReadHints(source);
	expect(hints).toHaveLength(type ? 1 : 0);
	if (type) expect(hints[0]).toContain(`Most models cannot read ${type}`);
});
