/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { startStage, type Stage } from './stage';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

let stage: Stage;

beforeAll(async () => {
	stage = await startStage();
});
afterEach(() => {
	jest.restoreAllMocks();
	stage.sim.reset();
});
afterAll(async () => await stage.close());

/** Collects what is written to n8n's log from here on. */
function watchLog(level: 'info' | 'error'): string[] {
	const lines: string[] = [];
	jest
		.spyOn(Container.get(Logger), level)
		.mockImplementation((...args: unknown[]) => void lines.push(String(args[0])));
	return lines;
}

const model = { __rl: true, mode: 'slug', value: 'fast-flux-schnell' };
const items = [{ json: {} }, { json: {} }];

// After a stop or a crash the log is all that is left of a paid job.
it.each([
	['segmindSubmitAsync', { model, prompt: 'a fox' }],
	['segmindGenerateText', { prompt: 'a fox' }],
	['segmindGenerateImage', { model, prompt: 'a fox', mode: 'async', options: { mode: 'async' } }],
	[
		'segmindRunPixelFlow',
		{
			workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
			inputs: '{}',
		},
	],
])('%s logs each accepted job at once, without the key', async (node, parameters) => {
	const lines = watchLog('info');
	const run = await stage.run(node, parameters, { items, executionId: 'e7' });

	expect(run.error).toBeUndefined();
	const notes = lines.filter((line) => line.startsWith('Segmind accepted job'));
	expect(notes.sort()).toEqual(
		stage.sim.jobs
			.map(({ requestId }) => `Segmind accepted job ${requestId} (execution e7, node "Node")`)
			.sort(),
	);
	expect(notes).toHaveLength(2);
	expect(lines.join('\n')).not.toContain(stage.sim.apiKey);
});

it('logs a bug with its stack and without the key, and shows only its message on the node', async () => {
	const lines = watchLog('error');
	const api = stage.engine.registry.moduleOf('n8n-nodes-segmind', 'dist/nodes/api/credits.js');
	const bug = new TypeError(`Cannot read properties of ${stage.sim.apiKey}`);
	jest
		.spyOn(api as { getCredits: () => Promise<never> }, 'getCredits')
		.mockImplementation(async () => await Promise.reject(bug));
	const run = await stage.run('segmindGetCredits', {});

	expect(run.error?.message).toBe('Cannot read properties of [API key]');
	expect(run.error?.description ?? '').not.toMatch(/ at /);
	const stack = bug.stack!.replaceAll(stage.sim.apiKey, '[API key]');
	// n8n logs the messages of failed nodes itself.
	expect(lines[0]).toBe(`Unexpected error in the node "Node": ${stack}`);
	expect(lines.join('\n')).not.toContain(stage.sim.apiKey);
});

it('logs nothing that is not a bug', async () => {
	const lines = watchLog('error');
	stage.sim.script({ answer: { status: 401, body: { error: 'no' } } });
	const refused = await stage.run('segmindGetCredits', {});
	const missing = await stage.run('segmindUploadAsset', { binaryField: 'nothing-there' });

	expect([refused.error?.message, missing.error?.message]).toEqual([
		'Segmind did not accept the API key',
		expect.stringContaining('the item has no file'),
	]);
	expect(lines.filter((line) => line.startsWith('Unexpected'))).toEqual([]);
});
