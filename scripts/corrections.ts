import type { Kind } from '../nodes/catalog/kinds';
import type { Media } from '../nodes/catalog/mediaNames';
import type { ModelParameter } from '../nodes/catalog/parameters';

// Manual corrections of errors and gaps in the research files. Fields are written "model/field".

/** Fields whose name misleads, or that take files of two kinds. */
export const MEDIA = new Map<string, Media | undefined>([
	['ai-face-swap/target', 'image or video'],
	['dubbing/source_url', 'audio or video'],
	['bria-erase-video/mask_url', 'video'],
	// A list of objects, each with a URL and a tag.
	['runway-gen4-image/referenceImages', undefined],
]);

/** Types from an old copy of the page: Gemini's models have since switched to an object. */
export const TYPES = new Map<string, ModelParameter['type']>([
	['gemini-2.5-flash/messages', 'object'],
]);

/** Marked as required on the model's page, although its own sample omits them or leaves them empty. */
export const NOT_REQUIRED = new Set([
	'flux-2-flex/image_urls',
	'flux-2-pro/image_urls',
	'gpt-image-1.5-edit/mask',
	'hunyuan-3d-2/mesh',
	'minimax-hailuo-2/last_frame_image',
	'bria-fibo-generate-structured-prompt/image_urls',
	'eleven-labs-transcript/model_id',
]);

/** Models with a wrong kind in the directory, as their names and fields show. */
export const KINDS = new Map<string, Kind>([
	['background-eraser', 'Image to Image'],
	['try-on-diffusion', 'Image to Image'],
	['bria-mask-generator', 'Image to Image'],
	['sam-v21-hiera-large', 'Image to Image'],
	['flux-fill-dev', 'Inpainting'],
	['flux-fill-pro', 'Inpainting'],
	['flux-inpaint', 'Inpainting'],
	['bria-gen-fill', 'Inpainting'],
	['aura-flow', 'Text to Image'],
	['bria-fibo-generate', 'Text to Image'],
	['flux-krea-dev', 'Text to Image'],
	['fooocus', 'Text to Image'],
	['grok-imagine-image', 'Text to Image'],
	['hidream-l1-fast', 'Text to Image'],
	['higgsfield-text2image-soul', 'Text to Image'],
	['image-01', 'Text to Image'],
	['kolors', 'Text to Image'],
	['live-portrait-video-to-video', 'Video to Video'],
	['ltx-2-19b-i2v', 'Image to Video'],
	['modify-video', 'Video to Video'],
	['p-video-replace', 'Video to Video'],
	['pixverse-5-extend', 'Video to Video'],
	['video-faceswap-by-facefusion-labs', 'Video to Video'],
	['video-stitch', 'Video to Video'],
	['video-tryon', 'Video to Video'],
	['video-tryon-v2', 'Video to Video'],
	['videofaceswap', 'Video to Video'],
	['bria-prompt-enhancer', 'Text'],
	['google-translate', 'Text'],
	['elevenlabs-dialogue-with-timestamps', 'Text to Audio'],
	['tts-elevenlabs-with-timestamps', 'Text to Audio'],
	['dubbing', 'Audio to Audio'],
	['sam-audio-large', 'Audio to Audio'],
	['elevenlabs-voice-clone', 'Voice'],
	['elevenlabs-voice-design', 'Voice'],
]);

/** A model without an entry in the directory, but with a table that the project promises to know. */
export const UNLISTED = [
	{ slug: 'sdxl-txt2img', name: 'SDXL 0.9', modality: 'textToImage' },
	{
		slug: 'consistent-character-AI-neolemon-v2',
		name: 'Consistent Character AI Neolemon v2',
		modality: 'imageToImage',
	},
];

/** Notes on an unlisted model that rule it out: it is not offered, though its slug can be typed in. */
export const NOT_OFFERED = /retired it|probably retired|merges it|posts to|README only/;
