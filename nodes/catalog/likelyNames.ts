import { nearNames } from './nearNames';

/** Names that Segmind's models use for the same thing (all seen on the model pages, or in public clients). */
const SYNONYMS: string[][] = [
	['base64', 'base_64'],
	['steps', 'num_inference_steps', 'inference_steps', 'num_steps'],
	['width', 'img_width', 'image_width'],
	['height', 'img_height', 'image_height'],
	[
		'image',
		'image_url',
		'image_urls',
		'images',
		'image_input',
		'input_image',
		'source_image',
		'source_img',
		'start_image',
		'first_frame_url',
		'first_frame_image',
		'init_image',
		'image_1',
		'ip_image',
		'face_image',
		'human_img',
		'model_image',
		'person_image',
	],
	['target_image', 'target_img'],
	['garm_img', 'cloth_image', 'garment_images', 'garment_image'],
	['last_frame_url', 'last_frame_image', 'end_image'],
	['ref_image', 'reference_image', 'reference_images', 'image_urls', 'image_input'],
	['mask', 'mask_image', 'mask_url'],
	['output_format', 'image_format', 'format'],
	['quality', 'image_quality', 'output_quality', 'output_compression'],
	['guidance_scale', 'guidance', 'cfg_scale', 'cfg', 'prompt_strength'],
	['samples', 'num_images', 'num_outputs', 'max_images', 'n', 'batch_size'],
	['strength', 'denoise', 'denoising_strength', 'image_weight'],
	['scheduler', 'sampler', 'sampler_name'],
	['size', 'image_size', 'resolution', 'output_resolution'],
	['aspect_ratio', 'ratio'],
	['prompt', 'text', 'messages'],
	['instruction', 'system', 'system_prompt'],
	['max_tokens', 'max_new_tokens'],
	['video', 'video_url', 'video_urls', 'input_video'],
	['input_audio', 'audio', 'audio_url'],
];

/**
 * The model's names that `name` most likely refers to: at most two synonyms, the one with the most similar spelling
 * first; else the name with the closest spelling.
 */
export function likelyNames(name: string, known: readonly string[]): string[] {
	const lower = name.toLowerCase();
	const siblings = new Set(SYNONYMS.filter((names) => names.includes(lower)).flat());
	const synonyms = known.filter((candidate) => siblings.has(candidate));
	if (synonyms.length === 0) return nearNames(name, known, 1);
	return [...new Set([...nearNames(name, synonyms, 2), ...synonyms])].slice(0, 2);
}
