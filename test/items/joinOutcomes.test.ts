import { joinOutcomes, type OutcomeText } from '../../nodes/items/joinOutcomes';

const free = (text: string): OutcomeText => ({ text, isFree: true });
const paid = (text: string): OutcomeText => ({ text, isFree: false });
const waiting = free('not started');

it.each<[what: string, outcomes: Array<OutcomeText | undefined>, lines: string[]]>([
	['nothing', [], []],
	['the item of the error itself', [undefined], []],
	['one', [undefined, waiting], ['Item 1: not started']],
	['two', [undefined, waiting, waiting], ['Items 1 and 2: not started']],
	['three', [waiting, waiting, waiting], ['Items 0 to 2: not started']],
	[
		'scattered ones, in the order of the first',
		[waiting, paid('made a'), waiting, undefined, waiting, waiting, waiting, waiting],
		['Items 0, 2 and 4 to 7: not started', 'Item 1: made a'],
	],
])('joins equal outcomes: %s', (_what, outcomes, lines) => {
	expect(joinOutcomes(outcomes)).toEqual(lines);
});

it('joins 3000 equal outcomes in one short line', () => {
	const outcomes = Array.from({ length: 3000 }, (_, item) => (item ? waiting : undefined));
	expect(joinOutcomes(outcomes)).toEqual(['Items 1 to 2999: not started']);
	const everySecond = outcomes.map((outcome, item) => (item % 2 ? outcome : free('refused')));
	const lines = joinOutcomes(everySecond);
	expect(lines).toHaveLength(2);
	expect(lines.join('\n').length).toBeLessThan(300);
	expect(lines[1]).toMatch(/^Items 1, 3, 5, .* and 1480 more: not started$/);
});

it('counts free outcomes with many reasons, and lists every paid one', () => {
	const outcomes = Array.from({ length: 3000 }, (_, item) =>
		item % 100 === 0 ? paid(`made ${item}`) : free(`Prompt ${item} must be text`),
	);
	const lines = joinOutcomes(outcomes);
	for (let item = 0; item < 3000; item += 100)
		expect(lines).toContain(`Item ${item}: made ${item}`);
	expect(lines.at(-1)).toBe('2950 more items failed before anything was paid');
	expect(lines).toHaveLength(30 + 20 + 1);
});

it('mentions a single further item', () => {
	const outcomes = Array.from({ length: 21 }, (_, item) => free(`reason ${item}`));
	expect(joinOutcomes(outcomes).at(-1)).toBe('One more item failed before anything was paid');
});
