/** What a model turns into what, in the words people search for. */
export type Kind =
	| 'Text to Image'
	| 'Image to Image'
	| 'Inpainting'
	| 'Text to Video'
	| 'Image to Video'
	| 'Video to Video'
	| 'Text'
	| 'Image to Text'
	| 'Video to Text'
	| 'Audio to Text'
	| 'Text to Audio'
	| 'Audio to Audio'
	| 'Video to Audio'
	| 'Voice'
	| '3D'
	| 'Embedding';

/** Segmind's own terms in lower case without punctuation, from the model directory and the live list. */
const KINDS = new Map<string, Kind>([
	['texttoimage', 'Text to Image'],
	['texttoimagegeneration', 'Text to Image'],
	['imagetoimage', 'Image to Image'],
	['imagetoimagetransformation', 'Image to Image'],
	['imageinpainting', 'Inpainting'],
	['inpainting', 'Inpainting'],
	['texttovideo', 'Text to Video'],
	['texttovideogeneration', 'Text to Video'],
	['imagetovideo', 'Image to Video'],
	['imagetovideogeneration', 'Image to Video'],
	['videotovideo', 'Video to Video'],
	['texttotext', 'Text'],
	['textgenerationllm', 'Text'],
	['imagetotext', 'Image to Text'],
	['imagetotextvision', 'Image to Text'],
	['videototext', 'Video to Text'],
	['audiototext', 'Audio to Text'],
	['audiototexttranscription', 'Audio to Text'],
	['texttoaudio', 'Text to Audio'],
	['texttoaudiogeneration', 'Text to Audio'],
	['audiotoaudio', 'Audio to Audio'],
	['videotoaudio', 'Video to Audio'],
	['videotoaudiogeneration', 'Video to Audio'],
	['voice', 'Voice'],
	['imageto3d', '3D'],
	['textto3d', '3D'],
	['texttoembed', 'Embedding'],
]);

/**
 * The kind that Segmind's directory (`modality`) or live list (`type`) means, in any spelling seen there
 * ("imageTOImage", "Text Generation (LLM)"); undefined for an unknown term.
 */
export function readKind(text: string): Kind | undefined {
	return KINDS.get(text.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
