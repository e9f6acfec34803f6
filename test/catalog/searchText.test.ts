import { canonical } from '../../nodes/catalog/searchText';

it.each<[texts: string[], canonicalText: string]>([
	[['Face Swap', 'face-swap', 'FaceSwap', 'faceswapper', 'face swapping'], 'faceswap'],
	[['Try-On', 'try on', 'tryon'], 'tryon'],
	[['lip-sync', 'LipSync', 'lip syncing'], 'lipsync'],
	[['Background Removal', 'bg-remover', 'background removing'], 'background remove'],
	[['txt2img', 'text-2-image', 'T2I', 'Text to Image'], 'text to image'],
	[['img2img', 'image2image', 'i2i'], 'image to image'],
	[['image2video', 'i2v', 'img-2-video'], 'image to video'],
	[['Upscaler', 'up-scaling', 'upscaled'], 'upscale'],
	[['colourise', 'Colorization', 'colorizer'], 'colorize'],
	[['in painting', 'Inpaint', 'inpainted'], 'inpaint'],
	[['Pokémon’s café'], 'pokemon s cafe'],
	[['', ' ', '!?'], ''],
])('%j are all compared as "%s"', (texts, text) => {
	for (const one of texts) expect(canonical(one)).toBe(text);
});

it('compares only the beginning of a long text', () => {
	expect(canonical('x'.repeat(1e6))).toHaveLength(200);
});
