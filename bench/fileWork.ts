/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
/*
 * One piece of work of bench/files.ts, in a fresh process: n8n's engine with binaries on disk, warmed up, then measured.
 */
import { startEngine, type Engine, type RunResult } from '../test/engine/engine';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Container } from '@n8n/di';
import axios from 'axios';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { blocks } from './fileBytes';
import type { FileServer, Result } from './fileServer';

/** The task: done by this package, by a plain implementation, or by n8n's HTTP Request node. */
export interface Task {
	server: FileServer;
	work: 'upload' | 'download';
	way: 'package' | 'plain' | 'httpRequest';
	files: number;
	/** Of each file to upload. */
	megabytes: number;
	concurrency: number;
}

export interface Measured {
	seconds: number;
	/** Peak memory above that of the idle engine, in megabytes. */
	megabytesOver: number;
	/** The digests of the files to upload, or of the downloaded one. */
	digests: string[];
}

const MB = 1024 * 1024;
const SAMPLE_MS = 2;

process.once('message', (task: Task) => {
	measure(task).then(
		(measured) => process.send?.(measured, () => process.exit()),
		(error: Error) => {
			process.stderr.write(`${error.stack}\n`);
			process.exit(1);
		},
	);
});

async function measure(task: Task): Promise<Measured> {
	const engine = await startEngine({
		binaryMode: 'filesystem',
		credentials: { segmindApi: { ...task.server.credential } },
	});
	const small = await engine.storeBinary(Buffer.from('small'), 'small.mp4', 'video/mp4');
	const digests: string[] = [];
	const items: INodeExecutionData[] = [];
	for (let index = 0; task.work === 'upload' && index < task.files; index++) {
		const { data, sha256 } = await storeFile(`file ${index}`, task.megabytes);
		digests.push(sha256);
		items.push({ json: {}, binary: { data } });
	}
	await run(engine, task, [{ json: {}, binary: { data: small } }], task.server.small);
	const { value, seconds, megabytesOver } = await peakOf(
		async () => await run(engine, task, items, task.server.large),
	);
	if (value) digests.push(await digestOf(value));
	await engine.close();
	return { seconds, megabytesOver, digests };
}

/** Runs a task; returns the downloaded file, if any. */
async function run(
	engine: Engine,
	{ work, way, concurrency, server }: Task,
	items: INodeExecutionData[],
	{ url, requestId }: Result,
): Promise<IBinaryData | undefined> {
	if (work === 'upload' && way === 'package') {
		const options = { concurrency };
		succeeded(await engine.runNode('segmindUploadAsset', { options }, { items }));
		return undefined;
	}
	if (work === 'upload') {
		for (const { binary } of items) await plainUpload(engine, server, binary!.data!);
		return undefined;
	}
	if (way === 'plain') {
		const { data } = await axios.get<Buffer>(url, { responseType: 'arraybuffer' });
		return await engine.storeBinary(data, 'film.mp4', 'video/mp4');
	}
	const asFile = { response: { response: { responseFormat: 'file' } } };
	const result =
		way === 'httpRequest'
			? await engine.runNode('n8n-nodes-base.httpRequest', { url, options: asFile })
			: await engine.runNode('segmindCheckStatus', { requestId });
	return succeeded(result)[0]?.binary?.data;
}

/** A naive upload that ignores memory use. */
async function plainUpload(engine: Engine, { credential }: FileServer, data: IBinaryData) {
	const bytes = await engine.binary(data);
	const body = JSON.stringify({ data_urls: [`data:video/mp4;base64,${bytes.toString('base64')}`] });
	await axios.post(`${credential.storageUrl}/upload-asset`, body, {
		headers: { 'content-type': 'application/json', 'x-api-key': credential.apiKey },
		maxBodyLength: Infinity,
	});
}

function succeeded(run: RunResult): INodeExecutionData[] {
	if (run.error) throw run.error;
	return run.items();
}

/** Streams a file into n8n's store without holding it in memory. */
async function storeFile(
	name: string,
	megabytes: number,
): Promise<{ data: IBinaryData; sha256: string }> {
	const hash = createHash('sha256');
	function* hashed() {
		for (const block of blocks(name, megabytes)) {
			hash.update(block);
			yield block;
		}
	}
	const location = { type: 'execution' as const, workflowId: 'engine', executionId: 'input' };
	const facts = { data: '', fileName: `${name}.mp4`, mimeType: 'video/mp4' };
	const data = await Container.get(BinaryDataService).store(
		location,
		Readable.from(hashed()),
		facts,
	);
	return { data, sha256: hash.digest('hex') };
}

async function digestOf(data: IBinaryData): Promise<string> {
	const hash = createHash('sha256');
	const stream = await Container.get(BinaryDataService).getAsStream(String(data.id));
	for await (const chunk of stream) hash.update(chunk as Buffer);
	return hash.digest('hex');
}

/** The peak memory of this process during the work, above its idle memory. */
async function peakOf<T>(
	work: () => Promise<T>,
): Promise<{ value: T; seconds: number; megabytesOver: number }> {
	globalThis.gc?.();
	await new Promise((resolve) => setTimeout(resolve, 300));
	const idle = process.memoryUsage.rss();
	const highestBefore = process.resourceUsage().maxRSS;
	let peak = idle;
	const sample = () => (peak = Math.max(peak, process.memoryUsage.rss()));
	const timer = setInterval(sample, SAMPLE_MS);
	const startedAt = performance.now();
	const value = await work();
	const seconds = (performance.now() - startedAt) / 1000;
	clearInterval(timer);
	sample();
	// The kernel's high-water mark, in kilobytes, misses nothing, but is meaningful only if it rose.
	const highest = process.resourceUsage().maxRSS;
	if (highest > highestBefore) peak = Math.max(peak, highest * 1024);
	return { value, seconds, megabytesOver: (peak - idle) / MB };
}
