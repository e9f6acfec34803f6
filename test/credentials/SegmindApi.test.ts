import { MemoryCredentials } from '../engine/credentials';
import { startEngine, type Engine } from '../engine/engine';
import { buildWorkflow } from '../engine/workflow';
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

/** The host that the test goes to, by n8n's own evaluation; the real one must not be asked. */
async function baseUrlOf(credential: object): Promise<unknown> {
	const { registry } = engine;
	const { test: credentialTest } = registry.credentialType('segmindApi');
	const json = { nodes: [{ name: 'Node', type: 'n8n-nodes-base.noOp' }], connections: {} };
	const workflow = buildWorkflow(json, registry, new MemoryCredentials(registry, {}), 'test');
	await workflow.expression.acquireIsolate();
	try {
		return workflow.expression.getSimpleParameterValue(
			workflow.getNode('Node')!,
			credentialTest!.request.baseURL,
			'internal',
			{ $credentials: credential },
		);
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

describe('the labels', () => {
	it('call the host of the model list the platform', () => {
		const { properties } = engine.registry.credentialType('segmindApi');
		const labels = properties.map(({ name, displayName }) => [name, displayName]);
		expect(Object.fromEntries(labels)).toMatchObject({
			baseUrl: 'Base URL',
			storageUrl: 'Storage URL',
			catalogUrl: 'Platform URL',
		});
	});
});

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

	it.each<[status: number, says: RegExp]>([
		[302, /redirected to another URL.*check Base URL/],
		[400, /not seem to be Segmind.*Base URL.*HTTPS_PROXY/],
		[402, /credits/],
		[403, /team settings.*your network/],
		[405, /Base URL/],
		[406, /spending limit/],
		[407, /A proxy asks for.*HTTPS_PROXY=/],
		[429, /again in a minute/],
		[500, /not answering/],
		[502, /a proxy on the way, is not answering.*HTTPS_PROXY/],
		[503, /not answering/],
		[504, /not answering/],
	])('is no success with the status %i, and says what to do', async (status, says) => {
		sim.script({ times: 2, answer: { status, body: { error: 'x' } } });
		expect(await test()).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});

	it('has its sentence where n8n hides it pointed out', () => {
		const { properties } = engine.registry.credentialType('segmindApi');
		const notice = properties.find(({ type }) => type === 'notice');
		expect(notice?.displayName).toContain('More details');
	});

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

	it('takes an address with blanks around it', async () => {
		expect(await test({ baseUrl: ` ${sim.url}/v1\n` })).toEqual(OK);
		expect(sim.requests.map(({ path }) => path)).toEqual(['/v1/get-user-credits']);
	});

	it.each([
		['is empty', { baseUrl: '' }],
		['is blank', { baseUrl: ' \n' }],
		['is null', { baseUrl: null }],
		['was never set', { baseUrl: undefined }],
		['is not to be used', { baseUrl: 'http://127.0.0.1:9', customEndpoints: false }],
	])('goes to Segmind itself where the address %s', async (_what, changes) => {
		expect(await baseUrlOf({ ...sim.credential, ...changes })).toBe('https://api.segmind.com');
	});

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
