import type { IDataObject } from 'n8n-workflow';
import { model, smallPicture, textOf } from '../faults/runs';
import { startProxy, type ConnectAnswer, type Proxy } from '../simulator/proxy';
import { startStage, type Stage } from './stage';

/** A reserved name: nothing answers to it but the proxy. */
const HOST = 'api.segmind.invalid';
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

let stage: Stage;
let proxy: Proxy;
let looksInside: Proxy;

beforeAll(async () => {
	stage = await startStage();
	proxy = await startProxy(stage.sim.url, '*.segmind.invalid');
	looksInside = await startProxy(stage.sim.url, '*.segmind.invalid', false);
});
beforeEach(() => {
	stage.sim.reset();
	for (const one of [proxy, looksInside]) {
		one.connects.length = 0;
		one.answers.length = 0;
	}
});
afterAll(async () => {
	await proxy.close();
	await looksInside.close();
	await stage.close();
});

const answer = (status: string, headers: string[] = [], body = ''): ConnectAnswer =>
	`HTTP/1.1 ${[status, ...headers, '', body].join('\r\n')}`;
const PAGE = '<html><title>Blocked by policy</title></html>';
/** Squid announces a page of several kilobytes, of which n8n's client hands on the first packet. */
const squid = (status: string, error: string) =>
	answer(
		status,
		[
			'Server: squid/6.6',
			'Content-Type: text/html',
			'Content-Length: 3900',
			`X-Squid-Error: ${error}`,
		],
		'<html><title>ERROR: The requested URL could not be retrieved</title>',
	);

async function run(
	answers: ConnectAnswer[],
	{
		mode = 'sync',
		nodeOptions = {},
		through = proxy,
	}: { mode?: string; nodeOptions?: object; through?: Proxy } = {},
) {
	through.answers.push(...answers);
	const credential = { ...stage.sim.credential, baseUrl: `https://${HOST}` };
	const result = await through.use(async () => {
		const options = { ...smallPicture, mode, checkParameters: 'off' };
		return await stage.run(
			'segmindGenerateImage',
			{ model, prompt: 'a fox', options },
			{ credentials: { segmindApi: credential }, nodeOptions },
		);
	});
	return { result, text: textOf(result), tunnels: through.connects.length };
}

it('runs a model through a proxy that lets it through', async () => {
	const { result, text } = await run([]);
	expect(text).toBe('');
	expect(result.items()[0]?.json.status).toBe('COMPLETED');
	expect(proxy.connects).toEqual([`${HOST}:443`]);
	expect(stage.sim.jobs).toHaveLength(1);
});

describe('a proxy that proves that Segmind was never reached', () => {
	it.each<[what: string, answer: ConnectAnswer, title: RegExp, tunnels: number]>([
		['bare 502', answer('502 Bad Gateway'), /^A proxy could not reach Segmind/, 2],
		['502 and a length', answer('502 Bad Gateway', ['Content-Length: 0']), /^A proxy could not/, 2],
		[
			'Squid, which cannot connect',
			squid('503 Service Unavailable', 'ERR_CONNECT_FAIL 111'),
			/^A proxy could not/,
			2,
		],
		[
			'Proxy-Status',
			answer(
				'504 Gateway Timeout',
				['Proxy-Status: corp; error=connection_timeout', 'Content-Type: text/html'],
				PAGE,
			),
			/^A proxy could not/,
			2,
		],
		[
			'Squid, which forbids it',
			squid('403 Forbidden', 'ERR_ACCESS_DENIED 0'),
			/^A proxy does not let this n8n reach Segmind/,
			1,
		],
		[
			'the headers of CONNECT alone',
			answer('502 Bad Gateway', ['Proxy-Agent: corp/1', 'Proxy-Connection: close']),
			/^A proxy could not/,
			2,
		],
		[
			'a captive portal’s 511',
			answer('511 Network Authentication Required', ['Content-Type: text/html'], PAGE),
			/^The network of this n8n asks for a sign-in/,
			2,
		],
		['a bare 403', answer('403 Forbidden'), /^A proxy does not let this n8n reach Segmind/, 1],
		[
			'407',
			answer(
				'407 Proxy Authentication Required',
				['Proxy-Authenticate: Basic realm="corp"', 'Content-Type: text/html'],
				PAGE,
			),
			/^The proxy of this n8n asks for a user name and a password/,
			1,
		],
	])('%s', async (_what, said, title, tunnels) => {
		const ran = await run([said, said, said, said]);
		expect(ran.text).toMatch(title);
		expect(ran.text).toMatch(/Nothing was billed/);
		expect(ran.text).toMatch(/proxy settings|HTTPS_PROXY|your network|Sign in/);
		expect(ran.text).not.toMatch(/support|plan|gave up waiting/);
		expect(ran.tunnels).toBe(tunnels);
		expect(stage.sim.jobs).toHaveLength(0);
	});

	it.each(['sync', 'async'])('is asked once more by itself, and all is well (%s)', async (mode) => {
		const { result, text } = await run([answer('502 Bad Gateway')], { mode });
		expect(text).toBe('');
		expect(result.items()[0]?.json.status).toBe('COMPLETED');
		expect(stage.sim.jobs).toHaveLength(1);
	});

	it('does not block Retry On Fail', async () => {
		const said = answer('502 Bad Gateway');
		const { text, tunnels } = await run([said, said], { nodeOptions: RETRY });
		expect([text, tunnels]).toEqual(['', 3]);
		expect(stage.sim.jobs).toHaveLength(1);
	});

	it('hangs up', async () => {
		const { text } = await run(['end', 'end', 'end', 'end', 'end']);
		expect(text).toMatch(
			/^Segmind could not be reached[^]*Nothing was billed[^]*the proxy hung up/,
		);
		expect(stage.sim.jobs).toHaveLength(0);
	});

	it('fails two polls, which ends nothing', async () => {
		const said = answer('502 Bad Gateway');
		const { result, text } = await run(['tunnel', said, said], { mode: 'async' });
		expect(text).toBe('');
		expect(result.items()[0]?.json.status).toBe('COMPLETED');
	});
});

describe('a proxy that proves nothing', () => {
	it.each<[what: string, answer: ConnectAnswer, title: RegExp]>([
		[
			'502 with a page',
			answer('502 Bad Gateway', ['Content-Type: text/html'], PAGE),
			/^Segmind’s gateway, or a proxy on the way, gave up/,
		],
		[
			'504 after Squid passed the request on',
			squid('504 Gateway Timeout', 'ERR_READ_TIMEOUT 110'),
			/^Segmind’s gateway, or a proxy on the way, gave up/,
		],
		[
			'a proxy that only names itself',
			answer('502 Bad Gateway', ['Proxy-Status: corp', 'Content-Type: text/html'], PAGE),
			/^Segmind’s gateway, or a proxy on the way, gave up/,
		],
		[
			'a web filter’s redirect',
			answer('307 Temporary Redirect', ['Server: Zscaler/6.2', 'Location: https://gateway.test/']),
			/^A redirect came instead of Segmind’s answer, with status 307/,
		],
		[
			'a firewall’s JSON',
			answer(
				'403 Forbidden',
				['Content-Type: application/json'],
				'{"code":403,"reason":"Blocked"}',
			),
			/^A proxy or a firewall refused the request/,
		],
		[
			'a web filter’s 403',
			answer('403 Forbidden', ['Content-Type: text/html'], PAGE),
			/^A proxy or a firewall refused the request/,
		],
	])('%s', async (_what, said, title) => {
		const { text, tunnels } = await run([said], { nodeOptions: RETRY });
		expect(text).toMatch(title);
		expect(text).toMatch(/may have been billed/);
		expect(text).not.toMatch(/Nothing was billed|may not use the model/);
		expect(tunnels).toBe(1);
	});
});

it('a certificate that n8n does not know: says where to give it to n8n', async () => {
	const { text } = await run([], { through: looksInside });
	expect(text).toMatch(/^No secure connection to Segmind could be made/);
	expect(text).toMatch(/Nothing was billed[^]*NODE_EXTRA_CA_CERTS[^]*CERT/);
	expect(stage.sim.requests).toEqual([]);
});

it('waits for a job behind a proxy that fails for a while, and says so when the time is up', async () => {
	const job = {
		request_id: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10',
		submitted_at: '',
	} as IDataObject;
	const credential = { ...stage.sim.credential, baseUrl: `https://${HOST}` };
	proxy.answers.push(...Array.from({ length: 100 }, () => answer('502 Bad Gateway')));
	const result = await proxy.use(
		async () =>
			await stage.run(
				'segmindCheckStatus',
				{ waitForCompletion: true, options: { timeout: 20 } },
				{ items: [{ json: job }], credentials: { segmindApi: credential } },
			),
	);
	expect(textOf(result)).toMatch(/was not finished[^]*A proxy could not reach Segmind/);
});
