import type {
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';
import packageJson from '../../package.json';
import { startEngine, type Engine, type RunResult } from '../engine/engine';
import { randomFrom } from '../simulator/random';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { hostileValues } from './hostile';
import { model, startTrap, textOf } from './runs';

const SEED = 4711;
const COUNT = 200;
const JOB = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

const NODES = packageJson.n8n.nodes.map((file) => file.split('/').at(-2)!).map(lowerFirst);
/** Read once per run: every value needs a run of its own. */
const RUN_WIDE = /^(options\.(concurrency|maxJobs|maxRetries)|routing|lowBalance|minimumCredits)$/;
/** Only these paths may be asked for, on the credential's hosts. */
const PATHS =
	/^\/(v[12]\/(?!requests$)[A-Za-z0-9][\w.-]*|v2\/requests\/[\w-]+(\/status)?|v1\/get-user-credits|workflows\/(v2\/[A-Za-z0-9][\w.-]*|[0-9a-f]{24}-v\d+)|workflows\/request\/[\w-]+|upload-asset)$/i;

/** Good parameters of each node: one of them at a time is replaced. */
const GOOD: Record<string, INodeParameters> = {
	segmindGenerateImage: { model, prompt: 'a fox', output: 'file', binaryField: 'result' },
	segmindSubmitAsync: { model, prompt: 'a fox' },
	segmindCheckStatus: { requestId: JOB, binaryField: 'result' },
	segmindUploadAsset: {},
	segmindGetCredits: { lowBalance: 'error', minimumCredits: 0 },
	segmindRunPixelFlow: {
		workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
	},
};

let engine: Engine;
let simulator: Simulator;
let trap: Awaited<ReturnType<typeof startTrap>>;
let values: unknown[];
let binary: INodeExecutionData['binary'];
let tried = 0;
let failures = 0;

beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem' });
	const { clock, now } = engine.packageClock();
	clock.speed = 500;
	simulator = await startSimulator({ speed: 500, now });
	trap = await startTrap();
	const { apiKey } = simulator;
	values = hostileValues(COUNT, randomFrom(SEED), { trap: trap.url, apiKey });
	binary = { data: await engine.storeBinary(GIF, 'a.gif', 'image/gif') };
	answerEverything();
});
afterAll(async () => {
	await simulator.close();
	await trap.close();
	await engine.close();
	process.stdout.write(`\nfuzz, seed ${SEED}: ${tried} values tried, ${failures} refused\n`);
});

/** Whatever passes the checks is taken for good: no time is spent on pictures. */
function answerEverything(): void {
	const url = simulator.publish(GIF, 'a.gif', 'image/gif');
	const done = { status: 'COMPLETED', metrics: { cost: 0.01 } };
	const rule = { origin: 'api' as const, times: Infinity };
	const picture = { headers: { 'content-type': 'image/gif' }, body: GIF };
	const taken = { body: { request_id: JOB, status: 'QUEUED' } };
	simulator.script({ ...rule, method: 'POST', path: /^\/v1\//, answer: picture });
	simulator.script({ ...rule, method: 'POST', answer: taken });
	const flow = JSON.stringify([{ keyname: 'Out', value: { type: 'image', data: url } }]);
	simulator.script({ ...rule, path: /^\/workflows/, answer: { body: { ...done, output: flow } } });
	simulator.script({ ...rule, path: /^\/v2/, answer: { body: { ...done, output: url } } });
}

function lowerFirst(name: string): string {
	return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Where a value can be put: the parameters and, in collections, the fields within. */
function placesOf(properties: INodeProperties[], before = ''): string[] {
	return properties.flatMap(({ name, type, options = [] }) => {
		const path = `${before}${name}`;
		if (type === 'collection') return [path, ...placesOf(options as INodeProperties[], `${path}.`)];
		if (type === 'fixedCollection') {
			const groups = options as Array<{ name: string; values: INodeProperties[] }>;
			const inner = groups.flatMap(({ name: group, values: fields }) =>
				placesOf(fields, `${path}.${group}.0.`),
			);
			return [path, ...inner];
		}
		if (type === 'resourceLocator') return [path, `${path}.value`, `${path}.mode`];
		if (type === 'resourceMapper') return [path, `${path}.value`, `${path}.value.seed`];
		return [path];
	});
}

/** The node's good parameters with one of them replaced, and those set that make it count. */
function parametersWith(type: string, place: string, value: unknown): INodeParameters {
	const parameters = structuredClone(GOOD[type] ?? {});
	const [first = ''] = place.split('.');
	if (first === 'jsonParameters') parameters.parameterMode = 'json';
	if (first === 'source') Object.assign(parameters, { urls: 'http://x/', dataUris: 'data:' });
	if (first === 'urls') parameters.source = 'url';
	if (first === 'dataUris') parameters.source = 'dataUri';
	if (first === 'parameters') parameters.parameters = { mappingMode: 'defineBelow', value: {} };
	if (place.startsWith('inputFiles.')) {
		parameters.inputFiles = { file: [{ parameter: 'image', binaryField: 'data', sendAs: 'url' }] };
	}
	let target = parameters as Record<string, unknown>;
	const path = place.split('.');
	for (const key of path.slice(0, -1)) target = (target[key] ??= {}) as Record<string, unknown>;
	target[path.at(-1)!] = value;
	return parameters;
}

const EXPRESSION = '={{ $json.v }}';

async function run(
	type: string,
	parameters: INodeParameters,
	given: unknown[],
	goesOn: boolean,
): Promise<RunResult> {
	tried += given.length;
	return await engine.runNode(type, parameters, {
		credentials: { segmindApi: { ...simulator.credential } },
		items: given.map(
			(v) => ({ json: { v: v as NodeParameterValueType }, binary }) as INodeExecutionData,
		),
		nodeOptions: goesOn ? { onError: 'continueRegularOutput' } : {},
	});
}

/** What holds whatever was put in. */
function expectHarmless(result: RunResult, from: number, place: string): void {
	const { apiKey } = simulator;
	// A good item may repeat what the user typed, such as a file name; a failed one never shows the key.
	const failed = result.items().filter(({ json }) => 'error' in json);
	const shown = [result.error?.stack, textOf(result), ...failed.map(({ json }) => json)];
	const told = JSON.stringify(shown);
	expect(told.includes(apiKey)).toBe(false);
	const asked = simulator.requests.slice(from);
	expect(asked.filter(({ origin }) => origin === 'catalog')).toEqual([]);
	const strange = asked.filter(({ origin, path }) => origin !== 'files' && !PATHS.test(path));
	expect(strange.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
	expect(asked.flatMap(({ headers }) => headers['x-evil'] ?? [])).toEqual([]);
	// Fetching a user's own address is what this parameter is for; the key stays out of it.
	if (place !== 'urls') expect(trap.requests).toEqual([]);
	expect(trap.requests.filter((request) => /x-api-key|SG_/i.test(request))).toEqual([]);
	trap.requests.length = 0;
	expect(simulator.keyLeaks).toBe(0);
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
}

function expectOwnError(result: RunResult): void {
	if (!result.error) return;
	failures += 1;
	const { error } = result;
	// n8n itself refuses to start a node with a required parameter left empty, before any of our code runs.
	const byN8n = !Object.hasOwn(result.runData, 'Node') || error.name === 'WorkflowOperationError';
	if (byN8n) return;
	expect(['NodeOperationError', 'NodeApiError']).toContain(error.name);
	expect(error.message).toMatch(/\S/);
	// A bug's own words are not for users.
	expect(error.message).not.toMatch(
		/is not a function|Cannot (read|convert|set)|undefined \(|is not iterable|Maximum call/,
	);
	expect(error.context?.itemIndex).toBe(0);
}

describe.each(NODES)('%s', (type) => {
	it('bears 200 values in each of its parameters', async () => {
		const { description } = engine.registry.getByNameAndVersion(`n8n-nodes-segmind.${type}`);
		const places = placesOf(description.properties);
		expect(places.length).toBeGreaterThan(0);
		for (const place of places) {
			const from = simulator.requests.length;
			if (RUN_WIDE.test(place)) {
				for (const value of values) {
					const result = await run(type, parametersWith(type, place, EXPRESSION), [value], false);
					expectOwnError(result);
					expectHarmless(result, from, place);
				}
				continue;
			}
			// An item each, all in one run: one bad item never touches the others.
			const result = await run(type, parametersWith(type, place, EXPRESSION), values, true);
			const paired = result.items().map(({ pairedItem }) => (pairedItem as { item: number }).item);
			const count = type === 'segmindGetCredits' ? 1 : values.length;
			expect([place, textOf(result), new Set(paired).size]).toEqual([place, '', count]);
			for (const { json } of result.items()) {
				if (!('error' in json)) continue;
				failures += 1;
				expect(String(json.error)).toMatch(/\S/);
				expect([place, json.error]).not.toEqual([
					place,
					expect.stringMatching(
						/is not a function|Cannot (read|convert|set)|is not iterable|Maximum call/,
					),
				]);
			}
			expectHarmless(result, from, place);
		}
	}, 90_000);

	it('bears values typed in as they are, and says which item is wrong', async () => {
		const { description } = engine.registry.getByNameAndVersion(`n8n-nodes-segmind.${type}`);
		const random = randomFrom(SEED + 1);
		for (const place of placesOf(description.properties)) {
			for (let count = 0; count < 8; count++) {
				const value = values[Math.floor(random() * values.length)];
				const from = simulator.requests.length;
				const result = await run(type, parametersWith(type, place, value), [null], false);
				expectOwnError(result);
				expectHarmless(result, from, place);
			}
		}
	}, 60_000);
});

it('bears hostile questions of the editor', async () => {
	const credentials = { segmindApi: { ...simulator.credential } };
	for (const value of values) {
		for (const type of ['segmindGenerateImage', 'segmindSubmitAsync']) {
			const text = typeof value === 'string' ? value : undefined;
			const list = { credentials, filter: text, paginationToken: text };
			const { results } = await engine.listSearch(type, 'searchModels', list);
			expect(Array.isArray(results)).toBe(true);
			const parameters = { model: value as NodeParameterValueType } as INodeParameters;
			const form = { credentials, parameters };
			const { fields } = await engine.resourceMapping(type, 'getModelParameters', form);
			expect(Array.isArray(fields)).toBe(true);
		}
	}
	expect(simulator.catalogKeys).toBe(0);
	expect(trap.requests).toEqual([]);
});
