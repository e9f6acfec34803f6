import type { NetworkFailure } from '../../nodes/api/networkFailure';
import { backoffMs, mayRetry, serverWaitMs, type RequestKind } from '../../nodes/api/retryRules';

const KINDS: RequestKind[] = ['read', 'submit', 'generate'];
const kindsThatRepeat = (end: Parameters<typeof mayRetry>[1], attempt = 1) =>
	KINDS.filter((kind) => mayRetry(kind, end, attempt)).join(' ');

describe('which requests are retried', () => {
	it.each<[network: NetworkFailure, kinds: string]>([
		['unreached', 'read submit generate'],
		['timeout', 'read'],
		['broken', 'read'],
		['refused', ''],
		['oversized', ''],
	])('without an answer (%s): %s', (network, kinds) => {
		expect(kindsThatRepeat({ network })).toBe(kinds);
		expect(kindsThatRepeat({ network }, 3)).toBe(kinds);
	});

	it.each<[status: number, kinds: string]>([
		[200, ''],
		[302, ''],
		[400, ''],
		[401, ''],
		[403, ''],
		[404, ''],
		[405, ''],
		[406, ''],
		[408, ''],
		[410, ''],
		[422, ''],
		[429, 'read submit generate'],
		[500, 'read submit generate'],
		[501, 'read submit'],
		[502, 'read submit'],
		[503, 'read submit generate'],
		[504, 'read submit'],
		[520, 'read submit'],
	])('after a %i from the API: %s', (status, kinds) => {
		expect(kindsThatRepeat({ status, apiError: true })).toBe(kinds);
	});

	it('retries a v1 call once after a 500 from the API itself', () => {
		expect(mayRetry('generate', { status: 500, apiError: true }, 2)).toBe(false);
		expect(mayRetry('generate', { status: 500, apiError: false }, 1)).toBe(false);
	});

	it('never repeats a v1 call whose connection ended behind a gateway, not even after a 503', () => {
		const kinds = kindsThatRepeat({ status: 503, apiError: false, cutOff: true });
		expect(kinds).toBe('read submit');
	});

	it.each([502, 503, 504])(
		'retries once what a proxy answered with %i in Segmind’s place',
		(status) => {
			const end = { status, apiError: false, byProxy: true };
			expect(kindsThatRepeat(end)).toBe('read submit generate');
			expect(kindsThatRepeat(end, 2)).toBe('');
		},
	);

	it.each([403, 407, 429])('does not repeat what a proxy refused with %i', (status) => {
		expect(kindsThatRepeat({ status, apiError: false, byProxy: true })).toBe('');
	});

	it.each([429, 503])(
		'retries anything after a %i, a gateway’s page too, any number of times',
		(status) => {
			expect(kindsThatRepeat({ status, apiError: false }, 9)).toBe('read submit generate');
		},
	);
});

describe('the wait before a retry', () => {
	it.each<[attempt: number, longest: number]>([
		[1, 1_000],
		[2, 2_000],
		[3, 4_000],
		[5, 16_000],
		[6, 30_000],
		[60, 30_000],
	])('is random after attempt %i, up to %i ms', (attempt, longest) => {
		expect(backoffMs(attempt, undefined, () => 0)).toBe(0);
		expect(backoffMs(attempt, undefined, () => 0.5)).toBe(longest / 2);
		expect(backoffMs(attempt, undefined, () => 1)).toBe(longest);
	});

	it.each([0, 45_000, 300_000])('is exactly what the server asks: %i ms', (wish) => {
		expect(backoffMs(1, wish, () => 0.5)).toBe(wish);
	});

	it('is at most five minutes, whatever the server asks', () => {
		expect(backoffMs(1, 86_400_000, () => 0.5)).toBe(300_000);
	});
});

describe('the wait requested by the server', () => {
	const NOW = Date.UTC(2026, 10, 21, 8, 0, 0);

	it.each<[headers: Record<string, string>, waitMs: number | undefined]>([
		[{}, undefined],
		[{ 'retry-after': '7' }, 7_000],
		[{ 'retry-after': ' 0.5 ' }, 500],
		[{ 'retry-after': 'Sat, 21 Nov 2026 08:00:09 GMT' }, 9_000],
		[{ 'x-rate-limit-reset-at-utc': '2026-11-21 08:00:12' }, 12_000],
		[{ 'x-rate-limit-reset-at-utc': '2026-11-21T08:00:12Z' }, 12_000],
		[{ 'x-rate-limit-reset-at-utc': '2026-11-21T09:00:12+01:00' }, 12_000],
		// Retry-After is the standard one, and comes first.
		[{ 'retry-after': '3', 'x-rate-limit-reset-at-utc': '2026-11-21 08:00:12' }, 3_000],
		[{ 'retry-after': 'soon', 'x-rate-limit-reset-at-utc': '2026-11-21 08:00:12' }, 12_000],
		[{ 'retry-after': '' }, undefined],
		[{ 'retry-after': '-1', 'x-rate-limit-reset-at-utc': '' }, undefined],
		[{ 'x-rate-limit-reset-at-utc': 'tomorrow' }, undefined],
		// What has passed asks for nothing: waiting 0 ms would hammer the server.
		[{ 'retry-after': '0' }, undefined],
		[{ 'retry-after': 'Sat, 21 Nov 2026 07:00:00 GMT' }, undefined],
		[{ 'x-rate-limit-reset-at-utc': '2026-11-21 07:59:00' }, undefined],
		[{ 'retry-after': '0', 'x-rate-limit-reset-at-utc': '2026-11-21 08:00:12' }, 12_000],
	])('%j: %s', (headers, waitMs) => {
		expect(serverWaitMs(headers, NOW)).toBe(waitMs);
	});

	it('is relative to the server’s clock, if it sends one', () => {
		const headers = {
			date: 'Sat, 21 Nov 2026 08:30:00 GMT',
			'x-rate-limit-reset-at-utc': '2026-11-21 08:30:05',
		};
		expect(serverWaitMs(headers, NOW)).toBe(5_000);
		expect(serverWaitMs({ ...headers, date: 'today' }, NOW)).toBe(30 * 60_000 + 5_000);
	});
});
