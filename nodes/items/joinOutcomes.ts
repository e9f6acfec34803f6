/** The outcome of one item, as text. */
export interface OutcomeText {
	text: string;
	/** Nothing was billed, and there is nothing to collect. */
	isFree: boolean;
	/** A note to show once for all such items. */
	note?: string;
}

/** Maximum number of distinct outcomes listed that cost nothing; all others are listed. */
const MAX_FREE_LINES = 20;
/** Maximum number of ranges of item numbers per line. */
const MAX_RANGES = 20;

/** One line per distinct outcome, ordered by first occurrence; items without a text are left out. */
export function joinOutcomes(outcomes: ReadonlyArray<OutcomeText | undefined>): string[] {
	const lines = new Map<string, { items: number[]; isFree: boolean }>();
	for (const [item, outcome] of outcomes.entries()) {
		if (!outcome) continue;
		const line = lines.get(outcome.text);
		if (line) line.items.push(item);
		else lines.set(outcome.text, { items: [item], isFree: outcome.isFree });
	}
	let freeLines = 0;
	let omitted = 0;
	const listed = [...lines].flatMap(([text, { items, isFree }]) => {
		if (isFree && ++freeLines > MAX_FREE_LINES) {
			omitted += items.length;
			return [];
		}
		return [`${numbersOf(items)}: ${text}`];
	});
	const rest = omitted === 1 ? 'One more item' : `${omitted} more items`;
	return omitted ? [...listed, `${rest} failed before anything was paid`] : listed;
}

/** "Item 4", "Items 1 to 2999", "Items 0, 2 and 5 to 9"; the numbers are in ascending order. */
function numbersOf(items: readonly number[]): string {
	const ranges: Array<{ from: number; to: number }> = [];
	for (const item of items) {
		const last = ranges.at(-1);
		if (last && last.to === item - 1) last.to = item;
		else ranges.push({ from: item, to: item });
	}
	const shown = ranges.slice(0, MAX_RANGES);
	const count = shown.reduce((sum, { from, to }) => sum + to - from + 1, 0);
	const words = shown.flatMap(({ from, to }) =>
		to - from > 1 ? [`${from} to ${to}`] : to > from ? [`${from}`, `${to}`] : [`${from}`],
	);
	if (count < items.length) words.push(`${items.length - count} more`);
	const head = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ` : '';
	return `${items.length > 1 ? 'Items' : 'Item'} ${head}${words.at(-1)}`;
}
