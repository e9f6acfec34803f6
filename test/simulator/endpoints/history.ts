import { failure, json, requestNotFound } from '../answers';
import type { Call } from '../routes';
import type { Answer, HistoryRow } from '../types';
import type { World } from '../world';

const DAY_MS = 24 * 3600 * 1000;
const MAX_DAYS = 31;
const DEFAULT_DAYS = 7;
const MAX_PER_PAGE = 100;
const STATUSES = ['COMPLETED', 'FAILED', 'PENDING'];

/** GET /inference-request/request-history: one page of the rows of a window. Source: segmind-python 1.3.0. */
export function requestHistory(world: World, { record }: Call): Answer {
	const query = new URL(record.path, 'http://simulator').searchParams;
	const page = Number(query.get('page') ?? 1);
	const perPage = Number(query.get('per_page') ?? 20);
	if (!(Number.isInteger(page) && page >= 1)) return failure(400, 'page must be 1 or more');
	if (!(Number.isInteger(perPage) && perPage >= 1 && perPage <= MAX_PER_PAGE)) {
		return failure(400, 'per_page must be between 1 and 100');
	}
	const today = dayOf(world.time.date());
	const to = query.get('to_date') ?? today;
	const from = query.get('from_date') ?? dayOf(new Date(Date.parse(to) - DEFAULT_DAYS * DAY_MS));
	if (![from, to].every((day) => /^\d{4}-\d\d-\d\d$/.test(day))) {
		return failure(400, 'Dates must have the format YYYY-MM-DD');
	}
	if (from > to) return failure(400, 'from_date must not be after to_date');
	if (Date.parse(to) - Date.parse(from) >= MAX_DAYS * DAY_MS) {
		return failure(400, 'The date range must not exceed 31 days');
	}
	const status = query.get('status');
	if (status !== null && !STATUSES.includes(status)) return failure(400, 'Unknown status');
	const rows = world.history
		.rows()
		.map(({ row }) => row)
		.filter((row) => isAsked(row, { from, to, status, model: query.get('model_name') }));
	if (query.get('sort_order') === 'asc') rows.reverse();
	const start = (page - 1) * perPage;
	return json(
		200,
		world.history.shape({
			rows: rows.slice(start, start + perPage),
			page,
			perPage,
			total: rows.length,
		}),
	);
}

/** GET /inference-request/request-history/{id}: the key's own requests only, of any age. */
export function requestInHistory(world: World, { params }: Call): Answer {
	const found = world.history
		.rows()
		.filter(({ row, mine }) => mine && row.request_id === params.id)
		.map(({ row }) => row);
	if (found.length === 0) return requestNotFound(params.id);
	return json(200, found.length === 1 ? found[0] : { data: found });
}

function isAsked(
	row: HistoryRow,
	{
		from,
		to,
		status,
		model,
	}: { from: string; to: string; status: string | null; model: string | null },
): boolean {
	const day = dayOf(new Date(row.created_at));
	return (
		day >= from &&
		day <= to &&
		(status === null || row.model_status === status) &&
		(model === null || row.model_name.toLowerCase().includes(model.toLowerCase()))
	);
}

function dayOf(date: Date): string {
	return date.toISOString().slice(0, 10);
}
