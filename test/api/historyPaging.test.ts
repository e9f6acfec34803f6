import { pagingOf } from '../../nodes/api/historyPaging';

it.each<[body: unknown, total: number | null, saysMore: boolean]>([
	[{ data: [], total: 7 }, 7, false],
	[{ data: [], meta: { total_count: '7' } }, 7, false],
	[{ pagination: { page: 1, total_pages: 3 } }, null, true],
	[{ current_page: 3, last_page: 3 }, null, false],
	[{ has_more: true }, null, true],
	[{ paging: { has_next: true } }, null, true],
	[{ has_more: 'yes', total: 'many' }, null, false],
	[{ data: [] }, null, false],
	[[], null, false],
	['text', null, false],
	[null, null, false],
])('%j', (body, total, saysMore) => {
	expect(pagingOf(body)).toEqual({ total, saysMore });
});
