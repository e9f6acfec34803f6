import { historyRows, pagesOf } from '../../nodes/api/historyPages';
import { startSimulator, type PageOfHistory, type Simulator } from '../simulator/simulator';
import { connectionTo } from './connectionTo';

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator()));
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const window = { from: '2026-11-01', to: '2026-11-30' };

function addRows(count: number, day = '2026-11-05'): void {
	for (let index = 0; index < count; index++) {
		sim.history.add({ request_id: `${day}-${index}`, created_at: `${day}T00:00:00Z` });
	}
}

async function idsIn(query = window, maxPages?: number): Promise<string[]> {
	const ids: string[] = [];
	for await (const rows of historyRows(await connectionTo(sim), query, maxPages)) {
		ids.push(...rows.map(({ requestId }) => requestId));
	}
	return ids;
}

const queries = () => sim.requests.map(({ path }) => new URL(path, sim.url).searchParams);

/** An answer without a word about further pages. */
const bare = ({ rows }: PageOfHistory) => ({ rows });

it.each<[rows: number, shape: ((page: PageOfHistory) => unknown) | undefined, requests: number]>([
	[0, undefined, 1],
	[99, bare, 1],
	[100, bare, 2],
	[250, bare, 3],
	[250, undefined, 3],
])('reads all of %i rows', async (rows, shape, requests) => {
	addRows(rows);
	if (shape) sim.history.shape = shape;
	expect(new Set(await idsIn()).size).toBe(rows);
	expect(sim.requests).toHaveLength(requests);
});

it.each<[what: string, more: (page: number) => object]>([
	['a total', () => ({ total: 45 })],
	['has_more', (page) => ({ has_more: page < 3 })],
	['its number of pages', (page) => ({ page, total_pages: 3 })],
])('goes on after a short page because of %s', async (_what, more) => {
	addRows(45);
	const all = Array.from({ length: 45 }, (_, index) => ({ request_id: `r${index}` }));
	sim.history.shape = ({ page }) => ({
		rows: all.slice((page - 1) * 20, page * 20),
		...more(page),
	});
	expect(await idsIn()).toHaveLength(45);
	expect(sim.requests).toHaveLength(3);
});

it('asks a year in twelve pieces of at most 31 days', async () => {
	addRows(2, '2026-01-10');
	addRows(2, '2026-11-05');
	expect(await idsIn({ from: '2025-12-01', to: '2026-11-30' })).toEqual([
		'2026-11-05-0',
		'2026-11-05-1',
		'2026-01-10-0',
		'2026-01-10-1',
	]);
	expect(queries()).toHaveLength(12);
	expect(queries()[0]?.get('to_date')).toBe('2026-11-30');
	expect(queries().at(-1)?.get('from_date')).toBe('2025-12-01');
});

it('takes the last page again for the end', async () => {
	addRows(100);
	const pages: unknown[] = [];
	sim.history.shape = ({ rows }) => ({ rows: (pages[0] ??= rows) as object[] });
	expect(await idsIn()).toHaveLength(100);
	expect(sim.requests).toHaveLength(2);
});

it('takes pages that come in turns for the end', async () => {
	const pages = [0, 1, 2].map((number) => ({
		rows: [{ request_id: `r${number}` }],
		has_more: true,
	}));
	sim.history.shape = ({ page }) => pages[page % 3]!;
	expect(await idsIn()).toEqual(['r1', 'r2', 'r0']);
	expect(sim.requests).toHaveLength(4);
});

it('fails if a page comes again and again although there are more', async () => {
	addRows(150);
	let first: object[] | undefined;
	sim.history.shape = ({ rows, total }) => ({ rows: (first ??= rows), total });
	await expect(idsIn()).rejects.toThrow('keeps returning the same page');
});

it('does not read pages without end', async () => {
	let number = 0;
	sim.history.shape = () => ({
		rows: Array.from({ length: 100 }, () => ({ request_id: `r${number++}` })),
	});
	await expect(idsIn(window, 7)).rejects.toThrow('more pages for this period than can be read');
	expect(sim.requests).toHaveLength(7);
	// Over all pieces of a long window.
	sim.requests.length = 0;
	sim.history.shape = ({ page }) => ({
		rows: page === 3 ? [] : Array.from({ length: 100 }, () => ({ request_id: `r${number++}` })),
	});
	await expect(idsIn({ from: '2026-01-01', to: '2026-11-30' }, 7)).rejects.toThrow('more pages');
	expect(sim.requests.length).toBeLessThanOrEqual(8);
});

it('reads a page that is too large in smaller parts', async () => {
	addRows(130);
	const huge = 'x'.repeat(200_000);
	sim.history.shape = ({ rows, ...page }) => ({
		rows: rows.map((row) => ({ ...row, request_body: { image: huge } })),
		...page,
	});
	const ids = await idsIn();
	expect(ids).toHaveLength(130);
	expect(new Set(ids).size).toBe(130);
	expect(queries().map((query) => [query.get('page'), query.get('per_page')])).toEqual([
		['1', '100'],
		// The last page of rows is full, so one more is asked for.
		...Array.from({ length: 14 }, (_, index) => [String(index + 1), '10']),
	]);
});

it('can read the oldest first', async () => {
	addRows(1, '2026-11-05');
	addRows(1, '2026-11-06');
	const pages = pagesOf(await connectionTo(sim), { ...window, oldestFirst: true });
	expect((await pages.next()).value).toMatchObject({
		rows: [{ requestId: '2026-11-05-0' }, { requestId: '2026-11-06-0' }],
	});
});
