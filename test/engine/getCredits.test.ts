import type { INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../simulator/simulator';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
beforeEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const run = async (parameters: INodeParameters = {}, options = {}) =>
	await stage.run('segmindGetCredits', parameters, options);

/** Answers the next request for the balance. */
function balance(body: object, status = 200, times = 1) {
	stage.sim.script({ path: '/v1/get-user-credits', times, answer: { status, body } });
}

const goesOn = { nodeOptions: { onError: 'continueRegularOutput' } } as const;

describe('the balance', () => {
	it('is one item with the amounts in dollars', async () => {
		stage.sim.credits = 41.1123;
		stage.sim.freeCredits = 0.0184921;
		const result = await run();

		expect(result.error).toBeUndefined();
		expect(result.items()).toEqual([
			{
				json: { credits: 41.1123, free_credits: 0.0184921, total_credits: 41.1307921 },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('is read once per run, whatever the number of items', async () => {
		const items = Array.from({ length: 25 }, (_, index) => ({ json: { index } }));
		const result = await run({}, { items });

		expect(result.items()).toHaveLength(1);
		expect(stage.sim.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/get-user-credits',
		]);
	});

	// Segmind documentation "Account and billing APIs"; numbers may come as text, and the second one not at all.
	it.each<[string, object, number, number, number]>([
		['numbers', { credits: 3, 'free-credits': 2 }, 3, 2, 5],
		['texts', { credits: '3.5', 'free-credits': '0.25' }, 3.5, 0.25, 3.75],
		['an underscore', { credits: 3, free_credits: 2 }, 3, 2, 5],
		['one amount only', { credits: 3 }, 3, 0, 3],
		['no free credits', { credits: 3, 'free-credits': null }, 3, 0, 3],
		['a debt', { credits: -0.5, 'free-credits': 0.25 }, -0.5, 0.25, -0.25],
		['nothing left', { credits: 0, 'free-credits': 0 }, 0, 0, 0],
	])('is understood with %s', async (_name, body, credits, free_credits, total_credits) => {
		balance(body);

		expect((await run()).items()[0]?.json).toEqual({ credits, free_credits, total_credits });
	});

	it('is zero for a valid key without a balance record', async () => {
		const poor = await startSimulator({ noCreditsRecord: true });
		const options = { credentials: { segmindApi: { ...poor.credential } } };
		const read = await run({}, options);
		const low = await run({ lowBalance: 'route', minimumCredits: 1 }, options);
		await poor.close();

		const nothing = { credits: 0, free_credits: 0, total_credits: 0 };
		expect(read.items()[0]?.json).toEqual(nothing);
		expect(low.outputs()).toMatchObject([[], [{ json: nothing }]]);
	});

	it.each<[string, object | string, number, RegExp]>([
		['a refused key', { error: 'Unauthorized. API key is invalid' }, 401, /API key/],
		['another 404', { error: 'Not Found' }, 404, /no such endpoint/],
		['a body without an amount', { message: 'hello' }, 200, /could not be understood/],
		['an amount that is none', { credits: 'many' }, 200, /could not be understood/],
		['a web page', '<!doctype html><title>Maintenance</title>', 200, /A web page came instead/],
	])('is an error, not a number, after %s', async (_name, body, status, message) => {
		stage.sim.script({ times: 9, answer: { status, body } });
		const result = await run({}, { items: [{ json: {} }, { json: {} }] });

		expect(result.error?.message).toMatch(message);
		expect(result.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(JSON.stringify(result.error)).not.toContain(stage.sim.apiKey);
		expect(result.items()).toEqual([]);
		// n8n itself sends a request that was answered 401 once more.
		expect(stage.sim.requests.length).toBeLessThanOrEqual(status === 401 ? 2 : 1);
	});

	it('is requested again after a temporary error', async () => {
		balance({ error: 'busy' }, 503);
		stage.sim.script({ answer: { fault: 'reset' } });

		expect((await run()).items()[0]?.json).toMatchObject({ credits: 50 });
		expect(stage.sim.requests).toHaveLength(3);
	});
});

describe('a low balance', () => {
	const at = (lowBalance: string, minimumCredits: unknown) =>
		({ lowBalance, minimumCredits }) as INodeParameters;

	beforeEach(() => {
		stage.sim.credits = 1.5;
		stage.sim.freeCredits = 0.5;
	});

	// The free credits count, too; exactly the minimum is enough.
	it.each<[string, unknown, number]>([
		['route', 2.0001, 1],
		['route', 2, 0],
		['route', 1.9, 0],
		['route', 0, 0],
		['route', '3', 1],
		['ignore', 1000, 0],
		['error', 2, 0],
	])('with %s at %s leaves by output %i', async (lowBalance, minimum, output) => {
		const result = await run(at(lowBalance, minimum));

		expect(result.error).toBeUndefined();
		expect(result.items(undefined, output)).toMatchObject([{ json: { total_credits: 2 } }]);
		expect(result.items(undefined, 1 - output)).toEqual([]);
		// n8n shows an output that the description does not name as "Undefined Branch".
		expect(result.runData.Node?.[0]?.data?.main).toHaveLength(lowBalance === 'route' ? 2 : 1);
	});

	it('leaves a tool by its one output', async () => {
		const parameters = at('route', 5);
		const result = await stage.run('segmindGetCreditsTool', parameters);

		expect(result.runData.Node?.[0]?.data?.main).toHaveLength(1);
		expect(result.items()).toMatchObject([{ json: { total_credits: 2 } }]);
	});

	it('has an output of its own only where it takes one', async () => {
		const { outputs } = stage.engine.registry.getByNameAndVersion(
			'n8n-nodes-segmind.segmindGetCredits',
		).description;

		expect(outputs).toMatch(/route.*lowBalance.*Enough.*Low/);
	});

	it('is an error that says both amounts and what to do', async () => {
		const result = await run(at('error', 2.5));

		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/\$2\b.*\$2\.5\b/),
			description: expect.stringContaining('Add credits'),
			context: { itemIndex: 0 },
		});
	});

	it.each([
		['ignore', 0],
		['error', 0],
		['route', 1],
	])('that could not be read never counts as enough (%s)', async (lowBalance, output) => {
		balance({ error: 'Unauthorized' }, 401, 9);
		const result = await run(at(lowBalance, 1), goesOn);

		expect(result.items(undefined, output)).toMatchObject([
			{
				json: {
					status: 'REJECTED',
					failure_reason: expect.stringContaining('API key'),
					billed: 'no',
					advice: expect.any(String),
					http_status: 401,
				},
			},
		]);
		expect(result.items(undefined, 1 - output)).toEqual([]);
	});

	it.each([
		['ignore', 1],
		['error', 1],
		['route', 2],
	])(
		'that could not be read takes the error output where there is one (%s)',
		async (rule, output) => {
			balance({ error: 'Unauthorized' }, 401, 9);
			const result = await run(at(rule, 1), { nodeOptions: { onError: 'continueErrorOutput' } });

			expect(result.outputs().map((items) => items.length)).toEqual(
				Array.from({ length: output + 1 }, (_, index) => (index === output ? 1 : 0)),
			);
		},
	);

	it.each<[unknown]>([
		[-1],
		['={{ NaN }}'],
		['={{ Infinity }}'],
		['abc'],
		['={{ "" }}'],
		['={{ null }}'],
		['={{ true }}'],
		['={{ [] }}'],
	])('is never judged by a minimum of %s: nothing is sent', async (minimum) => {
		const result = await run(at('error', minimum));

		expect(result.error?.message).toMatch(/Minimum Credits/);
		expect(result.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(stage.sim.requests).toEqual([]);
	});

	it('rejects an unknown rule', async () => {
		const result = await run(at('={{ "rout" }}', 1));

		expect(result.error?.message).toMatch(/When the Balance Is Low.*rout/);
		expect(stage.sim.requests).toEqual([]);
	});
});
