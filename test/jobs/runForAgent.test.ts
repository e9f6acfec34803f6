import type { INodeExecutionData } from 'n8n-workflow';
import { SegmindFailure, type FailureDetails } from '../../nodes/api/failure';
import type { Run } from '../../nodes/jobs/run';
import { runForAgent } from '../../nodes/jobs/runForAgent';
import type { ModelRun } from '../../nodes/jobs/runModel';

const binary = { data: { data: 'AAAA', mimeType: 'image/png' } };

/** A call that fails so. */
async function attempt(details: FailureDetails, more: object = {}) {
	const failure = new SegmindFailure('It takes too long', details);
	const find = () => {
		throw failure;
	};
	const run = {
		connection: {},
		// Begun before, so that nothing is looked for to be reused.
		ledger: { hasStarted: () => true, find, findLostRequest: () => undefined },
		leavesJobs: false,
	} as unknown as Run;
	const call = { slug: 'flux', prompt: 'a fox', key: '0:a' };
	const modelRun = { call, api: 'async', output: {}, ...more } as unknown as ModelRun;
	const items: INodeExecutionData[] | SegmindFailure = await runForAgent(
		run,
		modelRun,
		() => {},
	).catch((thrown: SegmindFailure) => thrown);
	return { items, run, failure };
}

it.each(['QUEUED', 'PROCESSING'])('a job that is %s is a result too', async (status) => {
	const { items, run } = await attempt({ requestId: 'r', status });
	expect(items).toEqual([
		{
			json: expect.objectContaining({
				status: 'PROCESSING',
				model: 'flux',
				prompt: 'a fox',
				request_id: 'r',
				advice: expect.stringMatching(/r is still running.*exactly the same input/) as string,
			}) as object,
		},
	]);
	// Else the ledger would be cleared, and the same call would pay again.
	expect(run.leavesJobs).toBe(true);
});

it('has the keys of its node, and the files of the item', async () => {
	const unfinished = (requestId: string) => ({ text: null, id: requestId });
	const job = { requestId: 'r', status: 'PROCESSING' };
	const { items } = await attempt(job, { unfinished, output: { inputBinary: binary } });
	expect(items).toEqual([
		{ json: { text: null, id: 'r', advice: expect.any(String) as string }, binary },
	]);
});

it.each<[what: string, details: FailureDetails]>([
	['a failed job', { requestId: 'r', status: 'FAILED' }],
	[
		'a job that cannot be had any more',
		{ requestId: 'r', status: 'PROCESSING', mayBeBilled: true },
	],
	['a stopped run', { requestId: 'r', status: 'PROCESSING', stopped: true }],
	['no job at all', { status: 'PROCESSING' }],
	['a job of which nothing is known', { requestId: 'r' }],
])('any other failure stays one: %s', async (_what, details) => {
	const { items, run, failure } = await attempt(details);
	expect(items).toBe(failure);
	expect(run.leavesJobs).toBe(false);
});
