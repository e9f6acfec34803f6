import type { Connection } from '../../nodes/api/connection';
import { SegmindFailure } from '../../nodes/api/failure';
import type { JobState } from '../../nodes/api/jobState';
import type { Poll } from '../../nodes/api/poll';
import { now } from '../../nodes/clock';
import type { JobApi } from '../../nodes/jobs/jobApi';
import { collectResult, waitForJob, type AcceptedJob } from '../../nodes/jobs/waitForJob';
import { startVirtualTime } from '../virtualTime';

const ID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';

let time: ReturnType<typeof startVirtualTime>;

beforeEach(() => (time = startVirtualTime()));
afterEach(() => time.stop());

const state = (status: JobState['status'], body: object = {}): Poll => ({
	state: { status, body: { status, ...body } },
});
const again: Poll = { again: true, waitMs: undefined, instead: 'no word' };

/** Gives one answer after the other, the last one again and again; an error is thrown. */
function inTurn(...answers: Array<Poll | Error>) {
	const polledAt: number[] = [];
	const poll: JobApi['poll'] = async () => {
		const answer = answers[Math.min(polledAt.length, answers.length - 1)]!;
		polledAt.push(now());
		if (answer instanceof Error) throw answer;
		return answer;
	};
	return { poll, polledAt };
}

const job = (api: JobApi, more: Partial<AcceptedJob> = {}): AcceptedJob => ({
	requestId: ID,
	model: 'veo-3',
	api,
	acceptedAt: now(),
	usualMs: () => 10_000,
	...more,
});
const unlimited = { headroom: () => ({ remaining: undefined, isShort: false }) };
const connection = (cancel?: AbortSignal, limit = unlimited) =>
	({
		cancel,
		apiKey: 'k',
		hosts: { baseUrl: 'https://a' },
		rateLimiterFor: () => limit,
	}) as unknown as Connection;
const inSeconds = (seconds: number) => now() + seconds * 1000;
const wait = async (api: JobApi, seconds = 3600, more: Partial<AcceptedJob> = {}) =>
	await waitForJob(connection(), job(api, more), inSeconds(seconds));

describe('waitForJob', () => {
	it('polls until the job has ended, then fetches its result', async () => {
		const { poll, polledAt } = inTurn(
			state('QUEUED'),
			again,
			state('PROCESSING'),
			state('COMPLETED'),
		);
		const fetch = inTurn(again, state('COMPLETED', { output: 'https://f/1' }));
		const done = await wait({ poll, fetch: fetch.poll });
		expect(done.body).toMatchObject({ output: 'https://f/1' });
		expect(polledAt).toHaveLength(4);
		expect(fetch.polledAt).toHaveLength(2);
	});

	it('needs no second request if the poll includes the output', async () => {
		const { poll } = inTurn(state('COMPLETED', { output: '[]' }));
		expect((await wait({ poll })).body).toMatchObject({ output: '[]' });
	});

	it('does not fetch the result of a failed job', async () => {
		const fetch = inTurn(state('COMPLETED'));
		const { poll } = inTurn(state('FAILED', { error: 'NSFW' }));
		expect(await wait({ poll, fetch: fetch.poll })).toMatchObject({ status: 'FAILED' });
		expect(fetch.polledAt).toEqual([]);
	});

	it('adds metrics that only the status has, and prefers the result’s', async () => {
		const { poll } = inTurn(state('COMPLETED', { metrics: { cost: 1, total_time: 3 } }));
		const fetch = inTurn(state('COMPLETED', { metrics: { cost: 2 } }));
		const { body } = await wait({ poll, fetch: fetch.poll });
		expect(body.metrics).toEqual({ cost: 2, total_time: 3 });
	});

	it('polls a last time at the deadline, then names the job and its last status', async () => {
		const { poll, polledAt } = inTurn(state('QUEUED'), state('PROCESSING'));
		const deadline = inSeconds(120);
		await expect(waitForJob(connection(), job({ poll }), deadline)).rejects.toMatchObject({
			message: expect.stringMatching(`^The job ${ID} was not finished after 120 seconds`),
			details: { requestId: ID, status: 'PROCESSING', model: 'veo-3' },
		});
		expect(polledAt.at(-1)).toBe(deadline);
	});

	it('returns a job that ended by the last poll', async () => {
		const { poll } = inTurn(state('COMPLETED'));
		expect(await wait({ poll }, 0)).toMatchObject({ status: 'COMPLETED' });
	});

	it('obeys a server that asks for a longer wait', async () => {
		const { poll, polledAt } = inTurn({ ...again, waitMs: 50_000 }, state('COMPLETED'));
		await wait({ poll });
		expect(polledAt[1]! - polledAt[0]!).toBe(50_000);
	});

	it('reads the usual duration before each poll', async () => {
		let asked = 0;
		const { poll, polledAt } = inTurn(again, again, state('COMPLETED'));
		await wait({ poll }, 600, { usualMs: () => ++asked * 1000 });
		expect(asked).toBe(polledAt.length);
	});

	it.each<[what: string, message: string, description: string]>([
		[
			'says that the job goes on',
			'Segmind did not accept the API key',
			`Paste it again. The job ${ID} continues at Segmind: collect it with Segmind Check Status within one hour of its submission.`,
		],
		['does not name the job twice', `Segmind does not know the job ${ID}`, 'Paste it again.'],
	])('a refusal %s', async (_what, message, description) => {
		const cause = new Error('beneath');
		const refusal = new SegmindFailure(
			message,
			{ httpStatus: 401, description: 'Paste it again.' },
			cause,
		);
		const { poll, polledAt } = inTurn(again, refusal);
		await expect(wait({ poll })).rejects.toMatchObject({
			message,
			details: { httpStatus: 401, requestId: ID, model: 'veo-3', description },
			cause,
		});
		expect(polledAt).toHaveLength(2);
	});

	it('rethrows a bug unchanged', async () => {
		const bug = new TypeError('x is not a function');
		await expect(wait({ poll: inTurn(bug).poll })).rejects.toBe(bug);
	});

	it('is woken by a stop, which the next request reports', async () => {
		const stop = new AbortController();
		const { poll, polledAt } = inTurn(new SegmindFailure('The run was stopped', { stopped: true }));
		const startedAt = now();
		const waiting = waitForJob(connection(stop.signal), job({ poll }), inSeconds(3600));
		stop.abort();
		await expect(waiting).rejects.toMatchObject({ details: { stopped: true, requestId: ID } });
		expect(now()).toBe(startedAt);
		expect(polledAt).toHaveLength(1);
	});
});

describe('collectResult', () => {
	const done: JobState = { status: 'COMPLETED', body: {} };

	it('tries for at least a minute, then reports that the job is finished and billed', async () => {
		const { poll: fetch, polledAt } = inTurn(again);
		const startedAt = now();
		const { poll } = inTurn(state('COMPLETED'));
		await expect(collectResult(connection(), job({ poll, fetch }), done)).rejects.toMatchObject({
			message: `The job ${ID} is finished, but its result could not be fetched`,
			details: { requestId: ID, status: 'COMPLETED', model: 'veo-3' },
		});
		expect(polledAt.at(-1)! - startedAt).toBe(60_000);
		expect(polledAt.length).toBeGreaterThan(3);
	});
});
