import type { Connection } from '../../../nodes/api/connection';
import { newestRequest, pollHistory, firstPoll } from '../../../nodes/jobs/trigger/pollHistory';
import type { TriggerRule } from '../../../nodes/jobs/trigger/pollHistory';
import { withSettings, type TriggerState } from '../../../nodes/jobs/trigger/triggerState';
import { connectionTo } from '../../api/connectionTo';
import { startSimulator, type HistoryRow, type Simulator } from '../../simulator/simulator';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-21T12:00:00Z');

let sim: Simulator;
let connection: Connection;
/** Wall-clock time of both sides, in milliseconds. */
let time = START;
let state: TriggerState;
const any: TriggerRule = { event: 'any', model: '' };

beforeAll(async () => {
	sim = await startSimulator({ speed: 1, now: () => time });
	connection = await connectionTo(sim);
});
afterAll(async () => await sim.close());
beforeEach(async () => {
	time = START;
	sim.reset();
	state = await firstPoll(connection, 's', () => time);
	sim.requests.length = 0;
});

/** Adds a row of a request that took a second and ended some minutes from the start. */
function ended(id: string, minutes: number, row: Partial<HistoryRow> = {}, latency = 1000): void {
	const created = new Date(START + minutes * MINUTE - latency).toISOString();
	sim.history.add({ request_id: id, created_at: created, latency_ms: latency, ...row });
}

/** Polls some minutes from the start, and gives the ids. */
async function poll(minutes: number, rule = any, isOver = () => false): Promise<string[]> {
	time = START + minutes * MINUTE;
	const found = await pollHistory(connection, rule, state, time, isOver);
	// As n8n does between two starts.
	state = JSON.parse(JSON.stringify(found.state)) as TriggerState;
	return found.requests.map(({ requestId }) => requestId);
}

it('gives each request that ends after the mark once, in the order of the ends', async () => {
	ended('before', -1);
	ended('long', 4, {}, 10 * MINUTE);
	ended('short', 2);
	expect(await poll(5)).toEqual(['short', 'long']);
	expect(await poll(10)).toEqual([]);
	ended('next', 11);
	expect(await poll(15)).toEqual(['next']);
});

it('gives a request that began the day before the activation', async () => {
	time = Date.parse('2026-11-22T00:01:00Z');
	state = await firstPoll(connection, 's', () => time);
	const minutes = (time - START) / MINUTE + 2;
	ended('long', minutes, {}, 30 * MINUTE);
	expect(await poll(minutes + 1)).toEqual(['long']);
});

it('gives a request whose row lands late, and one that was pending', async () => {
	sim.history.add({ request_id: 'pending', model_status: 'PENDING', latency_ms: null });
	expect(await poll(5)).toEqual([]);
	sim.history.shape = ({ rows }) => ({
		data: rows.map((row) => ({ ...row, model_status: 'COMPLETED', latency_ms: 60_000 })),
	});
	expect(await poll(10)).toEqual(['pending']);
	expect(await poll(20 * 60)).toEqual([]);
	ended('late', 60);
	expect(await poll(26 * 60)).toEqual(['late']);
	expect(await poll(27 * 60)).toEqual([]);
});

it.each<[event: TriggerRule['event'], model: string, ids: string[]]>([
	['completed', '', ['good', 'other']],
	['failed', '', ['bad']],
	['any', '', ['good', 'bad', 'other']],
	['any', 'kling', ['good', 'bad']],
])('gives %s requests of the model "%s"', async (event, model, ids) => {
	ended('good', 1, { model_name: 'kling' });
	ended('bad', 2, { model_name: 'kling', model_status: 'FAILED', error: 'no' });
	ended('other', 3, { model_name: 'kling-2.1' });
	ended('running', 4, { model_name: 'kling', model_status: 'PENDING' });
	expect(await poll(5, { event, model })).toEqual(ids);
	expect(await poll(6, { event, model })).toEqual([]);
	expect(sim.requests).toHaveLength(2);
});

it('makes one item of a request with several outputs', async () => {
	ended('twins', 1, { generation_url: 'https://a/1.png' });
	ended('twins', 1, { generation_url: 'https://a/2.png' });
	time = START + 5 * MINUTE;
	const { requests } = await pollHistory(connection, any, state, time, () => false);
	expect(requests).toMatchObject([{ urls: ['https://a/1.png', 'https://a/2.png'] }]);
});

it('loses nothing and gives nothing twice if n8n did not save after quiet polls', async () => {
	ended('one', 1);
	expect(await poll(5)).toEqual(['one']);
	const saved = state;
	for (const minutes of [10, 60, 30 * 60]) expect(await poll(minutes)).toEqual([]);
	ended('two', 30 * 60 + 1);
	state = saved;
	expect(await poll(30 * 60 + 5)).toEqual(['two']);
	state = saved;
	expect(await poll(30 * 60 + 5)).toEqual(['two']);
});

it('goes on after a pause, at most seven days back', async () => {
	ended('old', 2 * 24 * 60);
	ended('new', 5 * 24 * 60);
	expect(await poll(10 * 24 * 60)).toEqual(['new']);
	expect(sim.requests).toHaveLength(1);
});

it('keeps its mark when it fails', async () => {
	ended('one', 1);
	sim.script({ answer: { status: 500, body: 'x' }, times: 9 });
	const before = JSON.stringify(state);
	await expect(poll(5)).rejects.toThrow();
	expect(JSON.stringify(state)).toBe(before);
	sim.reset();
	ended('one', 1);
	expect(await poll(10)).toEqual(['one']);
});

it('sends one request while nothing is new, however many there were', async () => {
	for (let index = 0; index < 450; index++) ended(`r${index}`, 1 + index / 200);
	expect(await poll(5, { event: 'completed', model: '' })).toHaveLength(450);
	for (const minutes of [6, 7, 30, 59]) {
		sim.requests.length = 0;
		expect(await poll(minutes, { event: 'completed', model: '' })).toEqual([]);
		expect(sim.requests).toHaveLength(1);
	}
});

it('sends one request while requests are running and none has ended', async () => {
	for (let index = 0; index < 150; index++) ended(`r${index}`, 1 + index / 200);
	ended('running', 3, { model_status: 'PENDING' });
	expect(await poll(5)).toHaveLength(150);
	sim.requests.length = 0;
	expect(await poll(6)).toEqual([]);
	expect(sim.requests).toHaveLength(1);
});

it('finds within an hour that a request has ended below many newer ones', async () => {
	ended('long', 1, { model_status: 'PENDING' }, 30 * MINUTE);
	for (let index = 0; index < 150; index++) ended(`r${index}`, 2 + index / 200);
	expect(await poll(5)).toHaveLength(150);
	sim.history.shape = ({ rows, page, perPage, total }) => ({
		data: rows.map((row) => ({ ...row, model_status: 'COMPLETED' })),
		pagination: { page, per_page: perPage, total },
	});
	expect(await poll(66)).toEqual(['long']);
});

it.each([
	['at once if the server counts its rows', undefined, 10],
	['within an hour if it does not', ({ rows }: { rows: HistoryRow[] }) => ({ rows }), 70],
])('finds a late row below many newer ones: %s', async (_what, shape, minutes) => {
	if (shape) sim.history.shape = shape;
	for (let index = 0; index < 450; index++) ended(`r${index}`, 2 + index / 200);
	expect(await poll(5)).toHaveLength(450);
	ended('late', 1);
	expect(await poll(minutes)).toEqual(['late']);
});

it('reads more news than fit into a few pages', async () => {
	for (let index = 0; index < 1_250; index++) ended(`r${index}`, 1 + index / 1000);
	const ids = await poll(5);
	expect(new Set(ids).size).toBe(1_250);
	expect(ids).toHaveLength(1_250);
	expect(await poll(6)).toEqual([]);
});

it('leaves the rest to the next poll when its time is over', async () => {
	for (let index = 0; index < 1_250; index++) ended(`r${index}`, 1 + index);
	const given: string[] = [];
	let polls = 0;
	for (; polls < 10 && given.length < 1_250; polls++) {
		given.push(...(await poll(1_300 + polls, any, () => true)));
	}
	expect(new Set(given).size).toBe(1_250);
	expect(given).toHaveLength(1_250);
	expect(polls).toBeGreaterThan(1);
});

it('survives a history without end', async () => {
	let number = 0;
	sim.history.shape = () => ({
		rows: Array.from({ length: 100 }, () => ({
			request_id: `r${number++}`,
			model_status: 'PENDING',
		})),
	});
	expect(await poll(5)).toEqual([]);
	expect(sim.requests.length).toBeLessThan(600);
});

it('fails, and does not guess, if the rows have no time', async () => {
	sim.history.shape = () => ({ rows: [{ request_id: 'r', model_status: 'COMPLETED' }] });
	await expect(poll(5)).rejects.toThrow('could not be understood');
});

/** What a clock shows more than the server's, in milliseconds. */
const clocks: Array<[string, number]> = [
	['right', 0],
	['a little fast', 20_000],
	['a little slow', -20_000],
	['an hour fast', HOUR],
	['an hour slow', -HOUR],
];

it.each(clocks)(
	'after a change of the settings gives what ends later, and nothing else, with a clock that is %s',
	async (_what, skew) => {
		state = await firstPoll(connection, 's', () => time + skew);
		time = START + 5 * MINUTE;
		const completed: TriggerRule = { event: 'completed', model: '' };
		({ state } = await pollHistory(connection, completed, state, time + skew, () => false));
		ended('before', 4, { model_status: 'FAILED' });
		ended('later', 6, { model_status: 'FAILED' });
		time = START + 10 * MINUTE;
		state = withSettings(state, 't');
		const { requests } = await pollHistory(connection, any, state, time + skew, () => false);
		expect(requests.map(({ requestId }) => requestId)).toEqual(['later']);
	},
);

describe('the first poll', () => {
	it('asks once, so that a wrong key is told', async () => {
		const stranger = await connectionTo({ credential: { ...sim.credential, apiKey: 'no' } });
		await expect(firstPoll(stranger, 's', () => time)).rejects.toThrow(
			'did not accept the API key',
		);
		await firstPoll(connection, 's', () => time);
		expect(sim.requests).toHaveLength(2);
	});

	it.each(clocks)('goes by the server’s clock if its own is %s', async (_what, skew) => {
		const { since } = await firstPoll(connection, 's', () => time + skew);
		expect(since).toBe(START);
	});

	it.each(clocks)(
		'gives what ends while its own answer takes long, with a clock that is %s',
		async (_, skew) => {
			// The answer is made 40 seconds after the question, and read 5 seconds later.
			const clock = jest.fn().mockReturnValueOnce(START + skew);
			clock.mockReturnValue(START + 45_000 + skew);
			time = START + 40_000;
			state = await firstPoll(connection, 's', clock);
			ended('meanwhile', 0.1);
			ended('before', -0.1);
			expect(await poll(5)).toEqual(['meanwhile']);
		},
	);
});

describe('a test event', () => {
	it('is the newest request of the kind', async () => {
		ended('older', -60);
		ended('newer', -30);
		ended('failed', -10, { model_status: 'FAILED' });
		expect(await newestRequest(connection, { event: 'completed', model: '' })).toMatchObject({
			requestId: 'newer',
		});
	});

	it('looks further for the exact model', async () => {
		ended('mine', -60, { model_name: 'kling' });
		for (let index = 0; index < 120; index++) ended(`r${index}`, -30, { model_name: 'kling-2' });
		expect(await newestRequest(connection, { event: 'any', model: 'kling' })).toMatchObject({
			requestId: 'mine',
		});
	});

	it('may be missing', async () => {
		ended('old', -8 * 24 * 60);
		expect(await newestRequest(connection, any)).toBeUndefined();
	});
});
