/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { IExecuteFunctions } from 'n8n-workflow';
import { rateReport } from '../../nodes/api/rateReport';
import { connect } from '../../nodes/api/connection';
import { SegmindFailure } from '../../nodes/api/failure';

const API = 'https://api.segmind.com';
const STORAGE = 'https://workflows-api.segmind.com';
const PLATFORM = 'https://api.spotprod.segmind.com';

async function connectWith(credential: object, concurrency = 5) {
	const context = {
		getCredentials: async () => credential,
		getExecutionCancelSignal: () => undefined,
	};
	return await connect(context as unknown as IExecuteFunctions, { concurrency, maxRetries: 4 });
}

describe('the hosts that receive the key', () => {
	const custom = (baseUrl: unknown, storageUrl: unknown = '') => ({
		apiKey: 'k',
		customEndpoints: true,
		baseUrl,
		storageUrl,
	});

	it.each<[what: string, credential: object, baseUrl: string, storageUrl: string]>([
		['Segmind’s own', { apiKey: 'k' }, API, STORAGE],
		[
			'Segmind’s own while Custom Endpoints is off, whatever the hidden fields hold',
			{ ...custom('https://evil.example', 'https://evil.example'), customEndpoints: false },
			API,
			STORAGE,
		],
		['Segmind’s own for empty fields', custom(' ', ''), API, STORAGE],
		['those of the credential', custom('http://a:1', 'https://b'), 'http://a:1', 'https://b'],
		['without the slash at the end', custom('https://a//', 'https://b/'), 'https://a', 'https://b'],
		['without spaces around', custom(' https://a ', '\nhttps://b'), 'https://a', 'https://b'],
		[
			'without the /v1 of the documentation’s examples',
			custom('https://a/v1', 'https://b/v2/'),
			'https://a',
			'https://b',
		],
		['with a path of their own', custom('https://a/segmind/'), 'https://a/segmind', STORAGE],
	])('are %s', async (_what, credential, baseUrl, storageUrl) => {
		expect((await connectWith(credential)).hosts).toMatchObject({ baseUrl, storageUrl });
	});

	it.each<[what: string, customEndpoints: boolean, catalogUrl: unknown, platformUrl: string]>([
		['Segmind’s own while Custom Endpoints is off', false, 'https://evil.example', PLATFORM],
		['Segmind’s own for an empty field', true, ' ', PLATFORM],
		['Segmind’s own in an old credential', true, undefined, PLATFORM],
		['that of the credential, trimmed', true, ' https://c/\n', 'https://c'],
	])('include for the history %s', async (_what, customEndpoints, catalogUrl, platformUrl) => {
		const { hosts } = await connectWith({ apiKey: 'k', customEndpoints, catalogUrl });
		expect(hosts.platformUrl).toBe(platformUrl);
	});

	it('include an invalid Platform URL only when it is needed', async () => {
		const { hosts } = await connectWith({ ...custom('https://a'), catalogUrl: 'ftp://c' });
		expect(hosts.baseUrl).toBe('https://a');
		expect(() => hosts.platformUrl).toThrow(
			'The Platform URL of the Segmind credential is not a valid URL',
		);
	});

	it.each([
		'api.segmind.com',
		'ftp://a',
		'https://',
		'https://user:password@a',
		'https://a?key=1',
		'https://a#top',
		{},
	])('cannot be %j', async (url) => {
		await expect(connectWith(custom(url))).rejects.toMatchObject({
			message: 'The Base URL of the Segmind credential is not a valid URL',
			details: { description: `Nothing was sent. It should look like ${API}` },
		});
		await expect(connectWith(custom('', url))).rejects.toMatchObject({
			message: 'The Storage URL of the Segmind credential is not a valid URL',
			details: { description: `Nothing was sent. It should look like ${STORAGE}` },
		});
	});
});

it.each([undefined, null, '', '  \n'])('rejects %j as a key', async (apiKey) => {
	await expect(connectWith({ apiKey })).rejects.toThrow(SegmindFailure);
	await expect(connectWith({ apiKey })).rejects.toThrow('The Segmind credential has no API key');
});

it('trims the key', async () => {
	expect((await connectWith({ apiKey: ' SG_1 \n' })).apiKey).toBe('SG_1');
});

it('has one rate limiter for each host', async () => {
	const { rateLimiterFor } = await connectWith({ apiKey: 'k' });
	const api = rateLimiterFor(`${API}/v1/fast-flux-schnell`);
	expect(rateLimiterFor(`${API}/v2/requests/1`)).toBe(api);
	expect(rateLimiterFor(`${STORAGE}/upload-asset`)).not.toBe(api);
});

it('shares what it learns of a limit with all runs of the same host and key, and with no other', async () => {
	const run = async (apiKey: string, url = `${API}/v1/a`) =>
		(await connectWith({ apiKey })).rateLimiterFor(url);
	const isShort = async (...of: Parameters<typeof run>) => (await run(...of)).headroom().isShort;
	// Opened before anything was learnt.
	const other = await run('shared-2');
	const refused = async () => ({ status: 429, waitMs: 1 });
	await (await run('shared')).send(refused, (answer) => answer);
	expect(await isShort('shared')).toBe(true);
	expect(await isShort(' shared\n')).toBe(true);
	expect(await isShort('shared', `${STORAGE}/upload-asset`)).toBe(false);
	expect(await isShort('shared-2')).toBe(false);
	expect(other.headroom().isShort).toBe(false);
	// Runs share the limit, not the number of their requests in flight.
	expect(await run('shared')).not.toBe(await run('shared'));
});

it.each<[who: string, headers: Record<string, string>, body: string]>([
	['a proxy', {}, ''],
	['a gateway', { 'content-type': 'text/html' }, '<html>Too many requests'],
	['a firewall', { 'content-type': 'application/json' }, '{"code": 429, "reason": "quota"}'],
])('is not slowed by the 429 of %s', async (_who, headers, text) => {
	const run = async () =>
		(await connectWith({ apiKey: 'strangers' })).rateLimiterFor(`${API}/v1/a`);
	const json = text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined;
	const refused = async () => ({ status: 429, headers, text, json, isHttps: true, waitMs: 60_000 });
	await (await run()).send(refused, rateReport);
	expect((await run()).headroom().isShort).toBe(false);
});

it.each([1, 3])('transfers at most %i files concurrently', async (concurrency) => {
	const { fileTransfers } = await connectWith({ apiKey: 'k' }, concurrency);
	let running = 0;
	const most: number[] = [];
	const transfer = async () => {
		most.push(++running);
		await new Promise((resolve) => setImmediate(resolve));
		running--;
	};
	await Promise.all([1, 2, 3, 4, 5].map(async () => await fileTransfers.use(transfer)));
	expect(Math.max(...most)).toBe(concurrency);
	expect(most).toHaveLength(5);
});
