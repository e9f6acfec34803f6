import { startEngine, type Engine } from '../engine/engine';
import { startSimulator, type Simulator } from '../simulator/simulator';

let engine: Engine;
let sim: Simulator;

beforeAll(async () => {
	engine = await startEngine();
	sim = await startSimulator();
});
beforeEach(() => sim.reset());
afterAll(async () => {
	await sim.close();
	await engine.close();
});

const OK = { status: 'OK', message: 'Connection successful!' };
const test = async (changes: object = {}) =>
	await engine.testCredential('segmindApi', { ...sim.credential, ...changes });

describe('the test of the credential', () => {
	it('reads the balance, once, with the key in its header, and costs nothing', async () => {
		expect(await test()).toEqual(OK);
		expect(sim.requests).toHaveLength(1);
		const [{ method, path, headers }] = sim.requests as [(typeof sim.requests)[0]];
		expect([method, path, headers['x-api-key']]).toEqual([
			'GET',
			'/v1/get-user-credits',
			sim.apiKey,
		]);
		expect(headers.authorization).toBeUndefined();
		expect([sim.credits, sim.jobs.length]).toEqual([50, 0]);
	});

	it('takes a key with blanks around it, as people paste it', async () => {
		expect(await test({ apiKey: `  ${sim.apiKey}\n` })).toEqual(OK);
	});

	it.each(['SG_0000000000000000', 'x'])('tells of a wrong key what to do: %s', async (apiKey) => {
		expect(await test({ apiKey })).toEqual({
			status: 'Error',
			message:
				'Segmind did not accept this API key. Paste it again, or create a new one at cloud.segmind.com/console/api-keys',
		});
	});

	it('takes a valid key without a balance record', async () => {
		const empty = await startSimulator({ noCreditsRecord: true });
		const answer = await engine.testCredential('segmindApi', { ...empty.credential });
		expect(empty.requests.map(({ status }) => status)).toEqual([404]);
		await empty.close();
		expect(answer).toEqual(OK);
	});

	it.each([400, 403, 405, 406, 429, 500, 502, 503, 504])(
		'is no success with the status %i',
		async (status) => {
			sim.script({ times: 2, answer: { status, body: { error: 'x' } } });
			const answer = await test();
			expect(answer.status).toBe('Error');
			expect(answer.message).not.toBe('');
		},
	);

	it('says that nobody is there', async () => {
		expect(await test({ baseUrl: 'http://127.0.0.1:9' })).toEqual({
			status: 'Error',
			message: 'ECONNREFUSED',
		});
	});

	it.each(['/', '//', '/v1', '/v1/', '/v2', '/v2/'])(
		'takes an address that ends in %s',
		async (ending) => {
			expect(await test({ baseUrl: `${sim.url}${ending}` })).toEqual(OK);
			expect(sim.requests.map(({ path }) => path)).toEqual(['/v1/get-user-credits']);
		},
	);

	it.each([301, 302, 303, 307, 308])(
		'follows no %i, for the key would go with it',
		async (status) => {
			const location = `${sim.filesUrl}/elsewhere`;
			sim.script({ answer: { fault: 'redirect', status, location } });
			expect(await test()).toMatchObject({ status: 'Error', message: expect.stringMatching(/./) });
			expect(sim.requests.map(({ origin }) => origin)).toEqual(['api']);
		},
	);
});
