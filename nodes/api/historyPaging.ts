import { asNumber } from './number';

/** What an answer says about further pages. */
export interface Paging {
	/** The total number of rows; null if the answer does not say. */
	total: number | null;
	/** True if the answer says that more pages follow; false if it says nothing. */
	saysMore: boolean;
}

/** Reads the fields about paging, at the top or one level down: their names are not documented. Never throws. */
export function pagingOf(body: unknown): Paging {
	if (typeof body !== 'object' || body === null) return { total: null, saysMore: false };
	const nested = Object.values(body).filter(
		(value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	) as object[];
	const fields = Object.assign({}, ...nested, body) as Record<string, unknown>;
	const first = (...names: string[]) =>
		names.map((name) => asNumber(fields[name])).find((value) => value !== null) ?? null;
	const page = first('page', 'current_page');
	const pages = first('total_pages', 'pages', 'last_page');
	return {
		total: first('total', 'total_count', 'total_rows', 'total_records'),
		saysMore:
			fields.has_more === true ||
			fields.has_next === true ||
			(page !== null && pages !== null && page < pages),
	};
}
