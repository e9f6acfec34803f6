import {
	fetchResult,
	generate,
	pollJob,
	responseUrl,
	statusUrl,
	submit,
	type Call,
} from '../../nodes/api/inference';
import { readAll } from '../../nodes/api/stream';
import { startSimulator, type ScriptedAnswer, type Simulator } from '../simulator/simulator';
import { connectionTo } from './connectionTo';

const ID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const TIMEOUT_MS = 60_000;
const call: Call = { slug: 'fast-flux-schnell', body: { prompt: 'a fox' }, nearModels: () => [] };

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator({ duration: () => 0.01 })));
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const sent = () => sim.requests.map(({ method, path, body }) => [method, path, body]);

describe('generate', () => {
	const answered = async (answer: ScriptedAnswer) => {
		sim.script({ answer });
		return await generate(await connectionTo(sim), call, TIMEOUT_MS);
	};

	it('posts the call and returns the file unread', async () => {
		const { file, text, json } = await generate(await connectionTo(sim), call, TIMEOUT_MS);
		expect(sent()).toEqual([['POST', '/v1/fast-flux-schnell', { prompt: 'a fox' }]]);
		expect({ text, json }).toEqual({ text: '', json: undefined });
		const bytes = await readAll(file!.chunks, Infinity);
		expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
		expect(bytes.subarray(0, file!.firstBytes.length)).toEqual(file!.firstBytes);
	});

	it('cannot be redirected to another URL by a slug', async () => {
		const slug = '../v2/x?y';
		await expect(
			generate(await connectionTo(sim), { ...call, slug }, TIMEOUT_MS),
		).rejects.toThrow();
		expect(sim.requests.map(({ path }) => path)).toEqual(['/v1/..%2Fv2%2Fx%3Fy']);
	});

	it.each<[what: string, answer: ScriptedAnswer]>([
		['JSON with a picture', { body: { image: 'https://f/1.png' } }],
		['a text', { body: 'A red fox jumps' }],
		['an error beside a text', { body: { error: 'none', choices: [{ text: 'A fox' }] } }],
		['an empty object', { body: {} }],
	])('returns %s', async (_what, answer) => {
		expect((await answered(answer)).file).toBeUndefined();
	});

	it.each<[what: string, answer: ScriptedAnswer, message: string]>([
		['nothing', { body: '' }, 'could not be understood'],
		['a page', { body: ' <!DOCTYPE html><html></html>' }, 'A web page came instead'],
		['JSON that was cut off', { body: '{"image": "htt' }, 'could not be understood'],
	])('rejects %s as a result that may have been billed', async (_what, answer, message) => {
		await expect(answered(answer)).rejects.toMatchObject({
			message: expect.stringContaining(message),
			details: { mayBeBilled: true, model: 'fast-flux-schnell' },
		});
	});
});

describe('a job', () => {
	it('is submitted on v2 and gets an ID', async () => {
		const requestId = await submit(await connectionTo(sim), call);
		expect(requestId).toBe(sim.jobs[0]!.requestId);
		expect(sent()).toEqual([['POST', '/v2/fast-flux-schnell', { prompt: 'a fox' }]]);
	});

	it('is polled and fetched at URLs built only from its ID', async () => {
		const connection = await connectionTo(sim);
		sim.script({
			times: 9,
			answer: { body: { status: 'PROCESSING', status_url: 'https://evil' } },
		});
		await pollJob(connection, ID);
		await fetchResult(connection, ID);
		expect(sent().map(([method, path]) => `${String(method)} ${String(path)}`)).toEqual([
			`GET /v2/requests/${ID}/status`,
			`GET /v2/requests/${ID}`,
		]);
		expect(statusUrl(connection, ID)).toBe(`${sim.url}/v2/requests/${ID}/status`);
		expect(responseUrl(connection, 'a/b')).toBe(`${sim.url}/v2/requests/a%2Fb`);
	});
});
