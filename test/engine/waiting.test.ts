import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { mp3 } from '../simulator/media';
import { randomFrom } from '../simulator/random';
import type { Simulator } from '../simulator/simulator';
import { clientOf, submitted } from '../simulator/testClient';
import type { NewJob, ScriptedAnswer } from '../simulator/types';
import { mp4 } from '../simulator/video';
import type { Engine, NodeOptions } from './engine';
import { startStage, type Stage } from './stage';
import { impatiently } from './impatiently';

/** Time that a busy machine may take to send or receive at this speed; not to be mistaken for waiting. */
const NOISE_MS = 25_000;

let stage: Stage;
let engine: Engine;
let sim: Simulator;

beforeAll(async () => {
	stage = await startStage('memory');
	({ engine, sim } = stage);
});

beforeEach(() => {
	stage.duration = () => 12;
	stage.fail = () => undefined;
});

afterEach(() => sim.reset());

afterAll(async () => await stage.close());

/** Waits for the jobs of the items. */
async function wait(
	items: INodeExecutionData[],
	parameters: INodeParameters = {},
	options: NodeOptions = {},
) {
	const credentials = { segmindApi: { ...sim.credential } };
	return await engine.runNode(
		'segmindCheckStatus',
		{ requestId: '={{ $json.request_id }}', waitForCompletion: true, ...parameters },
		{ credentials, items, ...options },
	);
}

/** Submits jobs as another program would; returns an item for each. */
async function submit(count = 1, body: object = { prompt: 'rain' }): Promise<INodeExecutionData[]> {
	const client = clientOf(sim);
	const ids = Array.from({ length: count }, async () => await submitted(client, 'lyria-2', body));
	return (await Promise.all(ids)).map((request_id) => ({ json: { request_id } }));
}

const idOf = (item: INodeExecutionData | undefined) => String(item?.json.request_id);
const polls = () => sim.requests.filter(({ path }) => path.endsWith('/status'));
const continues = { nodeOptions: { onError: 'continueRegularOutput' as const } };
/** The time this many milliseconds from now, by the clock of package and simulator. */
const dateIn = (ms: number) => new Date(engine.packageClock().now() + ms);
/** The same in the format of x-rate-limit-reset-at-utc. */
const utcIn = (ms: number) => dateIn(ms).toISOString().slice(0, 19).replace('T', ' ');

describe('fifty jobs of random durations', () => {
	const seconds = (() => {
		const random = randomFrom(50);
		return Array.from({ length: 50 }, () => 5 + 80 * random());
	})();
	const prompts = seconds.map((_, item) => ({ json: { item } }));
	const video = {
		model: { __rl: true, mode: 'slug', value: 'veo-3' },
		prompt: '=video {{ $json.item }}',
		options: { jsonParameters: '={{ { "seed": $json.item } }}' },
	};
	/** By prompt, since jobs do not arrive in the order of the items. */
	const itemOf = ({ body }: NewJob) => Number(body.seed);

	async function submitAll(): Promise<INodeExecutionData[]> {
		const credentials = { segmindApi: { ...sim.credential } };
		stage.duration = (job) => seconds[itemOf(job)] ?? 0;
		const run = await engine.runNode('segmindSubmitAsync', video, { credentials, items: prompts });
		expect(run.error).toBeUndefined();
		return run.items();
	}

	beforeEach(() => {
		sim.credits = 1000;
	});

	it('come back in order, each with its file, and are waited for together', async () => {
		const items = await submitAll();
		const startedAt = sim.now();
		const run = await wait(items);
		const tookSeconds = (sim.now() - startedAt) / 1000;

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ json }) => json.request_id)).toEqual(items.map(idOf));
		expect(run.items().map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(run.items().map(({ json }) => json.seed)).toEqual(items.map((_, item) => item));
		const files = run.items().map(async ({ binary }) => await engine.binary(binary!.data!));
		expect(await Promise.all(files)).toEqual(items.map((_, item) => mp4(item)));
		expect(sim.jobs).toHaveLength(50);
		// One after the other would take that long; how much less it is depends on the machine.
		expect(tookSeconds).toBeLessThan(seconds.reduce((sum, one) => sum + one));
	});

	it('are split right by status when ten fail and five are unknown', async () => {
		const isUnknown = (item: number) => item % 10 === 3;
		const isFailed = (item: number) => item % 5 === 1;
		stage.fail = (job) => (isFailed(itemOf(job)) ? `no luck with ${itemOf(job)}` : undefined);
		const items = (await submitAll()).map((made, item) =>
			isUnknown(item)
				? { json: { request_id: `00000000-0000-4000-8000-0000000000${10 + item}` } }
				: made,
		);
		const run = await wait(items, { routing: 'byStatus' });

		expect(run.error).toBeUndefined();
		const [completed, inProgress, failed] = run.outputs();
		const all = items.map((_, item) => item);
		const good = all.filter((item) => !isUnknown(item) && !isFailed(item));
		const bad = all.filter((item) => isUnknown(item) || isFailed(item));
		expect([good.length, bad.length]).toEqual([35, 15]);
		expect(completed?.map(({ pairedItem }) => pairedItem)).toEqual(good.map((item) => ({ item })));
		expect(completed?.map(({ json }) => [json.request_id, json.status])).toEqual(
			good.map((item) => [idOf(items[item]), 'COMPLETED']),
		);
		const files = completed?.map(async ({ binary }) => await engine.binary(binary!.data!)) ?? [];
		expect(await Promise.all(files)).toEqual(good.map((item) => mp4(item)));
		expect(inProgress).toEqual([]);
		expect(failed?.map(({ pairedItem }) => pairedItem)).toEqual(bad.map((item) => ({ item })));
		expect(failed?.map(({ json }) => [json.request_id, json.status, json.failure_reason])).toEqual(
			bad.map((item) => [
				idOf(items[item]),
				isUnknown(item) ? 'NOT_FOUND' : 'FAILED',
				isUnknown(item) ? expect.stringContaining('does not know') : `no luck with ${item}`,
			]),
		);
	});
});

describe('a disturbance while waiting', () => {
	const page = '<!DOCTYPE html><html><title>502 Bad Gateway</title></html>';
	const html = { 'content-type': 'text/html' };
	const answer = (status: number, headers = {}) => ({
		status,
		headers,
		body: { error: 'rate_limit_exceeded' },
	});

	const disturbances: Array<[string, () => ScriptedAnswer]> = [
		['429 without a word', () => answer(429)],
		['429 with Retry-After', () => answer(429, { 'retry-after': '5' })],
		['429 with a reset', () => answer(429, { 'x-rate-limit-reset-at-utc': utcIn(5000) })],
		['429 with a reset that is no time', () => answer(429, { 'x-rate-limit-reset-at-utc': '?' })],
		['408', () => answer(408)],
		['500', () => answer(500)],
		['502 with a page', () => ({ status: 502, headers: html, body: page })],
		['503 with Retry-After', () => answer(503, { 'retry-after': '5' })],
		['504 with a page', () => ({ status: 504, headers: html, body: page })],
		['a page with a good status', () => ({ status: 200, headers: html, body: page })],
		['JSON of nothing', () => ({ body: 'null' })],
		['JSON of a list', () => ({ body: '[]' })],
		['JSON that says nothing', () => ({ body: {} })],
		['broken JSON', () => ({ fault: 'brokenJson' })],
		['an empty body', () => ({ fault: 'emptyBody' })],
		['a reset', () => ({ fault: 'reset' })],
		['a reset in the answer', () => ({ fault: 'resetMidAnswer' })],
		['an answer cut short', () => ({ fault: 'truncate' })],
		['a redirect', () => ({ fault: 'redirect', location: `${sim.filesUrl}/elsewhere` })],
	];

	it.each(disturbances)('does not kill a job: %s', async (_, disturbance) => {
		const items = await submit();
		// On the poll itself, and again when the result is fetched.
		sim.script({ path: /\/status$/, skip: 1, times: 2, answer: disturbance });
		sim.script({ path: `/v2/requests/${idOf(items[0])}`, times: 2, answer: disturbance });
		const run = await wait(items);

		expect(run.error).toBeUndefined();
		expect(run.items()[0]?.json).toMatchObject({ status: 'COMPLETED' });
		expect(await engine.binary(run.items()[0]!.binary!.data!)).toEqual(mp3());
		expect(sim.jobs).toHaveLength(1);
		expect(sim.requests.some(({ path }) => path.includes('elsewhere'))).toBe(false);
	});

	// One run for all three: each timeout takes real seconds.
	it('does not kill a job: silence', async () => {
		const items = await submit(3);
		const [first, second, third] = items.map((item) => `/v2/requests/${idOf(item)}`);
		sim.script({ path: `${first}/status`, answer: { fault: 'hang' } });
		sim.script({ path: `${second}/status`, answer: { fault: 'hangInBody' } });
		sim.script({ path: third, answer: { fault: 'hang' } });
		const run = await impatiently(engine, async () => await wait(items));

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ json }) => json.status)).toEqual(Array(3).fill('COMPLETED'));
	});

	it('does not kill a job even if it lasts for minutes', async () => {
		const items = await submit();
		sim.script({ path: /\/status$/, times: 8, answer: { status: 502, headers: html, body: page } });
		const run = await wait(items);

		expect(run.items()[0]?.json).toMatchObject({ status: 'COMPLETED' });
		// Twice as long each time, half a minute at most, at least half of that: 1 + 2 + 4 + 8 + 4 * 15.
		const times = polls().map(({ at }) => at);
		expect(times[8]! - times[0]!).toBeGreaterThan(74_000);
	});

	it.each<[string, () => ScriptedAnswer]>([
		['Retry-After', () => answer(429, { 'retry-after': '60' })],
		['Retry-After of an overload', () => answer(503, { 'retry-after': '60' })],
		['Retry-After as a date', () => answer(429, { 'retry-after': dateIn(60_000).toUTCString() })],
		[
			'x-rate-limit-reset-at-utc',
			() => answer(429, { 'x-rate-limit-reset-at-utc': utcIn(60_000) }),
		],
		[
			'Retry-After before x-rate-limit-reset-at-utc',
			() =>
				answer(429, {
					'retry-after': '60',
					'x-rate-limit-reset-at-utc': utcIn(1000),
				}),
		],
	])('that asks to wait is obeyed by all jobs together: %s', async (_, limit) => {
		stage.duration = () => 40;
		const items = await submit(12);
		let limitedAt = Infinity;
		sim.script({
			path: /\/status$/,
			// Every job has been polled once before.
			skip: 12,
			answer: () => {
				limitedAt = sim.now();
				return limit();
			},
		});
		const run = await wait(items);

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ json }) => json.status)).toEqual(Array(12).fill('COMPLETED'));
		const during = polls().filter(({ at }) => at > limitedAt + NOISE_MS && at < limitedAt + 58_000);
		expect(during.map(({ at }) => at - limitedAt)).toEqual([]);
		expect(polls().some(({ at }) => at > limitedAt + 58_000)).toBe(true);
	});
});

describe('an answer that ends the wait', () => {
	it.each([
		[401, /did not accept the API key/],
		[403, /not allowed/],
		[404, /does not know the job/],
	])('at once: %i', async (status, message) => {
		stage.duration = () => 600;
		const items = await submit();
		// Nor does the request history know a job that has become unknown.
		sim.script({ origin: 'catalog', times: Infinity, answer: { status: 404, body: {} } });
		sim.script({
			path: /\/status$/,
			skip: 1,
			answer: { status, body: { error: 'the API’s own words' } },
		});
		const run = await wait(items);

		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toContain('the API’s own words');
		expect(polls()).toHaveLength(2);
	});

	it('ends only that job', async () => {
		const items = await submit(4);
		const status = { status: 403, body: { error: 'not yours' } };
		sim.script({ path: `/v2/requests/${idOf(items[2])}/status`, answer: status });
		const run = await wait(items, {}, continues);

		expect(run.error).toBeUndefined();
		expect(run.items().map(({ json }) => json.request_id)).toEqual(items.map(idOf));
		expect(run.items().map(({ binary }) => Boolean(binary?.data))).toEqual([
			true,
			true,
			false,
			true,
		]);
		expect(run.items()[2]?.json).toMatchObject({
			failure_reason: expect.stringContaining('not allowed') as string,
			http_status: 403,
		});
	});

	it('is a failure; it does not lose the files of the other items', async () => {
		stage.duration = ({ index }) => (index === 1 ? 5 : 40);
		stage.fail = ({ index }) => (index === 1 ? 'no luck' : undefined);
		const items = await submit(3);
		const failing = sim.jobs[1]?.requestId;
		const run = await wait(items);

		expect(run.error?.message).toBe('The job failed: no luck');
		expect(run.error?.context).toMatchObject({
			itemIndex: items.findIndex((item) => idOf(item) === failing),
		});
		for (const { requestId, outputs } of sim.jobs.filter((job) => job.requestId !== failing)) {
			expect(run.error?.description).toContain(requestId);
			expect(run.error?.description).toContain(outputs[0]?.url);
		}
	});

	it('comes with the first poll for a job whose body is refused', async () => {
		stage.duration = () => 300;
		const items = await submit(1, {});
		const run = await wait(items, { routing: 'byStatus' });

		expect(run.items(undefined, 2)[0]?.json).toMatchObject({
			status: 'FAILED',
			failure_reason: 'Prompt is required and has to be a string',
		});
	});
});

describe('the deadline', () => {
	beforeEach(() => {
		stage.duration = () => 3000;
	});

	const timeout = 60;

	it('is an error that names the job, its status, the wait, and how to collect it', async () => {
		const items = await submit();
		const startedAt = sim.now();
		const run = await wait(items, { options: { timeout } });

		expect(run.status).toBe('error');
		const told = /^The job (\S+) was not finished after (\d+) seconds \(status PROCESSING\)$/.exec(
			run.error?.message ?? '',
		);
		expect(told?.[1]).toBe(idOf(items[0]));
		expect(Number(told?.[2])).toBeGreaterThanOrEqual(timeout);
		expect(Number(told?.[2])).toBeLessThanOrEqual(Math.ceil((sim.now() - startedAt) / 1000));
		expect(run.error?.description).toMatch(/Segmind Check Status.*one hour of/);
		expect(run.error?.context).toMatchObject({ itemIndex: 0 });
		// The last poll is at the deadline, not before.
		expect(polls().at(-1)?.at).toBeGreaterThanOrEqual(startedAt + timeout * 1000);
	});

	it('counts from the beginning of the wait, not from the submission', async () => {
		const [item] = await submit();
		const submitted_at = dateIn(-1_000_000).toISOString();
		const run = await wait([{ json: { ...item?.json, submitted_at } }], { options: { timeout } });

		expect(Number(/after (\d+) seconds/.exec(run.error?.message ?? '')?.[1])).toBeLessThan(500);
	});

	it('still collects a job that ends just before it', async () => {
		stage.duration = () => timeout;
		const items = await submit();
		const run = await wait(items, { options: { timeout } });

		expect(run.error).toBeUndefined();
		expect(run.items()[0]?.json.status).toBe('COMPLETED');
	});

	it('gives an item that can be collected later if the node continues', async () => {
		const items = await submit(2);
		const run = await wait(items, { options: { timeout } }, continues);

		expect(run.error).toBeUndefined();
		expect(run.items()).toHaveLength(2);
		for (const [index, { json, pairedItem }] of run.items().entries()) {
			expect(json).toMatchObject({ request_id: idOf(items[index]), status: 'PROCESSING' });
			expect(json.failure_reason).toContain(idOf(items[index]));
			expect(pairedItem).toEqual({ item: index });
		}
	});

	it('holds while Segmind answers nothing useful', async () => {
		const items = await submit();
		const body = '<html>Bad Gateway</html>';
		sim.script({ path: /\/status$/, times: 1000, answer: { status: 502, body } });
		const run = await wait(items, { options: { timeout } });

		expect(run.error?.message).toMatch(/was not finished after \d+ seconds/);
		expect(run.error?.message).toContain(idOf(items[0]));
	});

	it('holds although a rate limit lasts longer', async () => {
		const items = await submit(3);
		const headers = { 'retry-after': '1500' };
		sim.script({ path: /\/status$/, times: 1000, answer: { status: 429, headers, body: {} } });
		const startedAt = sim.now();
		const run = await wait(items, { options: { timeout } }, continues);

		for (const [index, { json }] of run.items().entries()) {
			expect(json).toMatchObject({ request_id: idOf(items[index]) });
			expect(json.failure_reason).toMatch(/was not finished after \d+ seconds/);
		}
		expect((sim.now() - startedAt) / 1000).toBeLessThan(1000);
	});

	it('does not apply to the result of a job that ended in time', async () => {
		stage.duration = () => 12;
		const items = await submit();
		// Both repeats come after the deadline, and before the grace of a minute is over.
		sim.script({ path: `/v2/requests/${idOf(items[0])}`, times: 2, answer: { status: 502 } });
		const run = await wait(items, { options: { timeout: 12 } });

		expect(run.error).toBeUndefined();
		expect(run.items()[0]?.json.status).toBe('COMPLETED');
	});

	it('of fetching a result says that the job is finished', async () => {
		stage.duration = () => 0;
		const items = await submit();
		sim.script({ path: `/v2/requests/${idOf(items[0])}`, times: 1000, answer: { status: 502 } });
		const run = await wait(items, { options: { timeout } });

		expect(run.error?.message).toMatch(/is finished.*could not be fetched/);
		expect(run.error?.message).toContain(idOf(items[0]));
		expect(run.error?.description).toMatch(/Segmind Check Status.*one hour of/);
	});
});

it('keeps to Concurrency while it waits for many', async () => {
	const items = await submit(10);
	sim.script({
		path: /\/status$/,
		times: 10,
		answer: { delaySeconds: 2, transform: (normal) => normal },
	});
	const run = await wait(items, { options: { concurrency: 2 } });

	expect(run.items()).toHaveLength(10);
	// The submits of the test itself, then never more than two.
	const overlap = polls().slice(0, 10);
	expect(Math.max(...overlap.map(({ at }) => at)) - overlap[0]!.at).toBeGreaterThan(3 * 2000);
});

it('polls in time a job that another machine submitted in the future', async () => {
	const [item] = await submit();
	const submitted_at = dateIn(86_400_000).toISOString();
	const startedAt = sim.now();
	await wait([{ json: { ...item?.json, submitted_at } }]);

	expect(polls()[0]!.at - startedAt).toBeLessThan(NOISE_MS);
});
