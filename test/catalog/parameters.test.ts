import { allModels } from '../../nodes/catalog/models';
import bundled from '../../nodes/catalog/parameters.json';
import { parameterTable, type ModelParameter } from '../../nodes/catalog/parameters';
import { seedTables, type Row } from './seedTables';

/** A parameter as seedTables writes one. */
function inShort(parameter: ModelParameter): Row {
	const { name, type, media, min, max, choices, choicesOpen, required } = parameter;
	const takes = [
		media ?? type,
		...(min !== undefined || max !== undefined ? [`${min ?? ''}..${max ?? ''}`] : []),
		...(choices ? [[...choices, ...(choicesOpen ? ['…'] : [])].join('|')] : []),
		...(parameter.default !== undefined ? [`default ${String(parameter.default)}`] : []),
	].join(' ');
	return required ? [name, takes, 'required'] : [name, takes];
}

it.each(Object.entries(seedTables))('has the fields of %s as documented', (slug, rows) => {
	expect(parameterTable(slug)?.parameters.map(inShort)).toEqual(rows);
});

it.each([
	['segmind-vega', true],
	['sdxl-txt2img', true],
	['instantid', true],
	// Names from a public client, not from the model's own page.
	['sdxl1.0-newreality-lightning', false],
	['consistent-character-AI-neolemon-v2', false],
	// The end of the page was not seen.
	['background-eraser', false],
	['gpt-image-1', false],
	['veo-3.1', false],
	// Samples and clients name the fields they use, with the values they send.
	['flux-pro', false],
	['dia', false],
	['kling-1.6-text2video', true],
])('trusts the table of %s: %s', (slug, trusted) => {
	expect(parameterTable(slug)?.trusted).toBe(trusted);
});

it('has no table for the name of a property of every object', () => {
	expect(parameterTable('constructor')).toBeUndefined();
	expect(parameterTable('__proto__')).toBeUndefined();
});

it.each([
	['seedance-2.0', 'reference_videos', 'array', 'video'],
	['seedance-2.0', 'reference_audios', 'array', 'audio'],
	['seedance-2.0', 'reference_images', 'array', 'image'],
	['seedance-2.0', 'first_frame_url', 'string', 'image'],
	['kling-o1-image-to-video', 'end_image_url', 'string', 'image'],
	['runway-gen4-turbo', 'promptImage', 'string', 'image'],
	['minimax-ai', 'subject_reference', 'string', 'image'],
	['hallo', 'input_audio', 'string', 'audio'],
	['scail', 'input_video', 'string', 'video'],
	['live-portrait', 'driving_video', 'string', 'video'],
	['ltx-retake-video', 'video_uri', 'string', 'video'],
	['bria-erase-video', 'mask_url', 'string', 'video'],
	['dubbing', 'source_url', 'string', 'audio or video'],
	['ai-face-swap', 'target', 'string', 'image or video'],
	['hunyuan-3d-2', 'mesh', 'string', '3d'],
	['multi-video-merge', 'video_urls', 'array', 'video'],
	['llava-v1.6', 'images', 'string', 'image'],
	['ideogram-3', 'style_codes', 'array', undefined],
	['runway-gen4-image', 'referenceImages', 'array', undefined],
	['nano-banana', 'prompt', 'string', undefined],
	['faceswap-v3', 'image_format', 'string', undefined],
	['bria-erase-foreground', 'preserve_alpha', 'boolean', undefined],
])('knows that %s takes in %s as %s: %s', (slug, name, type, media) => {
	const parameter = parameterTable(slug)?.parameters.find((one) => one.name === name);
	expect([parameter?.type, parameter?.media]).toEqual([type, media]);
});

it('knows steps, and that a page does not mean every "required"', () => {
	const field = (slug: string, name: string) =>
		parameterTable(slug)?.parameters.find((one) => one.name === name);
	expect(field('flux-schnell', 'width')?.multipleOf).toBe(8);
	expect(field('flux-schnell', 'steps')?.multipleOf).toBeUndefined();
	expect(field('hunyuan-3d-2', 'mesh')?.required).toBe(false);
	expect(field('flux-2-pro', 'image_urls')?.required).toBe(false);
	expect(field('flux-2-pro', 'prompt')?.required).toBe(true);
});

it('adds to a language model what Segmind’s own SDK sends', () => {
	expect(parameterTable('deepseek-chat')?.parameters.map(({ name }) => name)).toEqual([
		'messages',
		'prompt',
		'instruction',
		'temperature',
		'max_tokens',
	]);
	expect(parameterTable('deepseek-chat')?.parameters.every(({ required }) => !required)).toBe(true);
});

const everyTable = Object.keys(bundled.tables).map(
	(slug) => [slug, parameterTable(slug)!] as const,
);
const everyParameter = everyTable.flatMap(([slug, table]) =>
	table.parameters.map((parameter): [string, ModelParameter] => [
		`${slug}/${parameter.name}`,
		parameter,
	]),
);

it('has 368 tables, trusting only complete ones, without repeated names', () => {
	expect(everyTable.length).toBeGreaterThanOrEqual(368);
	const listed = allModels().filter(({ unlisted }) => !unlisted);
	// The directory's 507 models, 347 of them with a page that was read; two more have left it.
	expect(listed.filter(({ slug }) => parameterTable(slug)).length).toBeGreaterThanOrEqual(347);
	for (const [slug, { trusted, complete, parameters: rows }] of everyTable) {
		expect([slug, trusted && !complete]).toEqual([slug, false]);
		expect([slug, new Set(rows.map(({ name }) => name)).size]).toEqual([slug, rows.length]);
	}
});

describe('every parameter', () => {
	it('has a known type, and a default and choices of that type', () => {
		for (const [where, { type, default: initial, choices = [] }] of everyParameter) {
			const jsType = type === 'integer' ? 'number' : type === 'array' ? 'object' : type;
			expect([where, /^(string|number|boolean|object)$/.test(jsType)]).toEqual([where, true]);
			for (const value of [...(initial === undefined ? [] : [initial]), ...choices]) {
				expect([where, typeof value]).toEqual([where, jsType]);
				if (type === 'integer') expect([where, Number.isInteger(value)]).toEqual([where, true]);
			}
		}
	});

	it('has its range in order and its default inside it and among the choices', () => {
		for (const [where, parameter] of everyParameter) {
			const { min = -Infinity, max = Infinity, choices, choicesOpen, default: initial } = parameter;
			expect([where, min <= max]).toEqual([where, true]);
			if (typeof initial === 'number') {
				expect([where, initial >= min && initial <= max]).toEqual([where, true]);
			}
			if (choices && !choicesOpen && initial !== undefined) {
				expect([where, choices.includes(initial as string)]).toEqual([where, true]);
			}
		}
	});

	it('never uses a sample as a default', () => {
		for (const [where, { default: initial }] of everyParameter) {
			expect([where, /^<|https?:/.test(String(initial))]).toEqual([where, false]);
		}
	});
});
