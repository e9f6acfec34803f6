import { nearModels } from '../../nodes/catalog/nearModels';

it('gives what someone may have meant, at most three', () => {
	expect(nearModels('fast-flux-schnel')[0]).toBe('fast-flux-schnell');
	expect(nearModels('flux').length).toBeLessThanOrEqual(3);
	expect(nearModels('xyzzy-quux-9000')).toEqual([]);
});

it('gives none for a known model', () => {
	expect(nearModels('flux-schnell')).toEqual([]);
});

it('looks a slug up once', () => {
	expect(nearModels('seedream-4.55')).toBe(nearModels('seedream-4.55'));
});
