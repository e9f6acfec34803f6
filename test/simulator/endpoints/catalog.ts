import type { Kind } from '../../../nodes/catalog/kinds';
import { allModels } from '../../../nodes/catalog/models';
import { json } from '../answers';
import type { Answer } from '../types';
import type { World } from '../world';

/** The kinds in the words of the live list, which are not those of the directory. */
const TYPES: Record<Kind, string> = {
	'Text to Image': 'textToImage',
	'Image to Image': 'imageToImage',
	Inpainting: 'inpainting',
	'Text to Video': 'textToVideo',
	'Image to Video': 'imageToVideo',
	'Video to Video': 'videoToVideo',
	Text: 'textToText',
	'Image to Text': 'imageToText',
	'Video to Text': 'videoToText',
	'Audio to Text': 'audioToText',
	'Text to Audio': 'textToAudio',
	'Audio to Audio': 'audioToAudio',
	'Video to Audio': 'videoToAudio',
	Voice: 'voice',
	'3D': 'imageTo3d',
	Embedding: 'textToEmbed',
};

/** GET /inference-model-information/list: one array under a human title, as observed. */
export function modelList(world: World): Answer {
	const list = allModels().map(({ slug, name, kind }, index) => ({
		title: name,
		slug,
		type: TYPES[kind],
		description: `${name} on Segmind.`,
		parameters: {},
		model_id: index.toString(16).padStart(24, '0'),
		is_depreciated: world.retired.has(slug),
		default_image_output: `${world.urls.files}/defaults/${slug}.jpeg`,
		thumbnail_image: `${world.urls.files}/thumbnails/${slug}.jpeg`,
	}));
	return json(200, { 'Inference Segmind Model Information List With Details': list });
}
