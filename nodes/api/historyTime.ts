import { asNumber } from './number';

/** Keys for the start of a request, likeliest first: the documentation says "timestamps" and sorts by `model_created`. */
const START_KEYS = [
	'created_at',
	'model_created',
	'createdAt',
	'created',
	'started_at',
	'submitted_at',
	'request_time',
	'timestamp',
	'date',
];
const END_KEYS = [
	'completed_at',
	'model_completed',
	'finished_at',
	'ended_at',
	'completedAt',
	'completed',
];

/** Numbers below this are seconds since 1970, those above are milliseconds. */
const MIN_EPOCH_MS = 100_000_000_000;

/** When a request began and ended, in milliseconds since 1970; null for what its row does not say. */
export interface HistoryTimes {
	createdAt: number | null;
	endedAt: number | null;
}

/**
 * The times of a row, whose keys no source names; they may also be one level down, under `timestamps`. An end that is not
 * given is the start plus the latency.
 */
export function readTimes(
	row: Record<string, unknown>,
	{ hasEnded, latencyMs }: { hasEnded: boolean; latencyMs: number | null },
): HistoryTimes {
	const nested = row.timestamps;
	const times = {
		...row,
		...(typeof nested === 'object' && nested !== null && !Array.isArray(nested) ? nested : {}),
	} as Record<string, unknown>;
	const first = (keys: string[]) =>
		keys.map((key) => readTime(times[key])).find((time) => time !== null) ?? null;
	const createdAt = first(START_KEYS);
	if (!hasEnded) return { createdAt, endedAt: null };
	const measured = createdAt === null || latencyMs === null ? null : createdAt + latencyMs;
	return { createdAt, endedAt: first(END_KEYS) ?? measured ?? readTime(times.updated_at) };
}

/**
 * A time in milliseconds since 1970, or null. Accepts an ISO date (also with a space for the T, and without a time or a
 * zone, which then is UTC), the date format of HTTP headers, and seconds or milliseconds since 1970.
 */
export function readTime(value: unknown): number | null {
	const number = asNumber(value);
	if (number !== null) {
		if (number <= 0) return null;
		return number < MIN_EPOCH_MS ? number * 1000 : number;
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	const iso =
		/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(
			text,
		);
	const zone = !iso?.[3] || /^utc$/i.test(iso[3]) ? 'Z' : iso[3];
	// Other notations only with a zone: without one, n8n's own time zone would be assumed.
	if (!iso && !/(GMT|UTC|Z|[+-]\d\d:?\d\d)$/.test(text)) return null;
	const time = Date.parse(iso ? `${iso[1]}T${iso[2] ?? '00:00'}${zone}` : text);
	return Number.isNaN(time) ? null : time;
}
