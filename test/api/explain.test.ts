import { expectOk, explain, explainNoAnswer, unreadable } from '../../nodes/api/explain';
import type { SegmindFailure } from '../../nodes/api/failure';
import type { NetworkFailure } from '../../nodes/api/networkFailure';
import type { Answer } from '../../nodes/api/request';
import type { RequestContext } from '../../nodes/api/requestContext';
import { answerOf, balance, generation, jobPoll, PAGE, submission } from './samples';

const told = ({ message, details }: SegmindFailure) => [message, details.description];
const says = (error: string) => `Segmind said: "${error}"`;
const PERHAPS_BILLED =
	'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Look for it with Segmind Get History, or check your balance, before you run it again.';

const CHECK =
	'Check the network of your n8n server, its proxy settings (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and the endpoints of the credential, then run it again.';

describe('the message of a failed answer', () => {
	it.each<[what: string, status: number, body: unknown, request: RequestContext, below: string]>([
		[
			'for paid work that was not billed',
			400,
			{ error: 'No prompt' },
			generation,
			`Nothing was billed. Correct the field that Segmind names and run it again. ${says('No prompt')}`,
		],
		[
			'for paid work whose fate is unknown',
			502,
			PAGE,
			generation,
			`${PERHAPS_BILLED} Either Segmind’s gateway gave up waiting for the model, or a proxy on the way failed. Use the mode Async for slow models; if quick ones fail as well, check the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). The answer was a web page titled "502 Bad Gateway".`,
		],
		[
			'for a request that costs nothing',
			504,
			'upstream timeout',
			balance,
			'Run it again later; if it keeps failing, check the proxy settings of your n8n server. The answer was: "upstream timeout"',
		],
		[
			'without a word of Segmind’s',
			413,
			'',
			balance,
			'Use a smaller file, or fewer files at once.',
		],
	])('%s', (_what, status, body, request, below) => {
		const failure = explain(answerOf(status, body), request);
		expect(failure.details).toMatchObject({ httpStatus: status, description: below });
	});
});

describe('the details of a failure', () => {
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
		const mayBeBilled = (request: RequestContext) =>
			explain(answerOf(status, body), request).details.mayBeBilled ?? false;
		expect(mayBeBilled(generation)).toBe(v1MayBeBilled);
		expect(mayBeBilled(jobPoll)).toBe(false);
	});

	it('names the model and the job', () => {
		expect(explain(answerOf(400, {}), generation).details).toMatchObject({
			model: 'fast-flux-schnel',
		});
		expect(explain(answerOf(404, {}), jobPoll).details).toMatchObject({ requestId: '8b3c5b6e' });
	});
});

describe('no answer', () => {
	const UNKNOWN =
		'It is not known whether Segmind accepted the request: it may have been carried out and billed, so it was not repeated. Look for it with Segmind Get History, or check your balance, before you run it again.';
	const UNSENT = `Nothing was billed. ${CHECK}`;
	const CERTIFICATE =
		'Nothing was billed. A proxy or a firewall that inspects https presents its own certificate, which n8n does not trust: give n8n its root certificate with NODE_EXTRA_CA_CERTS, or exclude Segmind’s hosts from the inspection.';

	it.each<[network: NetworkFailure, code: string, message: string, advice: string]>([
		['unreached', 'ECONNREFUSED', 'Segmind could not be reached', UNSENT],
		['refused', 'CERT_HAS_EXPIRED', 'No secure connection to Segmind could be made', CERTIFICATE],
		[
			'refused',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'No secure connection to Segmind could be made',
			CERTIFICATE,
		],
		['refused', 'EPROTO', 'No secure connection to Segmind could be made', UNSENT],
		['timeout', 'ECONNABORTED', 'Segmind did not answer in time', UNKNOWN],
		['broken', 'ECONNRESET', 'The connection to Segmind broke before an answer arrived', UNKNOWN],
		[
			'oversized',
			'answer too large',
			'Segmind’s answer was far larger than it should be and was not read',
			UNKNOWN,
		],
	])('%s', (network, code, message, advice) => {
		const failure = explainNoAnswer({ network, code }, generation);
		expect(told(failure)).toEqual([
			`${message} (could not run "fast-flux-schnel")`,
			`${advice} Technical reason: ${code}`,
		]);
		expect(failure.details.mayBeBilled ?? false).toBe(advice === UNKNOWN);
	});

	it('names the address that was tried, which may be a proxy’s', () => {
		const noAnswer = {
			network: 'unreached',
			code: 'ECONNREFUSED',
			address: '10.0.0.7:3128',
		} as const;
		expect(told(explainNoAnswer(noAnswer, generation))[1]).toMatch(
			/ECONNREFUSED 10\.0\.0\.7:3128$/,
		);
	});

	it('does not mention billing for a free request', () => {
		const failure = explainNoAnswer({ network: 'broken', code: 'ECONNRESET' }, balance);
		expect(told(failure)).toEqual([
			'The connection to Segmind broke before an answer arrived (could not read the balance)',
			`${CHECK} Technical reason: ECONNRESET`,
		]);
		expect(failure.details.mayBeBilled).toBeUndefined();
	});
});

describe('expectOk', () => {
	it('returns a successful answer', async () => {
		const good = answerOf(204, '');
		expect(await expectOk(Promise.resolve(good), balance)).toBe(good);
	});

	it('accepts a custom success check', async () => {
		const accepted = answerOf(404, {});
		const isGood = ({ status }: Answer) => status === 404;
		expect(await expectOk(Promise.resolve(accepted), balance, isGood)).toBe(accepted);
		await expect(expectOk(Promise.resolve(answerOf(200, {})), balance, isGood)).rejects.toThrow();
	});

	it('explains a failed and a missing answer', async () => {
		await expect(expectOk(Promise.resolve(answerOf(401, {})), balance)).rejects.toThrow(
			'Segmind did not accept the API key',
		);
		await expect(
			expectOk(Promise.resolve({ network: 'unreached', code: 'ENOTFOUND' }), balance),
		).rejects.toThrow('Segmind could not be reached (could not read the balance)');
	});

	it('keeps the original error as its cause', async () => {
		const cause = new Error('connect ECONNREFUSED 127.0.0.1:1');
		const noAnswer = { network: 'unreached', code: 'ECONNREFUSED', cause } as const;
		await expect(expectOk(Promise.resolve(noAnswer), balance)).rejects.toMatchObject({ cause });
	});

	it('rethrows a bug unchanged', async () => {
		const bug = new TypeError('x is not a function');
		await expect(expectOk(Promise.reject(bug), balance)).rejects.toBe(bug);
	});
});

describe('an unreadable body with a success status', () => {
	it('says that paid work may have been billed', () => {
		const failure = unreadable(answerOf(200, PAGE), submission);
		expect(told(failure)).toEqual([
			'A web page came instead of Segmind’s answer (could not submit a job to "fast-flux-schnel")',
			`It is not known whether the request was carried out: it may have been billed, so it was not repeated. Look for it with Segmind Get History, or check your balance, before you run it again. A proxy or a firewall may require a sign-in, or may block Segmind. ${CHECK} The answer was a web page titled "502 Bad Gateway".`,
		]);
		expect(failure.details.mayBeBilled).toBe(true);
	});

	it('reports an empty body', () => {
		expect(told(unreadable(answerOf(200, ''), balance))[1]).toBe('The answer was empty.');
	});
});
