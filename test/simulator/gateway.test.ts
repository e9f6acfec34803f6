import type { AxiosInstance } from 'axios';
import { startSimulator, type Simulator } from './simulator';
import { clientOf } from './testClient';

let simulator: Simulator;
let client: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ speed: 100, retired: ['old-model'] });
	client = clientOf(simulator);
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

describe('what the gateway refuses', () => {
	const key = () => ({ 'x-api-key': simulator.apiKey });
	const json = 'application/json';
	it.each([
		['no key', 'GET', '/v1/get-user-credits', {}, '', 401, 'Missing Authorization or x-api-key'],
		['a wrong key', 'GET', '/v1/get-user-credits', { 'x-api-key': 'no' }, '', 401, 'Unauthorized.'],
		['the key as Bearer', 'GET', '/v1/get-user-credits', 'bearer', '', 401, 'Unauthorized.'],
		['no content type', 'POST', '/v1/segmind-vega', key, '', 406, 'Invalid content type'],
		['form data', 'POST', '/v1/segmind-vega', key, 'text/plain', 406, 'Invalid content type'],
		['a wrong verb on a model', 'GET', '/v1/segmind-vega', key, '', 405, '<h1>Method Not Allowed'],
		['a wrong verb on credits', 'POST', '/v1/get-user-credits', key, json, 405, '<!doctype html>'],
		[
			'an unknown model, v1',
			'POST',
			'/v1/nope',
			key,
			json,
			404,
			'{"error":"Model nope not found"}',
		],
		[
			'an unknown model, v2',
			'POST',
			'/v2/nope',
			key,
			json,
			404,
			'{"error":"Model nope not found"}',
		],
		['another case', 'POST', '/v1/Segmind-Vega', key, json, 404, 'not found'],
		['a retired model', 'POST', '/v2/old-model', key, json, 410, '{"error":"Model old-model'],
		['an unknown path', 'GET', '/v3/what', key, '', 404, '{"error":"Not Found"}'],
		['an unknown id', 'GET', '/v2/requests/8b3c', key, '', 404, 'Request 8b3c not found'],
	])('%s', async (_name, method, url, headers, type, status, text) => {
		const given = typeof headers === 'function' ? headers() : headers;
		const bearer = { authorization: `Bearer ${simulator.apiKey}` };
		const answer = await clientOf(
			simulator,
			given === 'bearer' ? bearer : (given as Record<string, string>),
		).request({
			method,
			url,
			data: method === 'POST' ? Buffer.from('{}') : undefined,
			headers: { 'content-type': type || null },
			responseType: 'text',
			transformResponse: (body: string) => body,
		});
		expect(answer.status).toBe(status);
		expect(answer.data).toContain(text);
		expect(simulator.jobs).toHaveLength(0);
		expect(simulator.credits).toBe(50);
		expect(simulator.requests).toMatchObject([{ method, path: url, status, origin: 'api' }]);
	});

	it.each([
		['a missing field', { seed: 1 }, 400, 'Prompt is required and has to be a string'],
		['a wrong type', { prompt: 5 }, 400, 'Prompt is required and has to be a string'],
		['a wrong number', { prompt: 'x', samples: 'two' }, 400, 'Samples has to be an integer'],
		['a value out of range', { prompt: 'x', samples: 9 }, 500, 'Samples has to be at most 4'],
	])('v1 checks the body at once: %s', async (_name, body, status, error) => {
		const answer = await client.post('/v1/segmind-vega', body);
		expect([answer.status, answer.data]).toEqual([status, { error }]);
		expect(simulator.jobs).toHaveLength(0);
	});

	it('broken JSON', async () => {
		const headers = { 'content-type': 'application/json' };
		const answer = await client.post('/v1/segmind-vega', Buffer.from('{"prompt"'), { headers });
		expect(answer.status).toBe(400);
	});
});
