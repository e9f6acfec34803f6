import type { AxiosInstance } from 'axios';
import { answerMagicWords, withMagicWords } from './magicWords';
import { startSimulator, type Simulator } from './simulator';
import { clientOf, ended, submitted } from './testClient';

let simulator: Simulator;
let client: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ ...withMagicWords(() => 5), speed: 100 });
	answerMagicWords(simulator);
	client = clientOf(simulator);
});
afterAll(async () => await simulator.close());

const MODEL = 'fast-flux-schnell';
const post = async (prompt: string) => await client.post<unknown>(`/v2/${MODEL}`, { prompt });
const job = async (prompt: string) => await submitted(client, MODEL, { prompt });
const end = async (id: string) => (await ended(client, `/v2/requests/${id}/status`)).data;

it.each([
	['a forbidden sight', 'FAILED'],
	['FORBIDDEN', 'FAILED'],
	['a pear', 'COMPLETED'],
	['unforbiddenly', 'COMPLETED'],
])('"%s" ends as %s', async (prompt, status) => {
	expect(await end(await job(prompt))).toMatchObject({ status });
});

it('"endless" is not ended by what ends the others', async () => {
	const endless = await job('an endless sea');
	await end(await job('a pear'));

	const { data } = await client.get<unknown>(`/v2/requests/${endless}/status`);
	expect(data).toMatchObject({ status: expect.stringMatching(/QUEUED|PROCESSING/) });
});

it('"empty answer" is billed and names no file', async () => {
	const id = await job('an empty answer');
	await end(id);

	expect(simulator.jobs.find(({ requestId }) => requestId === id)?.billed).toBeGreaterThan(0);
	const { data } = await client.get<unknown>(`/v2/requests/${id}`);
	expect(JSON.stringify(data)).not.toMatch(/https?:[^"]+\.(png|jpe?g|webp)/);
});

it('"too many" refuses the first request and takes its repetition', async () => {
	const [first, second] = [await post('too many foxes'), await post('too many foxes')];

	expect([first.status, first.headers['retry-after']]).toEqual([429, '5']);
	expect(second.status).toBeLessThan(300);
	expect((await post('too many hares')).status).toBe(429);
});

it.each([
	['no credits left', 406, /Insufficient credits/],
	['a bad gateway', 502, /<h1>502 Bad Gateway/],
])('"%s" is answered with %i each time', async (prompt, status, words) => {
	for (const answer of [await post(prompt), await post(prompt)]) {
		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.data)).toMatch(words);
	}
});
