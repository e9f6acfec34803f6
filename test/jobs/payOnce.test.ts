import type { INodeExecutionData } from 'n8n-workflow';
import { SegmindFailure } from '../../nodes/api/failure';
import { payOnce, type PaidWork } from '../../nodes/jobs/payOnce';
import type { Run } from '../../nodes/jobs/run';

const KEY = '3:hash';
const job = { requestId: 'r', acceptedAt: 0, seed: null };
const gone = new SegmindFailure('gone');
const failed = async () => await Promise.reject(gone);

interface Left {
	items?: INodeExecutionData[];
	job?: typeof job;
	before?: string[];
	/** A person pressed Retry, and what was there is lost. */
	mayResend?: boolean;
	isHalted?: boolean;
}

/** Brings a call to its end with what an earlier try left; tells each step. */
async function pay(left: Left, more: Partial<PaidWork<string>> = {}) {
	const steps: string[] = [];
	const step = (name: string) => async () => {
		steps.push(name);
		return await Promise.resolve(name);
	};
	const ledger = {
		findLostRequest: () => undefined,
		find: () => left,
		guard: async (_key: string, deliver: () => Promise<unknown>) => await deliver(),
		finished: () => void steps.push('finished'),
		earlierSends: () => left.before ?? [],
		giveUp: () => left.mayResend === true,
	};
	const work: PaidWork<string> = {
		send: step('send'),
		collect: step('collect'),
		deliver: async (answer) => await Promise.resolve([{ json: { answer } }]),
		...more,
	};
	const hints: string[] = [];
	const run = { ledger, lost: new Map(), isHalted: left.isHalted ?? false } as unknown as Run;
	const made = await payOnce(run, KEY, work, (hint) => void hints.push(hint)).catch(
		(thrown: unknown) => thrown,
	);
	return { made, steps, hints };
}
const answered = (answer: string) => [{ json: { answer } }];

it('sends a new call', async () => {
	expect(await pay({})).toEqual({ made: answered('send'), steps: ['send', 'finished'], hints: [] });
});

it('the items of an earlier try come before its answer, and that before its job', async () => {
	const recall = async () => await Promise.resolve('recall');
	const items = answered('items');
	expect(await pay({ items, job }, { recall })).toMatchObject({ made: items, steps: [] });
	expect(await pay({ job }, { recall })).toMatchObject({
		made: answered('recall'),
		steps: ['finished'],
	});
	const nothing = async () => await Promise.resolve(undefined);
	expect(await pay({ job }, { recall: nothing })).toMatchObject({
		made: answered('collect'),
		steps: ['collect', 'finished'],
	});
});

it.each<[what: string, left: Left, steps: string[]]>([
	['not without a person’s Retry', { job }, []],
	['on a person’s Retry', { job, mayResend: true }, ['send', 'finished']],
	['not after another item’s failure', { job, mayResend: true, isHalted: true }, []],
])('what is gone is sent anew: %s', async (_what, left, steps) => {
	const paid = await pay(left, { collect: failed });
	expect(paid.steps).toEqual(steps);
	expect(paid.made).toEqual(steps.length ? answered('send') : gone);
});

it('a failed send is the failure, and nothing is finished', async () => {
	expect(await pay({}, { send: failed })).toEqual({ made: gone, steps: [], hints: [] });
});

it.each<[before: string[], hint: RegExp]>([
	[['no answer'], /^Item 3 was sent once before and may have been billed then \(no answer\)/],
	[['a', 'a', 'b'], /^Item 3 was sent 3 times before and .* \(a; b\)/],
])('tells of earlier sends: %j', async (before, hint) => {
	expect((await pay({ before })).hints).toEqual([expect.stringMatching(hint)]);
	expect((await pay({ before, items: [] })).hints).toEqual([expect.stringMatching(hint)]);
});
