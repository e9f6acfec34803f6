import type { ResourceMapperField } from 'n8n-workflow';
import { formFields } from '../../nodes/catalog/form';
import { parameterTable } from '../../nodes/catalog/parameters';
import { seedTables } from './seedTables';

const formOf = (slug: string) => formFields(parameterTable(slug));
const field = (slug: string, id: string) => formOf(slug).find((one) => one.id === id)!;

describe.each(Object.entries(seedTables))('the form of %s', (slug, rows) => {
	const fields = formOf(slug);
	const own = rows.filter(([name]) => name !== 'prompt');

	it('has exactly the documented fields but the prompt, required ones first', () => {
		const required = own.filter(([, , mark]) => mark).map(([name]) => name);
		expect(fields.map(({ id }) => id).sort()).toEqual(own.map(([name]) => name).sort());
		expect(fields.slice(0, required.length).map(({ id }) => id)).toEqual(required);
	});

	it('has the right widget, range and default for each', () => {
		for (const [name, takes] of own) {
			const { type, displayName } = fields.find(({ id }) => id === name)!;
			const kind = takes.split(' ')[0]!;
			const numeric = kind === 'integer' || kind === 'number';
			const plain = kind === 'image' ? 'string' : numeric ? 'number' : kind;
			expect([name, type === 'options' || type === plain]).toEqual([name, true]);
			const [, min, max] = /(-?\d+)\.\.(\d+)/.exec(takes) ?? [];
			if (min && max) expect(displayName).toMatch(new RegExp(`${min}( to |–)${max}`));
			const initial = /default (.+)$/.exec(takes)?.[1];
			if (initial) expect(displayName).toContain(`default ${initial}`);
		}
	});

	it('sends nothing that the user did not set', () => {
		for (const { removed, required, defaultValue } of fields) {
			expect(defaultValue).toBeUndefined();
			expect(removed || required || removed === false).toBe(true);
		}
		const shown = fields.filter(({ removed }) => !removed).map(({ id }) => id);
		expect(shown).toEqual(own.filter(([, , mark]) => mark).map(([name]) => name));
	});
});

it('writes range, default and files into the label', () => {
	expect(field('segmind-vega', 'guidance_scale').displayName).toBe(
		'Guidance Scale (1–25, default 7.5)',
	);
	expect(field('segmind-vega', 'seed').displayName).toBe(
		'Seed (-1 to 999999999999999, default -1 = random)',
	);
	expect(field('segmind-vega', 'num_inference_steps').displayName).toBe(
		'Number of Inference Steps (20–100, default 25)',
	);
	expect(field('instantid', 'face_image').displayName).toBe('Face Image (required, image URL)');
	expect(field('nano-banana', 'image_urls').displayName).toBe(
		'Image URLs (image URL, or a JSON list of them)',
	);
});

it('offers a closed list of choices as options, with values of their own type', () => {
	const ratio = field('fast-flux-schnell', 'aspect_ratio');
	expect(ratio.type).toBe('options');
	expect(ratio.options).toContainEqual({ name: '16:9', value: '16:9' });
	expect(field('segmind-vega', 'img_width').options).toEqual([{ name: '1024', value: 1024 }]);
});

it('takes any text where more choices exist, or where the list is not sure', () => {
	const scheduler = field('segmind-vega', 'scheduler');
	expect(scheduler.type).toBe('string');
	expect(scheduler.displayName).toMatch(/\(.*e\.g\. DDIM, DPM Multi.*\)$/);
	expect(field('seedream-4.5', 'size').type).toBe('string');
});

it('takes a single address for a list of files, which n8n would refuse in a field of type array', () => {
	expect(field('nano-banana', 'image_urls').type).toBe('string');
	expect(field('ideogram-3', 'style_codes').type).toBe('array');
});

it('lets n8n itself insist on a field only where that is sure and no file can fill it', () => {
	const insisted = (slug: string) =>
		formOf(slug).flatMap(({ id, required }: ResourceMapperField) => (required ? [id] : []));
	expect(insisted('qwen-image')).toEqual(['steps']);
	expect(insisted('instantid')).toEqual([]);
	expect(insisted('myshell-tts')).toEqual([]);
	expect(field('myshell-tts', 'text').displayName).toBe('Text (required)');
});

it('starts a required field with its documented default', () => {
	expect(field('qwen-image', 'steps').defaultValue).toBe(30);
	expect(field('background-eraser', 'return_mask').defaultValue).toBe(true);
});

describe('without a table', () => {
	it('uses what the live list says', () => {
		const fields = formFields(undefined, [
			{ name: 'prompt', type: 'string', required: true },
			{ name: 'glow', type: 'number', required: false, min: 0, max: 2 },
		]);
		expect(fields.map(({ id, displayName }) => [id, displayName])).toEqual([
			['glow', 'Glow (0–2)'],
		]);
	});

	it('offers common fields, and says in the first that JSON takes any', () => {
		const fields = formFields(undefined);
		expect(fields.map(({ id }) => id)).toEqual([
			'negative_prompt',
			'seed',
			'aspect_ratio',
			'width',
			'height',
			'image',
		]);
		expect(fields[0]).toMatchObject({
			displayName: 'Negative Prompt (the fields of this model are not known here; JSON takes any)',
			removed: false,
			required: false,
		});
		expect(fields.slice(1).every(({ removed }) => removed)).toBe(true);
	});

	it('offers a language model other ones', () => {
		const ids = formFields(undefined, [], 'Text').map(({ id }) => id);
		expect(ids).toEqual(['temperature', 'max_tokens', 'messages']);
	});
});
