import { startSimulator, type Simulator } from './simulator';
import { clientOf, ended, submitted } from './testClient';

const FLOW = '/workflows/0123456789abcdef01234567-v3';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ speed: 40, retired: ['instantid'] });
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

describe('PixelFlow', () => {
	it('runs by id: 32 hex characters, output as JSON in a string', async () => {
		const client = clientOf(simulator);
		const { data } = await client.post(FLOW, { topic: 'bees' });
		expect(data).toEqual({
			message: 'Request queued',
			request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			poll_url: `${simulator.url}/workflows/request/${data.request_id}`,
			status: 'QUEUED',
		});
		expect((await client.get(data.poll_url)).data).toEqual({
			status: expect.stringMatching(/^(QUEUED|PROCESSING)$/),
			output: '',
		});
		const done = await ended(client, data.poll_url);
		const [image, caption] = JSON.parse(String(done.data.output));
		expect(image).toEqual({
			keyname: 'Infographic',
			value: { type: 'image', data: simulator.jobs[0]?.outputs[0]?.url },
		});
		expect(caption.value.type).toBe('text');
		expect(simulator.jobs).toMatchObject([
			{ kind: 'pixelflow', body: { topic: 'bees' }, billed: 0.02 },
		]);
		expect((await client.get(`/v2/requests/${data.request_id}`)).status).toBe(404);
	});

	it('runs by slug on the v2 contract', async () => {
		const client = clientOf(simulator);
		const { data } = await client.post('/workflows/v2/infographic-maker', {});
		expect(data.status_url).toBe(`${simulator.url}/v2/requests/${data.request_id}/status`);
		await ended(client, data.status_url);
		const result = await client.get(data.response_url);
		expect(JSON.parse(result.data.output)).toHaveLength(2);
		expect((await client.get(`/workflows/request/${data.request_id}`)).status).toBe(404);
	});

	it('refuses a malformed id, a wrong verb and an empty purse', async () => {
		const client = clientOf(simulator);
		expect((await client.post('/workflows/nope-v1', {})).status).toBe(404);
		expect((await client.get(FLOW)).status).toBe(405);
		simulator.credits = 0.01;
		expect((await client.post(FLOW, {})).status).toBe(406);
	});
});

describe('the catalog', () => {
	it('needs no key, and counts one that is sent', async () => {
		const url = `${simulator.catalogUrl}/inference-model-information/list?segmind_model=True`;
		const { data } = await clientOf(simulator, {}).get<Record<string, object[]>>(url);
		const [title, ...others] = Object.keys(data);
		expect([title, others]).toEqual(['Inference Segmind Model Information List With Details', []]);
		const list = data[title ?? ''];
		expect(list).toContainEqual(
			expect.objectContaining({
				slug: 'fast-flux-schnell',
				type: 'textToImage',
				is_depreciated: false,
			}),
		);
		expect(list).toContainEqual(
			expect.objectContaining({ slug: 'instantid', is_depreciated: true }),
		);
		expect(simulator.catalogKeys).toBe(0);
		await clientOf(simulator).get(url);
		expect(simulator.catalogKeys).toBe(1);
	});
});

describe('a run is reproducible', () => {
	it('with equal seeds: key, ids, durations and picked seeds', async () => {
		const runs = [];
		for (const seed of [5, 5, 6]) {
			const one = await startSimulator({ seed, speed: 1000 });
			await submitted(clientOf(one), 'fast-flux-schnell', { prompt: 'x' });
			const [job] = one.jobs;
			const seconds = Math.round((job?.readyAt ?? 0) - (job?.submittedAt ?? 0));
			runs.push([one.apiKey, job?.requestId, job?.seed, seconds]);
			await one.close();
		}
		const [first, second, third] = runs;
		expect(second).toEqual(first);
		expect(third).not.toEqual(first);
	});
});
