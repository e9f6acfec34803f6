import { countDays, dayOf, daysLater, splitWindow } from '../../nodes/api/historyDays';

it.each<[what: string, from: string, to: string, pieces: string[]]>([
	['a day', '2026-11-21', '2026-11-21', ['2026-11-21 2026-11-21']],
	['31 days', '2026-10-22', '2026-11-21', ['2026-10-22 2026-11-21']],
	['32 days', '2026-10-21', '2026-11-21', ['2026-10-22 2026-11-21', '2026-10-21 2026-10-21']],
	[
		'a leap year’s end of February',
		'2028-01-15',
		'2028-03-01',
		['2028-01-31 2028-03-01', '2028-01-15 2028-01-30'],
	],
	['nothing', '2026-11-22', '2026-11-21', []],
])('cuts %s into pieces, the newest first', (_what, from, to, pieces) => {
	expect(splitWindow({ from, to }).map((piece) => `${piece.from} ${piece.to}`)).toEqual(pieces);
});

it('cuts a year into twelve pieces with all of its days', () => {
	const pieces = splitWindow({ from: '2025-11-22', to: '2026-11-21' });
	expect(pieces).toHaveLength(12);
	expect(pieces.map(countDays).reduce((sum, days) => sum + days)).toBe(365);
	expect(Math.max(...pieces.map(countDays))).toBe(31);
});

it('knows days in UTC', () => {
	expect(dayOf(Date.UTC(2026, 10, 21, 23, 59))).toBe('2026-11-21');
	expect(daysLater('2026-02-28', 1)).toBe('2026-03-01');
	expect(daysLater('2026-01-01', -1)).toBe('2025-12-31');
});
