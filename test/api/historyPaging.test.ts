import { pagingOf } from '../../nodes/api/historyPaging';

it.each<[body: unknown, total: number | null, saysMore: boolean]>([
	[{ data: [], total: 7 }, 7, false],
	[{ data: [], meta: { total_count: '7' } }, 7, false],
	[{ pagination: { page: 1, total_pages: 3 } }, null, true],
	[{ current_page: 3, last_page: 3 }, null, false],
	[{ has_more: true }, null, true],
	[{ paging: { has_next: true } }, null, true],
	[{ has_more: 'yes', total: 'many' }, null, false],
	[{ meta: { totalPages: 3, currentPage: 2, totalCount: 55 } }, 55, true],
	[{ pageInfo: { hasNextPage: true } }, null, true],
	[{ next_page: 2 }, null, true],
	[{ links: { next: 'https://a/?page=2' } }, null, true],
	[{ next: null, nextPage: '', next_page: false, hasMore: false }, null, false],
	[{ data: [] }, null, false],
	[[], null, false],
	['text', null, false],
	[null, null, false],
])('%j', (body, total, saysMore) => {
	expect(pagingOf(body)).toEqual({ total, saysMore, pageSize: null });
});

it.each<[body: unknown, pageSize: number | null]>([
	[{ pagination: { page: 1, per_page: 20 } }, 20],
	[{ pageSize: '50' }, 50],
	[{ per_page: 0 }, null],
	[{ per_page: 'all' }, null],
])('of %j a page has %p rows', (body, pageSize) => {
	expect(pagingOf(body)).toEqual({ total: null, saysMore: false, pageSize });
});
