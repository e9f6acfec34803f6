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

/** Milliseconds per unit of a number since 1970: seconds, milli-, micro- or nanoseconds. */
const EPOCH_UNITS = [1_000, 1, 1e-3, 1e-6];
/** No unit is assumed that would put a time later than this, in the year 5138. */
const MAX_EPOCH_MS = 100_000_000_000_000;

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
 * zone, which then is UTC), the date formats of HTTP headers, of PostgreSQL and of JavaScript, and a number since 1970, whose
 * unit its size tells.
 */
export function readTime(value: unknown): number | null {
	const number = asNumber(value);
	if (number !== null) {
		const unit = EPOCH_UNITS.find((msPerUnit) => number * msPerUnit < MAX_EPOCH_MS);
		return unit === undefined || number <= 0 ? null : number * unit;
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	const iso =
		/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?$/i.exec(
			text,
		);
	const [, day, clock = '00:00', zone = 'UTC'] = iso ?? [];
	const offset = /^utc$/i.test(zone) ? 'Z' : zone.replace(/^.\d\d$/, '$&:00');
	// Other notations only with a zone: without one, n8n's own time zone would be assumed.
	if (!iso && !/(GMT|UTC|Z|[+-]\d\d:?\d\d)( \([^()]*\))?$/.test(text)) return null;
	const time = Date.parse(iso ? `${day}T${clock}${offset}` : text);
	return Number.isNaN(time) ? null : time;
}
