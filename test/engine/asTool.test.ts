import type { INodeParameters } from 'n8n-workflow';
import { resultItem } from './resultItem';
import { startStage, type Stage } from './stage';
import { executeAsTool } from './toolExecution';

const TOOL = 'n8n-nodes-segmind.segmindGenerateImageTool';

let stage: Stage;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const wish = { wish: 'a red fox' };

/** As AI Agents up to version 2 do it: the agent calls the tool. */
const asTool = async (parameters: INodeParameters) =>
	await executeAsTool(
		stage.engine.registry,
		{ segmindApi: { ...stage.sim.credential } },
		TOOL,
		parameters,
		wish,
	);

/** As AI Agents since version 3 do it: the engine runs the tool like any other node. */
const byTheEngine = async (parameters: INodeParameters) => {
	const run = await stage.run(TOOL, parameters, { items: [{ json: wish }] });
	return run.items();
};

it.each([
	['an agent up to version 2', 'auto', asTool],
	['an agent up to version 2', 'sync', asTool],
	['an agent up to version 2', 'async', asTool],
	['an agent since version 3', 'auto', byTheEngine],
	['an agent since version 3', 'sync', byTheEngine],
	['an agent since version 3', 'async', byTheEngine],
])('gives %s the address and short facts, never bytes (%s)', async (_agent, mode, run) => {
	const items = await run({ prompt: '={{ $json.wish }}', output: 'file', options: { mode } });

	const [job] = stage.sim.jobs;
	expect(items).toEqual([
		{
			json: resultItem({
				model: 'fast-flux-schnell',
				prompt: 'a red fox',
				url: job!.outputs[0]!.url,
				seed: job!.seed,
				cost: job!.billed,
				remaining_credits: stage.sim.credits,
				inference_time: expect.any(Number) as number,
				request_id: job!.requestId,
				content_type: 'image/jpeg',
				file_name: job!.outputs[0]!.fileName,
				file_size: expect.any(Number) as number,
			}),
			pairedItem: { item: 0 },
		},
	]);
	expect(job!.kind).toBe('async');
	expect(job!.body).toEqual({ prompt: 'a red fox' });
	expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toEqual([]);
});

it('is not in the way of an agent whose item has a file already', async () => {
	expect(await asTool({ prompt: 'a', options: { binaryField: 'not a field name' } })).toHaveLength(
		1,
	);
});

it('adds nothing of the input, although Include Input Fields says so', async () => {
	const [item] = await asTool({ prompt: 'a', options: { includeInputFields: true } });
	expect(item!.json).not.toHaveProperty('wish');
});

it('tells an agent what went wrong', async () => {
	await expect(asTool({ prompt: '={{ [] }}' })).rejects.toThrow('Prompt must be a text, but is []');
});
