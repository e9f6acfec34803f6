import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Engine, RunOptions, RunResult } from '../engine/engine';
import type { SimulatedJob, Simulator } from '../simulator/simulator';
import { withoutHistory } from '../simulator/withoutHistory';
import { FAULTS, STAGES, type Row, type Stage } from './matrix';
import { allEnded, model, smallPicture, textOf } from './runs';

/** Maximum real milliseconds; anything slower hangs. */
const MAX_MS = 120_000;

/** The node and parameters that reach a stage. */
const picture = (mode: 'sync' | 'async', timeout: number) => ({
	type: 'segmindGenerateImage',
	parameters: {
		model,
		prompt: '={{ $json.prompt }}',
		options: { mode, ...smallPicture, checkParameters: 'off', timeout },
	},
});
const flow = {
	type: 'segmindRunPixelFlow',
	parameters: {
		workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
		inputs: '{ "Prompt": "a fox" }',
		download: false,
		options: { timeout: 600 },
	},
};
const long = (type: string, slug: string) => ({
	type,
	parameters: {
		model: { ...model, value: slug },
		prompt: '={{ $json.prompt }}',
		options: { checkParameters: 'off', timeout: 600 },
	},
});
const video = long('segmindGenerateVideo', 'veo-2');
const audio = long('segmindGenerateAudio', 'lyria-2');
const NODES: Record<Stage, { type: string; parameters: INodeParameters }> = {
	sync: picture('sync', 150),
	submit: picture('async', 600),
	poll: picture('async', 600),
	result: picture('async', 600),
	'text result': {
		type: 'segmindGenerateText',
		parameters: { prompt: '={{ $json.prompt }}', options: { timeout: 600 } },
	},
	download: picture('async', 600),
	'video submit': video,
	'video result': video,
	'audio poll': audio,
	'audio download': audio,
	upload: { type: 'segmindUploadAsset', parameters: {} },
	credits: { type: 'segmindGetCredits', parameters: {} },
	'model list': { type: 'segmindGenerateImage', parameters: {} },
	'flow submit': flow,
	'flow poll': flow,
};

/** The outcome of one run of a node with a fault. */
export interface Outcome {
	jobs: SimulatedJob[];
	/** Requests of the stage. */
	sent: number;
	/** The messages to the user; empty on success. */
	text: string;
	items: INodeExecutionData[];
	realMs: number;
	keyShown: boolean;
	keyLeaks: number;
}

/** State shared by all runs. */
export interface Place {
	engine: Engine;
	/** Where redirects lead. */
	trapUrl: string;
	/** An item with a file. */
	upload: INodeExecutionData;
}

/** Each run asks for something else: what one has lost is no twin of what another has. */
let foxes = 0;

/** Runs the stage's node once with the fault. */
export async function meet(
	{ engine, trapUrl, upload }: Place,
	simulator: Simulator,
	{ stage, fault, times, hasNoHistory }: Row,
	nodeOptions = {},
): Promise<Outcome> {
	const startedAt = Date.now();
	simulator.reset();
	const credential = { ...simulator.credential };
	const trouble = FAULTS[fault];
	if (typeof trouble === 'string') {
		Object.assign(credential, { baseUrl: trouble, storageUrl: trouble, catalogUrl: trouble });
	} else {
		const answer = 'location' in trouble ? { ...trouble, location: `${trapUrl}/steal` } : trouble;
		simulator.script({ ...STAGES[stage], times, answer });
	}
	if (hasNoHistory) withoutHistory(simulator);
	const credentials = { segmindApi: { ...credential } };
	const cancel = AbortSignal.timeout(MAX_MS);
	const prompt = `fox number ${++foxes}`;
	const items = stage === 'upload' ? [upload] : [{ json: { prompt } }];
	const { result, keyShown } = await start(
		engine,
		stage,
		{ credentials, items, cancel },
		nodeOptions,
		simulator,
	);
	if (cancel.aborted) throw new Error(`${stage}: ${fault} hangs`);
	await allEnded(simulator);
	const { path, origin, method } = STAGES[stage];
	const sent = simulator.requests.filter(
		(request) =>
			request.origin === origin &&
			request.method === method &&
			(path === undefined || new RegExp(path).test(request.path)),
	).length;
	return {
		jobs: structuredClone(simulator.jobs),
		sent,
		text: textOf(result),
		items: result.items(),
		realMs: Date.now() - startedAt,
		keyShown,
		keyLeaks: simulator.keyLeaks + simulator.catalogKeys,
	};
}

async function start(
	engine: Engine,
	stage: Stage,
	options: RunOptions,
	nodeOptions: object,
	{ apiKey }: Simulator,
): Promise<{ result: RunResult; keyShown: boolean }> {
	const { type, parameters } = NODES[stage];
	if (stage === 'model list') {
		const { results } = await engine.listSearch(type, 'searchModels', options);
		const items = results.map(({ value }) => ({ json: { value } }));
		const result = { error: undefined, items: () => items } as unknown as RunResult;
		return { result, keyShown: JSON.stringify(results).includes(apiKey) };
	}
	const result = await engine.runNode(type, parameters, { ...options, nodeOptions });
	const shown = JSON.stringify([result.error, result.error?.stack, result.runData, textOf(result)]);
	return { result, keyShown: shown.includes(apiKey) };
}
