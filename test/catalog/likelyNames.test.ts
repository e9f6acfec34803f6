import { likelyNames } from '../../nodes/catalog/likelyNames';

it.each<[wanted: string, known: string[], likely: string[]]>([
	['base_64', ['base64', 'prompt'], ['base64']],
	['num_inference_steps', ['prompt', 'steps'], ['steps']],
	['steps', ['num_inference_steps', 'upscale_steps'], ['num_inference_steps']],
	['Image_URL', ['image', 'prompt'], ['image']],
	['image', ['source_image', 'target_image'], ['source_image']],
	['image_url', ['ip_image', 'input_image', 'prompt'], ['ip_image', 'input_image']],
	['source_img', ['source_image', 'target_image'], ['source_image']],
	['cfg_scale', ['guidance_scale'], ['guidance_scale']],
	['image_format', ['output_format'], ['output_format']],
	['num_images', ['samples'], ['samples']],
	['promt', ['prompt'], ['prompt']],
	['zebra', ['prompt', 'seed'], []],
])('%s among %j most likely means %j', (wanted, known, likely) => {
	expect(likelyNames(wanted, known)).toEqual(likely);
});
