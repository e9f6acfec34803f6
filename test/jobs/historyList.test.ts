import { historyOf } from '../../nodes/jobs/historyList';
import { connectionTo } from '../api/connectionTo';
import { startSimulator, type Simulator } from '../simulator/simulator';

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator()));
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const TO = Date.parse('2026-11-20T12:00:00Z');
const MINUTE_MS = 60_000;

/** The row of a request that began some minutes before the end of the list. */
const rowOf = (minutes: number) => ({
	request_id: `r${minutes}`,
	created_at: new Date(TO - minutes * MINUTE_MS).toISOString(),
});
const rowsOf = (count: number, first = 0) =>
	Array.from({ length: count }, (_, index) => rowOf(first + index));

/** Lists the last minutes. */
async function list(minutes: number) {
	const history = historyOf(await connectionTo(sim));
	const { requests, completeSince } = await history.list(TO - minutes * MINUTE_MS, TO);
	return { count: requests.length, completeSince };
}

it.each<[what: string, shape: (page: number) => unknown, minutes: number, count: number]>([
	['one page', () => ({ rows: rowsOf(3) }), 5, 3],
	['no rows', () => ({ rows: [] }), 5, 0],
	[
		'short pages of a server that counts',
		(page) => ({ rows: rowsOf(20, (page - 1) * 20).slice(0, 45 - (page - 1) * 20), total: 45 }),
		60,
		45,
	],
	[
		'a full page and the rest',
		(page) => ({ rows: page === 1 ? rowsOf(100) : rowsOf(7, 100) }),
		300,
		107,
	],
])('%s: nothing is missing', async (_what, shape, minutes, count) => {
	sim.history.shape = ({ page }) => shape(page);
	expect(await list(minutes)).toEqual({ count, completeSince: -Infinity });
});

it('reads no further than it has to', async () => {
	sim.history.shape = ({ page }) => ({ rows: rowsOf(100, (page - 1) * 100) });
	expect(await list(150)).toEqual({ count: 200, completeSince: TO - 199 * MINUTE_MS });
	expect(sim.requests).toHaveLength(2);
});

it.each<[what: string, shape: (page: number) => unknown, count: number, requests: number]>([
	['pages without end', (page) => ({ rows: rowsOf(100, (page - 1) * 100) }), 500, 5],
	['the same page again and again', () => ({ rows: rowsOf(100) }), 100, 2],
])('%s: something may be missing', async (_what, shape, count, requests) => {
	sim.history.shape = ({ page }) => shape(page);
	expect(await list(10_000)).toEqual({ count, completeSince: Infinity });
	expect(sim.requests).toHaveLength(requests);
});
