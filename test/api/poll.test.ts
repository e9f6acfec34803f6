import type { IExecuteFunctions } from 'n8n-workflow';
import { poll, readRequestId } from '../../nodes/api/poll';
import { startSimulator, type ScriptedAnswer, type Simulator } from '../simulator/simulator';
import { connectionTo } from './connectionTo';
import { answerOf, submission } from './samples';

const ID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';

describe('readRequestId', () => {
	it('reads the ID of an accepted job', () => {
		expect(readRequestId(answerOf(200, { request_id: ID, status: 'QUEUED' }), submission)).toBe(ID);
	});

	it('finds the ID in a truncated answer', () => {
		const cut = `{"status": "QUEUED", "request_id" : "${ID}", "poll_u`;
		expect(readRequestId(answerOf(200, cut), submission)).toBe(ID);
	});

	it.each<[what: string, body: unknown]>([
		['none', { status: 'QUEUED' }],
		['one that would change the path', { request_id: '../../v1/get-user-credits' }],
		['a number', { request_id: 12345678 }],
		['one that was cut off', `{"request_id": "${ID.slice(0, 20)}`],
		['a page', '<html></html>'],
		['null', null],
	])('treats an answer with %s as paid work of unknown outcome', (_what, body) => {
		expect(() => readRequestId(answerOf(200, body), submission)).toThrow(
			expect.objectContaining({ details: expect.objectContaining({ mayBeBilled: true }) }),
		);
	});
});

describe('poll', () => {
	let sim: Simulator;

	beforeAll(async () => (sim = await startSimulator()));
	beforeEach(() => sim.reset());
	afterAll(async () => await sim.close());

	const pollOnce = async (answer: ScriptedAnswer) => {
		sim.script({ times: 9, answer });
		return await poll(await connectionTo(sim), ID, `${sim.url}/v2/requests/${ID}`, 0);
	};

	it.each<[what: string, answer: ScriptedAnswer, status: string]>([
		['a running job', { body: { status: 'PROCESSING' } }, 'PROCESSING'],
		['a failed job, as 422', { status: 422, body: { status: 'FAILED', error: 'x' } }, 'FAILED'],
		[
			'a finished job behind a wrong code',
			{ status: 500, body: { status: 'COMPLETED' } },
			'COMPLETED',
		],
	])('returns the state of %s', async (_what, answer, status) => {
		expect(await pollOnce(answer)).toMatchObject({ state: { status } });
		expect(sim.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			`GET /v2/requests/${ID}`,
		]);
	});

	it.each<[what: string, answer: ScriptedAnswer]>([
		['a rate limit', { status: 429, body: { error: 'slow down' } }],
		['a timeout of the gateway', { status: 408, body: { error: 'too slow' } }],
		['an error of the server', { status: 500, body: { error: 'x' } }],
		['a page with a good status', { body: '<html></html>' }],
		['a page that says 404', { status: 404, body: '<html></html>' }],
		['JSON that says nothing', { body: {} }],
		['an empty answer', { body: '' }],
		['a broken connection', { fault: 'reset' }],
		['an answer cut short', { fault: 'truncate' }],
	])('asks to poll again after %s', async (_what, answer) => {
		expect(await pollOnce(answer)).toEqual({
			again: true,
			waitMs: undefined,
			instead: expect.stringMatching(/\S/),
		});
	});

	it('returns the wait requested by the server', async () => {
		const answer = { status: 503, headers: { 'retry-after': '7' }, body: {} };
		expect(await pollOnce(answer)).toMatchObject({ again: true, waitMs: 7_000 });
	});

	it.each([400, 401, 403, 404])('ends on the API’s own %i', async (status) => {
		await expect(pollOnce({ status, body: { error: 'no' } })).rejects.toMatchObject({
			details: { httpStatus: status, requestId: ID },
		});
	});

	it('ends when retrying is pointless', async () => {
		const httpRequestWithAuthentication = async () =>
			await Promise.reject(Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }));
		const helpers = { httpRequestWithAuthentication } as unknown as IExecuteFunctions['helpers'];
		const connection = await connectionTo(sim, { context: { helpers } });
		await expect(poll(connection, ID, sim.url, 0)).rejects.toThrow(
			'No secure connection to Segmind could be made',
		);
	});
});
