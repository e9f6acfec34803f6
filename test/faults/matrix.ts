import type { ScriptedAnswer, ScriptRule } from '../simulator/types';

export type Stage =
	| 'sync'
	| 'submit'
	| 'text result'
	| 'poll'
	| 'result'
	| 'download'
	| 'video submit'
	| 'video result'
	| 'audio poll'
	| 'audio download'
	| 'upload'
	| 'credits'
	| 'model list'
	| 'flow submit'
	| 'flow poll';

/** Which requests a stage is about. */
export const STAGES: Record<Stage, Pick<ScriptRule, 'origin' | 'method' | 'path'>> = {
	sync: { origin: 'api', method: 'POST', path: /^\/v1\// },
	submit: { origin: 'api', method: 'POST', path: /^\/v2\// },
	poll: { origin: 'api', method: 'GET', path: /^\/v2\/requests\/[^/]+\/status$/ },
	result: { origin: 'api', method: 'GET', path: /^\/v2\/requests\/[^/]+$/ },
	'text result': { origin: 'api', method: 'GET', path: /^\/v2\/requests\/[^/]+$/ },
	download: { origin: 'files', method: 'GET' },
	'video submit': { origin: 'api', method: 'POST', path: /^\/v2\// },
	'video result': { origin: 'api', method: 'GET', path: /^\/v2\/requests\/[^/]+$/ },
	'audio poll': { origin: 'api', method: 'GET', path: /^\/v2\/requests\/[^/]+\/status$/ },
	'audio download': { origin: 'files', method: 'GET' },
	upload: { origin: 'storage', method: 'POST' },
	credits: { origin: 'api', method: 'GET', path: '/v1/get-user-credits' },
	'model list': { origin: 'catalog', method: 'GET' },
	'flow submit': { origin: 'api', method: 'POST', path: /^\/workflows\// },
	'flow poll': { origin: 'api', method: 'GET', path: /^\/workflows\/request\// },
};

const json = (status: number, body: object, headers: Record<string, string> = {}) => ({
	status,
	headers,
	body,
});
const page = (status: number, title: string, headers: Record<string, string> = {}) => ({
	status,
	headers: { 'content-type': 'text/html', ...headers },
	body: Buffer.from(
		`<!doctype html><html><title>${title}</title><body>secret of the gateway</body></html>`,
	),
});
const damaged = (fault: 'resetAfterBody' | 'resetMidAnswer' | 'hang' | 'hangInBody') => ({
	fault,
	afterProcessing: true,
});
const soon = () =>
	new Date(Date.now() + 3600_000 * 24 * 365).toISOString().slice(0, 19).replace('T', ' ');

/** What goes wrong. A string: the host of the credential is another one. */
export const FAULTS = {
	'connection refused': 'http://127.0.0.1:9',
	'DNS failure': 'http://no.such.host.invalid',
	'reset before the body': { fault: 'reset' },
	'reset after the body': { fault: 'resetAfterBody' },
	'reset after the work': damaged('resetAfterBody'),
	'reset half-way through the answer': damaged('resetMidAnswer'),
	'timeout before headers': { fault: 'hang' },
	'timeout after the work': damaged('hang'),
	'timeout in the body': damaged('hangInBody'),
	'400': json(400, { error: 'Prompt is required' }),
	'401': json(401, { error: 'Unauthorized. API key is invalid' }),
	'403': json(403, { error: 'Model not allowed' }),
	'404': json(404, { error: 'not found' }),
	'405 HTML': page(405, '405 Method Not Allowed'),
	'406 credits': json(406, { error: 'Insufficient credits. Please add credits' }),
	'410': json(410, { error: 'Model has been retired' }),
	'422': json(422, { error: 'seed has to be an integer' }),
	'429 with headers': json(
		429,
		{ error: 'rate_limit_exceeded' },
		{ 'x-rate-limit-remaining': '0', 'retry-after': '2' },
	),
	'429 without headers': json(429, { error: 'rate_limit_exceeded' }),
	'429 for ever': json(
		429,
		{ error: 'rate_limit_exceeded' },
		{ 'x-rate-limit-reset-at-utc': soon() },
	),
	'500': json(500, { error: 'Internal error' }),
	'500 polling error': json(500, { error: 'Internal Polling Error' }),
	'502 HTML': page(502, '502 Bad Gateway'),
	'503': json(503, { error: 'Overloaded' }),
	'402': json(402, { error: 'Payment required' }),
	'403 credits': json(403, { error: 'This team has no credits left' }),
	'500 content': json(500, { error: 'NSFW content detected' }),
	// A web filter's page, and a captive portal's. (Answers to CONNECT: test/engine/proxy.test.ts.)
	'403 web filter': page(403, 'Blocked by policy'),
	'407': page(407, 'Proxy password', { 'proxy-authenticate': 'Basic' }),
	'502 of a proxy': page(502, 'ERROR', { 'x-squid-error': 'ERR_CONNECT_FAIL 111' }),
	'429 of a proxy': page(429, 'Too many requests'),
	'403 JSON of a firewall': json(403, { code: 403, reason: 'Blocked by policy' }),
	'511': page(511, 'Hotel'),
	// Ends of a connection behind a gateway or a proxy that had passed the request on.
	'502 after the work': {
		transform: () => page(502, 'E', { 'x-squid-error': 'ERR_READ_ERROR 104' }),
	},
	'503 after the work': { transform: () => page(503, '503 Backend fetch failed') },
	'520 after the work': { transform: () => page(520, 'Unknown error') },
	'504': page(504, '504 Gateway Time-out'),
	'200 with an error': json(200, { error: 'NSFW content detected' }),
	'broken JSON': { fault: 'brokenJson', afterProcessing: true },
	'wrong content type': { fault: 'wrongContentType', afterProcessing: true },
	'empty body': { fault: 'emptyBody', afterProcessing: true },
	'HTML with status 200': page(200, 'Welcome'),
	'status 418': json(418, { error: 'teapot' }),
	'redirect to another host': { fault: 'redirect', location: 'TRAP' },
	'answer without end': { fault: 'endlessBody', afterProcessing: true },
	'gzip bomb': { fault: 'gzipBomb', afterProcessing: true },
	compressed: { fault: 'compressed', afterProcessing: true },
	'compressed and cut off': { fault: 'cutCompressed', afterProcessing: true },
	'200 without a file': json(200, { images: [], nsfw: true }),
	'200 with nothing': json(200, {}),
	'200 with text': { headers: { 'content-type': 'text/plain' }, body: 'upstream connect error' },
	'completed without an output': json(200, { status: 'COMPLETED', output: null }),
	'completed with a refusal': json(200, {
		status: 'COMPLETED',
		output: { status: 'failed', message: 'NSFW content detected' },
	}),
	'another word for the end': json(200, { status: 'CANCELED', message: 'out of memory' }),
	'connection closed early': { fault: 'truncate', afterProcessing: true },
	slow: { fault: 'slowBody', afterProcessing: true },
	'job status never seen before': json(200, { status: 'WARMING_UP', metrics: {} }),
	'still running': json(200, { status: 'PROCESSING', metrics: {} }),
	'completed with status 500': {
		transform: (normal) => ({ ...normal, status: 500 }),
	},
	'a job that fails': json(422, { status: 'FAILED', error: 'content_policy_violation' }),
	'a job that fails with status 200': json(200, { status: 'FAILED', error: 'out of memory' }),
} as const satisfies Record<string, string | ScriptedAnswer>;

export type FaultName = keyof typeof FAULTS;

/** One pair of stage and fault, and what the rules (design.md section 3) require. */
export interface Row {
	stage: Stage;
	fault: FaultName;
	/** How many requests of the stage get the fault. */
	times: number;
	/** The maximum and minimum of work that the server accepts and bills. */
	accepted: number;
	billed: number;
	/** Maximum requests of the stage; undefined if repeating is free. */
	sent?: number;
	/** Phrases of the error; undefined if the item must succeed. */
	says?: RegExp[];
	/** The result is found in the request history; without a history this is required instead. */
	withoutHistory?: Expected;
	/** The history is out of order. */
	hasNoHistory?: boolean;
}

const ONCE = 1;
const FOR_EVER = 1000;

const FATE_UNKNOWN = [/may have been (carried out and )?billed/, /not repeated/];
const NOT_BILLED = /Nothing was billed/;
/** Placeholders for the job's request ID and its file's URL. */
export const HAS_JOB = /JOB/;
export const HAS_URL = /URL/;

type Expected = Omit<Row, 'stage' | 'fault' | 'times' | 'withoutHistory' | 'hasNoHistory'>;

/** The item succeeds: one job, paid for once. */
const fine: Expected = { accepted: 1, billed: 1 };
/** The server did nothing and proved it. */
const free = (sent: number, ...says: RegExp[]): Expected => ({
	accepted: 0,
	billed: 0,
	sent,
	says: [NOT_BILLED, ...says],
});
/** What the server did is unknown: not repeated, and reported. */
const unknown = (accepted: number, ...says: RegExp[]): Expected => ({
	accepted,
	billed: accepted,
	sent: 1,
	says: [...FATE_UNKNOWN, ...says],
});
/** The image of a v1 call was lost in transit: gone, but reported. */
const cutOff: Expected = {
	accepted: 1,
	billed: 1,
	sent: 1,
	says: [HAS_JOB, /made and billed/, /not repeated/],
};
/** The job was accepted and is running or finished: the error names it. */
const named = (...says: RegExp[]): Expected => ({
	accepted: 1,
	billed: 1,
	says: [HAS_JOB, ...says],
});
/** What was made and got lost is found in the history. */
const found = (withoutHistory: Expected): Expected & Pick<Row, 'withoutHistory'> => ({
	...fine,
	...(withoutHistory.sent === undefined ? {} : { sent: withoutHistory.sent }),
	withoutHistory,
});
/** Requests that cost nothing. */
const nothingPaid: Expected = { accepted: 0, billed: 0 };
const refusedFree = (...says: RegExp[]): Expected => ({ ...nothingPaid, says });

const rows = (
	stage: Stage,
	table: Array<[fault: FaultName, times: number, expected: Expected & Pick<Row, 'withoutHistory'>]>,
): Row[] => table.map(([fault, times, expected]) => ({ stage, fault, times, ...expected }));

/** A submit on v2, of a model or of a PixelFlow: a 5xx proves that nothing was accepted. */
const submits = (stage: Stage): Row[] =>
	rows(stage, [
		['connection refused', FOR_EVER, free(0, /could not be reached/)],
		['DNS failure', FOR_EVER, free(0, /could not be reached/)],
		['reset before the body', ONCE, unknown(0)],
		['reset after the body', ONCE, unknown(0)],
		['reset after the work', ONCE, found(unknown(1))],
		['reset half-way through the answer', ONCE, found(unknown(1))],
		['timeout before headers', ONCE, unknown(0, /in time/)],
		['timeout after the work', ONCE, found(unknown(1, /in time/))],
		['timeout in the body', ONCE, found(unknown(1, /in time/))],
		['400', ONCE, free(1, /Prompt is required/)],
		// Some versions of n8n retry a request that was answered 401.
		['401', FOR_EVER, { ...free(1, /API key/), sent: undefined }],
		['403', ONCE, free(1, /may not use|not allowed/)],
		['404', ONCE, free(1, /no model|no PixelFlow|no such/i)],
		['405 HTML', ONCE, free(1, /405|this kind of request/)],
		['406 credits', ONCE, free(1, /Not enough Segmind credits/)],
		['410', ONCE, free(1, /retired/)],
		['422', ONCE, free(1, /seed has to be an integer/)],
		['429 with headers', ONCE, fine],
		['429 without headers', 3, fine],
		['500', ONCE, fine],
		['500', FOR_EVER, free(5, /internal error/)],
		['502 HTML', ONCE, fine],
		['502 HTML', FOR_EVER, free(5, /gateway/)],
		['503', 4, fine],
		['503', FOR_EVER, free(5, /overloaded/)],
		['504', ONCE, fine],
		['402', ONCE, free(1, /^Not enough Segmind credits/)],
		['403 credits', ONCE, free(1, /^Not enough Segmind credits/)],
		['403 web filter', ONCE, { ...unknown(0), says: [/^A proxy or a firewall refused/] }],
		['407', ONCE, free(1, /^The proxy of this n8n asks for/)],
		['502 of a proxy', ONCE, fine],
		['502 of a proxy', FOR_EVER, free(2, /^A proxy could not reach Segmind/)],
		['429 of a proxy', ONCE, fine],
		['200 with an error', ONCE, { ...unknown(0), says: [/NSFW content detected/] }],
		['broken JSON', ONCE, fine],
		['wrong content type', ONCE, fine],
		['empty body', ONCE, found(unknown(1, /could not be understood/))],
		['HTML with status 200', ONCE, unknown(0, /A web page came instead/)],
		['status 418', ONCE, { ...unknown(0), says: [/418/, /teapot/] }],
		[
			'redirect to another host',
			ONCE,
			{ ...unknown(0), says: [/302/, /Redirects are not followed/] },
		],
		['answer without end', ONCE, found(unknown(1, /larger than it should be/))],
		['gzip bomb', ONCE, found(unknown(1, /larger than it should be/))],
		['connection closed early', ONCE, found(unknown(1))],
		['slow', ONCE, fine],
	]);

/** A v1 answer without any result. */
const withoutFile = (...says: RegExp[]): Expected => ({
	...unknown(0),
	says: [/without a file/, /not known whether it was billed/, /not repeated/, ...says],
});

/** The job's answer exceeds the size limit, and would do so again. */
const tooLarge = named(/larger than 50 MB/);

/**
 * Polls a job, or fetches its result: one bad answer never ends the wait, and every failure names the job.
 * @param includesOutput whether the answer includes the output
 */
const polls = (stage: Stage, includesOutput: boolean): Row[] =>
	rows(stage, [
		['reset before the body', ONCE, fine],
		['reset half-way through the answer', 2, fine],
		['timeout before headers', ONCE, fine],
		['timeout in the body', ONCE, fine],
		['400', FOR_EVER, named(/Prompt is required/)],
		['401', FOR_EVER, named(/API key/)],
		['403', FOR_EVER, named(/Model not allowed/)],
		['404', FOR_EVER, found(named(/does not know the job/))],
		['405 HTML', 2, fine],
		['406 credits', FOR_EVER, named(/Insufficient credits/)],
		['410', FOR_EVER, named(/Model has been retired/)],
		['429 with headers', 3, fine],
		['429 without headers', 3, fine],
		['500', 5, fine],
		['502 HTML', 5, fine],
		['503', 5, fine],
		['504', 5, fine],
		['200 with an error', 2, fine],
		['broken JSON', 2, fine],
		['wrong content type', FOR_EVER, fine],
		['empty body', 2, fine],
		['HTML with status 200', 2, fine],
		['403 web filter', 3, fine],
		['407', 3, fine],
		['502 of a proxy', 3, fine],
		['511', 3, fine],
		['redirect to another host', 2, fine],
		['answer without end', ONCE, includesOutput ? tooLarge : fine],
		// Read up to 50 MB, the time may be up first: both ends are right, so it is no row where outputs come along.
		...(includesOutput ? [] : [['gzip bomb', ONCE, fine] as [FaultName, number, Expected]]),
		['compressed', FOR_EVER, fine],
		['compressed and cut off', 2, fine],
		['another word for the end', FOR_EVER, named(/out of memory \(CANCELED\)/, /billed/)],
		['connection closed early', 2, fine],
		['slow', 2, fine],
		['job status never seen before', 3, fine],
		['still running', 3, fine],
		['still running', FOR_EVER, named(/not finished|goes on|could not be fetched/)],
		['502 HTML', FOR_EVER, named(/not finished|goes on|could not be fetched/)],
		['completed with status 500', FOR_EVER, fine],
	]);

/** Jobs that fail by Segmind's own word: said, named, never billed by the rules; here the simulator's job did end well. */
const failedJobs = (stage: Stage, billed = NOT_BILLED): Row[] =>
	rows(stage, [
		['a job that fails', FOR_EVER, named(/content_policy_violation/, billed)],
		['a job that fails with status 200', FOR_EVER, named(/out of memory/, billed)],
	]);

/** Jobs that Segmind reports as completed, but without a result. */
const emptyJobs = (stage: Stage): Row[] =>
	rows(stage, [
		['completed without an output', FOR_EVER, named(/without a (file|result)/)],
		['completed with a refusal', FOR_EVER, named(/NSFW content detected/)],
	]);

/** The file of a finished job is fetched: whatever happens to it, it was made and billed, and can be had by its address. */
const downloads = (stage: Stage): Row[] =>
	rows(stage, [
		['reset before the body', 2, fine],
		['reset half-way through the answer', 2, fine],
		['timeout before headers', ONCE, fine],
		['timeout in the body', ONCE, fine],
		['403', FOR_EVER, named(/could not be downloaded/, /403/, HAS_URL, /made and billed/)],
		['404', FOR_EVER, named(/could not be downloaded/, /404/, HAS_URL, /made and billed/)],
		['429 with headers', 2, fine],
		['500', 2, fine],
		['502 HTML', 2, fine],
		['503', FOR_EVER, named(/could not be downloaded/, /503/, HAS_URL)],
		['broken JSON', ONCE, fine],
		['wrong content type', FOR_EVER, fine],
		['empty body', ONCE, fine],
		['HTML with status 200', FOR_EVER, named(/could not be downloaded/, /web page/, HAS_URL)],
		['compressed', FOR_EVER, fine],
		['compressed and cut off', 2, fine],
		['compressed and cut off', FOR_EVER, named(/could not be downloaded/, HAS_URL)],
		['200 with an error', ONCE, fine],
		['200 with an error', FOR_EVER, named(/error message/, HAS_URL)],
		['connection closed early', 2, fine],
		['slow', ONCE, fine],
	]);

const WITH_HISTORY: Row[] = [
	...rows('sync', [
		['connection refused', FOR_EVER, free(0, /could not be reached/)],
		['DNS failure', FOR_EVER, free(0, /could not be reached/)],
		['reset before the body', ONCE, unknown(0)],
		['reset after the body', ONCE, unknown(0)],
		['reset after the work', ONCE, found(unknown(1))],
		['reset half-way through the answer', ONCE, found(cutOff)],
		['timeout before headers', ONCE, unknown(0, /in time/)],
		['timeout after the work', ONCE, found(unknown(1, /in time/))],
		['timeout in the body', ONCE, found(cutOff)],
		['400', ONCE, free(1, /Prompt is required/)],
		['401', FOR_EVER, { ...free(1, /API key/), sent: undefined }],
		['403', ONCE, free(1, /may not use/)],
		['404', ONCE, free(1, /no model/)],
		['405 HTML', ONCE, free(1, /405|this kind of request/)],
		['406 credits', ONCE, free(1, /Not enough Segmind credits/)],
		['410', ONCE, free(1, /retired/)],
		['422', ONCE, free(1, /seed has to be an integer/)],
		['429 with headers', ONCE, fine],
		['429 without headers', 3, fine],
		['429 for ever', FOR_EVER, { ...nothingPaid, says: [/rate limit/, NOT_BILLED] }],
		['500', ONCE, fine],
		['500', FOR_EVER, free(2, /internal error/)],
		['500 polling error', ONCE, unknown(0)],
		['502 HTML', ONCE, unknown(0)],
		['503', 4, fine],
		['503', FOR_EVER, free(5, /overloaded/)],
		['504', ONCE, unknown(0, /a proxy on the way/)],
		['402', ONCE, free(1, /^Not enough Segmind credits/)],
		['403 credits', ONCE, free(1, /^Not enough Segmind credits/)],
		['500 content', FOR_EVER, free(2, /^The content was refused: NSFW content detected/)],
		['403 web filter', ONCE, { ...unknown(0), says: [/^A proxy or a firewall refused/] }],
		['407', ONCE, free(1, /^The proxy of this n8n asks for/)],
		['502 of a proxy', ONCE, fine],
		['502 of a proxy', FOR_EVER, free(2, /^A proxy could not reach Segmind/)],
		['429 of a proxy', ONCE, fine],
		['429 of a proxy', FOR_EVER, free(5, /^A proxy or a gateway on the way/)],
		['403 JSON of a firewall', ONCE, { ...unknown(0), says: [/^A proxy or a firewall refused/] }],
		['511', ONCE, fine],
		['511', FOR_EVER, free(2, /^The network of this n8n asks for a sign-in/)],
		['502 after the work', ONCE, found(unknown(1, /a proxy on the way, gave up/))],
		['503 after the work', ONCE, found(unknown(1, /a proxy on the way, gave up/))],
		['520 after the work', ONCE, found(unknown(1, /a proxy on the way, gave up/))],
		['200 with an error', ONCE, { ...unknown(0), says: [/NSFW content detected/] }],
		['broken JSON', ONCE, found(unknown(1, /could not be understood/))],
		['wrong content type', ONCE, fine],
		['empty body', ONCE, found(unknown(1, /could not be understood/))],
		['HTML with status 200', ONCE, unknown(0, /A web page came instead/)],
		['status 418', ONCE, { ...unknown(0), says: [/418/, /teapot/] }],
		[
			'redirect to another host',
			ONCE,
			{ ...unknown(0), says: [/302/, /Redirects are not followed/] },
		],
		['200 without a file', ONCE, withoutFile(/nsfw/)],
		['200 with nothing', ONCE, withoutFile(/The answer was: \{\}/)],
		['200 with text', ONCE, withoutFile(/upstream connect error/)],
		['answer without end', ONCE, found(cutOff)],
		['compressed', ONCE, fine],
		['compressed and cut off', ONCE, found(cutOff)],
		['connection closed early', ONCE, found(cutOff)],
		['slow', ONCE, fine],
	]),
	...submits('submit'),
	...polls('poll', false),
	...failedJobs('poll'),
	...polls('result', true),
	...emptyJobs('result'),
	...failedJobs('result'),
	...rows('text result', [
		['reset half-way through the answer', 2, fine],
		['404', FOR_EVER, named(/The request history has no file of job/)],
		['502 HTML', 5, fine],
		['broken JSON', 2, fine],
		['empty body', 2, fine],
		['still running', FOR_EVER, named(/not finished|goes on|could not be fetched/)],
		['completed with status 500', FOR_EVER, fine],
	]),
	...failedJobs('text result'),
	...downloads('download'),
	...submits('video submit'),
	...polls('video result', true),
	...polls('audio poll', false),
	...failedJobs('audio poll'),
	...downloads('audio download'),
	...rows('upload', [
		['connection refused', FOR_EVER, refusedFree(/could not be reached/)],
		['DNS failure', FOR_EVER, refusedFree(/could not be reached/)],
		['reset before the body', 2, nothingPaid],
		['reset after the work', 2, nothingPaid],
		['reset half-way through the answer', 2, nothingPaid],
		['400', ONCE, refusedFree(/Prompt is required/)],
		['401', FOR_EVER, refusedFree(/API key/)],
		['403', ONCE, refusedFree(/not allowed/)],
		['404', ONCE, refusedFree(/no such endpoint/)],
		['405 HTML', ONCE, refusedFree(/this kind of request/)],
		['429 with headers', 2, nothingPaid],
		['429 without headers', 2, nothingPaid],
		['500', 2, nothingPaid],
		['502 HTML', 2, nothingPaid],
		['503', 2, nothingPaid],
		['504', 2, nothingPaid],
		['200 with an error', ONCE, refusedFree(/0 URLs|NSFW/)],
		['broken JSON', FOR_EVER, refusedFree(/0 URLs/)],
		['wrong content type', ONCE, nothingPaid],
		['empty body', FOR_EVER, refusedFree(/0 URLs/)],
		['status 418', ONCE, refusedFree(/418/)],
		['redirect to another host', ONCE, refusedFree(/302/)],
		['answer without end', FOR_EVER, refusedFree(/larger than it should be/)],
		['gzip bomb', FOR_EVER, refusedFree(/larger than it should be/)],
		['slow', ONCE, nothingPaid],
	]),
	...rows('credits', [
		['connection refused', FOR_EVER, refusedFree(/could not be reached/)],
		['DNS failure', FOR_EVER, refusedFree(/could not be reached/)],
		['reset before the body', 2, nothingPaid],
		['reset half-way through the answer', 2, nothingPaid],
		['timeout before headers', ONCE, nothingPaid],
		['timeout in the body', ONCE, nothingPaid],
		['401', FOR_EVER, refusedFree(/API key/)],
		['403', ONCE, refusedFree(/not allowed/)],
		['404', ONCE, refusedFree(/no such endpoint/)],
		['405 HTML', ONCE, refusedFree(/this kind of request/)],
		['429 with headers', 2, nothingPaid],
		['429 without headers', 2, nothingPaid],
		['500', 2, nothingPaid],
		['502 HTML', 2, nothingPaid],
		['503', 2, nothingPaid],
		['504', 2, nothingPaid],
		['200 with an error', FOR_EVER, refusedFree(/could not be understood/)],
		['broken JSON', FOR_EVER, refusedFree(/could not be understood/)],
		['empty body', FOR_EVER, refusedFree(/could not be understood/)],
		['HTML with status 200', FOR_EVER, refusedFree(/A web page came instead/)],
		['wrong content type', ONCE, nothingPaid],
		['redirect to another host', ONCE, refusedFree(/302/)],
		['answer without end', FOR_EVER, refusedFree(/larger than it should be/)],
		['gzip bomb', FOR_EVER, refusedFree(/larger than it should be/)],
		['slow', ONCE, nothingPaid],
	]),
	...rows('model list', [
		['connection refused', FOR_EVER, nothingPaid],
		['DNS failure', FOR_EVER, nothingPaid],
		['reset before the body', FOR_EVER, nothingPaid],
		['reset half-way through the answer', FOR_EVER, nothingPaid],
		['timeout before headers', FOR_EVER, nothingPaid],
		['timeout in the body', FOR_EVER, nothingPaid],
		['401', FOR_EVER, nothingPaid],
		['404', FOR_EVER, nothingPaid],
		['429 with headers', FOR_EVER, nothingPaid],
		['500', FOR_EVER, nothingPaid],
		['502 HTML', FOR_EVER, nothingPaid],
		['200 with an error', FOR_EVER, nothingPaid],
		['broken JSON', FOR_EVER, nothingPaid],
		['wrong content type', FOR_EVER, nothingPaid],
		['empty body', FOR_EVER, nothingPaid],
		['redirect to another host', FOR_EVER, nothingPaid],
		['answer without end', FOR_EVER, nothingPaid],
		['gzip bomb', FOR_EVER, nothingPaid],
	]),
	// No source says that PixelFlows are in the history.
	...submits('flow submit')
		.filter(({ fault }) => fault !== '410')
		.map((row) => ({ ...row, ...row.withoutHistory, withoutHistory: undefined })),
	...polls('flow poll', true).filter(({ fault }) => fault !== '404'),
	...failedJobs('flow poll', /may have been billed/),
	...emptyJobs('flow poll'),
];

/** The rows whose result is found in the history, once more without one. */
const WITHOUT_HISTORY: Row[] = WITH_HISTORY.flatMap((row) =>
	row.withoutHistory
		? [{ ...row, ...row.withoutHistory, withoutHistory: undefined, hasNoHistory: true }]
		: [],
);

export const MATRIX: Row[] = [...WITH_HISTORY, ...WITHOUT_HISTORY];
