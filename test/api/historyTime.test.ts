import { readTime, readTimes } from '../../nodes/api/historyTime';

const NOON = Date.UTC(2026, 10, 21, 12);

it.each<[value: unknown, time: number | null]>([
	['2026-11-21T12:00:00Z', NOON],
	['2026-11-21T12:00:00', NOON],
	['2026-11-21 12:00:00', NOON],
	['2026-11-21 12:00', NOON],
	['2026-11-21 12:00:00 UTC', NOON],
	['2026-11-21T12:00:00.250000', NOON + 250],
	['2026-11-21T14:00:00+02:00', NOON],
	['2026-11-21 14:00:00+0200', NOON],
	['Sat, 21 Nov 2026 12:00:00 GMT', NOON],
	['2026-11-21 12:00:00+00', NOON],
	['2026-11-21 17:30:00.500+05:30', NOON + 500],
	['2026-11-21T07:00:00-05', NOON],
	['Sat Nov 21 2026 13:00:00 GMT+0100 (Central European Standard Time)', NOON],
	[NOON, NOON],
	[NOON / 1000, NOON],
	[String(NOON / 1000), NOON],
	[NOON / 1000 + 0.25, NOON + 250],
	[NOON * 1e3, NOON],
	[String(NOON * 1e3), NOON],
	[NOON * 1e6, NOON],
	[1e300, null],
	['9'.repeat(30), null],
	[0, null],
	[-5, null],
	['2026-11-21', NOON - 12 * 3600_000],
	['11/21/2026', null],
	['2026-11-21T25:00:00', null],
	['soon', null],
	['', null],
	[null, null],
	[{}, null],
	[undefined, null],
])('reads %j', (value, time) => {
	expect(readTime(value)).toBe(time);
});

describe('the times of a row', () => {
	const ended = { hasEnded: true, latencyMs: 2000 };
	it.each<[what: string, row: Record<string, unknown>, start: number | null, end: number | null]>([
		['start and latency', { created_at: NOON }, NOON, NOON + 2000],
		['both', { created_at: NOON, completed_at: NOON + 9000 }, NOON, NOON + 9000],
		['the key it is sorted by', { model_created: NOON }, NOON, NOON + 2000],
		['one level down', { timestamps: { created: NOON, completed: NOON + 1 } }, NOON, NOON + 1],
		['a change alone', { updated_at: NOON }, null, NOON],
		['none', { timestamps: null }, null, null],
		['a likely key that is empty', { created_at: null, timestamp: NOON }, NOON, NOON + 2000],
	])('with %s', (_what, row, createdAt, endedAt) => {
		expect(readTimes(row, ended)).toEqual({ createdAt, endedAt });
		expect(readTimes(row, { ...ended, hasEnded: false })).toEqual({ createdAt, endedAt: null });
	});
});
