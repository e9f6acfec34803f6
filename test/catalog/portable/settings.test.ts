import { checkParameters } from '../../../nodes/catalog/check';
import { allModels, findModel, outputType } from '../../../nodes/catalog/models';
import { parameterTable, type ParameterTable } from '../../../nodes/catalog/parameters';
import { readRatio } from '../../../nodes/catalog/portable/ratio';
import {
	translateSettings,
	untranslatedSettings,
	type PortableSettings,
} from '../../../nodes/catalog/portable/settings';
import { field, modelWith, sides } from './field';

it('the settings come together, each with what it has to say', () => {
	const model = modelWith(field('resolution', { choices: ['480p'] }), ...sides());
	const wishes = { aspectRatio: '1:1', resolution: '480p', duration: 5, seed: 1 };
	expect(translateSettings(wishes, model)).toEqual({
		fields: { width: 1024, height: 1024, resolution: '480p' },
		hints: [expect.stringMatching(/seed/i)],
		problems: [expect.stringMatching(/duration/)],
	});
	expect(translateSettings({}, model)).toEqual({ fields: {}, hints: [], problems: [] });
});

it('a size that has both ratio and lines takes the place of one that has the ratio alone', () => {
	const model = modelWith(field('size', { choices: ['1024x1024', '1920x1080', '1280x720'] }));
	const { fields } = translateSettings({ aspectRatio: '16:9', resolution: '720p' }, model);
	expect(fields).toEqual({ size: '1280x720' });
});

describe('without a table', () => {
	it('seed and ratio go under their usual names, with a hint', () => {
		expect(untranslatedSettings({ seed: 1, aspectRatio: '4:5', count: 1 }, 'Model')).toEqual({
			fields: { seed: 1, aspect_ratio: '4:5' },
			hints: [expect.stringMatching(/"aspect_ratio" and "seed"/)],
			problems: [],
		});
	});

	it('a named ratio is sent as a ratio', () => {
		const { fields } = untranslatedSettings({ aspectRatio: 'landscape_16_9' }, 'Model');
		expect(fields).toEqual({ aspect_ratio: '16:9' });
		const model = modelWith(field('aspect_ratio'));
		expect(translateSettings({ aspectRatio: 'square' }, model).fields).toEqual({
			aspect_ratio: '1:1',
		});
	});

	it.each<[PortableSettings, RegExp]>([
		[{ count: 2 }, /Number of Images/],
		[{ duration: 5 }, /Duration/],
		[{ resolution: '720p' }, /Resolution/],
		[{ size: { width: 512, height: 512 } }, /Width and Height/],
	])('%p stops the item', (settings, problem) => {
		expect(untranslatedSettings(settings, 'Model').problems).toEqual([
			expect.stringMatching(problem),
		]);
	});
});

describe('on every table', () => {
	const WISHES: PortableSettings[] = [
		...['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '21:9'].map(
			(aspectRatio) => ({ aspectRatio }),
		),
		...[
			[512, 512],
			[1024, 576],
			[1200, 800],
			[4096, 4096],
			[333, 777],
		].map(([width = 0, height = 0]) => ({ size: { width, height } })),
		...[1, 3, 5, 7, 8, 10, 60, 2.5].map((duration) => ({ duration })),
		...['480p', '720p', '1080p', '4k'].map((resolution) => ({ resolution })),
		...[1, 2, 4, 20].map((count) => ({ count })),
		// -1 stands for a random one: it is made concrete, within the field's limits, before it is sent.
		...[0, 42, 2 ** 40].map((seed) => ({ seed })),
	];
	const known = allModels().filter(({ slug }) => parameterTable(slug));
	const made = known.flatMap(({ slug, name }) => {
		const own = parameterTable(slug) as ParameterTable;
		return WISHES.map((wish) => ({
			slug,
			own,
			wish,
			...translateSettings(wish, { name, table: own }),
		}));
	});

	it('nothing outside the type, range, step or choices of a field is sent', () => {
		expect(known.length).toBeGreaterThan(300);
		const wrong = made.flatMap(({ slug, own, wish, fields }) =>
			checkParameters(own, fields, { modelName: slug })
				.problems.filter(({ parameter }) => Object.hasOwn(fields, parameter))
				.map(({ message }) => `${slug} ${JSON.stringify(wish)}: ${message}`),
		);
		expect(wrong).toEqual([]);
		const offStep = made.flatMap(({ slug, own, fields }) =>
			own.parameters
				.filter(
					({ name, multipleOf }) =>
						multipleOf && Object.hasOwn(fields, name) && Number(fields[name]) % multipleOf !== 0,
				)
				.map(({ name }) => `${slug} ${name}`),
		);
		expect(offStep).toEqual([]);
	});

	it('16:9 gives a size within 6 % of 1.78, or a hint', () => {
		const off = made.filter(({ wish, fields, hints }) => {
			if (wish.aspectRatio !== '16:9' || hints.length) return false;
			const [width, height] = ['width', 'height'].map(
				(side) => Object.entries(fields).find(([name]) => name.endsWith(side))?.[1],
			);
			const ratio =
				width && height
					? Number(width) / Number(height)
					: Object.values(fields)
							.map((value) => readRatio(value)?.value)
							.find(Boolean);
			return !ratio || Math.abs(ratio / (16 / 9) - 1) > 0.06;
		});
		expect(off.map(({ slug, fields }) => `${slug} ${JSON.stringify(fields)}`)).toEqual([]);
	});

	it.each([
		['fast-flux-schnell', { aspectRatio: '16:9' }, { aspect_ratio: '16:9' }],
		['flux-kontext-pro', { aspectRatio: '4:5' }, { aspect_ratio: '4:5' }],
		['seedream-4.5', { count: 4 }, { max_images: 4, sequential_image_generation: 'auto' }],
		['runway-gen4-turbo', { aspectRatio: '9:16' }, { ratio: '720:1280' }],
		['sora-2', { resolution: '720p', aspectRatio: '16:9' }, { size: '1280x720' }],
		['kling-3-standard-text2video', { duration: 5 }, { duration: '5' }],
	])('%s', (slug, wish, fields) => {
		const model = {
			name: findModel(slug)?.name ?? slug,
			table: parameterTable(slug) as ParameterTable,
		};
		expect(translateSettings(wish, model).fields).toEqual(fields);
	});

	it('most image models take a ratio or a size', () => {
		const images = made.filter(
			({ slug, wish }) =>
				wish.aspectRatio === '16:9' && outputType(findModel(slug)?.kind ?? 'Text') === 'image',
		);
		const takes = images.filter(({ own }) =>
			own.parameters.some(({ name }) => /aspect_ratio|^ratio$|width$/.test(name)),
		);
		const without = takes
			.filter(({ fields }) => !Object.keys(fields).length)
			.map(({ slug }) => slug);
		// These are made for fixed sizes, or list ratios of their own.
		expect(without.length).toBeLessThan(takes.length / 10);
	});
});
