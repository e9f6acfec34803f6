import { fieldTitle } from '../../nodes/catalog/fieldTitle';

it.each<[name: string, title: string]>([
	['prompt', 'Prompt'],
	['negative_prompt', 'Negative Prompt'],
	['lora_strength', 'LoRA Strength'],
	['image_url', 'Image URL'],
	['image_urls', 'Image URLs'],
	['num_images', 'Number of Images'],
	['cfg_scale', 'CFG Scale'],
	['promptImage', 'Prompt Image'],
	['bg_color', 'Background Color'],
	['text_to_speak', 'Text to Speak'],
	['per_image', 'Per Image'],
	['lora_2', 'LoRA 2'],
	['__odd__name_', 'Odd Name'],
	// The whole title would be cut in the panel.
	['num_inference_steps', 'Inference Steps'],
	['disable_safety_checker', 'No Safety Checker'],
	['constructor', 'Constructor'],
	['', ''],
])('%j: %j', (name, title) => expect(fieldTitle(name)).toBe(title));
