import { randomUUID } from 'crypto';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { RunResult } from '../engine/engine';
import { impatiently } from '../engine/impatiently';
import { startStage, type Stage } from '../engine/stage';
import { model, textOf } from '../faults/runs';
import type { Fault, ScriptedAnswer, SimulatedJob } from '../simulator/types';
import { withoutHistory } from '../simulator/withoutHistory';

const AUTOMATIC: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const POST = /^\/v[12]\/fast/;
const HISTORY = /\/request-history/;
const UNKNOWN = /may have been carried out and billed/;

let stage: Stage;

beforeAll(async () => (stage = await startStage('filesystem')));
beforeEach(() => {
	stage.sim.reset();
	stage.aheadMs = 0;
	stage.duration = () => 5;
	stage.fail = () => undefined;
});
afterEach(() => expect([stage.sim.keyLeaks, stage.sim.catalogKeys]).toEqual([0, 0]));
afterAll(async () => await stage.close());

const itemsOf = (...prompts: string[]): INodeExecutionData[] =>
	prompts.map((prompt) => ({ json: { prompt } }));

type Mode = 'sync' | 'async' | 'submit';

async function run(
	mode: Mode,
	{
		items = itemsOf('a fox'),
		more = {},
		...options
	}: {
		items?: INodeExecutionData[];
		retryOf?: RunResult;
		nodeOptions?: Partial<INode>;
		more?: object;
	} = {},
) {
	const shared = { checkParameters: 'off', maxRetries: 0 };
	const small = { jsonParameters: '{ "width": 48, "height": 48 }' };
	const ways = {
		submit: { options: { ...shared, ...small, ...more } },
		sync: { options: { ...shared, ...small, mode, timeout: 200, ...more } },
		async: { options: { ...shared, ...small, mode, timeout: 200, ...more } },
	};
	const node = mode === 'submit' ? 'segmindSubmitAsync' : 'segmindGenerateImage';
	const parameters = { model, prompt: '={{ $json.prompt }}', ...ways[mode] };
	return await stage.run(node, parameters as never, { items, ...options });
}

const requests = (method: string, path: RegExp) =>
	stage.sim.requests.filter((one) => one.method === method && path.test(one.path));
const posts = () => requests('POST', POST);
const lists = () => requests('GET', /\/request-history\?/);
const hintsOf = (result: RunResult) => result.hints().map(({ message }) => message);
/** Breaks the connections on which the answers would come: the work is done. */
const lose = (answer: Partial<ScriptedAnswer> & { fault?: Fault } = {}, times = 1, skip = 0) =>
	stage.sim.script({
		path: POST,
		times,
		skip,
		answer: { fault: 'resetAfterBody', afterProcessing: true, ...answer } as ScriptedAnswer,
	});

/** Loses an answer while another worker sends the same: both begin at the same time, however busy the machine. */
const loseBesideEqual = (requestId: string) =>
	stage.sim.script({
		path: POST,
		answer: () => {
			const request_body = { prompt: 'a fox', width: 48, height: 48 };
			stage.sim.history.add({ request_id: requestId, request_body });
			return { fault: 'resetAfterBody', afterProcessing: true };
		},
	});

it('asks nothing of the history as long as nothing goes wrong', async () => {
	const items = itemsOf('one', 'two', 'three');
	for (const mode of ['sync', 'async', 'submit'] as const) {
		expect(textOf(await run(mode, { items }))).toBe('');
	}
	expect(requests('GET', HISTORY)).toEqual([]);
});

describe('a lost answer is found', () => {
	it.each<[mode: Mode, answer: Partial<ScriptedAnswer> & { fault?: Fault }]>([
		['async', {}],
		['sync', {}],
		['submit', {}],
		['sync', { fault: 'resetMidAnswer' }],
		['async', { fault: 'emptyBody' }],
	])('%s, %j', async (mode, answer) => {
		lose(answer);
		const result = await run(mode);
		expect(textOf(result)).toBe('');
		const [job] = stage.sim.jobs;
		expect([posts().length, stage.sim.jobs.length]).toEqual([1, 1]);
		const [{ json, binary }] = result.items() as [INodeExecutionData];
		expect(json.request_id).toBe(job!.requestId);
		if (mode === 'submit') {
			expect(json).toMatchObject({ status: 'QUEUED', recovered: true });
			expect(hintsOf(result)).toEqual([expect.stringContaining('found in the request history')]);
			return;
		}
		expect(json).toMatchObject({ status: 'COMPLETED', recovered: true, cost: job!.billed });
		expect(binary?.data?.mimeType).toBe('image/jpeg');
	});

	it('after a gateway’s page in place of a v1 answer', async () => {
		stage.sim.script({
			path: POST,
			answer: { transform: () => ({ status: 502, headers: {}, body: Buffer.from('<html>') }) },
		});
		const result = await run('sync');
		expect(result.items().map(({ json }) => json.recovered)).toEqual([true]);
	});

	it.each<Mode>(['sync', 'async'])(
		'even if its row lands late, and is PENDING first (%s)',
		async (mode) => {
			stage.sim.history.landsAfter = () => 12;
			stage.duration = () => 60;
			lose();
			const result = await run(mode);
			expect(textOf(result)).toBe('');
			expect(result.items()[0]!.json).toMatchObject({ status: 'COMPLETED', recovered: true });
			expect(posts()).toHaveLength(1);
		},
	);

	it('as a failed one, which was not billed and may be sent again', async () => {
		stage.fail = ({ index }) => (index === 0 ? 'out of memory' : undefined);
		lose();
		const first = await run('async');
		expect(textOf(first)).toMatch(/out of memory/);
		expect(textOf(first)).toMatch(/Nothing was billed/);
		const second = await run('async', { retryOf: first });
		expect(textOf(second)).toBe('');
		expect(hintsOf(second)).toEqual([]);
	});

	it('for each item its own, and the others are not held up', async () => {
		const items = itemsOf('one', 'two', 'three', 'four', 'five');
		lose({}, 3, 1);
		const result = await run('async', { items, more: { concurrency: 1 } });
		expect(textOf(result)).toBe('');
		const promptOf = (id: unknown) =>
			stage.sim.jobs.find(({ requestId }) => requestId === id)?.body.prompt;
		expect(result.items().map(({ json }) => promptOf(json.request_id))).toEqual(
			items.map(({ json }) => json.prompt),
		);
		expect(result.items().filter(({ json }) => json.recovered)).toHaveLength(3);
		expect(stage.sim.jobs).toHaveLength(5);
	});

	it('if an equal item has its answer', async () => {
		lose();
		const result = await run('async', { items: itemsOf('twin', 'twin') });
		expect(textOf(result)).toBe('');
		const ids = result.items().map(({ json }) => json.request_id);
		expect(new Set(ids).size).toBe(2);
	});
});

describe('nothing is taken that may be another’s', () => {
	it('two equal lost requests are named with their cost', async () => {
		lose({}, 2);
		const result = await run('async', {
			items: itemsOf('twin', 'twin'),
			nodeOptions: { onError: 'continueRegularOutput' },
		});
		expect(result.items()).toHaveLength(2);
		for (const { json } of result.items()) {
			expect(json).toMatchObject({ status: 'UNKNOWN', billed: 'unknown' });
			for (const { requestId, billed } of stage.sim.jobs) {
				expect(json.advice).toContain(`${requestId} (COMPLETED, $${billed})`);
			}
		}
		expect(posts()).toHaveLength(2);
	});

	it('a team mate’s equal request', async () => {
		stage.sim.script({ path: POST, answer: { fault: 'reset' } });
		const body = { prompt: 'a fox', width: 48, height: 48 };
		stage.sim.history.add({ request_id: '7'.repeat(32), request_body: body }, { mine: false });
		const result = await run('async');
		expect(textOf(result)).toMatch(UNKNOWN);
		expect(textOf(result)).toMatch(/The request history does not show it so far/);
	});

	it('another worker’s equal one beside the lost one', async () => {
		loseBesideEqual('8'.repeat(32));
		const result = await run('async');
		expect(textOf(result)).toMatch(/has 2 that may be it, so none was used/);
		expect(textOf(result)).toContain(`${'8'.repeat(32)} (COMPLETED, $0.01)`);
		expect(textOf(result)).toContain(stage.sim.jobs[0]!.requestId);
	});

	it.each<[what: string, answer: ScriptedAnswer]>([
		['a web page', { status: 200, body: '<html>hello</html>' }],
		['a proxy’s “not found”', { status: 404, body: '<html>nginx</html>' }],
		['nothing', { status: 200, body: {} }],
		['another request', { status: 200, body: { request_id: 'x', model_status: 'COMPLETED' } }],
	])('another worker’s equal one, when %s comes for one of the two', async (_what, answer) => {
		const id = randomUUID();
		loseBesideEqual(id);
		stage.sim.script({ path: new RegExp(`/request-history/${id}`), times: 9, answer });
		const result = await run('async');
		expect(textOf(result)).toMatch(/has 2 that may be it, so none was used/);
		expect(textOf(result)).toContain(`${id} (COMPLETED, $0.01)`);
	});

	it('an older equal one', async () => {
		stage.sim.script({ path: POST, answer: { fault: 'reset' } });
		const created_at = new Date(Date.now() - 3600_000).toISOString();
		const body = { prompt: 'a fox', width: 48, height: 48 };
		stage.sim.history.add({ request_id: '9'.repeat(32), request_body: body, created_at });
		const result = await run('async');
		expect(textOf(result)).toMatch(/does not show it so far/);
	});
});

describe('whatever the history answers, the error is that of today', () => {
	it.each<[what: string, answer: ScriptedAnswer, requests: number]>([
		['401', { status: 401, body: { error: 'Unauthorized' } }, 1],
		['404', { status: 404, body: { error: 'Not Found' } }, 1],
		['503', { status: 503, body: { error: 'Overloaded' } }, 5],
		['another shape', { body: { hello: 'world' } }, 1],
		['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 1],
		['nothing', { body: '' }, 1],
		['a reset', { fault: 'reset' }, 5],
		['too late', { delaySeconds: 100_000 }, 3],
	])('%s', async (_what, answer, most) => {
		stage.sim.script({ path: HISTORY, times: Infinity, answer });
		lose();
		const lostRun = async () => await run('async', { more: { timeout: 40 } });
		// Only where silence is the fault may it be noticed soon.
		const isSilent = answer.delaySeconds !== undefined;
		const result = await (isSilent ? impatiently(stage.engine, lostRun) : lostRun());
		expect(textOf(result)).toMatch(UNKNOWN);
		expect(posts()).toHaveLength(1);
		expect(requests('GET', HISTORY).length).toBeLessThanOrEqual(most);
	});

	it('pages without end', async () => {
		const { sim } = stage;
		sim.history.shape = ({ page, perPage }) => ({
			data: Array.from({ length: perPage }, (_, index) => ({
				request_id: `page-${page}-row-${index}`,
				created_at: new Date(Date.now() + 3600_000).toISOString(),
			})),
			has_more: true,
		});
		lose();
		const result = await run('async');
		expect(textOf(result)).toMatch(UNKNOWN);
		expect(lists().length).toBeLessThanOrEqual(25);
	});
});

describe('later', () => {
	/** The row lands after the run that lost it. */
	async function lostRun(mode: Mode = 'async') {
		stage.sim.history.landsAfter = () => 3000;
		lose();
		const first = await run(mode);
		expect(textOf(first)).toMatch(UNKNOWN);
		expect(textOf(first)).toMatch(/Segmind Get History/);
		stage.aheadMs += 3_100_000;
		stage.sim.requests.length = 0;
		return first;
	}

	it.each<Mode>(['async', 'sync', 'submit'])(
		'Retry looks once, and pays nothing (%s)',
		async (mode) => {
			const first = await lostRun(mode);
			const second = await run(mode, { retryOf: first });
			expect(textOf(second)).toBe('');
			expect([lists().length, posts().length]).toEqual([1, 0]);
			expect(second.items()[0]!.json.request_id).toBe(stage.sim.jobs[0]!.requestId);
		},
	);

	it('an automatic try looks once more', async () => {
		stage.sim.history.landsAfter = () => Infinity;
		// Refused once, a history is not asked again in that try.
		stage.sim.script({ origin: 'catalog', answer: { status: 401, body: {} } });
		lose();
		const result = await run('async', { nodeOptions: AUTOMATIC });
		expect(textOf(result)).toMatch(/not sent again/);
		expect([lists().length, posts().length]).toEqual([2, 1]);
	});

	it('Retry sends it if the history shows nothing', async () => {
		const first = await lostRun();
		stage.sim.history.landsAfter = () => Infinity;
		const second = await run('async', { retryOf: first });
		expect(textOf(second)).toBe('');
		expect(posts()).toHaveLength(1);
		expect(hintsOf(second)).toEqual([expect.stringContaining('was sent once before')]);
	});

	it('Retry first tells of requests that may be it, and sends when it is pressed again', async () => {
		const first = await lostRun();
		const [{ body, submittedAt }] = stage.sim.jobs as [SimulatedJob];
		const agoMs = stage.sim.now() - submittedAt;
		const created_at = new Date(stage.engine.packageClock().now() + stage.aheadMs - agoMs);
		stage.sim.history.add({
			request_id: '6'.repeat(32),
			request_body: body,
			created_at: created_at.toISOString(),
		});
		const second = await run('async', { retryOf: first });
		expect(textOf(second)).toContain('6'.repeat(32));
		expect(textOf(second)).toMatch(/Nothing was sent/);
		expect(posts()).toHaveLength(0);
		const third = await run('async', { retryOf: second });
		expect(textOf(third)).toBe('');
		expect(posts()).toHaveLength(1);
	});

	it('Retry collects a job that Segmind has forgotten meanwhile', async () => {
		stage.duration = () => 1000;
		const first = await run('async');
		expect(textOf(first)).toContain('was not finished');
		stage.aheadMs += 2 * 3600_000;
		const second = await run('async', { retryOf: first });
		expect(textOf(second)).toBe('');
		expect(second.items()[0]!.json).toMatchObject({ status: 'COMPLETED', recovered: true });
		expect(posts()).toHaveLength(1);
	});
});

it('works without a history as before', async () => {
	withoutHistory(stage.sim);
	lose();
	const result = await run('sync');
	expect(textOf(result)).toMatch(/The request history could not be read/);
});
