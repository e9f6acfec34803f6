/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { AxiosInstance } from 'axios';
import { startSimulator, type Simulator } from './simulator';
import { clientOf, ended, submitted } from './testClient';

const FOX = { prompt: 'a red fox', img_width: 64, img_height: 64, seed: 7 };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let simulator: Simulator;
let client: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ speed: 25 });
	client = clientOf(simulator);
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

describe('v1', () => {
	it('answers the bytes with the documented headers, and takes the price', async () => {
		const answer = await client.post<Buffer>('/v1/sdxl-txt2img', FOX, {
			responseType: 'arraybuffer',
		});
		expect(answer.status).toBe(200);
		expect(answer.data.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
		const [job] = simulator.jobs;
		expect(answer.headers).toMatchObject({
			'content-type': 'image/jpeg',
			'x-request-id': job?.requestId,
			'x-cost': String(job?.billed),
			'x-remaining-credits': String(simulator.credits),
			'x-generation-time': expect.stringMatching(/^\d\.\d\d$/),
			'x-seed-value': '7',
		});
		expect(answer.headers['x-rate-limit-remaining']).toBeUndefined();
		expect(job).toMatchObject({
			kind: 'sync',
			slug: 'sdxl-txt2img',
			state: 'COMPLETED',
			body: FOX,
		});
		expect(simulator.credits).toBeCloseTo(50 - 0.006, 8);
	});

	it.each(['base64', 'base_64'])('answers JSON when %s is asked for', async (name) => {
		const { data } = await client.post('/v1/sdxl-txt2img', { ...FOX, [name]: true });
		expect(Buffer.from(data.image, 'base64').subarray(0, 3).toString('hex')).toBe('ffd8ff');
	});

	it('answers several samples as base64 in JSON', async () => {
		const { data } = await client.post('/v1/sdxl-txt2img', { ...FOX, samples: 3 });
		expect(new Set(data.images).size).toBe(3);
	});

	it('gives up at its cut-off, unbilled', async () => {
		const slow = await startSimulator({ speed: 1000, duration: () => 101 });
		const answer = await clientOf(slow).post('/v1/sdxl-txt2img', FOX);
		expect([answer.status, answer.data]).toEqual([500, { error: 'Internal Polling Error' }]);
		expect(slow.jobs).toMatchObject([{ state: 'FAILED', billed: 0 }]);
		expect(slow.credits).toBe(50);
		await slow.close();
	});

	it('picks a seed for -1 and for none', async () => {
		for (const body of [
			{ ...FOX, seed: -1 },
			{ ...FOX, seed: undefined },
		]) {
			const { headers } = await client.post('/v1/sdxl-txt2img', body, {
				responseType: 'arraybuffer',
			});
			expect(Number(headers['x-seed-value'])).toBeGreaterThan(0);
		}
	});

	it('bills work whose client has left', async () => {
		await expect(client.post('/v1/sdxl-txt2img', FOX, { timeout: 8 })).rejects.toThrow('timeout');
		while (simulator.jobs[0]?.state !== 'COMPLETED')
			await new Promise((next) => setTimeout(next, 5));
		expect(simulator.credits).toBeLessThan(50);
		expect(simulator.inFlight).toBe(0);
	});
});

describe('v2', () => {
	it('goes from QUEUED through PROCESSING to COMPLETED, then gives its outputs', async () => {
		const { data, status } = await client.post('/v2/sdxl-txt2img', { ...FOX, samples: 2 });
		const id: string = data.request_id;
		expect(status).toBe(200);
		expect(id).toMatch(UUID);
		expect(data).toEqual({
			request_id: id,
			status: 'QUEUED',
			poll_url: `${simulator.url}/v1/requests/${id}`,
			status_url: `${simulator.url}/v2/requests/${id}/status`,
			response_url: `${simulator.url}/v2/requests/${id}`,
		});
		const waiting = await client.get(data.response_url);
		expect(waiting.status).toBe(200);
		expect(waiting.data).toMatchObject({
			status: expect.stringMatching(/QUEUED|PROCESSING/),
			metrics: {},
		});
		expect(waiting.data.output).toBeUndefined();
		expect(simulator.credits).toBe(50);

		const done = await ended(client, `/v2/requests/${id}/status`);
		const [job] = simulator.jobs;
		expect(done.data).toEqual({
			status: 'COMPLETED',
			request_id: id,
			metrics: {
				cost: job?.billed,
				remaining_credits: simulator.credits,
				inference_time: expect.any(Number),
				queue_time: 0.3,
				total_time: expect.any(Number),
			},
		});
		const result = await client.get(data.response_url);
		expect(result.data).toMatchObject({
			status: 'COMPLETED',
			error: null,
			seed: '7',
			prompt: 'a red fox',
		});
		expect(result.data.images).toHaveLength(2);
		expect(result.data.output).toBe(result.data.images[0].url);
		const file = await clientOf(simulator, {}).get(result.data.output, {
			responseType: 'arraybuffer',
		});
		expect(result.data.images[0]).toEqual({
			url: expect.stringContaining(simulator.filesUrl),
			content_type: file.headers['content-type'],
			file_name: expect.stringMatching(/^[0-9a-f]{12}\.jpeg$/),
			file_size: String(file.data.length),
		});
		expect((await client.get(data.poll_url)).data).toEqual(result.data);
	});

	it('accepts a bad body and fails the job: 422, nothing charged', async () => {
		const id = await submitted(client, 'segmind-vega', { prompt: '' });
		const failed = await ended(client, `/v2/requests/${id}/status`);
		expect([failed.status, failed.data]).toEqual([
			422,
			{
				status: 'FAILED',
				request_id: id,
				error: 'Prompt is required and has to be a string',
				metrics: {
					inference_time: expect.any(Number),
					queue_time: expect.any(Number),
					total_time: 0.24,
				},
			},
		]);
		expect((await client.get(`/v2/requests/${id}`)).status).toBe(422);
		expect(simulator.credits).toBe(50);
	});

	it('fails a job that is told to, when its time is over', async () => {
		const picky = await startSimulator({
			speed: 1000,
			fail: ({ index }) => (index > 0 ? 'content_policy_violation' : undefined),
		});
		const api = clientOf(picky);
		const paths = [];
		for (let index = 0; index < 2; index++) {
			paths.push(`/v2/requests/${await submitted(api, 'sdxl-txt2img', FOX)}`);
		}
		const answers = await Promise.all(paths.map(async (path) => await ended(api, path)));
		expect(answers.map(({ status }) => status)).toEqual([200, 422]);
		expect(answers[1]?.data.error).toBe('content_policy_violation');
		expect((await api.post('/v1/sdxl-txt2img', FOX)).data).toEqual({
			error: 'content_policy_violation',
		});
		expect(picky.credits).toBeCloseTo(49.994, 8);
		await picky.close();
	});

	it('forgets a request an hour after its submission', async () => {
		let now = 1e12;
		const patient = await startSimulator({ now: () => now, speed: 1000, duration: () => 5 });
		const id = await submitted(clientOf(patient), 'sdxl-txt2img', FOX);
		for (const [minutes, status] of [
			[59, 200],
			[61, 404],
		] as const) {
			now = 1e12 + minutes * 60_000;
			for (const path of [
				`/v2/requests/${id}/status`,
				`/v2/requests/${id}`,
				`/v1/requests/${id}`,
			]) {
				expect((await clientOf(patient).get(path)).status).toBe(status);
			}
		}
		await patient.close();
	});

	it('refuses what the balance, less the reserved, does not cover: 406 about credits', async () => {
		simulator.credits = 0.01;
		const id = await submitted(client, 'sdxl-txt2img', FOX);
		const refused = await client.post('/v2/sdxl-txt2img', FOX);
		expect([refused.status, refused.data.error]).toEqual([
			406,
			expect.stringContaining('Insufficient credits'),
		]);
		await ended(client, `/v2/requests/${id}/status`);
		expect(simulator.credits).toBeCloseTo(0.004, 8);
	});
});

describe('credits', () => {
	it('are numbers, with a hyphenated second key', async () => {
		simulator.freeCredits = 0.5;
		expect((await client.get('/v1/get-user-credits')).data).toEqual({
			credits: 50,
			'free-credits': 0.5,
		});
	});

	it('may have no record', async () => {
		const poor = await startSimulator({ noCreditsRecord: true });
		const answer = await clientOf(poor).get('/v1/get-user-credits');
		expect([answer.status, answer.data]).toEqual([404, { error: 'No credits found for the user' }]);
		await poor.close();
	});
});
