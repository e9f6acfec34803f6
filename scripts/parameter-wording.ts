/**
 * What a person needs to know about a field beyond its name, range and choices, in our own few words. Keyed by the
 * field's name for every model, or by model and name for one; the source's own descriptions are never carried over.
 */
export const wording: Record<string, string> = {
	base64: 'answer with text instead of a file',
	base_64: 'answer with text instead of a file',
	messages: 'chat messages with role and content; or use the prompt',
	instruction: 'system text, on Claude models',
	'flux-schnell/width': 'multiple of 8',
	'flux-schnell/height': 'multiple of 8',
	'gpt-image-1/size': 'auto or like 1536x1024',
	'gpt-image-1/quality': 'auto, low, medium or high',
	'gpt-image-1/output_format': 'png, jpeg or webp',
	'gpt-image-1/output_compression': '0 to 100',
	'gpt-image-1-mini/size': 'auto or like 1536x1024',
	'gpt-image-1-mini/quality': 'auto, low, medium or high',
	'gpt-image-1-mini/output_format': 'png, jpeg or webp',
	'gpt-image-1-mini/output_compression': '0 to 100',
	'gpt-image-2/image': 'edits this image',
	'seedream-4/size': 'custom takes width and height',
	'seedream-4/image_input': 'up to 14',
	'seedream-4.5/size': 'custom takes width and height',
	'seedream-4.5/image_input': 'up to 14',
	'bg-removal-v2/custom_color': 'red,green,blue like 170,65,230',
	'faceswap-v4/model_type': 'speed is 8 steps, quality 30',
	'faceswap-v4/swap_type': 'head or face',
	'try-on-diffusion/category': 'Upper body, Lower body, Dress …',
	'ideogram-3-remix/color_palette': 'a preset name or a list of members',
	'codeformer/bg': 'enhance the background',
	'codeformer/face': 'upscale faces',
	'sdxl1.0-txt2img/style': 'base, cinematic, hdr …',
	'fooocus/styles': 'separated by commas',
	'fooocus/aspect_ratio': 'width*height',
	'seedance-2.0/first_frame_url': 'not together with reference images',
	'seedance-2.0/last_frame_url': 'needs a first frame',
	'seedance-2.0/reference_images': 'up to 9',
	'seedance-2.0/reference_videos': 'up to 3',
	'seedance-2.0/reference_audios': 'up to 3',
	'seedance-2.0-fast/first_frame_url': 'not together with reference images',
	'seedance-2.0-fast/last_frame_url': 'needs a first frame',
	'seedance-2.0-fast/reference_images': 'up to 9',
	'seedance-2.0-fast/reference_videos': 'up to 3',
	'seedance-2.0-fast/reference_audios': 'up to 3',
	'kling-2.1/image': 'at most 50 MB',
	'kling-2.1/mode': 'std or pro',
	'dia/input_audio': 'base64',
	'multi-video-merge/video_urls': '2 to 10',
};

/** Files that a plain text field takes, where only the name tells; keyed like the wording. */
export const mediaByName: Record<string, 'image' | 'video' | 'audio'> = {
	mask: 'image',
	'higgsfield-speech2video/input_image': 'image',
	first_frame_url: 'image',
	last_frame_url: 'image',
	video: 'video',
	video1: 'video',
	video2: 'video',
	video_urls: 'video',
	reference_videos: 'video',
	'higgsfield-speech2video/input_audio': 'audio',
	reference_audios: 'audio',
};

/** Models with a page of their own that the directory of August 2026 lacks; the project promises to know them. */
export const unlistedModels = [
	{ slug: 'sdxl-txt2img', name: 'SDXL 0.9', modality: 'textToImage' },
	{
		slug: 'consistent-character-AI-neolemon-v2',
		name: 'Consistent Character AI Neolemon v2',
		modality: 'imageToImage',
	},
];
