/**
 * The seven seed models as their pages on segmind.com document them (segmind.com/models/{slug}/api), written down by
 * hand: name, what it takes, whether the page says required. "a|b" are choices, "a|b|…" says that more exist.
 */
export type Row = [name: string, takes: string, required?: 'required'];

const base64: Row = ['base64', 'boolean default false'];
const lightning = (guidance: number): Row[] => [
	['prompt', 'string', 'required'],
	['negative_prompt', 'string'],
	['samples', 'integer 1..4 default 1'],
	[
		'scheduler',
		'string DPM++ SDE|DPM++ SDE Karras|DPM++ 2M Karras|DPM++ 2M SDE Karras|DPM++ 2M SDE Heun Karras|DPM++ 3M SDE Karras|LMS Karras|DPM2 Karras|DPM2 a Karras|DPM++ 2S a Karras|DPM++ 2M SDE Exponential|… default DPM++ SDE',
	],
	['num_inference_steps', 'integer 1..100 default 8'],
	['guidance_scale', `number 1..25 default ${guidance}`],
	['seed', 'integer -1.. default -1'],
	['img_width', 'integer default 1024'],
	['img_height', 'integer default 1024'],
	base64,
];

export const seedTables: Record<string, Row[]> = {
	'segmind-vega': [
		['prompt', 'string', 'required'],
		['negative_prompt', 'string'],
		['samples', 'integer 1..4 default 1'],
		[
			'scheduler',
			'string DDIM|DPM Multi|DPM Single|Euler a|Euler|Heun|DPM2 a Karras|DPM2 Karras|LMS|PNDM|… default DPM2 Karras',
		],
		['num_inference_steps', 'integer 20..100 default 25'],
		['guidance_scale', 'number 1..25 default 7.5'],
		['seed', 'integer -1..999999999999999 default -1'],
		['img_width', 'integer 1024 default 1024'],
		['img_height', 'integer 1024 default 1024'],
		base64,
	],
	'sdxl-txt2img': [
		['prompt', 'string'],
		['negative_prompt', 'string'],
		['samples', 'integer 1..10 default 1'],
		['scheduler', 'string dpmpp_sde_ancestral|…'],
		['num_inference_steps', 'integer'],
		['guidance_scale', 'number'],
		['strength', 'number'],
		['seed', 'integer'],
		['img_width', 'integer'],
		['img_height', 'integer'],
		base64,
	],
	'fast-flux-schnell': [
		['prompt', 'string', 'required'],
		['aspect_ratio', 'string 1:1|16:9|21:9|2:3|3:2|4:5|5:4|9:16|9:21 default 1:1'],
		base64,
		['seed', 'integer'],
		['steps', 'integer'],
	],
	'face-to-sticker': [
		['image', 'image'],
		['prompt', 'string default a person'],
		['negative_prompt', 'string default '],
		['steps', 'integer default 20'],
		['width', 'integer default 1024'],
		['height', 'integer default 1024'],
		['seed', 'integer default 321312'],
		['upscale', 'boolean default false'],
		['upscale_steps', 'integer default 10'],
		['prompt_strength', 'number default 7'],
		['ip_adapter_noise', 'number 0..1 default 0.5'],
		['ip_adapter_weight', 'number 0..1 default 0.2'],
		['instant_id_strength', 'number 0..1 default 1'],
	],
	instantid: [
		['prompt', 'string', 'required'],
		['face_image', 'image', 'required'],
		['pose_image', 'image'],
		['negative_prompt', 'string'],
		['style', 'string'],
		['samples', 'integer 1..4 default 1'],
		['num_inference_steps', 'integer 4..100 default 10'],
		['guidance_scale', 'number 1..25 default 5'],
		['seed', 'integer default -1'],
		['identity_strength', 'number 0..1 default 0.8'],
		['adapter_strength', 'number 0..1 default 0.8'],
		['enhance_face_region', 'boolean default true'],
		base64,
	],
	'sdxl1.0-newreality-lightning': lightning(2),
	'consistent-character-AI-neolemon-v2': [
		['prompt', 'string', 'required'],
		['ip_image', 'image', 'required'],
		['input_image', 'image'],
		['negative_prompt', 'string default '],
		['steps', 'integer 1..70 default 10'],
		['guidance_scale', 'number 1..15 default 3'],
		['width', 'integer default 1024'],
		['height', 'integer default 1024'],
		['seed', 'integer default 4898558797'],
	],
};
