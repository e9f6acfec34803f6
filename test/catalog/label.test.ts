import { fieldLabels } from '../../nodes/catalog/label';
import bundled from '../../nodes/catalog/parameters.json';
import { parameterTable, type ModelParameter } from '../../nodes/catalog/parameters';

const field = (name: string, more: Partial<ModelParameter> = {}): ModelParameter => ({
	name,
	type: 'string',
	required: false,
	...more,
});
const label = (name: string, more?: Partial<ModelParameter>) => fieldLabels([field(name, more)])[0];

it.each<[name: string, more: Partial<ModelParameter>, expected: string]>([
	['steps', { type: 'integer', min: 1, max: 50 }, 'Steps (1-50)'],
	['guidance_scale', { type: 'number', min: 1, max: 25 }, 'Guidance Scale (1-25)'],
	['seed', { type: 'integer', min: -1, max: 9999 }, 'Seed (-1 to 9999)'],
	['steps', { type: 'integer', min: 1, max: 50, required: true }, 'Steps (1-50) *'],
	// The range only where it fits.
	['seed', { type: 'integer', min: -1, max: 999999999999999 }, 'Seed'],
	['num_inference_steps', { type: 'integer', min: 20, max: 100 }, 'Inference Steps'],
	['grow_mask', { type: 'integer', min: 0 }, 'Grow Mask'],
	['num_images', { type: 'integer' }, 'Number of Images'],
	['face_image', { media: 'image', required: true }, 'Face Image URL *'],
	['image', { media: 'image' }, 'Image URL'],
	['image_url', { media: 'image' }, 'Image URL'],
	['image_urls', { type: 'array', media: 'image' }, 'Image URLs'],
	['reference_videos', { type: 'array', media: 'video' }, 'Reference Video URLs'],
	['outputFormat', {}, 'Output Format'],
	['lora_strength', {}, 'LoRA Strength'],
	['live_portrait_eyes_retargeting_multiplier', {}, 'Eye Multiplier'],
	['constructor', {}, 'Constructor'],
])('%s %j is called %s', (name, more, expected) => {
	expect(label(name, more)).toBe(expected);
});

it('keeps the end of a long name without a short form, where related names differ', () => {
	const [first, second] = fieldLabels([
		field('interpolated_motion_transfer_weight_start'),
		field('interpolated_motion_transfer_weight_end'),
	]);
	expect(first).toBe('Interpolated…ght Start');
	expect(second).toBe('Interpolated…eight End');
});

it('distinguishes fields that would have equal labels', () => {
	const media = { media: 'image' as const };
	expect(fieldLabels([field('image', media), field('image_url', media)])).toEqual([
		'Image URL',
		'image_url',
	]);
	const alike = fieldLabels([field('Steps'), field('steps'), field('STEPS'), field('steps_')]);
	expect(new Set(alike.map((text) => text.toLowerCase())).size).toBe(4);
});

it.each(Object.keys(bundled.tables))('labels of %s are short and distinct', (slug) => {
	const labels = fieldLabels(parameterTable(slug)!.parameters);
	expect(labels.filter((text) => text.length > 22)).toEqual([]);
	expect(new Set(labels.map((text) => text.toLowerCase())).size).toBe(labels.length);
	// Each was put in words; what is cut in the middle was forgotten.
	expect(labels.filter((text) => text.includes('…'))).toEqual([]);
});
