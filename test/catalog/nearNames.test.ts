import { allModels } from '../../nodes/catalog/models';
import { nearNames } from '../../nodes/catalog/nearNames';

const slugs = allModels().map(({ slug }) => slug);

it.each<[wanted: string, first: string]>([
	['fast-flux-schnel', 'fast-flux-schnell'],
	['fast-flux-shcnell', 'fast-flux-schnell'],
	['FAST_FLUX_SCHNELL', 'fast-flux-schnell'],
	['seedream-45', 'seedream-4.5'],
	['instant-id', 'instantid'],
	['bg-removal-v22', 'bg-removal-v2'],
	['face2sticker', 'face-to-sticker'],
])('%s is near %s', (wanted, first) => {
	expect(nearNames(wanted, slugs, 3)[0]).toBe(first);
});

it('returns nothing if nothing is close', () => {
	expect(nearNames('xyzzy-quux-9000', slugs, 3)).toEqual([]);
	expect(nearNames('', slugs, 3)).toEqual([]);
	expect(nearNames('---', slugs, 3)).toEqual([]);
});

it('returns no more than requested, without duplicates', () => {
	expect(nearNames('flux', ['flux', 'flux', 'flux1', 'flux2'], 2)).toEqual(['flux', 'flux1']);
});

// With all of it, the comparison would take memory and time by the square of the length.
it('compares only the beginning of a long text', () => {
	const long = `${'x'.repeat(100)}${'y'.repeat(1e6)}`;
	expect(nearNames(long, ['x'.repeat(100), 'z'], 1)).toEqual(['x'.repeat(100)]);
});
