import type { AxiosInstance } from 'axios';
import { startSimulator, type HistoryRow, type Simulator } from './simulator';
import { clientOf, submitted } from './testClient';

let simulator: Simulator;
let client: AxiosInstance;
/** Virtual milliseconds: time passes only where a test says so. */
let time = Date.parse('2026-11-21T12:00:00Z');

beforeAll(async () => {
	simulator = await startSimulator({
		speed: 1000,
		now: () => time,
		duration: () => 5,
		fail: ({ body }) => (body.prompt === 'bad' ? 'content_policy_violation' : undefined),
	});
	client = clientOf(simulator);
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

const pass = (seconds: number) => (time += seconds * 1000);

async function listed(query = '', by = client) {
	const url = `${simulator.catalogUrl}/inference-request/request-history${query}`;
	return await by.get<{ data: HistoryRow[]; pagination: object; error?: string }>(url);
}

const idsIn = async (query = '') => (await listed(query)).data.data.map((row) => row.request_id);

it('a row is pending, then completed, with one row per output and the whole cost in each', async () => {
	const body = { prompt: 'a fox', samples: 2 };
	const id = await submitted(client, 'segmind-vega', body);
	const [pending] = (await listed()).data.data;
	expect(pending).toEqual({
		request_id: id,
		model_name: 'segmind-vega',
		model_status: 'PENDING',
		credits_deduction: null,
		request_body: body,
		generation_url: null,
		latency_ms: null,
		created_at: new Date(time).toISOString(),
		error: null,
	});
	pass(6);
	const [job] = simulator.jobs;
	expect((await listed()).data.data).toEqual(
		job!.outputs.map(({ url }) => ({
			...pending,
			model_status: 'COMPLETED',
			credits_deduction: job!.billed,
			generation_url: url,
			latency_ms: 5000,
		})),
	);
	expect(job!.outputs).toHaveLength(2);
});

it('a row lands as late, and ends as late, as a test says', async () => {
	simulator.history.landsAfter = () => 60;
	simulator.history.endsAfter = () => 3600;
	const id = await submitted(client, 'segmind-vega', { prompt: 'bad' });
	expect(await idsIn()).toEqual([]);
	pass(61);
	expect((await listed()).data.data).toMatchObject([{ request_id: id, model_status: 'PENDING' }]);
	pass(3600);
	expect((await listed()).data.data).toMatchObject([
		{ model_status: 'FAILED', credits_deduction: 0, error: 'content_policy_violation' },
	]);
});

it('is found by id at any age, but not for a team mate', async () => {
	const id = await submitted(client, 'segmind-vega', { prompt: 'a fox' });
	simulator.history.add({ request_id: 'mate' }, { mine: false });
	pass(40 * 24 * 3600);
	const byId = async (one: string) => (await listed(`/${one}`)).status;
	expect([await byId(id), await byId('mate'), await byId('none')]).toEqual([200, 404, 404]);
	expect((await listed(`/${id}`)).data).toMatchObject({ request_id: id, latency_ms: 5000 });
	expect((await client.get(`/v2/requests/${id}`)).status).toBe(404);
});

it('filters by day, model and status, newest first, in pages', async () => {
	const days = ['2026-11-18', '2026-11-19', '2026-11-20'];
	for (const day of days) {
		simulator.history.add({ request_id: day, created_at: `${day}T23:59:59Z` });
	}
	simulator.history.add({ request_id: 'old', created_at: '2026-09-01T00:00:00Z' });
	const range = '?from_date=2026-11-18&to_date=2026-11-19';
	expect(await idsIn(range)).toEqual(['2026-11-19', '2026-11-18']);
	expect(await idsIn('?from_date=2026-09-01&to_date=2026-09-01')).toEqual(['old']);
	expect(await idsIn(`${range}&status=FAILED`)).toEqual([]);
	expect(await idsIn(`${range}&model_name=FLUX&per_page=1&page=2`)).toEqual(['2026-11-18']);
	expect(await idsIn(`${range}&model_name=kling`)).toEqual([]);
	expect(await idsIn(`${range}&sort_by=model_created&sort_order=asc`)).toEqual([
		'2026-11-18',
		'2026-11-19',
	]);
});

it.each([
	['32 days', '?from_date=2026-10-01&to_date=2026-11-01', 'must not exceed 31 days'],
	['the wrong way round', '?from_date=2026-11-02&to_date=2026-11-01', 'must not be after'],
	['no date', '?from_date=yesterday', 'YYYY-MM-DD'],
	['a page of 101', '?per_page=101', 'between 1 and 100'],
	['page 0', '?page=0', '1 or more'],
])('refuses %s', async (_what, query, text) => {
	expect(await listed(query)).toMatchObject({
		status: 400,
		data: { error: expect.stringContaining(text) },
	});
});

it('takes 31 days', async () => {
	expect((await listed('?from_date=2026-10-01&to_date=2026-10-31')).status).toBe(200);
});

it('wants the key, and does not count it as one that is not needed', async () => {
	expect((await listed('', clientOf(simulator, {}))).status).toBe(401);
	expect((await listed('', clientOf(simulator, { 'x-api-key': 'no' }))).status).toBe(401);
	expect((await listed()).status).toBe(200);
	expect(simulator.catalogKeys).toBe(0);
});
