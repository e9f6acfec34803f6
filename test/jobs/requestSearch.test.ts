import { SegmindFailure } from '../../nodes/api/failure';
import type { HistoryRequest } from '../../nodes/api/historyRows';
import { now, sleepUntil, wallTime } from '../../nodes/clock';
import type { HistoryList } from '../../nodes/jobs/historyList';
import {
	toSentRequest,
	close,
	giveUp,
	open,
	rememberId,
	type OpenRequest,
} from '../../nodes/jobs/openRequests';
import { RequestSearch } from '../../nodes/jobs/requestSearch';
import { startVirtualTime } from '../virtualTime';

const account = 'mine';

let time: ReturnType<typeof startVirtualTime>;
let count = 0;

beforeEach(() => (time = startVirtualTime()));
afterEach(() => time.stop());

/** A history, and what it was asked for: the moment of each list, in seconds, and each ID. */
function historyOf(
	rows: () => Array<HistoryRequest | SegmindFailure>,
	more: Partial<HistoryList> = {},
) {
	const startedAt = now();
	const listedAt: number[] = [];
	const asked: string[] = [];
	const find = () => {
		const found = rows();
		const failure = found.find((row) => row instanceof SegmindFailure);
		if (failure) throw failure;
		return found as HistoryRequest[];
	};
	return {
		listedAt,
		asked,
		list: async () => {
			listedAt.push(Math.round((now() - startedAt) / 100) / 10);
			return await Promise.resolve({ requests: find(), completeSince: -Infinity, ...more });
		},
		byId: async (requestId: string) => {
			asked.push(requestId);
			return await Promise.resolve(
				find().find((row) => row.requestId === requestId && row.model !== 'a mate’s'),
			);
		},
	};
}

const searchIn = (history: ReturnType<typeof historyOf>, cancel?: AbortSignal) =>
	new RequestSearch(history, account, cancel);

/** A lost request; each has a prompt of its own unless one is given. */
function lost(prompt = `prompt ${count++}`): OpenRequest {
	const request = { account, model: 'flux', body: { prompt }, sentAt: wallTime() };
	open(request);
	return request;
}
async function find(search: RequestSearch, request: OpenRequest, deadline = Infinity) {
	const sent = toSentRequest(request, wallTime())!;
	const result = await search.find(sent, request, deadline);
	if (result.found) close(request);
	else giveUp(request, sent);
	return result;
}
/** So long that no list is shared. */
const aWhile = async () => await sleepUntil(now() + 10_000);
const rowOf = (
	{ body, sentAt }: OpenRequest,
	more: Partial<HistoryRequest> = {},
): HistoryRequest => ({
	requestId: `r${count++}`,
	status: 'COMPLETED',
	model: 'flux',
	cost: 0.04,
	parameters: body,
	urls: [],
	latencyMs: 1,
	createdAt: sentAt + 1,
	endedAt: null,
	failureReason: null,
	...more,
});

it('takes the row of the request, and needs two requests for it', async () => {
	const request = lost();
	const row = rowOf(request);
	const history = historyOf(() => [rowOf(lost()), row]);
	expect(await find(searchIn(history), request)).toEqual({ found: row, candidates: [] });
	expect([history.listedAt, history.asked]).toEqual([[1], [row.requestId]]);
});

it('looks five times in vain', async () => {
	const history = historyOf(() => []);
	expect(await find(searchIn(history), lost())).toEqual({ candidates: [] });
	expect(history.listedAt).toEqual([1, 3, 8, 15, 30]);
});

it('finds a row that lands late', async () => {
	const request = lost();
	const row = rowOf(request);
	const startedAt = now();
	const history = historyOf(() => (now() - startedAt > 10_000 ? [row] : []));
	expect(await find(searchIn(history), request)).toMatchObject({ found: row });
	expect(history.listedAt).toEqual([1, 3, 8, 15]);
});

it('asks for one list per round for all lost requests of the run', async () => {
	const history = historyOf(() => []);
	const search = searchIn(history);
	await Promise.all(Array.from({ length: 20 }, async () => await find(search, lost())));
	expect(history.listedAt).toEqual([1, 3, 8, 15, 30]);
});

it('does not look beyond the deadline', async () => {
	const history = historyOf(() => []);
	await find(searchIn(history), lost(), now() + 5_000);
	expect(history.listedAt).toEqual([1, 3, 5]);
});

it('asks for a request by its ID if its answer began to arrive', async () => {
	const request = { ...lost(), requestId: 'begun' };
	const row = rowOf(request, { requestId: 'begun', model: 'whatever' });
	const history = historyOf(() => [row]);
	expect(await find(searchIn(history), request)).toMatchObject({ found: row });
	expect([history.listedAt, history.asked]).toEqual([[], ['begun']]);
});

it('takes no row twice: equal requests that were both lost stay unknown', async () => {
	const [one, other] = [lost('twins'), lost('twins')];
	const rows = [rowOf(one), rowOf(other)];
	const search = searchIn(historyOf(() => rows));
	const results = await Promise.all([find(search, one), find(search, other)]);
	expect(results).toEqual([{ candidates: rows }, { candidates: rows }]);
});

it('takes no row that was taken before', async () => {
	const [one, other] = [lost('first'), lost('first')];
	close(other);
	const row = rowOf(one);
	const search = searchIn(historyOf(() => [row]));
	expect(await find(search, one)).toMatchObject({ found: row });
	expect(await find(search, other)).toEqual({ candidates: [] });
});

it('takes the one row of two equal lost requests for neither', async () => {
	const [one, other] = [lost('halves'), lost('halves')];
	const row = rowOf(one);
	const search = searchIn(historyOf(() => [row]));
	const results = await Promise.all([find(search, one), find(search, other)]);
	expect(results).toEqual([{ candidates: [row] }, { candidates: [row] }]);
});

it('tells a request that was sent later from one that was given up', async () => {
	const first = lost('once more');
	const search = searchIn(historyOf(() => []));
	await find(search, first);
	await aWhile();
	const second = lost('once more');
	const row = rowOf(second);
	expect(await find(searchIn(historyOf(() => [row])), second)).toMatchObject({ found: row });
});

it('waits until an equal request in flight has its ID', async () => {
	const [request, twin] = [lost('pair'), lost('pair')];
	const rows = [rowOf(request), rowOf(twin)];
	const startedAt = now();
	const history = historyOf(() => {
		if (now() - startedAt > 5_000) {
			twin.requestId = rows[1]!.requestId;
			rememberId(twin.requestId);
		}
		return rows;
	});
	expect(await find(searchIn(history), request)).toMatchObject({ found: rows[0] });
	expect(history.listedAt).toEqual([1, 3, 8]);
	close(twin);
});

it('never takes a team mate’s request, which cannot be asked for by its ID', async () => {
	const request = lost();
	const mates = rowOf(request, { model: null });
	const history = historyOf(() => [mates, rowOf(request, { requestId: 'mate' })]);
	const byId = async (requestId: string) => {
		history.asked.push(requestId);
		return await Promise.resolve(undefined);
	};
	const search = await find(searchIn({ ...history, byId }), request);
	expect(search.found).toBeUndefined();
	expect(history.asked).toEqual(Array.from({ length: 5 }, () => 'mate'));
});

it('takes nothing from a list that does not reach back far enough', async () => {
	const request = lost();
	const row = rowOf(request);
	const history = historyOf(() => [row], { completeSince: Infinity });
	expect(await find(searchIn(history), request)).toEqual({ candidates: [row] });
	expect(history.asked).toEqual([]);
});

it.each<[what: string, failure: SegmindFailure, looks: number, later: number]>([
	['refuses the key', new SegmindFailure('401', { httpStatus: 401 }), 1, 0],
	['does not exist', new SegmindFailure('404', { httpStatus: 404 }), 1, 0],
	['answers in another shape', new SegmindFailure('shape', { httpStatus: 200 }), 1, 0],
	['is overloaded', new SegmindFailure('503', { httpStatus: 503 }), 5, 5],
	['limits the rate', new SegmindFailure('429', { httpStatus: 429 }), 5, 5],
	['does not answer', new SegmindFailure('timeout'), 5, 5],
])('a history that %s leaves the loss as it was', async (_what, failure, looks, later) => {
	const history = historyOf(() => [failure]);
	const search = searchIn(history);
	expect(await find(search, lost())).toEqual({ candidates: [], failure });
	expect(history.listedAt).toHaveLength(looks);
	await aWhile();
	await find(search, lost());
	expect(history.listedAt).toHaveLength(looks + later);
});

it('looks once only after several searches that have shown nothing', async () => {
	const history = historyOf(() => []);
	const search = searchIn(history);
	for (let n = 0; n < 3; n++) {
		await find(search, lost());
		await aWhile();
	}
	expect(history.listedAt).toHaveLength(15);
	await find(search, lost());
	expect(history.listedAt).toHaveLength(16);
});

it('ends at once when the run is stopped', async () => {
	const stop = new AbortController();
	const history = historyOf(() => []);
	const startedAt = now();
	const searching = find(searchIn(history, stop.signal), lost());
	stop.abort();
	expect(await searching).toEqual({ candidates: [] });
	expect([history.listedAt, now()]).toEqual([[], startedAt]);
});

describe('lookOnce', () => {
	const sentOf = (request: OpenRequest) => {
		close(request);
		return toSentRequest(request, wallTime())!;
	};

	it('asks for one list for all that an earlier try lost', async () => {
		const requests = [lost(), lost(), lost()];
		const rows = requests.slice(0, 2).map((request) => rowOf(request));
		const history = historyOf(() => rows);
		const search = searchIn(history);
		const sent = requests.map(sentOf);
		const found = [];
		for (const one of sent) {
			found.push(
				(
					await search.searchOnce(
						one,
						sent.filter((other) => other !== one),
					)
				).found,
			);
		}
		expect(found).toEqual([...rows, undefined]);
		expect(history.listedAt).toEqual([0]);
	});

	it('takes no row that another lost request may be', async () => {
		const [one, other] = [lost('again'), lost('again')].map(sentOf);
		const row = rowOf({ ...lost('again') });
		const search = searchIn(historyOf(() => [row]));
		expect((await search.searchOnce(one!, [other!])).candidates).toEqual([row]);
	});
});
