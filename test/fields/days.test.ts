import { readDays } from '../../nodes/fields/days';
import { refusal } from './contextWith';

const TODAY = Date.UTC(2026, 10, 21, 12);
/** As n8n's $now and $today are. */
const luxon = (text: string) => ({ toISO: () => text });

it.each<[what: string, from: unknown, to: unknown, days: [string, string]]>([
	['nothing', '', '', ['2026-11-14', '2026-11-21']],
	['unset fields', undefined, null, ['2026-11-14', '2026-11-21']],
	['only From', '2026-11-20', '', ['2026-11-20', '2026-11-21']],
	['only To', '', '2026-10-31', ['2026-10-24', '2026-10-31']],
	[
		'what the editor stores',
		'2026-11-01T00:00:00',
		'2026-11-02T00:00:00',
		['2026-11-01', '2026-11-02'],
	],
	['the same day', '2026-11-01', '2026-11-01T23:59:59Z', ['2026-11-01', '2026-11-01']],
	['a zone', '2026-11-02T00:30:00+02:00', '2026-11-02', ['2026-11-01', '2026-11-02']],
	['dates of Luxon', luxon('2026-11-02T00:00:00.000+01:00'), '', ['2026-11-01', '2026-11-21']],
	['a February 29', '2024-02-29', '2024-02-29', ['2024-02-29', '2024-02-29']],
	['a Date', new Date('2026-11-02'), '', ['2026-11-02', '2026-11-21']],
	['milliseconds', TODAY, '', ['2026-11-21', '2026-11-21']],
	['five years', '2021-11-21', '', ['2021-11-21', '2026-11-21']],
])('reads %s', (_what, from, to, [start, end]) => {
	expect(readDays(from, to, TODAY)).toEqual({ from: start, to: end });
});

it.each<[what: string, from: unknown, to: unknown, message: string]>([
	[
		'the wrong way round',
		'2026-11-20',
		'2026-11-19',
		'From (2026-11-20) must not be after To (2026-11-19)',
	],
	['a From in the future', '2026-11-22', '', 'From (2026-11-22) must not be after To (2026-11-21)'],
	['no date', 'yesterday', '', 'From must be a date, but is "yesterday"'],
	['a year', '', 2026, 'To must be a date, but is 2026'],
	['an object', {}, '', 'From must be a date'],
	['a day that is none', '2026-13-45', '', 'From must be a date'],
	['February 30', '2026-02-30', '', 'From must be a date'],
	['a February 29 of no leap year', '', '2026-02-29T12:00:00Z', 'To must be a date'],
	['ages', '1990-01-01', '', 'From must be a date'],
	['too long', '2001-01-01', '', 'more than five years apart'],
])('refuses %s', (_what, from, to, message) => {
	expect(refusal(() => readDays(from, to, TODAY))).toContain(message);
});
