import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { JobState } from './jobState';
import { typeOfHeader } from './mediaType';
import { metricsOfBody, metricsOfHeaders, type Metrics } from './metrics';
import { asNumber } from './number';
import type { OutputFile } from './outputFile';
import { readOutputs, withoutFiles } from './outputs';
import type { Answer, UnreadFile } from './request';
import type { Steps } from './slices';

/** A file of a finished run: at a URL, as base64 text, still in the answer of a v1 call, or stored already. */
export interface ResultFile extends OutputFile {
	content?: UnreadFile;
	stored?: StoredFile;
}

/** A file in n8n's binary store. */
export interface StoredFile {
	binary: IBinaryData;
	contentType: string;
	fileName: string;
	/** Bytes. */
	fileSize: number;
}

/** A finished run of a model, on either API; null for what the API did not report. */
export interface Result {
	model: string | null;
	requestId: string | null;
	/** Whether the ID is a job's, which can be collected again; a v1 call's ID only names it. */
	isJob: boolean;
	seed: number | string | null;
	metrics: Metrics;
	files: ResultFile[];
	/** The text of a language model. */
	text: string | null;
	/** Data that is neither a file nor text. */
	data: unknown;
	/** The raw answer without its files: body and, for a v1 call, headers. */
	raw: IDataObject;
	/** Names of outputs that were declared as media but contain no file. */
	missingOutputs?: string[];
	/** The keys of `data` are names that a user chose: one called "Message" or "Error" is a result too. */
	hasNamedOutputs?: true;
}

/**
 * Reads the answer of a v1 call. Source: Segmind documentation "Serverless API", response headers.
 * @param sentSeed used if the answer has none
 * @param sent the request body: files in it are not results
 */
export function* resultOfAnswer(
	answer: Answer,
	model: string,
	sentSeed: unknown,
	sent?: unknown,
): Steps<Result> {
	const { headers, file, json, text } = answer;
	// The JSON value null is an answer without a result, not the text "null".
	const body = json === undefined ? text : json;
	const outputs = file ? undefined : yield* readOutputs(body, sent);
	// A bare base64 body has the type given in the header.
	const withHeaderType = (outputFile: OutputFile) => ({
		...outputFile,
		contentType:
			outputFile.contentType ?? (json === undefined ? (headers['content-type'] ?? null) : null),
	});
	return {
		model,
		requestId: headers['x-request-id'] ?? null,
		isJob: false,
		seed: exactSeed(headers['x-seed-value']) ?? exactSeed(seedIn(json)) ?? exactSeed(sentSeed),
		metrics: metricsOfHeaders(headers),
		files: file ? [fileOfAnswer(answer, file)] : (outputs?.files.map(withHeaderType) ?? []),
		text: outputs?.text ?? null,
		data: outputs?.result ?? null,
		raw: {
			headers,
			...(file ? {} : { body: (yield* withoutFiles(body, outputs?.files)) as IDataObject }),
		},
	};
}

/**
 * Reads the body of a completed v2 job. Source: Segmind documentation "Async inference", result.
 * @param sent what is known of the request: files in it are not results
 */
export function* resultOfJob(
	{ body }: JobState,
	requestId: string,
	model: string | null,
	sentSeed: unknown,
	sent?: unknown,
): Steps<Result> {
	const outputs = yield* readOutputs(body, sent);
	return {
		model,
		requestId,
		isJob: true,
		seed: exactSeed(body.seed) ?? exactSeed(sentSeed),
		metrics: metricsOfBody(body),
		files: outputs.files,
		text: outputs.text,
		data: outputs.result,
		raw: (yield* withoutFiles(body, outputs.files)) as IDataObject,
	};
}

/** The seed as a number, or as digits if a number cannot hold it exactly: a rounded seed makes a different picture. */
function exactSeed(seed: unknown): number | string | null {
	const number = asNumber(seed);
	if (number === null || number < 0) return null;
	return Number.isSafeInteger(number) || typeof seed === 'number' ? number : String(seed).trim();
}

function seedIn(json: unknown): unknown {
	return typeof json === 'object' && json !== null ? (json as IDataObject).seed : undefined;
}

function fileOfAnswer({ headers }: Answer, content: UnreadFile): ResultFile {
	const contentType = headers['content-type'] ?? null;
	return {
		url: null,
		contentType,
		fileName: null,
		fileSize: headers['content-encoding'] ? null : asNumber(headers['content-length']),
		role: /^(image|video|audio)\//.exec(typeOfHeader(contentType) ?? '')?.[1] ?? null,
		content,
	};
}
