import { isSlug } from '../../nodes/catalog/modelSlug';
import { allModels, findModel, outputType } from '../../nodes/catalog/models';
import { seedTables } from './seedTables';

describe('the bundled models', () => {
	const models = allModels();

	it('are the whole directory, each once, in order', () => {
		const slugs = models.map(({ slug }) => slug);
		expect(models.length).toBeGreaterThanOrEqual(507);
		expect(slugs).toEqual([...new Set(slugs)].sort());
	});

	it.each(Object.keys(seedTables))('have the seed model %s, as an image model', (slug) => {
		const model = findModel(slug);
		expect(model && outputType(model.kind)).toBe('image');
	});

	it('have usable slugs, clean names, known kinds and sensible averages', () => {
		for (const { slug, name, kind, averageCostUsd, averageSeconds } of models) {
			expect(isSlug(slug)).toBe(true);
			expect(name).toBe(name.replace(/\s+/g, ' ').trim());
			expect(outputType(kind)).toMatch(/^(image|video|audio|text|3d|embedding)$/);
			for (const average of [averageCostUsd, averageSeconds]) {
				expect(average === null || (average > 0 && average < 5000)).toBe(true);
			}
		}
	});

	it('have no averages for unlisted seed models', () => {
		expect(findModel('sdxl-txt2img')).toEqual({
			slug: 'sdxl-txt2img',
			name: 'SDXL 0.9',
			kind: 'Text to Image',
			averageCostUsd: null,
			averageSeconds: null,
			unlisted: true,
		});
	});

	it('are looked up by the exact slug', () => {
		expect(findModel('fast-flux-schnell')).toMatchObject({
			name: 'Fast Flux.1 Schnell',
			averageCostUsd: 0.00547,
			averageSeconds: 2.5,
		});
		expect(findModel('Fast-Flux-Schnell')).toBeUndefined();
		expect(findModel('constructor')).toBeUndefined();
	});

	it('mark models with a page but no directory entry, and omit those certainly gone', () => {
		const unlisted = models.filter((model) => model.unlisted).map(({ slug }) => slug);
		expect(unlisted).toEqual(
			expect.arrayContaining(['bria-reimagine', 'wan-2.6-t2v', 'bg-replace']),
		);
		expect(unlisted).not.toContain('fast-flux-schnell');
		// Their vendors have retired them, or their page belongs to another model.
		for (const slug of ['gpt-4.5-preview', 'gemini-1.5-pro', 'mixtral-8x7b-instruct']) {
			expect(findModel(slug)).toBeUndefined();
		}
	});

	// Each as its name, fields and page tell, against the directory.
	it.each([
		['background-eraser', 'Image to Image'],
		['try-on-diffusion', 'Image to Image'],
		['higgsfield-text2image-soul', 'Text to Image'],
		['ltx-2-19b-i2v', 'Image to Video'],
		['video-tryon-v2', 'Video to Video'],
		['tts-elevenlabs-with-timestamps', 'Text to Audio'],
		['google-translate', 'Text'],
	])('have %s under its right kind, %s', (slug, kind) => {
		expect(findModel(slug)?.kind).toBe(kind);
	});
});
