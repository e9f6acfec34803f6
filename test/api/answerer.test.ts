import { answererOf, type Answerer, type Signature } from '../../nodes/api/answerer';
import { PAGE } from './samples';

const answer = (status: number, changes: Partial<Signature> = {}): Signature => ({
	status,
	headers: { date: 'Wed, 25 Nov 2026 20:00:00 GMT', 'content-type': 'text/html' },
	text: PAGE,
	json: undefined,
	isHttps: true,
	...changes,
});
const json = (body: object) => ({ text: JSON.stringify(body), json: body });

it.each<[what: string, signature: Signature, answerer: Answerer]>([
	['Segmind’s JSON', answer(403, json({ error: 'Model not allowed' })), 'segmind'],
	['JSON that broke off', answer(500, { text: '{"error": "Inter' }), 'segmind'],
	[
		'a page with a header of Segmind’s',
		answer(429, { headers: { 'x-rate-limit-remaining': '0' } }),
		'segmind',
	],
	['a page', answer(403), 'unclear'],
	['words', answer(502, { text: 'upstream connect error' }), 'unclear'],
	['nothing but usual headers', answer(502, { text: '' }), 'unclear'],
	// The three proofs.
	['407', answer(407, { isHttps: false }), 'proxy'],
	['Proxy-Authenticate', answer(401, { headers: { 'proxy-authenticate': 'Basic' } }), 'proxy'],
	['X-Squid-Error', answer(503, { headers: { 'x-squid-error': 'ERR_CONNECT_FAIL 111' } }), 'proxy'],
	[
		'Proxy-Status',
		answer(502, { headers: { 'proxy-status': 'corp; error=connection_refused' } }),
		'proxy',
	],
	['https and no header', answer(502, { headers: {}, text: '' }), 'proxy'],
	['https and its length', answer(502, { headers: { 'content-length': '0' }, text: '' }), 'proxy'],
	[
		'JSON of a proxy',
		answer(403, { headers: { 'x-squid-error': 'ERR_ACCESS_DENIED 0' }, ...json({}) }),
		'proxy',
	],
	['511', answer(511, { isHttps: false }), 'proxy'],
	[
		'https and the headers of CONNECT',
		answer(502, { headers: { 'proxy-agent': 'a/1', 'proxy-connection': 'close' }, text: '' }),
		'proxy',
	],
	[
		'Segmind’s JSON through a proxy',
		answer(403, { ...json({ error: 'no' }), headers: { via: '1.1 a' } }),
		'segmind',
	],
	[
		'Segmind’s JSON through a proxy that names itself',
		answer(500, { ...json({ error: 'no' }), headers: { 'proxy-status': 'edge' } }),
		'segmind',
	],
	['an empty object', answer(503, json({})), 'segmind'],
	['JSON of any keys with a good status', answer(200, json({ output: 'a' })), 'segmind'],
	// No proofs: the request may have been carried out.
	['http and no header', answer(502, { headers: {}, text: '', isHttps: false }), 'unclear'],
	['https and a type', answer(502, { headers: { 'content-type': 'text/html' } }), 'unclear'],
	[
		'Squid, after it passed the request on',
		answer(504, { headers: { 'x-squid-error': 'ERR_READ_TIMEOUT 0' } }),
		'unclear',
	],
	[
		'a proxy whose connection ended after the request',
		answer(502, { headers: { 'proxy-status': 'edge; error=connection_terminated' } }),
		'unclear',
	],
	[
		'a proxy that hands on what the server said',
		answer(502, { headers: { 'proxy-status': 'edge; received-status=502' } }),
		'unclear',
	],
	[
		'a proxy that only names itself',
		answer(502, { headers: { 'proxy-status': 'edge; next-hop=10.0.0.1' } }),
		'unclear',
	],
	[
		'two proxies, of which one had passed it on',
		answer(502, {
			headers: { 'proxy-status': 'a; error=http_response_timeout, b; error=connection_refused' },
		}),
		'unclear',
	],
	[
		'an inner error of a proxy',
		answer(502, { headers: { 'proxy-status': 'edge; error=proxy_internal_error' } }),
		'unclear',
	],
	['words in brackets', answer(403, { text: '[Filter] denied' }), 'unclear'],
	['a word in braces', answer(502, { text: '{upstream}' }), 'unclear'],
	['JSON of a firewall', answer(403, json({ code: 403, reason: 'Blocked' })), 'unclear'],
	['a success without a header', answer(200, { headers: {}, text: 'ok' }), 'unclear'],
])('%s', (_what, signature, answerer) => {
	expect(answererOf(signature)).toBe(answerer);
});
