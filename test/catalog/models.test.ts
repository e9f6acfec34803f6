/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readKind } from '../../nodes/catalog/kinds';
import { isSlug } from '../../nodes/catalog/modelSlug';
import { allModels, findModel, isImageModel, outputType } from '../../nodes/catalog/models';
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
		expect(model && isImageModel(model)).toBe(true);
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

	it('know nothing of the averages of unlisted seed models', () => {
		expect(findModel('sdxl-txt2img')).toEqual({
			slug: 'sdxl-txt2img',
			name: 'SDXL 0.9',
			kind: 'Text to Image',
			averageCostUsd: null,
			averageSeconds: null,
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

	it('fit, with the parameters, into 150 kB', () => {
		// The compiler writes JSON with indents and spaces, a fifth larger than it is here.
		const sizes = ['models.json', 'parameters.json'].map(
			(file) => statSync(join(__dirname, '../../nodes/catalog', file)).size,
		);
		expect(sizes.reduce((sum, size) => sum + size) * 1.2).toBeLessThanOrEqual(150_000);
	});
});

it.each([
	['imageTOImage', 'Image to Image'],
	['textToImage', 'Text to Image'],
	['Text Generation (LLM)', 'Text'],
	['Image-to-Video Generation', 'Image to Video'],
	['imageTo3d', '3D'],
	['telepathy', undefined],
])('reads the kind %s', (text, kind) => {
	expect(readKind(text)).toBe(kind);
});
