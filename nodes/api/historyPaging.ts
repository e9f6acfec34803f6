import { asNumber } from './number';

/** What an answer says about further pages. */
export interface Paging {
	/** The total number of rows; null if the answer does not say. */
	total: number | null;
	/** True if the answer says that more pages follow; false if it says nothing. */
	saysMore: boolean;
	/** How many rows a full page has, which may be fewer than requested; null if the answer does not say. */
	pageSize: number | null;
}

const TOTALS = [
	'total',
	'total_count',
	'totalCount',
	'total_rows',
	'total_records',
	'total_items',
	'totalItems',
];
const FLAGS = ['has_more', 'hasMore', 'has_next', 'hasNext', 'has_next_page', 'hasNextPage'];
/** The number or the address of the next page, or where it begins. */
const NEXT = ['next', 'next_page', 'nextPage', 'next_cursor', 'nextCursor'];

/** Reads the fields about paging, at the top or one level down: their names are not documented. Never throws. */
export function pagingOf(body: unknown): Paging {
	if (typeof body !== 'object' || body === null)
		return { total: null, saysMore: false, pageSize: null };
	const nested = Object.values(body).filter(
		(value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	) as object[];
	const fields = Object.assign({}, ...nested, body) as Record<string, unknown>;
	const first = (...names: string[]) =>
		names.map((name) => asNumber(fields[name])).find((value) => value !== null) ?? null;
	const page = first('page', 'current_page', 'currentPage');
	const pages = first('total_pages', 'totalPages', 'pages', 'last_page', 'lastPage');
	const pageSize = first('per_page', 'perPage', 'page_size', 'pageSize');
	return {
		total: first(...TOTALS),
		saysMore:
			FLAGS.some((name) => fields[name] === true) ||
			NEXT.some((name) => typeof fields[name] !== 'boolean' && Boolean(fields[name])) ||
			(page !== null && pages !== null && page < pages),
		pageSize: pageSize !== null && pageSize >= 1 ? pageSize : null,
	};
}
