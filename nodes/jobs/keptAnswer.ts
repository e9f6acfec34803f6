import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { parseInSteps } from '../api/jsonParser';
import { jsonInSteps } from '../api/jsonText';
import type { Result, ResultFile, StoredFile } from '../api/result';
import { inSlices } from '../api/slices';
import type { Stream } from '../api/stream';
import type { OutputSettings } from '../media/outputSettings';
import { storeFile } from '../media/storeFile';
import { storeOutputFile } from '../media/storeOutputFile';
import type { KeptAnswer } from './ledgerEntry';
import type { Run } from './run';

/** In characters; longer answers go to n8n's binary store. */
const MAX_INLINE = 64 * 1024;

/** A finished run of a model, and when it was sent (wall-clock time). */
export interface ModelAnswer {
	result: Result;
	sentAt: number;
	/** It was found in the request history. */
	recovered?: true;
}

/**
 * Saves the result of a paid call as soon as it arrives: bytes in the binary store, the rest in the ledger. Returns it
 * with its stored files.
 * @throws SegmindFailure if bytes cannot be stored: they are lost unless a job holds them
 */
export async function keepResult(
	run: Run,
	key: string,
	{ result, ...rest }: ModelAnswer,
	output: OutputSettings,
): Promise<ModelAnswer> {
	const stored = await run.ledger.guard(key, async () => await storeBytes(run, result, output));
	// The raw answer is kept only on request.
	const kept = output.includeRawResponse ? stored : { ...stored, raw: {} };
	const answer = { result: stored, ...rest };
	const requestId = result.requestId ?? undefined;
	await keep(
		run,
		key,
		answer,
		isInMemory(stored) ? undefined : { result: kept, ...rest },
		requestId,
	);
	return answer;
}

/** Saves an answer that is plain data. */
export async function keepAnswer<T>(run: Run, key: string, answer: T): Promise<T> {
	await keep(run, key, answer, answer);
	return answer;
}

/** The answer saved for a call; undefined if there is none. */
export async function recall(run: Run, key: string): Promise<unknown> {
	const { live, answer } = run.ledger.find(key);
	if (live !== undefined || !answer) return live;
	if ('json' in answer) return answer.json;
	const bytes = await read(run.connection.context, answer.file);
	return await inSlices(parseInSteps(bytes.toString()));
}

/**
 * The result saved for a call. Files of an earlier execution are copied into this one, since they are deleted with
 * their execution.
 */
export async function recallResult(run: Run, key: string): Promise<ModelAnswer | undefined> {
	const known = (await recall(run, key)) as ModelAnswer | undefined;
	const { context } = run.connection;
	const { live, answer } = run.ledger.find(key);
	const isFromOtherExecution =
		live === undefined && answer?.executionId !== String(context.getExecutionId());
	if (!known || !isFromOtherExecution || !known.result.files.some(({ stored }) => stored))
		return known;
	const files: ResultFile[] = [];
	for (const file of known.result.files) {
		files.push(file.stored ? { ...file, stored: await copy(context, file.stored) } : file);
	}
	const copied = { ...known, result: { ...known.result, files } };
	await keep(run, key, copied, copied, copied.result.requestId ?? undefined);
	return copied;
}

async function keep(
	run: Run,
	key: string,
	live: unknown,
	kept: unknown,
	requestId?: string,
): Promise<void> {
	const answer = kept === undefined ? undefined : await toReference(run.connection.context, kept);
	run.ledger.answered(key, live, answer && { ...answer, ...(requestId ? { requestId } : {}) });
}

async function toReference(
	context: IExecuteFunctions,
	value: unknown,
): Promise<KeptAnswer | undefined> {
	const executionId = String(context.getExecutionId());
	const text = await inSlices(jsonInSteps(value));
	if (text.length <= MAX_INLINE) return { executionId, json: value };
	try {
		const file = await context.helpers.prepareBinaryData(
			Buffer.from(text),
			'segmind-answer.json',
			'application/json',
		);
		return file.id ? { executionId, file } : undefined;
	} catch {
		// With a full disk, for example, the answer itself can still be returned.
		return undefined;
	}
}

/** The result with its inline files moved to n8n's binary store. */
async function storeBytes(
	{ connection }: Run,
	result: Result,
	{ fileName, maxBytes }: OutputSettings,
): Promise<Result> {
	const files: ResultFile[] = [];
	for (const [index, file] of result.files.entries()) {
		if (!file.content && (file.base64?.length ?? 0) <= MAX_INLINE) {
			files.push(file);
			continue;
		}
		const place = { index, count: result.files.length };
		const stored = await storeOutputFile(connection, file, { result, place, fileName, maxBytes });
		const kept: ResultFile = { ...file, stored };
		delete kept.base64;
		delete kept.content;
		files.push(kept);
	}
	return { ...result, files };
}

/** Whether n8n keeps the result's bytes inside the items. */
function isInMemory({ files }: Result): boolean {
	return files.some(({ stored }) => stored && !stored.binary.id);
}

async function copy(context: IExecuteFunctions, stored: StoredFile): Promise<StoredFile> {
	const { binary, contentType, fileName } = stored;
	const stream = await open(context, binary);
	const content = { streamType: stream, chunks: stream as AsyncIterable<Buffer> };
	const type = { mimeType: contentType, extension: binary.fileExtension ?? 'bin' };
	return await storeFile(context, content, type, fileName);
}

async function read(context: IExecuteFunctions, file: IBinaryData): Promise<Buffer> {
	return await context.helpers.binaryToBuffer(await open(context, file));
}

/** Opens a stored file; fails if it has been deleted. */
async function open(context: IExecuteFunctions, { id = '' }: IBinaryData): Promise<Stream> {
	try {
		await context.helpers.getBinaryMetadata(id);
		return await context.helpers.getBinaryStream(id);
	} catch (thrown) {
		throw noLongerStored(thrown);
	}
}

function noLongerStored(cause: unknown): SegmindFailure {
	return new SegmindFailure(
		'The finished result is no longer in n8n’s storage',
		{
			lost: true,
			description:
				'It was made and billed. It was deleted together with the execution that made it.',
		},
		cause,
	);
}
