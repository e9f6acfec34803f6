import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Fault, RecordedRequest, ScriptedAnswer } from '../simulator/simulator';
import { withoutHistory } from '../simulator/withoutHistory';
import { startStage, type Stage } from './stage';
import type { NodeOptions } from './engine';
import { impatiently } from './impatiently';

const PAGE = '<!doctype html><html><title>502 Bad Gateway</title></html>';
const NOT_BILLED = 'Nothing was billed.';
const PERHAPS_BILLED =
	'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Look for it with Segmind Get History, or check your balance, before you run it again.';
const V1 = /^\/v1\//;
const V2 = /^\/v2\/fast/;

let stage: Stage;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => stage.sim.reset());
afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
afterAll(async () => await stage.close());

async function generate(parameters: INodeParameters, options: NodeOptions = {}) {
	return await stage.run(
		'segmindGenerateImage',
		{ prompt: '={{ $json.prompt ?? "a red fox" }}', ...parameters },
		options,
	);
}

const prompts = (...texts: string[]): INodeExecutionData[] =>
	texts.map((prompt) => ({ json: { prompt } }));
const posts = () => stage.sim.requests.filter(({ method }) => method === 'POST');
/** Answers the requests whose prompt is "bad". */
const toBad = (answer: ScriptedAnswer) => ({
	method: 'POST',
	times: 100,
	answer: ({ body }: RecordedRequest) =>
		(body as { prompt?: string }).prompt === 'bad' ? answer : undefined,
});

describe('each error status of a v1 call, as n8n shows it', () => {
	const quoted = (error: string) => ({ body: { error }, says: `Segmind said: "${error}"` });
	const html = { body: PAGE, says: 'The answer was a web page titled "502 Bad Gateway".' };
	const could = '(could not run "fast-flux-schnell")';

	it.each<
		[
			status: number,
			answer: { body: string | object; says: string },
			message: string,
			billed: string,
			advice: string,
		]
	>([
		[
			302,
			{ body: '', says: '' },
			`A redirect came instead of Segmind’s answer, with status 302 ${could}`,
			PERHAPS_BILLED,
			'Redirects are not followed',
		],
		[
			400,
			quoted('Prompt is required and has to be a string'),
			`Segmind rejected the input ${could}`,
			NOT_BILLED,
			'Correct the field that Segmind names',
		],
		[
			401,
			quoted('Unauthorized. API key is invalid or may have expired.'),
			'Segmind did not accept the API key',
			NOT_BILLED,
			'Open the Segmind credential',
		],
		[
			403,
			quoted('Not allowed for this team'),
			'This Segmind account may not use the model "fast-flux-schnell"',
			NOT_BILLED,
			'Check the plan and the team settings',
		],
		[
			404,
			quoted('Model fast-flux-schnell not found'),
			'Segmind has no model named "fast-flux-schnell"',
			NOT_BILLED,
			'Check the spelling',
		],
		[
			405,
			html,
			`Segmind’s server does not accept this kind of request ${could}`,
			NOT_BILLED,
			'Check the endpoints',
		],
		[
			406,
			quoted('Insufficient credits. Please add credits to your account to continue.'),
			'Not enough Segmind credits',
			NOT_BILLED,
			'Add credits at cloud.segmind.com/billing',
		],
		[
			406,
			quoted('Invalid content type'),
			`Segmind refused the request ${could}`,
			NOT_BILLED,
			'The model may not accept one of the values',
		],
		[
			410,
			quoted('Model has been retired'),
			'Segmind has retired the model "fast-flux-schnell"',
			NOT_BILLED,
			'Choose another model',
		],
		[
			422,
			quoted('steps has to be an integer'),
			`Segmind found the input invalid ${could}`,
			NOT_BILLED,
			'Correct the field that Segmind names',
		],
		[
			429,
			quoted('rate_limit_exceeded'),
			'Segmind’s rate limit was reached',
			NOT_BILLED,
			'Lower Concurrency',
		],
		[
			500,
			quoted('Scheduler has to be one of DDIM'),
			`Segmind had an internal error ${could}`,
			NOT_BILLED,
			'check the parameters, then run it again',
		],
		[
			502,
			html,
			`Segmind’s gateway, or a proxy on the way, gave up ${could}`,
			PERHAPS_BILLED,
			'Use the mode Async for slow models',
		],
		[
			503,
			html,
			`Segmind’s gateway, or a proxy on the way, is overloaded ${could}`,
			NOT_BILLED,
			'Run it again later',
		],
		[
			504,
			html,
			`Segmind’s gateway, or a proxy on the way, gave up ${could}`,
			PERHAPS_BILLED,
			'Use the mode Async for slow models',
		],
		[
			507,
			quoted('Insufficient storage'),
			`Segmind answered with the unexpected status 507 ${could}`,
			PERHAPS_BILLED,
			'contact Segmind’s support',
		],
	])('%i %j', async (status, { body, says }, message, billed, advice) => {
		stage.sim.script(toBad({ status, body }));
		const items = prompts('good', 'bad');
		const { error, status: ended } = await generate(
			{ options: { mode: 'sync', maxRetries: 0 } },
			{ items },
		);

		expect(ended).toBe('error');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message,
			httpCode: String(status),
			context: { itemIndex: 1 },
		});
		const [first, ...others] = error!.description!.split('<br>');
		expect(first!.startsWith(`${billed} `)).toBe(true);
		expect(first).toContain(advice);
		expect(first).toContain(says);
		// A picture in memory has no URL and no ID that Check Status knows.
		expect(others).toEqual([
			expect.stringMatching(/^Item 0: finished: [^ ]*\.jpg$/),
			expect.stringContaining('only in memory'),
		]);
		expect(JSON.stringify(error)).not.toContain(stage.sim.apiKey);
	});
});

it('reports an error inside a 200', async () => {
	const body = { error: 'The prompt was refused by the content policy' };
	stage.sim.script({ path: V1, answer: { status: 200, body } });
	const { error } = await generate({ options: { mode: 'sync' } });

	expect(error).toMatchObject({
		message: 'Segmind ended the run without a file: The prompt was refused by the content policy',
		description: expect.stringMatching(
			/^It is not known whether it was billed: .*Segmind said: "The prompt was refused by the content policy" Change the prompt/,
		),
		context: { itemIndex: 0 },
	});
	expect(posts()).toHaveLength(1);
});

it('reports why a job failed, that it was not billed, and its ID', async () => {
	const { error } = await generate({
		options: { mode: 'async', jsonParameters: '{"aspect_ratio": "7:1"}' },
	});

	const [job] = stage.sim.jobs;
	expect(job!.billed).toBe(0);
	expect(error).toMatchObject({
		message: `The job failed: ${job!.error}`,
		description: expect.stringMatching(
			new RegExp(`^Nothing was billed\\..* Job ${job!.requestId}$`),
		),
		context: { itemIndex: 0 },
	});
});

it('suggests similar models for an unknown one', async () => {
	const model = { __rl: true, mode: 'slug', value: 'fast-flux-schnel' };
	for (const mode of ['sync', 'async']) {
		const { error } = await generate({ model, options: { mode } });
		expect(error!.message).toBe('Segmind has no model named "fast-flux-schnel"');
		expect(error!.description).toMatch(
			/^Nothing was billed\. Check the spelling; capitals matter\. Models with a similar name: fast-flux-schnell\b/,
		);
	}
});

it('never prints the key, even if Segmind does', async () => {
	const error = `The key ${stage.sim.apiKey} may not do this`;
	stage.sim.script({ path: V1, times: 2, answer: { status: 403, body: { error } } });
	const stopped = await generate({ options: { mode: 'sync' } });
	const nodeOptions = { onError: 'continueRegularOutput' } as const;
	const continued = await generate({ options: { mode: 'sync' } }, { nodeOptions });

	const shown = [stopped.error!.message, stopped.error!.description, continued.items()[0]!.json];
	expect(JSON.stringify(shown)).toContain('The key [API key] may not do this');
	expect(JSON.stringify([shown, stopped, continued])).not.toContain(stage.sim.apiKey);
});

it('does not quote a web page', async () => {
	const body = `<html><title>Oops</title>${'<p>secret</p>'.repeat(10_000)}</html>`;
	stage.sim.script({ path: V1, answer: { status: 405, body } });
	const { error } = await generate({ options: { mode: 'sync' } });
	expect(error!.description).not.toContain('secret');
	expect(error!.description!.length).toBeLessThan(300);
});

describe('which requests are retried', () => {
	const JSON_500 = { status: 500, body: { error: 'internal' } };
	const PAGE_500 = { status: 500, body: PAGE };

	it.each<
		[what: string, mode: string, answer: ScriptedAnswer, times: number, sent: number, ends: string]
	>([
		// v1: only what proves that nothing was accepted or billed.
		['429', 'sync', { status: 429 }, 2, 3, 'success'],
		['503', 'sync', { status: 503, body: PAGE }, 2, 3, 'success'],
		['500 of the API', 'sync', JSON_500, 1, 2, 'success'],
		['500 of the API, once only', 'sync', JSON_500, 2, 2, 'error'],
		['500 of a gateway', 'sync', PAGE_500, 1, 1, 'error'],
		[
			'an open call that was cut off',
			'sync',
			{ status: 500, body: { error: 'Internal Polling Error' } },
			1,
			1,
			'error',
		],
		['502', 'sync', { status: 502, body: PAGE }, 1, 1, 'error'],
		['504', 'sync', { status: 504, body: { error: 'timeout' } }, 1, 1, 'error'],
		['400', 'sync', { status: 400, body: { error: 'x' } }, 1, 1, 'error'],
		['406', 'sync', { status: 406, body: { error: 'x' } }, 1, 1, 'error'],
		// v2: an explicit 5xx means that no job was queued.
		['429', 'async', { status: 429 }, 2, 3, 'success'],
		['500 of the API', 'async', JSON_500, 3, 4, 'success'],
		['500 of a gateway', 'async', PAGE_500, 1, 2, 'success'],
		['502', 'async', { status: 502, body: PAGE }, 1, 2, 'success'],
		['503', 'async', { status: 503, body: PAGE }, 1, 2, 'success'],
		['504', 'async', { status: 504, body: PAGE }, 1, 2, 'success'],
		['400', 'async', { status: 400, body: { error: 'x' } }, 1, 1, 'error'],
		['404', 'async', { status: 404, body: { error: 'x' } }, 1, 1, 'error'],
	])('%s (%s)', async (_what, mode, answer, times, sent, ends) => {
		stage.sim.script({ method: 'POST', times, answer });
		const run = await generate({ options: { mode } });

		expect(run.status).toBe(ends);
		expect(posts()).toHaveLength(sent);
		expect(stage.sim.jobs).toHaveLength(ends === 'success' ? 1 : 0);
	});

	it('at most Max Retries times', async () => {
		stage.sim.script({ method: 'POST', times: 100, answer: { status: 503 } });
		for (const maxRetries of [0, 2]) {
			stage.sim.requests.length = 0;
			const { error } = await generate({ options: { mode: 'sync', maxRetries } });
			expect(posts()).toHaveLength(maxRetries + 1);
			expect(error!.description).toMatch(
				maxRetries ? /It was tried 3 times\./ : /^Nothing was billed\. Run it again later/,
			);
		}
	});
});

describe('a failed connection is never paid for twice, even without a history', () => {
	beforeEach(() => withoutHistory(stage.sim));

	const faults: Fault[] = [
		'reset',
		'resetAfterBody',
		'resetMidAnswer',
		'truncate',
		'emptyBody',
		'brokenJson',
		'hang',
		'hangInBody',
	];

	const cases = faults.flatMap((fault) => [['sync', fault] as const, ['async', fault] as const]);

	// A submit waits 60 virtual seconds for its answer, a v1 call as long as Timeout says; both at least some real ones.
	it.each(cases.filter(([mode, fault]) => mode === 'sync' || fault !== 'brokenJson'))(
		'%s: %s',
		async (mode, fault) => {
			stage.sim.script({
				path: mode === 'sync' ? V1 : V2,
				times: 100,
				answer: { fault, afterProcessing: fault !== 'reset' },
			});
			const options = mode === 'sync' ? { timeout: 1 } : {};
			const { error } = await impatiently(stage.engine, async () => {
				return await generate({ options: { mode, ...options } });
			});

			expect(posts()).toHaveLength(1);
			expect(stage.sim.jobs.length).toBe(fault === 'reset' ? 0 : 1);
			// A v1 picture whose stream breaks was certainly made; everything else is unknown.
			expect(error!.description).toMatch(
				/may have been carried out and billed|may have been billed|was made and billed/,
			);
			expect(error!.context.itemIndex).toBe(0);
		},
	);

	it('async: accepts an answer that was cut off after the ID', async () => {
		stage.sim.script({ path: V2, answer: { fault: 'brokenJson', afterProcessing: true } });
		const run = await generate({ options: { mode: 'async' } });

		expect(run.error).toBeUndefined();
		expect(posts()).toHaveLength(1);
		expect(run.items().map(({ json }) => json.request_id)).toEqual([stage.sim.jobs[0]!.requestId]);
	});

	it.each(['sync', 'async'])('%s: a server that is not there cannot have billed', async (mode) => {
		const credentials = { segmindApi: { ...stage.sim.credential, baseUrl: 'http://127.0.0.1:9' } };
		const { error } = await generate({ options: { mode, maxRetries: 1 } }, { credentials });

		expect(error!.message).toMatch(/^Segmind could not be reached \(could not /);
		expect(error!.description).toBe(
			'Nothing was billed. Check the network of your n8n server, its proxy settings (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and the endpoints of the credential, then run it again. Technical reason: ECONNREFUSED 127.0.0.1:9',
		);
	});

	it.each(['sync', 'async'])('%s: a redirect is not followed, nor given the key', async (mode) => {
		stage.sim.script({
			method: 'POST',
			times: 100,
			answer: { fault: 'redirect', location: `${stage.sim.filesUrl}/elsewhere` },
		});
		const { error } = await generate({ options: { mode } });

		expect(error!.description).toContain('Redirects are not followed');
		expect(stage.sim.requests.map(({ origin }) => origin)).toEqual(['api']);
	});
});

describe('the credential', () => {
	it.each(['SG_0000000000000000', 'x'])('with the wrong key %s', async (apiKey) => {
		const credentials = { segmindApi: { ...stage.sim.credential, apiKey } };
		const { error } = await generate({}, { credentials });

		expect(error!.message).toBe('Segmind did not accept the API key');
		expect(error!.description).toContain('Unauthorized. API key is invalid or may have expired.');
	});

	it.each(['', '   '])('with the key %j', async (apiKey) => {
		const credentials = { segmindApi: { ...stage.sim.credential, apiKey } };
		const { error } = await generate({}, { credentials });

		expect(error!.message).toBe('The Segmind credential has no API key');
		expect(stage.sim.requests).toEqual([]);
	});

	it('with spaces around the key', async () => {
		const apiKey = ` ${stage.sim.apiKey}\n`;
		const run = await generate(
			{},
			{ credentials: { segmindApi: { ...stage.sim.credential, apiKey } } },
		);
		expect(run.error).toBeUndefined();
	});

	it.each(['/', '/v1', '/v1/', '/v2'])('with %s after the URL', async (ending) => {
		const baseUrl = `${stage.sim.url}${ending}`;
		const credentials = { segmindApi: { ...stage.sim.credential, baseUrl } };
		for (const mode of ['sync', 'async']) {
			const run = await generate({ options: { mode } }, { credentials });
			expect(run.error).toBeUndefined();
		}
	});

	it.each(['api.segmind.com', 'ftp://api.segmind.com', 'https://a:b@c.example', 'not an address'])(
		'with the URL %s',
		async (baseUrl) => {
			const credentials = { segmindApi: { ...stage.sim.credential, baseUrl } };
			const { error } = await generate({}, { credentials });

			expect(error).toMatchObject({
				message: 'The Base URL of the Segmind credential is not a valid URL',
				context: { itemIndex: 0 },
			});
			expect(stage.sim.requests).toEqual([]);
		},
	);
});

describe('what Segmind quotes stays readable', () => {
	const quoted = 'no "<lora:fur:0.8>" & <b>no</b>\nat all';
	const answer = { status: 400, body: { error: quoted } };

	it('in the error that n8n shows as HTML', async () => {
		stage.sim.script({ path: V1, answer });
		const { error } = await generate({ options: { mode: 'sync' } });
		expect(error!.description).toContain('no "‹lora:fur:0.8›" & ‹b›no‹/b›<br>at all');
	});

	it('in a failed item, which is plain text', async () => {
		stage.sim.script({ path: V1, answer });
		const nodeOptions = { onError: 'continueRegularOutput' } as const;
		const run = await generate({ options: { mode: 'sync' } }, { nodeOptions });
		expect(run.items()[0]!.json.advice).toContain(quoted);
	});

	it('in a hint, which n8n shows as HTML', async () => {
		const run = await generate({ options: { mode: 'sync', jsonParameters: '{"<i>x": "<b>"}' } });
		const hints = run
			.hints()
			.map(({ message }) => message)
			.join(' ');
		expect(hints).toContain('‹i›x');
		expect(hints).not.toMatch(/[<>]/);
	});
});
