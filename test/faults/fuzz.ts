/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	NodeParameterValueType,
} from 'n8n-workflow';
import type { ClientRequest } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import packageJson from '../../package.json';
import { startEngine, type Engine, type RunResult } from '../engine/engine';
import { randomFrom } from '../simulator/random';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { hostileValues } from './hostile';
import { placesOf, withValueAt, type Place } from './places';
import { model, startTrap, textOf } from './runs';

const SEED = 4711;
const COUNT = 200;
const JOB = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
const MAX_MESSAGE = 600;

/** The nodes that run a model, which have the most parameters. */
export const MODEL_NODES: readonly string[] = ['segmindGenerateImage', 'segmindSubmitAsync'];

/** Nodes whose parameters are mostly those of Generate Image, read by the same code: each takes its share of the values. */
const SIBLINGS: readonly string[] = [
	'segmindGenerateVideo',
	'segmindGenerateAudio',
	'segmindGenerateText',
];

/** All other nodes of the package. */
export const OTHER_NODES: readonly string[] = packageJson.n8n.nodes
	.map((file) => {
		const name = file.split('/').at(-2)!;
		return name.charAt(0).toLowerCase() + name.slice(1);
	})
	// A trigger has no items, and its parameters no expressions that an item could reach.
	.filter((name) => !MODEL_NODES.includes(name) && !name.endsWith('Trigger'));

/** Read from the first item for the whole run, so each value needs a separate run. */
const RUN_WIDE =
	/^(options\.(concurrency|maxJobs|maxRetries|maxCost)|routing|lowBalance|minimumCredits)$/;

/** The only paths on the credential's hosts to which the key may be sent. */
const PATHS =
	/^\/(v[12]\/(?!requests$)[A-Za-z0-9][\w.-]*|v2\/requests\/[\w-]+(\/status)?|v1\/get-user-credits|workflows\/(v2\/[A-Za-z0-9][\w.-]*|[0-9a-f]{24}-v\d+)|workflows\/request\/[\w-]+|upload-asset|inference-request\/request-history\?[^/#]*)$/i;

/** Parameters with which each node runs well: one of them at a time is replaced. */
const GOOD: Record<string, INodeParameters> = {
	segmindGenerateImage: {
		model,
		prompt: 'a fox',
		options: { mode: 'sync', binaryField: 'result' },
	},
	segmindGenerateVideo: { model, prompt: 'a fox', output: 'url' },
	segmindGenerateAudio: { model, prompt: 'a fox', output: 'url' },
	segmindGenerateText: {
		model: { ...model, value: 'gpt-5.4-mini' },
		prompt: 'a fox',
		options: { sendFilesAs: 'url' },
	},
	segmindSubmitAsync: { model, prompt: 'a fox' },
	segmindCheckStatus: { download: false },
	segmindUploadAsset: {
		urls: 'http://127.0.0.1:1/',
		dataUris: 'data:,',
		options: { maxRetries: 0 },
	},
	segmindGetCredits: {},
	segmindGetHistory: {},
	segmindRunPixelFlow: {
		workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
		download: false,
	},
};

/** Options of downloaded files; downloading each time would double the requests. */
const ABOUT_FILES = /^options\.(fileName|maxFileSize|outputItems)$/;

interface Sent {
	url: string;
	headers: string;
}

let engine: Engine;
let simulator: Simulator;
let trap: Awaited<ReturnType<typeof startTrap>>;
let values: unknown[];
let binary: INodeExecutionData['binary'];
/** Every request of this process, whatever host it goes to. */
const sent: Sent[] = [];
const figures = { values: 0, refused: 0 };

function note(message: unknown): void {
	const { request } = message as { request: ClientRequest };
	const url = `${request.protocol}//${request.getHeader('host')}${request.path}`;
	sent.push({ url, headers: JSON.stringify(request.getHeaders()) });
}

beforeAll(async () => {
	engine = await startEngine();
	const { clock, now } = engine.packageClock();
	clock.speed = 500;
	simulator = await startSimulator({ speed: 500, now });
	trap = await startTrap();
	const { apiKey } = simulator;
	values = hostileValues(COUNT, randomFrom(SEED), { trap: trap.url, apiKey });
	binary = { data: await engine.storeBinary(GIF, 'a.gif', 'image/gif') };
	answerEverything();
	subscribe('http.client.request.start', note);
});
afterAll(async () => {
	unsubscribe('http.client.request.start', note);
	await simulator.close();
	await trap.close();
	await engine.close();
	process.stdout.write(
		`\nfuzz, seed ${SEED}: ${figures.values} values, ${figures.refused} of them refused\n`,
	);
});

/** Everything that passes the checks is accepted: no time is spent on images. */
function answerEverything(): void {
	const url = simulator.publish(GIF, 'a.gif', 'image/gif');
	const done = { request_id: JOB, status: 'COMPLETED', metrics: { cost: 0.01 } };
	const rule = { origin: 'api' as const, times: Infinity };
	const picture = { headers: { 'content-type': 'image/gif' }, body: GIF };
	simulator.script({ ...rule, method: 'POST', path: /^\/v1\//, answer: picture });
	simulator.script({ ...rule, method: 'POST', answer: { body: { ...done, status: 'QUEUED' } } });
	const flow = JSON.stringify([{ keyname: 'Out', value: { type: 'image', data: url } }]);
	simulator.script({ ...rule, path: /^\/workflows/, answer: { body: { ...done, output: flow } } });
	// A file for those who wait for one, and words for the others.
	const both = { ...done, output: url, text: '{}' };
	simulator.script({ ...rule, path: /^\/v2/, answer: { body: both } });
	// The history has a request of whatever is asked for.
	simulator.script({
		origin: 'catalog',
		path: /^\/inference-request/,
		times: Infinity,
		answer: ({ path }) => {
			const query = new URL(path, 'http://a').searchParams;
			const row = {
				request_id: JOB,
				model_name: query.get('model_name') ?? 'fast-flux-schnell',
				model_status: query.get('status') ?? 'COMPLETED',
			};
			return { body: { data: [row] } };
		},
	});
}

async function run(
	type: string,
	parameters: INodeParameters,
	given: unknown[],
	onError?: 'continueRegularOutput',
): Promise<RunResult> {
	sent.length = 0;
	figures.values += given.length;
	return await engine.runNode(type, parameters, {
		credentials: { segmindApi: { ...simulator.credential } },
		items: given.map((v) => ({
			json: { v: v as NodeParameterValueType, request_id: JOB } as IDataObject,
			binary,
		})),
		nodeOptions: onError ? { onError } : {},
	});
}

// An earlier request of the history has a failure_reason too.
const isFailed = ({ json }: INodeExecutionData) => 'billed' in json;

/** What is wrong with a run, for any input; empty if nothing is. */
function harmDone(result: RunResult, place: string): string[] {
	const { apiKey, url, storageUrl, catalogUrl, filesUrl } = simulator;
	// A good item may repeat what the user typed, such as a file name; a message never shows the key.
	const failed = result.items().filter(isFailed);
	const told = JSON.stringify([
		result.error?.stack,
		textOf(result),
		result.hints(),
		failed.map(({ json }) => json),
	]);
	const isOurs = (request: Sent) =>
		[url, storageUrl, catalogUrl].some((host) => {
			return request.url.startsWith(`${host}/`) && PATHS.test(request.url.slice(host.length));
		});
	// To fetch from the user's own addresses is what this parameter is for; the key is not taken along.
	const isAllowed = (request: Sent) =>
		isOurs(request) || request.url.startsWith(`${filesUrl}/`) || place === 'urls';
	return [
		...(told.includes(apiKey) ? ['the key is told'] : []),
		...sent.filter((request) => !isAllowed(request)).map((request) => `sent to ${request.url}`),
		...sent
			.filter((request) => !isOurs(request) && request.headers.includes(apiKey))
			.map((request) => `the key is sent to ${request.url}`),
		...(sent.some(({ headers }) => headers.includes('x-evil')) ? ['a header is smuggled in'] : []),
		...('polluted' in {} ? ['the prototype of all objects is changed'] : []),
	];
}

/** Typical messages of bugs. */
const NO_SENTENCE =
	/is not a function|Cannot (read|convert|set|create|destructure|mix)|undefined \(|is not iterable|Maximum call|serialize|\[object/;

/** What is wrong with a message as a sentence for the user. */
function unreadable(message: unknown): string[] {
	if (typeof message !== 'string' || !/\S/.test(message)) return ['no message'];
	if (message.length > MAX_MESSAGE) return [`a message of ${message.length} characters`];
	return NO_SENTENCE.test(message) ? [message] : [];
}

function wrongError({ error }: RunResult, itemIndex: number): string[] {
	const kind = `${error?.name} of item ${error?.context?.itemIndex}`;
	const isRight = new RegExp(`^Node(Operation|Api)Error of item ${itemIndex}$`).test(kind);
	return [...(isRight ? [] : [`${kind}: ${error?.message}`]), ...unreadable(error?.message)];
}

/** The values for a place of a node; no test contacts a real host. */
function valuesFor(type: string, place: string): unknown[] {
	const share = SIBLINGS.indexOf(type);
	if (share >= 0 && placesIn('segmindGenerateImage').some(({ path }) => path.join('.') === place)) {
		return values.filter((_, index) => index % SIBLINGS.length === share);
	}
	if (place !== 'urls') return values;
	return values.map((value) =>
		typeof value === 'string' ? value.replaceAll('segmind.com', '127.0.0.1:1') : value,
	);
}

function placesIn(type: string): Place[] {
	const { description } = engine.registry.getByNameAndVersion(`n8n-nodes-segmind.${type}`);
	return placesOf(description.properties);
}

const EXPRESSION = '={{ $json.v }}';

/** Puts each hostile value into each parameter and question of these nodes; in files of their own, to run side by side. */
export function fuzz(nodes: readonly string[]): void {
	describe.each(nodes)('%s', (type) => {
		const good = GOOD[type] ?? {};

		it('runs well with good parameters, so that it is the value that makes the difference', async () => {
			const result = await run(type, good, [null]);
			expect(textOf(result)).toBe('');
			expect(result.items()).toHaveLength(1);
			expect(sent).not.toEqual([]);
		});

		it('survives each value in each parameter', async () => {
			const problems: string[] = [];
			for (const place of placesIn(type)) {
				const name = place.path.join('.');
				const base = baseFor(name, good);
				const tryOut = RUN_WIDE.test(name) ? oneByOne : together;
				const found = await tryOut(type, name, withValueAt(place, base, EXPRESSION));
				problems.push(...found.map((problem) => `${name}: ${problem}`));
			}
			expect(problems).toEqual([]);
		}, 600_000);

		it('survives each value in each editor request', async () => {
			const { methods } = engine.registry.getByNameAndVersion(`n8n-nodes-segmind.${type}`);
			const credentials = { segmindApi: { ...simulator.credential } };
			sent.length = 0;
			for (const value of values) {
				const text = typeof value === 'string' ? value : undefined;
				const parameters = { model: value } as INodeParameters;
				for (const method of Object.keys(methods?.listSearch ?? {})) {
					const options = { credentials, filter: text, paginationToken: text };
					const { results } = await engine.listSearch(type, method, options);
					expect(Array.isArray(results)).toBe(true);
				}
				for (const method of Object.keys(methods?.resourceMapping ?? {})) {
					const options = { credentials, parameters };
					const { fields } = await engine.resourceMapping(type, method, options);
					expect(Array.isArray(fields)).toBe(true);
				}
			}
			const { catalogUrl, apiKey } = simulator;
			const list = `${catalogUrl}/inference-model-information/list`;
			expect(sent.filter(({ url, headers }) => url !== list || headers.includes(apiKey))).toEqual(
				[],
			);
		}, 600_000);
	});
}

/** The good parameters with what a place needs beside its value. */
function baseFor(name: string, good: INodeParameters): INodeParameters {
	if (ABOUT_FILES.test(name)) return { ...good, download: true };
	if (!name.startsWith('inputFiles.')) return good;
	// n8n itself refuses a row without its URL or name, and a trusted table one for a field that the model does not have.
	const file = [{ parameter: 'image', binaryField: 'data', url: 'http://127.0.0.1:1/' }];
	const options = { ...(good.options as INodeParameters), checkParameters: 'off' };
	return { ...good, inputFiles: { file }, options };
}

async function oneByOne(type: string, name: string, parameters: INodeParameters) {
	const problems: string[] = [];
	for (const [index, value] of valuesFor(type, name).entries()) {
		const result = await run(type, parameters, [value]);
		const found = [...(result.error ? wrongError(result, 0) : []), ...harmDone(result, name)];
		problems.push(...found.map((problem) => `value ${index}: ${problem}`));
		figures.refused += result.error ? 1 : 0;
	}
	return problems;
}

/** An item for each value, all in one run: one bad item never touches the others. */
async function together(type: string, name: string, parameters: INodeParameters) {
	const given = valuesFor(type, name);
	const result = await run(type, parameters, given, 'continueRegularOutput');
	const problems = harmDone(result, name);
	const items = result.items();
	const from = items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	// The balance is read once, whatever the number of items, and a search may find nothing.
	const all = type === 'segmindGetCredits' ? [0] : [...given.keys()];
	const expected = type === 'segmindGetHistory' ? all.filter((index) => from.includes(index)) : all;
	if (result.error) problems.push(`the run ended: ${textOf(result)}`);
	if (from.join() !== expected.join()) problems.push(`items ${from.join()}`);
	const failed = items.filter(isFailed);
	figures.refused += failed.length;
	for (const { json, pairedItem } of failed) {
		const index = (pairedItem as { item: number }).item;
		problems.push(
			...unreadable(json.failure_reason).map((problem) => `value ${index}: ${problem}`),
		);
	}
	if (!failed.length) return problems;
	// The same without going on: one error for all, that of the first bad item.
	const ended = await run(type, parameters, given);
	return [...problems, ...wrongError(ended, items.findIndex(isFailed)), ...harmDone(ended, name)];
}
