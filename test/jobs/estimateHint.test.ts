import { estimateHint } from '../../nodes/jobs/estimateHint';

it.each<[estimates: Array<number | null>, words: string]>([
	[[0.04], 'one item would cost about $0.04.'],
	[[0.04, 0.06, 1], '3 items would cost about $1.10 together.'],
	[
		[0.04, 0.06, null],
		'2 items of 3 would cost about $0.10 together; for one item the price is not known.',
	],
	[[0.04, null], 'one item of 2 would cost about $0.04; for one item the price is not known.'],
	[[null], 'what one item would cost is not known.'],
	[[null, null], 'what 2 items would cost is not known.'],
])('%j: %s', (estimates, words) => {
	const [hint] = estimateHint(estimates);
	expect(hint).toContain(`Estimate Only: nothing was sent; ${words}`);
	expect(hint).toContain('average prices of the models, not quotes');
});

it('says nothing without estimates', () => expect(estimateHint([])).toEqual([]));
