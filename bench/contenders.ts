/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import axios from 'axios';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Engine, RunResult } from '../test/engine/engine';
import type { SimulatorCredential } from '../test/simulator/simulator';
import { PlainNode } from './plainNode';

/** A model without a known duration, which the run has to learn. */
const MODEL = 'sdxl-txt2img';

/** A language model without a known duration either. */
const TEXT_MODEL = 'nemotron-3-ultra';

/** Small images, so that the simulator's drawing does not affect the result. */
const SIZE = { img_width: 64, img_height: 64 };

/** The HTTP Request node's option of that name. */
export interface Batching {
	batchSize: number;
	/** Milliseconds. */
	batchInterval: number;
}

/** Input items as produced by an earlier node. */
export function prompts(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({ json: { prompt: `fox number ${index}` } }));
}

/** This package's Segmind Generate Image. Throws what the run throws. */
export async function generateImages(
	engine: Engine,
	segmindApi: SimulatorCredential,
	items: INodeExecutionData[],
	parameters: INodeParameters,
): Promise<INodeExecutionData[]> {
	const run = await engine.runNode('segmindGenerateImage', imageParameters(parameters), {
		items,
		credentials: { segmindApi: { ...segmindApi } },
	});
	return itemsOf(run);
}

/** The parameters of Segmind Generate Image: a small image by each item's prompt. */
export function imageParameters(parameters: INodeParameters): INodeParameters {
	return {
		model: { __rl: true, mode: 'slug', value: MODEL },
		prompt: '={{ $json.prompt }}',
		...parameters,
		options: { jsonParameters: SIZE, ...(parameters.options as INodeParameters) },
	};
}

/** This package's Segmind Generate Text. Throws what the run throws. */
export async function generateTexts(
	engine: Engine,
	segmindApi: SimulatorCredential,
	items: INodeExecutionData[],
	options: INodeParameters,
): Promise<INodeExecutionData[]> {
	const run = await engine.runNode(
		'segmindGenerateText',
		{
			model: { __rl: true, mode: 'slug', value: TEXT_MODEL },
			prompt: '={{ $json.prompt }}',
			options,
		},
		{ items, credentials: { segmindApi: { ...segmindApi } } },
	);
	return itemsOf(run);
}

/** n8n's own HTTP Request node as people set it up: one POST per item with a header credential. */
export async function requestNode(
	engine: Engine,
	{ apiKey, baseUrl }: SimulatorCredential,
	items: INodeExecutionData[],
	batching?: Batching,
): Promise<INodeExecutionData[]> {
	const run = await engine.runNode(
		'n8n-nodes-base.httpRequest',
		requestParameters(baseUrl, batching),
		{
			items,
			credentials: { httpHeaderAuth: { name: 'x-api-key', value: apiKey } },
			// The node does not list the credentials it can use individually.
			nodeOptions: { credentials: { httpHeaderAuth: { id: 'httpHeaderAuth', name: 'Segmind' } } },
		},
	);
	return itemsOf(run);
}

/** The parameters of the HTTP Request node for the same. */
export function requestParameters(baseUrl: string, batching?: Batching): INodeParameters {
	return {
		method: 'POST',
		url: `${baseUrl}/v1/${MODEL}`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendBody: true,
		bodyParameters: {
			parameters: Object.entries({ prompt: '={{ $json.prompt }}', ...SIZE }).map(
				([name, value]) => ({ name, value }),
			),
		},
		options: batching ? { batching: { batch: { ...batching } } } : {},
	};
}

/** The least possible node; see there. */
export async function plainNode(
	engine: Engine,
	{ apiKey, baseUrl }: SimulatorCredential,
	items: INodeExecutionData[],
	concurrency: number,
): Promise<INodeExecutionData[]> {
	engine.registry.addNode('bench.plain', new PlainNode());
	const run = await engine.runNode(
		'bench.plain',
		{ prompt: '={{ $json.prompt }}', url: `${baseUrl}/v1/${MODEL}`, body: SIZE, concurrency },
		{ items, credentials: { httpHeaderAuth: { name: 'x-api-key', value: apiKey } } },
	);
	return itemsOf(run);
}

/** A plain loop, one request at a time; a refused one is retried after `retryMs` (real milliseconds). */
export async function axiosLoop(
	{ apiKey, baseUrl }: SimulatorCredential,
	items: INodeExecutionData[],
	retryMs: number,
): Promise<Buffer[]> {
	const client = axios.create({
		baseURL: baseUrl,
		headers: { 'x-api-key': apiKey },
		responseType: 'arraybuffer',
		validateStatus: (status) => status < 300 || status === 429,
	});
	const pictures: Buffer[] = [];
	for (const { json } of items) {
		const body = { ...json, ...SIZE };
		let answer = await client.post<Buffer>(`/v1/${MODEL}`, body);
		while (answer.status === 429) {
			await pause(retryMs);
			answer = await client.post<Buffer>(`/v1/${MODEL}`, body);
		}
		pictures.push(answer.data);
	}
	return pictures;
}

/** Submits all jobs one after the other and polls each of them once per `pollMs` (real milliseconds). */
export async function axiosJobs(
	{ apiKey, baseUrl }: SimulatorCredential,
	items: INodeExecutionData[],
	pollMs: number,
): Promise<unknown[]> {
	const client = axios.create({ baseURL: baseUrl, headers: { 'x-api-key': apiKey } });
	const collect = async (requestId: string): Promise<unknown> => {
		for (;;) {
			await pause(pollMs);
			const { data } = await client.get<{ status: string }>(`/v2/requests/${requestId}`);
			if (data.status === 'COMPLETED') return data;
		}
	};
	const jobs: Array<Promise<unknown>> = [];
	for (const { json } of items) {
		const { data } = await client.post<{ request_id: string }>(`/v2/${MODEL}`, {
			...json,
			...SIZE,
		});
		jobs.push(collect(data.request_id));
	}
	return await Promise.all(jobs);
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

function itemsOf(run: RunResult): INodeExecutionData[] {
	if (run.error) throw run.error;
	return run.items();
}
