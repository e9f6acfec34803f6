import { expectOk, explain, explainNoAnswer, unreadable } from '../../nodes/api/explain';
import type { SegmindFailure } from '../../nodes/api/failure';
import type { NetworkFailure } from '../../nodes/api/networkFailure';
import { apiText, reasonOf } from '../../nodes/api/reason';
import type { Answer } from '../../nodes/api/request';
import type { RequestContext } from '../../nodes/api/requestContext';

const PAGE = '<!doctype html>\n<html><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>';

const v1: RequestContext = {
	kind: 'generate',
	task: 'run "fast-flux-schnel"',
	model: 'fast-flux-schnel',
	nearModels: ['fast-flux-schnell', 'flux-schnell'],
};
const v2: RequestContext = {
	...v1,
	kind: 'submit',
	task: 'submit a job to "fast-flux-schnel"',
	nearModels: [],
};
const look: RequestContext = { kind: 'read', task: 'look at job 8b3c5b6e', requestId: '8b3c5b6e' };
const balance: RequestContext = { kind: 'read', task: 'read the balance' };

function answer(status: number, body: unknown, more: Partial<Answer> = {}): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return {
		status,
		headers: {},
		text,
		json: typeof body === 'string' ? undefined : body,
		attempts: 1,
		waitMs: undefined,
		...more,
	};
}

const told = ({ message, details }: SegmindFailure) => [message, details.description];
const says = (error: string) => `Segmind said: "${error}"`;

describe('each status, as the user reads it', () => {
	it.each<
		[
			status: number,
			why: string,
			body: unknown,
			purpose: RequestContext,
			message: string,
			below: string,
		]
	>([
		[
			302,
			'redirect',
			'',
			v1,
			'Segmind answered with the unexpected status 302 (could not run "fast-flux-schnel")',
			'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. Redirects are not followed, because the API key would go with them. Check the endpoints of the credential.',
		],
		[
			400,
			'field missing',
			{ error: 'Prompt is required and has to be a string' },
			v1,
			'Segmind rejected the input (could not run "fast-flux-schnel")',
			`Nothing was billed. Correct the field that Segmind names and run it again. ${says('Prompt is required and has to be a string')}`,
		],
		[
			401,
			'key refused',
			{ error: 'Unauthorized. API key is invalid or may have expired.' },
			v1,
			'Segmind did not accept the API key',
			`Nothing was billed. Open the Segmind credential and paste the key again, or create a new one at cloud.segmind.com/console/api-keys. ${says('Unauthorized. API key is invalid or may have expired.')}`,
		],
		[
			401,
			'from the console’s gateway',
			{ error: 'invalid_api_key', error_description: '..', status_code: 401 },
			balance,
			'Segmind did not accept the API key',
			`Open the Segmind credential and paste the key again, or create a new one at cloud.segmind.com/console/api-keys. ${says('invalid_api_key')}`,
		],
		[
			403,
			'model not allowed',
			{ error: 'Upgrade your plan' },
			v1,
			'This Segmind account may not use the model "fast-flux-schnel"',
			`Nothing was billed. Check the plan and the team settings in the Segmind console, or choose another model. ${says('Upgrade your plan')}`,
		],
		[
			403,
			'no model in it',
			{ error: 'Forbidden' },
			balance,
			'This Segmind account is not allowed to read the balance',
			`Check the plan and the team settings in the Segmind console, or choose another model. ${says('Forbidden')}`,
		],
		[
			404,
			'no such model',
			{ error: 'Model fast-flux-schnel not found' },
			v1,
			'Segmind has no model named "fast-flux-schnel"',
			`Nothing was billed. Check the spelling; capitals matter. Models with a similar name: fast-flux-schnell, flux-schnell. ${says('Model fast-flux-schnel not found')}`,
		],
		[
			404,
			'no such model, and none near',
			{ error: 'not found' },
			v2,
			'Segmind has no model named "fast-flux-schnel"',
			`Nothing was billed. Check the spelling; capitals matter. ${says('not found')}`,
		],
		[
			404,
			'job forgotten',
			{ error: 'Request 8b3c5b6e not found' },
			look,
			'Segmind does not know the job 8b3c5b6e',
			`The id is wrong, belongs to another account, or the job is older than one hour: Segmind forgets jobs one hour after submission. ${says('Request 8b3c5b6e not found')}`,
		],
		[
			404,
			'another server',
			PAGE.replace(/502 Bad Gateway/, 'Nothing here'),
			balance,
			'Segmind has no such address (could not read the balance)',
			'Check the endpoints of the Segmind credential. The answer was a web page titled "Nothing here".',
		],
		[
			405,
			'an HTML page, as documented',
			'<!doctype html><html lang=en><title>405 Method Not Allowed</title><p>secret path</p>',
			v1,
			'Segmind’s server does not take this kind of request (could not run "fast-flux-schnel")',
			'Nothing was billed. Check the endpoints of the Segmind credential: they seem to lead elsewhere. The answer was a web page titled "405 Method Not Allowed".',
		],
		[
			406,
			'too few credits',
			{ error: 'Insufficient credits. Please add credits to your account to continue.' },
			v1,
			'Not enough Segmind credits',
			`Nothing was billed. Add credits at cloud.segmind.com/billing, then run it again. ${says('Insufficient credits. Please add credits to your account to continue.')}`,
		],
		[
			406,
			'not about credits',
			{ error: 'Invalid content type' },
			v1,
			'Segmind refused the request (could not run "fast-flux-schnel")',
			`Nothing was billed. A value may be one that the model does not take, or a spending limit of the team was reached. ${says('Invalid content type')}`,
		],
		[
			410,
			'model retired',
			{ error: 'Gone' },
			v1,
			'Segmind has retired the model "fast-flux-schnel"',
			`Nothing was billed. Choose another model. Models with a similar name: fast-flux-schnell, flux-schnell. ${says('Gone')}`,
		],
		[
			410,
			'no model in it',
			{ error: 'Gone' },
			balance,
			'Segmind no longer offers this (could not read the balance)',
			`Check the endpoints of the Segmind credential. ${says('Gone')}`,
		],
		[
			413,
			'body too large',
			'',
			v2,
			'The request is too large for Segmind',
			'Nothing was billed. Use a smaller file, or give it as a URL.',
		],
		[
			422,
			'validation',
			{ detail: [{ loc: ['body', 'steps'], msg: 'value is not a valid integer' }] },
			v1,
			'Segmind found the input invalid (could not run "fast-flux-schnel")',
			`Nothing was billed. Correct the field that Segmind names and run it again. ${says('body.steps: value is not a valid integer')}`,
		],
		[
			429,
			'rate limit',
			{ error: 'rate_limit_exceeded' },
			v1,
			'Segmind’s rate limit was reached',
			`Nothing was billed. Lower Concurrency, raise Max Retries, or wait a minute and run it again. ${says('rate_limit_exceeded')}`,
		],
		[
			500,
			'bad value',
			{ error: 'Scheduler has to be one of DDIM' },
			v1,
			'Segmind had an internal error (could not run "fast-flux-schnel")',
			`Nothing was billed. Often a parameter has a value that the model cannot use: check them, then run it again. ${says('Scheduler has to be one of DDIM')}`,
		],
		[
			500,
			'a gateway’s page for an open v1 call',
			'<html><h1>Internal Server Error</h1></html>',
			v1,
			'Segmind had an internal error (could not run "fast-flux-schnel")',
			'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. Often a parameter has a value that the model cannot use: check them, then run it again. The answer was a web page titled "Internal Server Error".',
		],
		[
			500,
			'cut off after 100 s while the job goes on',
			{ error: 'Internal Polling Error' },
			v1,
			'Segmind gave up waiting for the model (could not run "fast-flux-schnel")',
			`It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. The mode Async is made for slow models. ${says('Internal Polling Error')}`,
		],
		[
			502,
			'v1: outcome unknown',
			PAGE,
			v1,
			'Segmind gave up waiting for the model (could not run "fast-flux-schnel")',
			'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. The mode Async is made for slow models. The answer was a web page titled "502 Bad Gateway".',
		],
		[
			502,
			'v2: nothing accepted',
			PAGE,
			v2,
			'Segmind’s gateway is not answering (could not submit a job to "fast-flux-schnel")',
			'Nothing was billed. Run it again later. The answer was a web page titled "502 Bad Gateway".',
		],
		[
			503,
			'overloaded',
			'<html>no title</html>',
			v1,
			'Segmind is overloaded at the moment',
			'Nothing was billed. Run it again later. The answer was a web page.',
		],
		[
			504,
			'v1: outcome unknown',
			{ error: 'timeout' },
			v1,
			'Segmind gave up waiting for the model (could not run "fast-flux-schnel")',
			`It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. The mode Async is made for slow models. ${says('timeout')}`,
		],
		[
			504,
			'a read',
			'upstream timeout',
			balance,
			'Segmind’s gateway is not answering (could not read the balance)',
			`Run it again later. ${says('upstream timeout')}`,
		],
		[
			418,
			'one that no page documents',
			{ message: 'teapot' },
			v1,
			'Segmind answered with the unexpected status 418 (could not run "fast-flux-schnel")',
			`It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. If it happens again later, ask Segmind’s support. ${says('teapot')}`,
		],
	])('%i: %s', (status, _why, body, purpose, message, below) => {
		const failure = explain(answer(status, body), purpose);
		expect(told(failure)).toEqual([message, below]);
		expect(failure.details.httpStatus).toBe(status);
	});
});

describe('what follows from a failure', () => {
	it.each<[status: number, body: unknown, v1MayBeBilled: boolean]>([
		[302, '', true],
		[400, {}, false],
		[401, {}, false],
		[403, {}, false],
		[404, {}, false],
		[405, PAGE, false],
		[406, {}, false],
		[410, {}, false],
		[422, {}, false],
		[429, {}, false],
		[500, { error: 'bad value' }, false],
		[500, PAGE, true],
		[502, PAGE, true],
		[503, PAGE, false],
		[504, PAGE, true],
		[599, {}, true],
	])('%i %j: may have been billed on v1: %s', (status, body, v1MayBeBilled) => {
		const mayBeBilled = (purpose: RequestContext) =>
			explain(answer(status, body), purpose).details.mayBeBilled ?? false;
		expect(mayBeBilled(v1)).toBe(v1MayBeBilled);
		expect(mayBeBilled(look)).toBe(false);
	});

	it('names model and job, so that both can be found again', () => {
		expect(explain(answer(400, {}), v1).details).toMatchObject({ model: 'fast-flux-schnel' });
		expect(explain(answer(404, {}), look).details).toMatchObject({ requestId: '8b3c5b6e' });
	});

	it.each([429, 500, 502, 503])('says how often a %i was tried', (status) => {
		const failure = explain(answer(status, { error: 'x' }, { attempts: 5 }), v2);
		expect(failure.details.description).toContain('It was tried 5 times. ');
	});
});

describe('no answer', () => {
	const UNKNOWN =
		'It is not known whether Segmind accepted the request: it may have been carried out and billed, so it was not repeated. Compare your balance and the generation history in the Segmind console before you run it again.';
	const UNSENT =
		'Nothing was billed. Check the network of your n8n server and the endpoints of the credential, then run it again.';

	it.each<[network: NetworkFailure, code: string, message: string, advice: string]>([
		['unreached', 'ECONNREFUSED', 'Segmind could not be reached', UNSENT],
		['refused', 'CERT_HAS_EXPIRED', 'No secure connection to Segmind could be made', UNSENT],
		['timeout', 'ECONNABORTED', 'Segmind did not answer in time', UNKNOWN],
		['broken', 'ECONNRESET', 'The connection to Segmind broke before the answer came', UNKNOWN],
		[
			'oversized',
			'answer too large',
			'Segmind’s answer was far larger than it should be and was not read',
			UNKNOWN,
		],
	])('%s', (network, code, message, advice) => {
		const failure = explainNoAnswer({ network, code }, v1);
		expect(told(failure)).toEqual([
			`${message} (could not run "fast-flux-schnel")`,
			`${advice} Technical reason: ${code}`,
		]);
		expect(failure.details.mayBeBilled ?? false).toBe(advice === UNKNOWN);
	});

	it('says nothing of a bill for a request that costs nothing', () => {
		const failure = explainNoAnswer({ network: 'broken', code: 'ECONNRESET' }, balance);
		expect(told(failure)).toEqual([
			'The connection to Segmind broke before the answer came (could not read the balance)',
			'Check the network of your n8n server and the endpoints of the credential, then run it again. Technical reason: ECONNRESET',
		]);
		expect(failure.details.mayBeBilled).toBeUndefined();
	});
});

describe('expectOk', () => {
	it('hands a good answer on', async () => {
		const good = answer(204, '');
		expect(await expectOk(Promise.resolve(good), balance)).toBe(good);
	});

	it('takes another word for what is good', async () => {
		const accepted = answer(404, {});
		const isGood = ({ status }: Answer) => status === 404;
		expect(await expectOk(Promise.resolve(accepted), balance, isGood)).toBe(accepted);
		await expect(expectOk(Promise.resolve(answer(200, {})), balance, isGood)).rejects.toThrow();
	});

	it('explains what is not, and a missing answer', async () => {
		await expect(expectOk(Promise.resolve(answer(401, {})), balance)).rejects.toThrow(
			'Segmind did not accept the API key',
		);
		await expect(
			expectOk(Promise.resolve({ network: 'unreached', code: 'ENOTFOUND' }), balance),
		).rejects.toThrow('Segmind could not be reached (could not read the balance)');
	});

	it('leaves a bug of ours as it is', async () => {
		const bug = new TypeError('x is not a function');
		await expect(expectOk(Promise.reject(bug), balance)).rejects.toBe(bug);
	});
});

describe('a good status with a body that is none', () => {
	it('says for paid work that it may have been billed', () => {
		const failure = unreadable(answer(200, PAGE), v2);
		expect(told(failure)).toEqual([
			'Segmind’s answer could not be understood (could not submit a job to "fast-flux-schnel")',
			'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again. The answer was a web page titled "502 Bad Gateway".',
		]);
		expect(failure.details.mayBeBilled).toBe(true);
	});

	it('says that it was empty', () => {
		expect(told(unreadable(answer(200, ''), balance))[1]).toBe('The answer was empty.');
	});
});

describe('Segmind’s own words', () => {
	it.each<[body: unknown, reason: string | undefined]>([
		[{ error: 'a' }, 'a'],
		[{ error: { message: 'b', code: 7 } }, 'b'],
		[{ error: { error: { detail: 'deep' } } }, 'deep'],
		[{ detail: 'c' }, 'c'],
		[{ message: 'd' }, 'd'],
		[{ error_message: 'e' }, 'e'],
		[{ error_message: { node: 'n', message: 'f' } }, 'f'],
		[{ error_description: 'g' }, 'g'],
		[{ detail: [{ msg: 'h' }, { msg: 'i' }] }, 'h; i'],
		// A PixelFlow's, observed.
		[
			{
				error: [
					{ model: 'rembg', error: 'm' },
					{ node: 'n2', message: 'n' },
				],
			},
			'rembg: m; n2: n',
		],
		[{ error: '{"error": {"message": "in a text"}}' }, 'in a text'],
		[{ error: '[broken' }, '[broken'],
		[{ error: '{"a": 1}' }, '{"a": 1}'],
		[{ reason: 'o' }, 'o'],
		[{ failure_reason: 'p' }, 'p'],
		[{ errors: ['q', 'r'] }, 'q; r'],

		[{ detail: [{ loc: ['body', 'seed'], msg: 'j' }] }, 'body.seed: j'],
		// The documented order.
		[{ message: 'later', error: 'first' }, 'first'],
		[{ error: null, message: 'second' }, 'second'],
		[{ error: '  ', detail: 'k' }, 'k'],
		['l', 'l'],
		[{ error: true }, undefined],
		[{}, undefined],
		[[], undefined],
		[null, undefined],
		[7, undefined],
	])('in %j: %s', (body, reason) => {
		expect(reasonOf(body)).toBe(reason);
	});

	it.each<[what: string, json: unknown, text: string, said: string]>([
		['a reason', { error: 'as it is: "quoted" <b>' }, '{..}', 'as it is: "quoted" <b>'],
		['JSON of another shape', { code: 7 }, '{"code": 7}', '{"code": 7}'],
		['plain text', undefined, ' Bad gateway\n', 'Bad gateway'],
		['a page', undefined, PAGE, ''],
		['nothing', undefined, '', ''],
	])('are %s', (_what, json, text, said) => {
		expect(apiText({ json, text })).toBe(said);
	});

	it('are cut where nobody would read on', () => {
		const said = apiText({ json: { error: 'x'.repeat(100_000) }, text: '' });
		expect(said).toBe(`${'x'.repeat(1000)}…`);
		const page = `<html><title>${'y'.repeat(100_000)}</title></html>`;
		expect(told(explain(answer(502, page), v2))[1]!.length).toBeLessThan(300);
	});
});
