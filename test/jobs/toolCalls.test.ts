import { createRunExecutionData, type NodeOperationError } from 'n8n-workflow';
import { startStage, type Stage } from '../engine/stage';
import { executeAsTool } from '../engine/toolExecution';
import { model } from '../faults/runs';

/** After that a slow job has ended. */
const LATER_MS = 1_100_000;
const TOOL = 'n8n-nodes-segmind.segmindGenerateImageTool';

let stage: Stage;
let execution: ReturnType<typeof createRunExecutionData>;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => {
	stage.sim.reset();
	stage.aheadMs = 0;
	stage.duration = () => 5;
	execution = createRunExecutionData();
});
afterAll(async () => await stage.close());

/** What an agent asks its tool within one execution; calls may go side by side. */
const ask = async (wish: string, more: object = {}) =>
	await executeAsTool(
		stage.engine.registry,
		{ segmindApi: { ...stage.sim.credential } },
		TOOL,
		{
			model,
			prompt: '={{ $json.wish }}',
			options: { checkParameters: 'off', timeout: 60, maxRetries: 0, ...more },
		},
		{ wish },
		execution,
	);
const prompts = () => stage.sim.jobs.map(({ body }) => body.prompt);

it('continues a timed-out call although another has succeeded since', async () => {
	stage.duration = ({ body }) => (body.prompt === 'slow' ? 1000 : 5);
	await expect(ask('slow')).rejects.toThrow('was not finished');
	await ask('quick');
	stage.aheadMs += LATER_MS;
	const [item] = await ask('slow');
	expect(prompts()).toEqual(['slow', 'quick']);
	expect(item?.json.request_id).toBe(stage.sim.jobs[0]!.requestId);
});

it('does not resend a possibly billed call although another has succeeded since', async () => {
	// Nor does the request history know of it.
	stage.sim.script({ origin: 'catalog', times: Infinity, answer: { body: { requests: [] } } });
	stage.sim.script({
		method: 'POST',
		answer: { fault: 'resetAfterBody', afterProcessing: true },
	});
	await expect(ask('lost')).rejects.toThrow('connection to Segmind broke');
	await ask('other');
	const again = await ask('lost').catch((error: unknown) => error as NodeOperationError);
	expect(again).toMatchObject({ message: expect.stringContaining('connection to Segmind broke') });
	// An agent presses no buttons.
	const { description } = again as NodeOperationError;
	expect(description).toMatch(/^This call was not sent again.*Tell the user/);
	expect(description).not.toMatch(/press|Retry/);
	expect(prompts()).toEqual(['lost', 'other']);
});

it('keeps concurrent calls apart', async () => {
	stage.duration = ({ body }) => (body.prompt === 'slow' ? 1000 : 5);
	const results = await Promise.allSettled([ask('slow'), ask('one'), ask('two')]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
	stage.aheadMs += LATER_MS;
	await ask('slow');
	expect(prompts().sort()).toEqual(['one', 'slow', 'two']);
});

it('makes two results for two identical concurrent calls, and pays for neither again', async () => {
	stage.duration = ({ index }) => (index < 2 ? 1000 : 5);
	const first = await Promise.allSettled([ask('same'), ask('same')]);
	expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(stage.sim.jobs).toHaveLength(2);
	stage.aheadMs += LATER_MS;
	const again = await Promise.all([ask('same'), ask('same')]);
	expect(stage.sim.jobs).toHaveLength(2);
	expect(new Set(again.map(([item]) => item?.json.request_id)).size).toBe(2);
	// Both are used up: who asks once more wants another one.
	await ask('same');
	expect(stage.sim.jobs).toHaveLength(3);
});

it('leaves no entries after success', async () => {
	await Promise.all([ask('one'), ask('two'), ask('one')]);
	expect(JSON.stringify(execution.executionData?.contextData)).not.toContain('segmindLedger');
});
