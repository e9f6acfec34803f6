import { countDays, dayOf, daysLater, type DayWindow } from '../api/historyDays';
import { SegmindFailure } from '../api/failure';
import { readTime } from '../api/historyTime';
import { badValue } from './value';

/** How far before its end the window begins if From is empty. Source: segmind-python 1.3, `generations.history`. */
const DEFAULT_DAYS = 7;
/** Maximum length of the window: a longer one would take hundreds of requests. */
const MAX_DAYS = 5 * 366;

/**
 * Reads the fields From and To as days in UTC; throws a failure for a value that is not a date, or if From is after To.
 * @param today wall-clock time in milliseconds since 1970, for an empty To
 */
export function readDays(from: unknown, to: unknown, today: number): DayWindow {
	const end = readDay('To', to) ?? dayOf(today);
	const start = readDay('From', from) ?? daysLater(end, -DEFAULT_DAYS);
	if (start > end) {
		throw new SegmindFailure(`From (${start}) must not be after To (${end})`, {
			description: 'Nothing was sent. An empty To means today; days are in UTC',
		});
	}
	if (countDays({ from: start, to: end }) > MAX_DAYS) {
		throw new SegmindFailure(`From (${start}) and To (${end}) are more than five years apart`, {
			description: 'Nothing was sent. Choose a shorter period',
		});
	}
	return { from: start, to: end };
}

/** A day in UTC; undefined for an empty field. */
function readDay(displayName: string, value: unknown): string | undefined {
	if (value === '' || value === null || value === undefined) return undefined;
	// A date without a zone is taken as UTC; $now and $today are Luxon dates, which have a zone.
	const time = value instanceof Date ? value.getTime() : readTime(isoOf(value));
	const year = time === null ? NaN : new Date(time).getUTCFullYear();
	if (time === null || !(year >= 2000 && year < 2200) || !isInCalendar(value)) {
		throw badValue(displayName, 'a date', value, 'Write a date like 2026-11-30');
	}
	return dayOf(time);
}

/** JavaScript would read February 30 as March 2. */
function isInCalendar(value: unknown): boolean {
	const day = typeof value === 'string' && /^\s*(\d{4}-\d\d-\d\d)/.exec(value)?.[1];
	return !day || dayOf(Date.parse(day)) === day;
}

function isoOf(value: unknown): unknown {
	const { toISO } = value as { toISO?: () => unknown };
	return typeof toISO === 'function' ? toISO.call(value) : value;
}
