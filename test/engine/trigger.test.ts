import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
afterEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const NODE = 'segmindTrigger';
const model = { __rl: true, mode: 'slug', value: 'nano-banana' };

const activate = (parameters: INodeParameters = {}, stored: IDataObject = {}) =>
	stage.engine.activate(NODE, parameters, {
		credentials: { segmindApi: { ...stage.sim.credential } },
		stored,
	});

const generate = async (prompt: string) =>
	await stage.run('segmindGenerateImage', { model, prompt, output: 'url' });

const promptsOf = (given: INodeExecutionData[][] | null) =>
	given?.flat().map(({ json }) => json.prompt);

it('gives nothing at first, then what has ended since, once', async () => {
	await generate('before');
	const trigger = activate();
	expect(await trigger.poll()).toBeNull();
	const made = await generate('a fox');
	expect(await trigger.poll()).toMatchObject([
		[
			{
				json: {
					request_id: stage.sim.jobs[1]!.requestId,
					status: 'COMPLETED',
					model: 'nano-banana',
					prompt: 'a fox',
					url: made.items()[0]!.json.url,
					cost: stage.sim.jobs[1]!.billed,
				},
			},
		],
	]);
	expect(await trigger.poll()).toBeNull();
	expect(stage.sim.keyLeaks + stage.sim.catalogKeys).toBe(0);
});

it('goes on from what n8n has stored', async () => {
	const first = activate();
	await first.poll();
	await generate('one');
	expect(promptsOf(await first.poll())).toEqual(['one']);
	const stored = first.stored();
	await first.poll();
	await generate('two');
	// n8n was restarted, without having stored the quiet poll.
	const second = activate({}, stored);
	expect(promptsOf(await second.poll())).toEqual(['two']);
	expect(await second.poll()).toBeNull();
});

it('gives nothing twice if a poll takes longer than its interval', async () => {
	const trigger = activate();
	await trigger.poll();
	await generate('a fox');
	const rest = stage.sim.requests.length;
	const given = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
	expect(given.map(promptsOf)).toEqual([['a fox'], undefined, undefined]);
	expect(stage.sim.requests.length).toBe(rest + 1);
	await generate('a dog');
	expect(promptsOf(await trigger.poll())).toEqual(['a dog']);
});

it('starts for failed requests where that is wanted', async () => {
	stage.fail = ({ body }) => (body.prompt === 'bad' ? 'no' : undefined);
	const [failed, other] = [
		activate({ event: 'failed' }),
		activate({ event: 'any', model: 'another' }),
	];
	await failed.poll();
	await other.poll();
	await generate('good');
	await generate('bad');
	stage.fail = () => undefined;
	expect(await failed.poll()).toMatchObject([
		[{ json: { status: 'FAILED', prompt: 'bad', failure_reason: 'no', cost: 0 } }],
	]);
	expect(await other.poll()).toBeNull();
});

it('keeps its mark when the history cannot be read, and says why', async () => {
	const trigger = activate();
	await trigger.poll();
	await generate('a fox');
	const stored = trigger.stored();
	stage.sim.script({ path: /request-history/, answer: { status: 401, body: {} } });
	const failure = await trigger.poll().catch((thrown: unknown) => thrown);
	expect(failure).toMatchObject({ message: 'Segmind did not accept the API key' });
	expect(JSON.stringify(failure)).not.toContain(stage.sim.apiKey);
	expect(trigger.stored()).toEqual(stored);
	const rest = stage.sim.requests.length;
	stage.sim.script({ path: /request-history/, times: 99, answer: { body: { items: 1 } } });
	await expect(trigger.poll()).rejects.toThrow('in an unknown format');
	expect(stage.sim.requests.length).toBe(rest + 1);
});

it.each([
	['an unknown event', { event: '={{ "done" }}' }, /^Event must be one of/],
	['a model that is no text', { model: '={{ ({ a: 1 }) }}' }, /^Model must be text/],
])('refuses %s before anything is sent', async (_what, parameters, message) => {
	await expect(activate(parameters).poll()).rejects.toThrow(message);
	expect(stage.sim.requests).toEqual([]);
});

it('stores nothing that the key could be read from', async () => {
	const trigger = activate();
	await trigger.poll();
	expect(JSON.stringify(trigger.stored())).not.toContain(stage.sim.apiKey);
});

describe('a test event', () => {
	it('is the newest request', async () => {
		await generate('one');
		await generate('two');
		const result = await stage.engine.runNode(
			NODE,
			{},
			{
				credentials: { segmindApi: { ...stage.sim.credential } },
				mode: 'manual',
			},
		);
		expect(result.items()).toMatchObject([{ json: { prompt: 'two' } }]);
	});

	it('says so if there is none', async () => {
		const result = await stage.run(NODE, {}, { mode: 'manual' });
		expect(result.error?.message).toBe('There is no such request in the last seven days');
	});
});
