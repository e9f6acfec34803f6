import { readKind } from '../../nodes/catalog/kinds';

it.each([
	['imageTOImage', 'Image to Image'],
	['textToImage', 'Text to Image'],
	['Text Generation (LLM)', 'Text'],
	['Image-to-Video Generation', 'Image to Video'],
	['imageTo3d', '3D'],
	['telepathy', undefined],
])('reads the kind %s', (text, kind) => {
	expect(readKind(text)).toBe(kind);
});
