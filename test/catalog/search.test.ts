import { allModels } from '../../nodes/catalog/models';
import { searchModels } from '../../nodes/catalog/search';

const search = (query: string, imageOnly = true, page = 0) =>
	searchModels(allModels(), { query, imageOnly, page });
const found = (query: string, imageOnly = true) =>
	search(query, imageOnly).results.map(({ value }) => value);

it.each<[query: string, first: string]>([
	['fast-flux-schnell', 'fast-flux-schnell'],
	['Fast Flux.1 Schnell', 'fast-flux-schnell'],
	['flux-schnell', 'flux-schnell'],
	['  INSTANTID ', 'instantid'],
	['schnell', 'fast-flux-schnell'],
	['seedream 4.5', 'seedream-4.5'],
	['nano', 'nano-banana'],
	['sticker', 'face-to-sticker'],
	['fast-flux-schnel', 'fast-flux-schnell'],
	['https://www.segmind.com/models/seedream-4.5/api', 'seedream-4.5'],
	['text to image', 'fast-flux-schnell'],
])('%s finds %s first', (query, first) => {
	expect(found(query)[0]).toBe(first);
});

it.each<[query: string, among: string[]]>([
	[
		'remove background',
		['bg-removal', 'bg-removal-v2', 'background-eraser', 'bria-remove-background'],
	],
	['background remover', ['bg-removal-v2', 'transparent-background-maker']],
	['upscale', ['esrgan', 'clarity-upscaler', 'topaz-image-upscale']],
	['try-on', ['idm-vton', 'try-on-diffusion', 'p-image-try-on']],
	['tryon', ['try-on-diffusion']],
	['face swap', ['faceswap-v5', 'sd2.1-faceswapper']],
	['inpaint', ['sdxl-inpaint', 'flux-inpaint']],
	['sdxl lightning', ['sdxl1.0-newreality-lightning']],
	['t2i', ['sdxl-txt2img']],
])('%s finds all of %j', (query, among) => {
	expect(found(query)).toEqual(expect.arrayContaining(among));
});

it('ranks exact before prefix before word before part', () => {
	const named = (slug: string, name: string) => ({ ...allModels()[0]!, slug, name });
	const models = [
		named('x-part', 'Xspark'),
		named('x-word', 'A spark'),
		named('x-prefix', 'Spark Two'),
		named('spark', 'Zed'),
	];
	const { results } = searchModels(models, { query: 'spark', imageOnly: false, page: 0 });
	expect(results.map(({ value }) => value)).toEqual(['spark', 'x-prefix', 'x-word', 'x-part']);
});

it('needs every word', () => {
	expect(found('flux zebra')).toEqual([]);
	expect(found('kling', true)).not.toContain('kling-2.1');
});

it('shows only image models to Generate Image', () => {
	expect(found('claude')).toEqual([]);
	expect(found('claude', false)).toContain('claude-4.5-sonnet');
	expect(found('llm', false)).toContain('gpt-4o');
	expect(found('https://www.segmind.com/models/veo-3')).toEqual([]);
	expect(found('https://www.segmind.com/models/veo-3', false)).toEqual(['veo-3']);
	expect(found('https://evil.example/models/veo-3', false)).toEqual([]);
});

it('begins with the default model and pages through every model once', () => {
	const seen: unknown[] = [];
	let page: string | undefined = '0';
	while (page !== undefined) {
		const { results, paginationToken } = search('', false, Number(page));
		expect(results.length).toBeLessThanOrEqual(50);
		seen.push(...results.map(({ value }) => value));
		page = paginationToken as string | undefined;
	}
	expect(seen[0]).toBe('fast-flux-schnell');
	expect([...seen].sort()).toEqual(allModels().map(({ slug }) => slug));
	expect(search('', false, 99)).toEqual({ results: [] });
});

it('tells kind, price and seconds in the name of a row', () => {
	expect(search('fast-flux-schnell').results[0]).toEqual({
		name: 'Fast Flux.1 Schnell · ~$0.0055 · ~2.5 s · Text to Image',
		value: 'fast-flux-schnell',
		url: 'https://www.segmind.com/models/fast-flux-schnell',
	});
	expect(search('sdxl-txt2img').results[0]?.name).toBe('SDXL 0.9 · Text to Image');
	expect(search('clarityai-flux-upscaler').results[0]?.name).toMatch(/· ~\$1\.68 · ~5 min · /);
});

it.each(['(', '[a-z]+', '\\', '*', '💥', 'a'.repeat(100_000), '__proto__'])(
	'survives a query such as %.20s',
	(query) => {
		expect(Array.isArray(found(query))).toBe(true);
	},
);
