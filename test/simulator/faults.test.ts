/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { AxiosError, AxiosInstance } from 'axios';
import { startSimulator, type Fault, type ScriptRule, type Simulator } from './simulator';
import { clientOf, ended, submitted } from './testClient';

const CREDITS = '/v1/get-user-credits';
const BODY = { prompt: 'x', img_width: 64, img_height: 64 };

let simulator: Simulator;
let client: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ speed: 100 });
	client = clientOf(simulator);
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

describe('scripts', () => {
	async function statuses(count: number, path = CREDITS): Promise<number[]> {
		const all: number[] = [];
		for (let index = 0; index < count; index++) all.push((await client.get(path)).status);
		return all;
	}

	it.each<[string, Omit<ScriptRule, 'answer'>, number[]]>([
		['once by default', { path: CREDITS }, [503, 200, 200, 200]],
		['several times', { path: CREDITS, times: 2 }, [503, 503, 200, 200]],
		['after the first ones', { path: CREDITS, skip: 2 }, [200, 200, 503, 200]],
		['by pattern', { path: /user-credits$/g, times: 9 }, [503, 503, 503, 503]],
		['by method', { method: 'POST' }, [200, 200, 200, 200]],
		['by origin', { origin: 'storage' }, [200, 200, 200, 200]],
		['by another path', { path: '/v1' }, [200, 200, 200, 200]],
	])('answer %s', async (_name, rule, expected) => {
		simulator.script({ ...rule, answer: { status: 503 } });
		expect(await statuses(4)).toEqual(expected);
	});

	it('answer in order, with any body and headers, after a delay', async () => {
		simulator.script({
			answer: { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } },
		});
		simulator.script({ answer: { body: { credits: 1 }, delaySeconds: 5 } });
		const [first, second] = [await client.get(CREDITS), await client.get(CREDITS)];
		expect([first.status, first.data, first.headers['content-type']]).toEqual([
			502,
			'<html>',
			'text/html',
		]);
		expect([second.status, second.data]).toEqual([200, { credits: 1 }]);
		const [, before] = simulator.requests;
		expect(simulator.now() - (before?.at ?? 0)).toBeGreaterThanOrEqual(5000);
	});

	it('may decide by the body, and pass', async () => {
		simulator.script({
			answer: ({ body }) =>
				(body as { prompt?: string })?.prompt === 'bad' ? { status: 500 } : undefined,
		});
		const answers = [];
		for (const prompt of ['good', 'bad', 'bad']) {
			answers.push((await client.post('/v2/sdxl-txt2img', { ...BODY, prompt })).status);
		}
		expect(answers).toEqual([200, 500, 200]);
		expect(simulator.jobs).toHaveLength(2);
	});

	it('may alter a normal answer', async () => {
		const id = await submitted(client, 'segmind-vega', {});
		await ended(client, `/v2/requests/${id}/status`);
		simulator.script({ answer: { transform: (normal) => ({ ...normal, status: 200 }) } });
		const answer = await client.get(`/v2/requests/${id}/status`);
		expect([answer.status, answer.data.status]).toEqual([200, 'FAILED']);
	});

	it('are forgotten by a reset', async () => {
		simulator.script({ answer: { status: 503 } });
		simulator.reset();
		expect(await statuses(1)).toEqual([200]);
		expect(simulator.requests).toHaveLength(1);
	});
});

describe('faults', () => {
	/** What a client that takes at most 1 MB sees of a GET; only one that has to time out is impatient. */
	async function seen(fault: Fault, method: 'GET' | 'POST' = 'GET'): Promise<string> {
		simulator.script({ answer: { fault, location: 'http://127.0.0.1:9/away' } });
		const url = method === 'GET' ? CREDITS : '/v2/sdxl-txt2img';
		const data = method === 'POST' ? BODY : undefined;
		const limits = { timeout: /^hang/.test(fault) ? 300 : 0, maxContentLength: 1_000_000 };
		try {
			const answer = await client.request({ ...limits, method, url, data, responseType: 'text' });
			const type = String(answer.headers['content-type']).split(';')[0];
			return `${answer.status} ${type} ${kindOf(String(answer.data))}`;
		} catch (error) {
			return (error as AxiosError).code ?? (error as Error).message;
		}
	}

	function kindOf(text: string): string {
		if (text === '') return 'empty';
		try {
			JSON.parse(text);
			return 'json';
		} catch {
			return 'broken';
		}
	}

	it.each<[Fault, string, string]>([
		['reset', 'ECONNRESET', 'ECONNRESET'],
		['resetAfterBody', 'ECONNRESET', 'ECONNRESET'],
		['resetMidAnswer', 'ECONNRESET|ERR_BAD_RESPONSE', 'ECONNRESET|ERR_BAD_RESPONSE'],
		['hang', 'ECONNABORTED', 'ECONNABORTED'],
		['hangInBody', 'ECONNABORTED', 'ECONNABORTED'],
		['endlessBody', 'ERR_BAD_RESPONSE', 'ERR_BAD_RESPONSE'],
		['slowBody', '200 application/json json', '200 application/json json'],
		['truncate', 'ECONNRESET|ERR_BAD_RESPONSE', 'ECONNRESET|ERR_BAD_RESPONSE'],
		['gzipBomb', 'ERR_BAD_RESPONSE', 'ERR_BAD_RESPONSE'],
		['brokenJson', '200 application/json broken', '200 application/json broken'],
		['wrongContentType', '200 text/plain json', '200 text/plain json'],
		['emptyBody', '200 application/json empty', '200 application/json empty'],
		['redirect', '302 text/html broken', '302 text/html broken'],
	])('%s', async (fault, get, post) => {
		expect(await seen(fault)).toMatch(new RegExp(`^(${get})$`));
		expect(await seen(fault, 'POST')).toMatch(new RegExp(`^(${post})$`));
		expect(simulator.jobs).toHaveLength(0);
		expect((await client.get(CREDITS)).status).toBe(200);
	});

	it('slowBody takes a second for each of its pieces', async () => {
		simulator.script({ answer: { fault: 'slowBody' } });
		const startedAt = simulator.now();
		const { data } = await client.get(CREDITS, { responseType: 'text' });
		expect(simulator.now() - startedAt).toBeGreaterThanOrEqual(10_000);
		expect(kindOf(data)).toBe('json');
	});

	it.each<Fault>(['reset', 'resetAfterBody', 'resetMidAnswer', 'brokenJson', 'emptyBody'])(
		'%s after the work was done: accepted and billed',
		async (fault) => {
			simulator.script({ answer: { fault, afterProcessing: true } });
			await client.post('/v1/sdxl-txt2img', BODY).catch(() => undefined);
			expect(simulator.jobs).toMatchObject([{ state: 'COMPLETED', billed: 0.006 }]);
			expect(simulator.credits).toBeCloseTo(49.994, 8);
		},
	);

	it('reset leaves the body unread, resetAfterBody does not', async () => {
		expect(await seen('reset', 'POST')).toBe('ECONNRESET');
		expect(await seen('resetAfterBody', 'POST')).toBe('ECONNRESET');
		expect(simulator.requests.map(({ bodyBytes, status }) => [bodyBytes > 0, status])).toEqual([
			[false, 0],
			[true, 0],
		]);
	});

	it('a hanging request counts as in flight until its client leaves', async () => {
		simulator.script({ answer: { fault: 'hang' } });
		const hanging = client.get(CREDITS, { timeout: 60 }).catch(() => undefined);
		while (simulator.inFlight === 0) await new Promise((next) => setTimeout(next, 5));
		await hanging;
		while (simulator.inFlight > 0) await new Promise((next) => setTimeout(next, 5));
		expect(simulator.maxInFlight).toBe(1);
	});

	it('close ends what hangs at once', async () => {
		const short = await startSimulator();
		short.script({ answer: { fault: 'hang' } });
		const hanging = clientOf(short)
			.get('/')
			.catch((error: AxiosError) => error.code);
		while (short.inFlight === 0) await new Promise((next) => setTimeout(next, 5));
		await short.close();
		expect(await hanging).toBe('ECONNRESET');
	});
});

describe('rate limit', () => {
	it('refuses with the reset time, polls included, and serves who waits for it', async () => {
		let now = Date.UTC(2026, 10, 21, 8, 0, 0, 500);
		const limited = await startSimulator({
			now: () => now,
			rateLimit: { requestsPerMinute: 5, burst: 2 },
		});
		const api = clientOf(limited);
		const remaining: unknown[] = [];
		for (let poll = 0; poll < 2; poll++) {
			remaining.push((await api.get('/v2/requests/x/status')).headers['x-rate-limit-remaining']);
		}
		expect(remaining).toEqual(['1', '0']);
		const refused = await api.get(CREDITS);
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
		expect(refused.headers).toMatchObject({
			'x-rate-limit-remaining': '0',
			'x-rate-limit-reset-at-utc': '2026-11-21 08:00:13',
			date: 'Sat, 21 Nov 2026 08:00:00 GMT',
		});
		now = Date.UTC(2026, 10, 21, 8, 0, 13);
		expect((await api.get(CREDITS)).status).toBe(200);
		expect((await api.get(CREDITS)).status).toBe(429);
		await limited.close();
	});
});
