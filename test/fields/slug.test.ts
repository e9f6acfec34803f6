import { readSlug } from '../../nodes/fields/slug';
import { contextWith } from './contextWith';

it.each<[model: unknown, slug: string]>([
	['flux-2', 'flux-2'],
	[{ __rl: true, mode: 'list', value: 'flux-2' }, 'flux-2'],
])('%j: %s', (model, slug) => {
	expect(readSlug(contextWith({ model: model as string }), 0)).toBe(slug);
});

it.each([undefined, '', '../requests'])('%j names none, and nothing was sent', (model) => {
	expect(() => readSlug(contextWith({ model }), 0)).toThrow(
		expect.objectContaining({
			message: expect.stringMatching(/^Model: /) as string,
			details: { description: 'Nothing was sent' },
		}),
	);
});
