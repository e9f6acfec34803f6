import { digestOf, digestsOf } from '../../nodes/jobs/sentRequest';

it.each<[one: unknown, other: unknown, isSame: boolean]>([
	['a', 'a', true],
	['a', 'a ', false],
	[7, 7, true],
	[7, '7', false],
	[0, false, false],
	[null, undefined, true],
	[[1, 2], [1, 2], true],
	[[1, 2], [2, 1], false],
	[{ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
	[{ a: 1 }, { a: 1, b: null }, false],
	[new Date(0), '1970-01-01T00:00:00.000Z', true],
	[{ at: [new Date(0)] }, { at: [new Date(1)] }, false],
	[{ toJSON: 'x' }, { toJSON: 'y' }, false],
	[[{ role: 'user', content: 'x' }], [{ content: 'x', role: 'user' }], true],
])('%j and %j have the same digest: %s', (one, other, isSame) => {
	expect(digestOf(one) === digestOf(other)).toBe(isSame);
});

it('has a short digest for each key that is sent', () => {
	const digests = digestsOf({ prompt: 'x'.repeat(100_000), seed: 7, unset: undefined });
	expect(Object.keys(digests!)).toEqual(['prompt', 'seed']);
	expect(JSON.stringify(digests).length).toBeLessThan(200);
});

it('gives up on what is too large to be found again', () => {
	const big = 'x'.repeat(600_000);
	expect(digestsOf({ image: big })).toBeDefined();
	expect(digestsOf({ image: big, other: { list: [big] } })).toBeUndefined();
});
