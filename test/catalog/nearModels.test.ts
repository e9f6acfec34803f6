import { nearModels } from '../../nodes/catalog/nearModels';

it('returns up to three likely slugs', () => {
	expect(nearModels('fast-flux-schnel')[0]).toBe('fast-flux-schnell');
	expect(nearModels('flux').length).toBeLessThanOrEqual(3);
	expect(nearModels('xyzzy-quux-9000')).toEqual([]);
});

it('returns none for a known model', () => {
	expect(nearModels('flux-schnell')).toEqual([]);
});

it('caches a slug’s lookup', () => {
	expect(nearModels('seedream-4.55')).toBe(nearModels('seedream-4.55'));
});
