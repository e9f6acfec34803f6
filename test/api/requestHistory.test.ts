import { listRequests, PageTooLarge, requestById } from '../../nodes/api/requestHistory';
import { startSimulator, type ScriptedAnswer, type Simulator } from '../simulator/simulator';
import { connectionTo } from './connectionTo';

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator()));
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const list = async (query = {}) => await listRequests(await connectionTo(sim), query);
const one = async (id: string) => await requestById(await connectionTo(sim), id);
const path = '/inference-request/request-history';

it('lists one page with the key, at the Platform URL', async () => {
	sim.history.add({ request_id: 'r1', created_at: '2026-11-01T10:00:00Z' });
	sim.history.add({ request_id: 'r2', created_at: '2026-11-01T11:00:00Z' });
	const query = {
		from: '2026-11-01',
		to: '2026-11-02',
		model: 'flux',
		status: 'COMPLETED',
		page: 1,
		perPage: 2,
	};
	expect(await list(query)).toMatchObject({
		rows: [{ requestId: 'r2' }, { requestId: 'r1' }],
		isFull: true,
		total: 2,
	});
	expect(sim.requests).toMatchObject([
		{
			origin: 'catalog',
			method: 'GET',
			path: `${path}?page=1&per_page=2&from_date=2026-11-01&to_date=2026-11-02&model_name=flux&status=COMPLETED`,
			headers: { 'x-api-key': sim.apiKey },
		},
	]);
	expect(sim.catalogKeys).toBe(0);
});

it('asks for the largest page of the last seven days by default', async () => {
	expect(await list()).toEqual({
		rows: [],
		isFull: false,
		total: 0,
		saysMore: false,
		pageSize: 100,
		serverTime: expect.any(Number),
	});
	expect(sim.requests).toMatchObject([{ path: `${path}?page=1&per_page=100` }]);
});

it('goes on where a page has fewer rows than requested', async () => {
	for (let index = 0; index < 45; index++) sim.history.add({ request_id: `r${index}` });
	sim.history.shape = ({ rows }) => ({ data: rows.slice(0, 20), per_page: 20 });
	expect(await list()).toMatchObject({ isFull: true });
	sim.history.shape = ({ rows }) => ({ data: rows.slice(40, 45), per_page: 20 });
	expect(await list()).toMatchObject({ isFull: false });
});

it('says when a page is too large to be read', async () => {
	sim.script({ answer: { body: `[${'0,'.repeat(6 * 1024 * 1024)}0]` } });
	await expect(list()).rejects.toThrow(PageTooLarge);
});

it('finds one request by its id, with the files of all its rows', async () => {
	const row = { request_id: 'r1', created_at: '2026-11-01T10:00:00Z' };
	sim.history.add({ ...row, generation_url: 'https://a/1.png' });
	sim.history.add({ ...row, generation_url: 'https://a/2.png' });
	expect(await one('r1')).toMatchObject({
		requestId: 'r1',
		urls: ['https://a/1.png', 'https://a/2.png'],
	});
	expect(sim.requests).toMatchObject([
		{ origin: 'catalog', path: `${path}/r1`, headers: { 'x-api-key': sim.apiKey } },
	]);
});

it.each<[what: string, answer: ScriptedAnswer | undefined]>([
	['an unknown id or a team mate’s', undefined],
	['a refusal in other words', { status: 400, body: { error: 'Request not found' } }],
	['the same with a good status', { status: 200, body: { error: 'Request not found' } }],
	['a refusal without a word', { status: 404, body: '' }],
	['no rows', { status: 200, body: { data: [] } }],
])('finds nothing for %s', async (_what, answer) => {
	sim.history.add({ request_id: 'r1' }, { mine: false });
	if (answer) sim.script({ answer });
	expect(await one('r1')).toBeUndefined();
});

it.each<[what: string, answer: ScriptedAnswer]>([
	['a web page', { status: 200, body: '<html>Hello</html>' }],
	['a page that is not there', { status: 404, body: '<html></html>' }],
	['an empty object', { status: 200, body: {} }],
	['nothing', { status: 200, body: '' }],
	['half of an answer', { fault: 'brokenJson' }],
	['a refusal', { status: 200, body: { success: false, data: [] } }],
	['a row of another request', { status: 200, body: { request_id: 'x', model_status: 'FAILED' } }],
	['another list', { status: 200, body: [{ request_id: 'x', model_status: 'FAILED' }] }],
])('takes %s for no word on whether there is such a request', async (_what, answer) => {
	sim.history.add({ request_id: 'r1' });
	sim.script({ answer, times: 9 });
	await expect(one('r1')).rejects.toThrow();
});

it('gives a failed request whose reason is that something was not found', async () => {
	sim.history.add({ request_id: 'r1', model_status: 'FAILED', error: 'image not found' });
	expect(await one('r1')).toMatchObject({ failureReason: 'image not found' });
});

it('cannot be led to another path by an id', async () => {
	await one('../generations?x=');
	expect(sim.requests).toMatchObject([{ path: `${path}/..%2Fgenerations%3Fx%3D` }]);
});

it.each<[what: string, answer: ScriptedAnswer, message: string]>([
	['a refused key', { status: 401, body: { error: 'no' } }, 'did not accept the API key'],
	['a missing page', { status: 404, body: { error: 'Not Found' } }, 'Segmind has no such endpoint'],
	['an outage', { status: 503, body: { error: 'busy' } }, 'is overloaded'],
	['a reset', { fault: 'reset' }, 'The connection to Segmind broke'],
	['a page of HTML', { body: '<html></html>' }, 'in an unknown format'],
])('the list fails after %s', async (_what, answer, message) => {
	sim.script({ answer, times: 5 });
	await expect(list()).rejects.toThrow(message);
});

it.each<[what: string, body: unknown, description: string]>([
	['an object', { items: [{ id: 'secret' }], Count: 1 }, 'The answer has the keys: items, Count.'],
	[
		'a list',
		[{ id: 'secret', name: 'secret' }],
		'The answer is a list whose entries have the keys: id, name.',
	],
	['a text', '"secret"', 'The answer has no keys.'],
])('names the keys, and no value, of an unknown shape: %s', async (_what, body, description) => {
	sim.script({ answer: { body: body as object } });
	const failure = await list().catch((thrown: unknown) => thrown);
	expect(failure).toMatchObject({
		message: 'Segmind’s request history answered in an unknown format',
		details: { description: expect.stringContaining(description) },
	});
	expect(JSON.stringify(failure)).not.toContain('secret');
});

it('follows no redirect', async () => {
	const other = await startSimulator();
	sim.script({ times: 2, answer: { fault: 'redirect', location: `${other.url}/steal` } });
	await expect(list()).rejects.toThrow(
		/^A redirect came instead of Segmind’s answer, with status 302/,
	);
	await expect(one('r1')).rejects.toThrow(
		/^A redirect came instead of Segmind’s answer, with status 302/,
	);
	expect(other.requests).toEqual([]);
	await other.close();
});
