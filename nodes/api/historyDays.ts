/** Days in UTC as YYYY-MM-DD, the format of the history's queries. */

const DAY_MS = 24 * 3600_000;

/** The longest window that one query may cover. Source: segmind-python 1.3, `generations.history`. */
export const MAX_WINDOW_DAYS = 31;

export interface DayWindow {
	/** Both days are included. */
	from: string;
	to: string;
}

/** The day of a time in milliseconds since 1970. */
export function dayOf(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

/** The day that many days later. */
export function daysLater(day: string, days: number): string {
	return dayOf(Date.parse(day) + days * DAY_MS);
}

/** How many days a window has. */
export function countDays({ from, to }: DayWindow): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** Splits a window into pieces short enough for one query, newest first, without gaps or overlaps. */
export function splitWindow({ from, to }: DayWindow): DayWindow[] {
	const pieces: DayWindow[] = [];
	for (let end = to; end >= from; end = daysLater(end, -MAX_WINDOW_DAYS)) {
		const start = daysLater(end, 1 - MAX_WINDOW_DAYS);
		pieces.push({ from: start > from ? start : from, to: end });
	}
	return pieces;
}
