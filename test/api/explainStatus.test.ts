import { explainStatus } from '../../nodes/api/explainStatus';
import type { Explanation } from '../../nodes/api/explanation';
import type { RequestContext } from '../../nodes/api/requestContext';
import { answerOf, balance, generation, jobPoll, PAGE, submission } from './samples';

const LATER =
	'Run it again later; if it keeps failing, check the proxy settings of your n8n server.';
const forPerson = ({ advice }: Explanation) =>
	typeof advice === 'string' ? advice : advice.person;

// `free`: Segmind's documentation says that such an answer is not billed.
it.each<
	[
		status: number,
		why: string,
		body: unknown,
		request: RequestContext,
		message: string,
		advice: string,
		free: boolean,
	]
>([
	[
		302,
		'redirect',
		'',
		generation,
		'A redirect came instead of Segmind’s answer, with status 302 (could not run "fast-flux-schnel")',
		'Redirects are not followed, because the API key would go with them. A proxy or a firewall that requires a sign-in redirects, and so does a wrong endpoint of the credential: check both.',
		false,
	],
	[
		400,
		'field missing',
		{ error: 'Prompt is required and has to be a string' },
		generation,
		'Segmind rejected the input (could not run "fast-flux-schnel")',
		'Correct the field that Segmind names and run it again.',
		true,
	],
	[
		401,
		'key refused',
		{ error: 'Unauthorized. API key is invalid or may have expired.' },
		generation,
		'Segmind did not accept the API key',
		'Open the Segmind credential and paste the key again, or create a new one at cloud.segmind.com/console/api-keys.',
		true,
	],
	[
		401,
		'from the console’s gateway',
		{ error: 'invalid_api_key', error_description: '..', status_code: 401 },
		balance,
		'Segmind did not accept the API key',
		'Open the Segmind credential and paste the key again, or create a new one at cloud.segmind.com/console/api-keys.',
		true,
	],
	[
		403,
		'model not allowed',
		{ error: 'Upgrade your plan' },
		generation,
		'This Segmind account may not use the model "fast-flux-schnel"',
		'Check the plan and the team settings in the Segmind console, or choose another model.',
		true,
	],
	[
		403,
		'no model in it',
		{ error: 'Forbidden' },
		balance,
		'This Segmind account is not allowed to read the balance',
		'Check the plan and the team settings in the Segmind console, or choose another model.',
		true,
	],
	[
		404,
		'no such model',
		{ error: 'Model fast-flux-schnel not found' },
		generation,
		'Segmind has no model named "fast-flux-schnel"',
		'Check the spelling; capitals matter. Models with a similar name: fast-flux-schnell, flux-schnell.',
		true,
	],
	[
		404,
		'no such model, and none near',
		{ error: 'not found' },
		submission,
		'Segmind has no model named "fast-flux-schnel"',
		'Check the spelling; capitals matter.',
		true,
	],
	[
		404,
		'job forgotten',
		{ error: 'Request 8b3c5b6e not found' },
		jobPoll,
		'Segmind does not know the job 8b3c5b6e',
		'The id is wrong, belongs to another account, or the job is older than one hour: Segmind forgets jobs one hour after submission.',
		true,
	],
	[
		404,
		'another server',
		PAGE.replace(/502 Bad Gateway/, 'Nothing here'),
		balance,
		'A proxy, a firewall or a wrong host answered instead of Segmind, with status 404 (could not read the balance)',
		'Check the endpoints of the Segmind credential, and the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY).',
		true,
	],
	[
		405,
		'an HTML page, as documented',
		'<!doctype html><html lang=en><title>405 Method Not Allowed</title><p>secret path</p>',
		generation,
		'Segmind’s server does not accept this kind of request (could not run "fast-flux-schnel")',
		'Check the endpoints of the Segmind credential: they seem to point elsewhere.',
		true,
	],
	[
		406,
		'too few credits',
		{ error: 'Insufficient credits. Please add credits to your account to continue.' },
		generation,
		'Not enough Segmind credits',
		'Add credits at cloud.segmind.com/billing, then run it again.',
		true,
	],
	[
		406,
		'not about credits',
		{ error: 'Invalid content type' },
		generation,
		'Segmind refused the request (could not run "fast-flux-schnel")',
		'The model may not accept one of the values, or the team may have reached its spending limit.',
		true,
	],
	[
		410,
		'model retired',
		{ error: 'Gone' },
		generation,
		'Segmind has retired the model "fast-flux-schnel"',
		'Choose another model. Models with a similar name: fast-flux-schnell, flux-schnell.',
		true,
	],
	[
		410,
		'no model in it',
		{ error: 'Gone' },
		balance,
		'Segmind no longer offers this (could not read the balance)',
		'Check the endpoints of the Segmind credential.',
		true,
	],
	[
		413,
		'body too large',
		'',
		submission,
		'The request is too large for Segmind',
		'Use a smaller file, or give it as a URL.',
		true,
	],
	[
		422,
		'validation',
		{ detail: [{ loc: ['body', 'steps'], msg: 'value is not a valid integer' }] },
		generation,
		'Segmind found the input invalid (could not run "fast-flux-schnel")',
		'Correct the field that Segmind names and run it again.',
		true,
	],
	[
		429,
		'rate limit',
		{ error: 'rate_limit_exceeded' },
		generation,
		'Segmind’s rate limit was reached',
		'Lower Concurrency, raise Max Retries, or wait a minute and run it again.',
		true,
	],
	[
		500,
		'bad value',
		{ error: 'Scheduler has to be one of DDIM' },
		generation,
		'Segmind had an internal error (could not run "fast-flux-schnel")',
		'Often a parameter has a value that the model cannot use: check the parameters, then run it again.',
		true,
	],
	[
		500,
		'a gateway’s page for an open v1 call',
		'<html><h1>Internal Server Error</h1></html>',
		generation,
		'A proxy, a firewall or Segmind’s gateway reported an internal error (could not run "fast-flux-schnel")',
		LATER,
		false,
	],
	[
		500,
		'cut off after 100 s while the job goes on',
		{ error: 'Internal Polling Error' },
		generation,
		'Segmind gave up waiting for the model (could not run "fast-flux-schnel")',
		'Use the mode Async for slow models.',
		false,
	],
	[
		502,
		'v1: outcome unknown',
		PAGE,
		generation,
		'Segmind’s gateway, or a proxy on the way, gave up (could not run "fast-flux-schnel")',
		'Either Segmind’s gateway gave up waiting for the model, or a proxy on the way failed. Use the mode Async for slow models; if quick ones fail as well, check the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY).',
		false,
	],
	[
		502,
		'v2: nothing accepted',
		PAGE,
		submission,
		'Segmind’s gateway, or a proxy on the way, is not answering (could not submit a job to "fast-flux-schnel")',
		LATER,
		true,
	],
	[
		503,
		'overloaded',
		{ error: 'overloaded' },
		generation,
		'Segmind is overloaded at the moment',
		'Run it again later.',
		true,
	],
	[
		503,
		'a gateway’s page',
		'<html>no title</html>',
		generation,
		'Segmind’s gateway, or a proxy on the way, is overloaded (could not run "fast-flux-schnel")',
		LATER,
		true,
	],
	[
		504,
		'v1: outcome unknown',
		{ error: 'timeout' },
		generation,
		'Segmind gave up waiting for the model (could not run "fast-flux-schnel")',
		'Use the mode Async for slow models.',
		false,
	],
	[
		504,
		'a read',
		'upstream timeout',
		balance,
		'Segmind’s gateway, or a proxy on the way, is not answering (could not read the balance)',
		LATER,
		true,
	],
	[
		418,
		'one that no page documents',
		{ message: 'teapot' },
		generation,
		'Segmind answered with the unexpected status 418 (could not run "fast-flux-schnel")',
		'If it keeps happening, contact Segmind’s support.',
		false,
	],
])('%i: %s', (status, _why, body, request, message, advice, free) => {
	const told = explainStatus(answerOf(status, body), request);
	expect({ free: true, ...told, advice: forPerson(told) }).toEqual({ message, advice, free });
});

it.each([429, 500, 502, 503, 504])('reports the number of attempts for a %i', (status) => {
	const adviceAfter = (attempts: number) =>
		forPerson(explainStatus(answerOf(status, { error: 'x' }, { attempts }), submission));
	expect(adviceAfter(5)).toBe(`It was tried 5 times. ${adviceAfter(1)}`);
});

const GAVE_UP = /^Segmind’s gateway, or a proxy on the way, gave up/;

it.each<[status: number, body: string, title: RegExp, free: boolean]>([
	[520, PAGE, GAVE_UP, false],
	[524, 'error code: 524', GAVE_UP, false],
	// The connection ended while the request was at work.
	[503, 'disconnect/reset before headers. reset reason: connection termination', GAVE_UP, false],
	[503, '<html><title>503 Backend fetch failed</title>', GAVE_UP, false],
	[503, 'disconnect/reset before headers. reset reason: connection failure', /is overloaded/, true],
	[511, PAGE, /^The network of this n8n asks for a sign-in/, true],
	// Plain words about credits, which no proxy says.
	[400, 'insufficient credits', /^Not enough Segmind credits/, true],
	[402, '', /^Not enough Segmind credits/, true],
])('%i from nobody known: %s', (status, body, title, free) => {
	const told = explainStatus(answerOf(status, body), generation);
	expect([told.message, told.free ?? true]).toEqual([expect.stringMatching(title), free]);
});

describe('titles by cause', () => {
	it.each<[status: number, error: string]>([
		[500, 'NSFW content detected in the output'],
		[500, 'content_policy_violation'],
		[400, 'Your request was rejected by our safety system'],
		[403, 'The prompt violates our usage policies'],
		[422, 'Prompt was flagged by moderation'],
		[406, 'InputTextSensitiveContentDetected'],
	])('a refusal of content behind a %i says so, with the reason: %s', (status, error) => {
		const { message, free = true } = explainStatus(answerOf(status, { error }), generation);
		expect([message, free]).toEqual([`The content was refused: ${error}`, true]);
	});

	it.each<[status: number, error: string]>([
		[402, 'Payment required'],
		[402, 'You are out of credits'],
		[400, 'Not enough credits for this request'],
		[403, 'This team has no credits left'],
		[406, 'Insufficient credits. Please add credits to your account'],
		[500, 'Insufficient credits'],
		[403, 'credit limit reached'],
		[500, 'You have 0 credits'],
		[429, 'Insufficient credits'],
	])('missing credits behind a %i are named: %s', (status, error) => {
		const told = explainStatus(answerOf(status, { error }), generation);
		expect({ free: true, ...told, advice: forPerson(told) }).toEqual({
			message: 'Not enough Segmind credits',
			advice: 'Add credits at cloud.segmind.com/billing, then run it again.',
			free: true,
		});
	});

	it.each<[status: number, error: string]>([
		[500, 'safety_tolerance must be a number from 0 to 6'],
		[500, 'nsfw_filter has to be a boolean'],
		[400, 'image is required'],
		[500, 'CUDA out of memory'],
	])('a wrong value behind a %i is no refusal of content: %s', (status, error) => {
		const { message } = explainStatus(answerOf(status, { error }), generation);
		expect(message).not.toMatch(/content|credits/i);
	});

	it('a cut-off v1 call stays unknown, whatever its words', () => {
		const answer = answerOf(504, { error: 'content policy check timed out' });
		expect(explainStatus(answer, generation).free).toBe(false);
	});
});
