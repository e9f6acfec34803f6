import {
	extensionOf,
	isMedia,
	hasExtensionFor,
	typeOfHeader,
	typeOfName,
} from '../../nodes/api/mediaType';

it.each<[name: string | null | undefined, type: string | undefined]>([
	['a.jpg', 'image/jpeg'],
	['a.JPEG', 'image/jpeg'],
	['my.photo.png', 'image/png'],
	['https://images.segmind.com/a.mp4?size=1.png', 'video/mp4'],
	['https://images.segmind.com/a.glb#x', 'model/gltf-binary'],
	// Of two types with one extension the picture or film comes first.
	['a.webm', 'video/webm'],
	['a.unknown', undefined],
	['jpg', undefined],
	['', undefined],
	[null, undefined],
	[undefined, undefined],
])('the name %j: %j', (name, type) => expect(typeOfName(name)).toBe(type));

it.each<[header: string | null | undefined, type: string | undefined]>([
	['image/png', 'image/png'],
	['Image/PNG; charset=binary', 'image/png'],
	['image/jpg', 'image/jpeg'],
	['audio/x-wav', 'audio/wav'],
	['application/x-zip-compressed', 'application/zip'],
	['application/octet-stream', undefined],
	['text/html', undefined],
	['constructor', undefined],
	['', undefined],
	[null, undefined],
])('the header %j: %j', (header, type) => expect(typeOfHeader(header)).toBe(type));

it.each<[type: string, extension: string | undefined]>([
	['image/jpeg', 'jpg'],
	['audio/mpeg', 'mp3'],
	['video/mp4', 'mp4'],
	['model/gltf-binary', 'glb'],
	['image/never-seen', undefined],
	['toString', undefined],
])('%s is written .%s', (type, extension) => expect(extensionOf(type)).toBe(extension));

it.each<[type: string, name: string, is: boolean]>([
	['audio/webm', 'a.webm', true],
	['video/webm', 'a.webm', true],
	['image/jpeg', 'a.jpeg', true],
	['image/jpeg', 'a.png', false],
	['image/jpeg', 'jpeg', false],
	['image/never-seen', 'a.png', false],
])('as %s, %s fits: %p', (type, name, is) => expect(hasExtensionFor(type, name)).toBe(is));

it.each<[type: string | undefined, is: boolean]>([
	['image/png', true],
	['video/mp4', true],
	['audio/wav', true],
	['model/obj', true],
	['application/pdf', false],
	['text/plain', false],
	[undefined, false],
])('%s is media: %p', (type, is) => expect(isMedia(type)).toBe(is));
