import { allModels, findModel } from '../../nodes/catalog/models';
import { textOf } from '../../nodes/catalog/matchRank';
import { purposeWords, readPurposes } from '../../nodes/catalog/purposes';
import { canonical } from '../../nodes/catalog/searchText';

const read = (query: string) => readPurposes(canonical(query));
const modelsFor = (query: string) => {
	const { purposes } = read(query);
	return allModels().filter((model) =>
		purposes.every((purpose) => purpose.test(textOf(model).all)),
	);
};

it.each<[query: string, purposes: number, rest: string]>([
	['remove background', 1, ''],
	['bg removal', 1, ''],
	['remove background from photo', 1, 'from photo'],
	['flux upscaler', 1, 'flux'],
	// The longest saying counts: this is no speech that is wanted.
	['speech to text', 1, ''],
	['logo sticker', 2, ''],
	['flux', 0, 'flux'],
	// Only whole words say a purpose.
	['iconic', 0, 'iconic'],
	['', 0, ''],
])('%j names %i purposes beside %j', (query, purposes, rest) => {
	const found = read(query);
	expect([found.purposes.length, found.rest]).toEqual([purposes, rest]);
});

it('the longest saying counts: to remove a background is not to remove', () => {
	const texts = (query: string) => read(query).purposes.map((purpose) => purpose.source);
	expect(texts('remove background')).toHaveLength(1);
	expect(texts('replace background')).not.toEqual(texts('remove background'));
});

it.each<[query: string, slug: string]>([
	['cut out', 'bg-removal-v2'],
	['enlarge', 'esrgan'],
	['virtual try-on', 'idm-vton'],
	['face swap', 'faceswap-v2'],
	['talking head', 'sadtalker'],
])('%j means %s', (query, slug) => {
	expect(findModel(slug)).toBeDefined();
	expect(modelsFor(query).map((model) => model.slug)).toContain(slug);
});

it('knows the words of its sayings one by one', () => {
	expect(purposeWords).toEqual(expect.arrayContaining(['background', 'upscale', 'lipsync']));
	expect(purposeWords.filter((word) => word.includes(' '))).toEqual([]);
});
