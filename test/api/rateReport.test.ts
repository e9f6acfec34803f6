import { rateReport, type LimitedAnswer } from '../../nodes/api/rateReport';

const answer = (given: Partial<LimitedAnswer>): LimitedAnswer => ({
	status: 200,
	headers: {},
	text: '',
	json: undefined,
	waitMs: undefined,
	...given,
});
const limit = { 'x-rate-limit-remaining': '7', 'x-rate-limit-reset-at-utc': '2026-11-21 08:00:00' };
const page = '<!DOCTYPE html><html><title>Too Many Requests</title></html>';

it.each<[what: string, given: Partial<LimitedAnswer>, report: object]>([
	['a picture', { file: {} }, { status: 200 }],
	['a picture with its limit', { file: {}, headers: limit }, { status: 200, remaining: 7 }],
	['JSON', { json: { status: 'QUEUED' } }, { status: 200 }],
	['a list', { json: [] }, { status: 200 }],
	[
		'a refusal',
		{ status: 429, json: { error: 'rate_limit_exceeded' }, headers: limit, waitMs: 5_000 },
		{ status: 429, remaining: 7, waitMs: 5_000 },
	],
	['a refusal without headers', { status: 429, json: { error: 'slow down' } }, { status: 429 }],
	[
		'a refusal in words with its limit',
		{ status: 429, text: 'slow', headers: limit },
		{ status: 429, remaining: 7 },
	],
	[
		'an empty refusal with its limit',
		{ status: 429, headers: limit },
		{ status: 429, remaining: 7 },
	],
	['an error of the API', { status: 500, json: { error: 'Internal error' } }, { status: 500 }],
	[
		'an unreadable count',
		{ json: {}, headers: { 'x-rate-limit-remaining': 'many' } },
		{ status: 200 },
	],
])('reads %s', (_what, given, report) => {
	expect(rateReport(answer(given))).toEqual(report);
});

it.each<[what: string, given: Partial<LimitedAnswer>]>([
	['a firewall’s refusal', { status: 429, text: page, waitMs: 60_000 }],
	['a firewall’s refusal that names a limit', { status: 429, text: `\n${page}`, headers: limit }],
	['a proxy’s overload', { status: 503, text: page, waitMs: 60_000 }],
	['a gateway’s error', { status: 502, text: page }],
	['a proxy’s time-out in words', { status: 504, text: 'upstream request timeout' }],
	['a refusal without a body', { status: 429 }],
	['a proxy that wants a password', { status: 407, text: 'Proxy Authentication Required' }],
	['a redirect', { status: 302, json: { location: '/login' }, headers: limit }],
	['a sign-in page with a good status', { text: page }],
	['words with a good status', { text: 'upstream connect error' }],
	['a JSON text', { text: '"ok"', json: 'ok' }],
])('learns nothing from %s', (_what, given) => {
	expect(rateReport(answer(given))).toBeUndefined();
});
