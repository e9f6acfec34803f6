import { numberRange } from './numberRange';
import type { ModelParameter } from './parameters';

/** The editor cuts a longer label, and shows the rest nowhere. */
const MAX_LABEL = 22;

/** Words of parameter names that are no plain English words. */
const WORDS: Record<string, string> = {
	and: 'and',
	by: 'by',
	of: 'of',
	per: 'per',
	to: 'to',
	img: 'Image',
	lang: 'Language',
	num: 'Number of',
	nsfw: 'NSFW',
	obj: 'Object',
	pred: 'Predicted',
	iou: 'IoU',
	qrcode: 'QR Code',
	ref: 'Reference',
	rmbg: 'RMBG',
	sd: 'SD',
	thresh: 'Threshold',
	url: 'URL',
	urls: 'URLs',
	uri: 'URL',
	id: 'ID',
	ids: 'IDs',
	ip: 'IP',
	ipa: 'IP Adapter',
	cfg: 'CFG',
	cn: 'ControlNet',
	controlnet: 'ControlNet',
	crf: 'CRF',
	fd: 'Detailer',
	fps: 'FPS',
	lora: 'LoRA',
	garm: 'Garment',
	des: 'Description',
	bg: 'Background',
	strenght: 'Strength',
};

/** Titles that would be cut, in fewer words. */
const SHORT_TITLES: Record<string, string> = {
	apply_language_text_normalization: 'Normalize by Language',
	apply_text_normalization: 'Normalize Text',
	auto_active_speaker_detection: 'Detect Active Speaker',
	background_description: 'Describe Background',
	camera_control_config_value: 'Camera Control Value',
	character_description: 'Describe Character',
	character_orientation: 'Character Faces As',
	character_reference_image: 'Character Image',
	composition_image_strength: 'Composition Strength',
	conditioningsettimesteprange_start: 'Conditioning Start',
	conditioningsettimesteprange_stop: 'Conditioning Stop',
	controlnet_conditioning_scale: 'ControlNet Scale',
	detect_gender_source: 'Source Gender',
	detect_gender_input: 'Input Gender',
	disable_prompt_upsampling: 'No Prompt Upsampling',
	disable_safety_checker: 'No Safety Checker',
	downscaling_resolution: 'Downscale To',
	drop_background_audio: 'Drop Background Audio',
	embedded_guidance_scale: 'Embedded Guidance',
	enable_prompt_expansion: 'Expand Prompt',
	enable_safety_checker: 'Safety Checker',
	enhance_custom_motion_prompt: 'Enhance Motion Prompt',
	enhance_ref_images: 'Enhance References',
	fd_guidance_scale: 'Detailer Guidance',
	eyes_retargeting_multiplier: 'Eye Multiplier',
	face_restore_visibility: 'Restored Face Opacity',
	face_selector_age_start: 'Face Age From',
	face_selector_age_end: 'Face Age To',
	force_background_detection: 'Detect Background',
	high_noise_lora_scale: 'High Noise LoRA',
	high_noise_lora_scale_2: 'High Noise LoRA 2',
	high_noise_lora_scale_3: 'High Noise LoRA 3',
	low_noise_lora_scale: 'Low Noise LoRA',
	low_noise_lora_scale_2: 'Low Noise LoRA 2',
	identity_image_strength: 'Identity Strength',
	image_to_become_noise: 'Style Noise',
	image_to_become_strength: 'Style Strength',
	include_generation_prefix: 'Include Prefix',
	infer_steps: 'Inference Steps',
	ipa_embeds_scaling: 'IP Embeds Scaling',
	infusenet_conditioning_scale: 'InfuseNet Scale',
	infusenet_guidance_start: 'InfuseNet Start',
	infusenet_guidance_end: 'InfuseNet End',
	lip_retargeting_multiplier: 'Lip Multiplier',
	live_portrait_eye_retargeting: 'Eye Retargeting',
	live_portrait_eyes_retargeting_multiplier: 'Eye Multiplier',
	live_portrait_lip_retargeting: 'Lip Retargeting',
	live_portrait_lip_retargeting_multiplier: 'Lip Multiplier',
	live_portrait_lip_zero: 'Lip Zero',
	live_portrait_relative: 'Relative Motion',
	live_portrait_stitching: 'Stitching',
	live_portrait_vx_ratio: 'Vx Ratio',
	live_portrait_vy_ratio: 'Vy Ratio',
	maintain_aspect_ratio: 'Keep Aspect Ratio',
	modelsamplingsd3_shift: 'Sampling Shift',
	nms_iou_thresh: 'NMS Threshold',
	num_images_per_size: 'Images per Size',
	num_inference_steps: 'Inference Steps',
	number_of_images_per_pose: 'Images per Pose',
	occlusion_detection_enabled: 'Detect Occlusion',
	output_container_and_codec: 'Container and Codec',
	output_dimensionality: 'Output Dimensions',
	pred_iou_thresh: 'IoU Threshold',
	prompt_content_moderation: 'Moderate Prompt',
	reference_face_distance: 'Reference Distance',
	reference_frame_number: 'Reference Frame',
	return_intermediate_images: 'Intermediate Images',
	sequential_image_generation: 'Image Series',
	steps_num: 'Steps',
	stability_score_thresh: 'Stability Threshold',
	strength_negative_prompt: 'Negative Strength',
	structure_denoising_strength: 'Structure Denoising',
	structure_depth_strength: 'Structure Depth',
	style_reference_images: 'Style Images',
	target_face_num: 'Target Face Count',
	timestamp_granularity: 'Timestamps Per',
	upscale_guidance_scale: 'Upscale Guidance',
	use_input_img_dimension: 'Keep Input Size',
	video_select_every_n_frames: 'Every Nth Frame',
	visual_input_content_moderation: 'Moderate Input',
	visual_output_content_moderation: 'Moderate Output',
};

/**
 * Labels for n8n's mapper, which has no other place to say anything: the name in words, " URL" where a file's address
 * belongs, the range where it fits, and a star where the model's page calls the field required. At most 22 characters
 * each, and no two alike.
 */
export function fieldLabels(parameters: readonly ModelParameter[]): string[] {
	const taken = new Set<string>();
	return parameters.map((parameter) => {
		let label = labelOf(parameter);
		if (taken.has(label.toLowerCase())) label = cut(parameter.name);
		for (let number = 2; taken.has(label.toLowerCase()); number++) {
			label = `${parameter.name.slice(0, 18)} ${number}`;
		}
		taken.add(label.toLowerCase());
		return label;
	});
}

function labelOf(parameter: ModelParameter): string {
	const star = parameter.required ? ' *' : '';
	const title = titleOf(parameter.name);
	const fitting = [`${withFact(title, parameter)}${star}`, `${title}${star}`, title];
	return fitting.find((text) => text.length <= MAX_LABEL) ?? cut(title);
}

function withFact(title: string, { type, media, min, max }: ModelParameter): string {
	if (media) {
		if (/URLs?$/.test(title)) return title;
		return `${title.replace(/s$/, '')} ${type === 'array' ? 'URLs' : 'URL'}`;
	}
	if (min === undefined || max === undefined) return title;
	return `${title} (${numberRange({ min, max })})`;
}

function titleOf(name: string): string {
	if (Object.hasOwn(SHORT_TITLES, name)) return SHORT_TITLES[name] as string;
	return name
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.split('_')
		.filter((word) => word)
		.map(wordOf)
		.join(' ')
		.replace(/^./, (letter) => letter.toUpperCase());
}

function wordOf(word: string): string {
	const known = word.toLowerCase();
	if (Object.hasOwn(WORDS, known)) return WORDS[known] as string;
	return `${word[0]?.toUpperCase()}${word.slice(1)}`;
}

/** Without its middle: fields of one family differ at the end. */
function cut(text: string): string {
	return text.length <= MAX_LABEL ? text : `${text.slice(0, 12)}…${text.slice(-9)}`;
}
