import { allModels } from '../../nodes/catalog/models';
import { areExclusive, fileFields } from '../../nodes/catalog/fileRoles';
import { parameterTable } from '../../nodes/catalog/parameters';

/**
 * By hand, from what the models do: the picture that the work starts from, the person, the product, the source; then
 * target, garment, references, style, background; then the last frame. Masks stand behind the bar.
 */
const ORDER: Record<string, string> = {
	'ai-product-photo-editor': 'product_image background_image',
	'become-image': 'image image_to_become',
	'bg-replace': 'image ref_image',
	'bria-eraser': 'image | mask',
	'bria-gen-fill': 'image | mask',
	'bria-replace-background': 'image ref_images',
	'clarity-upscaler': 'image | mask',
	'consistent-character-AI-neolemon-v2': 'ip_image input_image',
	'consistent-character-AI-neolemon-v3': 'ip_image input_image',
	'consistent-character-with-pose': 'face_image pose_image',
	'faceswap-comic': 'source_image target_image | mask_image',
	'faceswap-v2': 'source_img target_img',
	'faceswap-v3': 'source_img target_img',
	'faceswap-v3-multifaceswap': 'source_img target_img',
	'faceswap-v4': 'source_image target_image',
	'faceswap-v5': 'source_image target_image',
	'ai-face-swap': 'source_image target',
	'flux-fill-dev': 'image | mask',
	'flux-fill-pro': 'image | mask',
	'gemini-embedding-2': 'image images[]',
	'gpt-image-1-edit': 'image_urls[] | mask',
	'gpt-image-1-edit-mini': 'image_urls[] | mask',
	'gpt-image-1.5-edit': 'image_urls[] | mask',
	'hailuo-02-fast': 'first_frame_image last_frame_image',
	happyhorse: 'image last_frame',
	'hunyuan3d-2mv': 'front_image back_image left_image right_image',
	'ideogram-3-reframe': 'image style_reference_images[]',
	'ideogram-3-remix': 'image style_reference_images[]',
	'ideogram-3-replace-background': 'image style_reference_images[]',
	'idm-vton': 'human_img garm_img',
	'insta-depth': 'face_image pose_image',
	instantid: 'face_image pose_image',
	'kling-o1-image-to-video': 'start_image_url end_image_url',
	'magic-eraser': 'image | mask',
	'material-transfer': 'subject_image material_image',
	'minimax-ai': 'first_frame_image subject_reference',
	'minimax-hailuo-2': 'image_url last_frame_image',
	'multi-image-kontext-max': 'input_image_1 input_image_2',
	'multi-image-kontext-pro': 'input_image_1 input_image_2',
	'omni-zero': 'base_image identity_image composition_image style_image',
	'p-image-try-on': 'person_image garment_images[]',
	'pixverse-5-transition': 'first_frame_url last_frame_url',
	'pixverse-mimic': 'image image_url',
	'qwen-image-edit-plus': 'image image_2 image_3',
	'qwen-image-edit-plus-texture-apply': 'image_1 image_2',
	'ray-flash-2-720p': 'start_image_url end_image_url',
	'sd1.5-inpainting': 'image | mask',
	'sd2.1-faceswapper': 'input_face_image target_face_image',
	'sdxl-inpaint': 'image | mask',
	'seedance-2.0': 'first_frame_url reference_images[] last_frame_url',
	'seedance-2.0-fast': 'first_frame_url reference_images[] last_frame_url',
	'seedance-2.0-mini': 'first_frame_url reference_images[]',
	'seg-swap': 'main_image object_image | mask_image',
	'segfit-v1.1': 'model_image outfit_image',
	'segfit-v1.2': 'model_image outfit_image',
	'segfit-v1.3': 'model_image outfit_image',
	tooncrafter: 'image_1 image_2 image_3 image_4 image_5 image_6',
	'try-on-diffusion': 'model_image cloth_image',
	'veo-3.1-fast': 'image last_frame',
};

function pictures(slug: string): string {
	const table = parameterTable(slug);
	const fields = fileFields(table as NonNullable<typeof table>).filter(({ media }) =>
		media.includes('image'),
	);
	const names = (isMask: boolean) =>
		fields
			.filter((field) => field.isMask === isMask)
			.map(({ name, isList }) => `${name}${isList ? '[]' : ''}`)
			.join(' ');
	return [names(false), names(true)].filter((part) => part).join(' | ');
}

it.each(Object.entries(ORDER))('orders the image fields of %s', (slug, expected) => {
	expect(pictures(slug)).toBe(expected);
});

it('covers every table with two or more image fields', () => {
	const several = allModels()
		.map(({ slug }) => slug)
		.filter((slug) => parameterTable(slug) && pictures(slug).split(' ').length > 1);
	expect(several.filter((slug) => !Object.hasOwn(ORDER, slug))).toEqual([]);
});

it.each([
	['live-portrait-video-to-video', 'input_video driving_video'],
	['video-concatenate', 'video1 video2'],
	[
		'seedance-2.0',
		'first_frame_url reference_images reference_videos reference_audios last_frame_url',
	],
	['kling-v1-pro-ai-avatar', 'audio_url image_url'],
])('orders the file fields of %s', (slug, expected) => {
	const table = parameterTable(slug) as NonNullable<ReturnType<typeof parameterTable>>;
	expect(
		fileFields(table)
			.map(({ name }) => name)
			.join(' '),
	).toBe(expected);
});

it.each([
	['first_frame_url', 'reference_images', true],
	['reference_videos', 'last_frame_url', true],
	['first_frame_url', 'last_frame_url', false],
	['image', 'reference_images', false],
	['first_frame_url', 'reference_audios', false],
])('%s and %s exclude each other: %s', (one, other, expected) => {
	expect([areExclusive(one, other), areExclusive(other, one)]).toEqual([expected, expected]);
});
