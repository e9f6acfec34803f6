import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { JobState } from './jobState';
import { typeOfHeader } from './mediaType';
import { metricsOfBody, metricsOfHeaders, type Metrics } from './metrics';
import { asNumber } from './number';
import type { OutputFile } from './outputFile';
import { readOutputs, withoutFiles } from './outputs';
import type { Answer } from './request';
import type { Stream } from './stream';

/** A file of a finished run: at a URL, as base64 text, still in the answer of a v1 call, or stored already. */
export interface ResultFile extends OutputFile {
	content?: { stream: Stream; firstBytes: Buffer };
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

/** A finished run of a model, however it was run; what the API did not say is null. */
export interface Result {
	model: string | null;
	requestId: string | null;
	/** Whether the id is that of a job, which can be collected again; that of a v1 call only names it. */
	isJob: boolean;
	seed: number | string | null;
	metrics: Metrics;
	files: ResultFile[];
	/** The text of a language model. */
	text: string | null;
	/** Data that is neither file nor text. */
	data: unknown;
	/** The answer as it came: body and, for a v1 call, headers; files left out. */
	raw: IDataObject;
	/** Outputs that were announced as media and hold no file, by name. */
	lacking?: string[];
}

/**
 * Reads the answer of a v1 call. Source: Segmind documentation "Serverless API", response headers.
 * @param sentSeed counts where the answer has none
 * @param sent the body of the request: files in it are no results
 */
export function resultOfAnswer(
	answer: Answer,
	model: string,
	sentSeed: unknown,
	sent?: unknown,
): Result {
	const { headers, file, json, text } = answer;
	const outputs = file ? undefined : readOutputs(json ?? text, sent);
	// Base64 alone is of the type that the header names.
	const typed = (one: OutputFile) => ({
		...one,
		contentType: one.contentType ?? (json === undefined ? (headers['content-type'] ?? null) : null),
	});
	return {
		model,
		requestId: headers['x-request-id'] ?? null,
		isJob: false,
		seed: exactSeed(headers['x-seed-value']) ?? exactSeed(seedIn(json)) ?? exactSeed(sentSeed),
		metrics: metricsOfHeaders(headers),
		files: file ? [fileOfAnswer(answer, file)] : (outputs?.files.map(typed) ?? []),
		text: outputs?.text ?? null,
		data: outputs?.result ?? null,
		raw: {
			headers,
			...(file ? {} : { body: withoutFiles(json ?? text, outputs?.files) as IDataObject }),
		},
	};
}

/**
 * Reads the body of a completed v2 job. Source: Segmind documentation "Async inference", result.
 * @param sent what is known of the request: files in it are no results
 */
export function resultOfJob(
	{ body }: JobState,
	requestId: string,
	model: string | null,
	sentSeed: unknown,
	sent?: unknown,
): Result {
	const outputs = readOutputs(body, sent);
	return {
		model,
		requestId,
		isJob: true,
		seed: exactSeed(body.seed) ?? exactSeed(sentSeed),
		metrics: metricsOfBody(body),
		files: outputs.files,
		text: outputs.text,
		data: outputs.result,
		raw: withoutFiles(body, outputs.files) as IDataObject,
	};
}

/** The seed as a number, or as its digits where a number would not hold it exactly: a rounded seed makes another picture. */
function exactSeed(seed: unknown): number | string | null {
	const number = asNumber(seed);
	if (number === null || number < 0) return null;
	return Number.isSafeInteger(number) || typeof seed === 'number' ? number : String(seed).trim();
}

function seedIn(json: unknown): unknown {
	return typeof json === 'object' && json !== null ? (json as IDataObject).seed : undefined;
}

function fileOfAnswer({ headers }: Answer, content: NonNullable<Answer['file']>): ResultFile {
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
