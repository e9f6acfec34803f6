import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { asFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import { NO_METRICS } from '../api/metrics';
import { promptOf } from '../catalog/promptOf';
import { storeOutputFile } from './storeOutputFile';

/** Maximum length of a text, in characters: whole files may have been sent as text. */
const MAX_TEXT = 2_000;

/** The input item's field for the first file; further ones get a number. */
const FIELD = 'data';

/** A request, or one of its rows, with its prompt and with shortened inputs, which may contain whole files. */
export interface RequestSummary extends HistoryRequest {
	prompt: string | null;
}

/** Extracts the prompt and shortens all other texts, so that a long list of requests takes little memory. */
export function summarizeRequest(request: HistoryRequest): RequestSummary {
	const { model, parameters } = request;
	return {
		...request,
		prompt: parameters && promptOf(model, parameters),
		parameters: parameters && (withShortTexts(parameters) as IDataObject),
	};
}

/** The JSON of one request of the history, in Get History and in the trigger. */
export function historyJson(request: RequestSummary): IDataObject {
	const { model, prompt, parameters, urls, cost, latencyMs, createdAt, failureReason } = request;
	return {
		request_id: request.requestId,
		status: request.status,
		model,
		prompt,
		url: urls[0] ?? null,
		urls,
		cost,
		latency: latencyMs === null ? null : latencyMs / 1000,
		created_at: createdAt === null ? null : new Date(createdAt).toISOString(),
		parameters: parameters as IDataObject | null,
		failure_reason: failureReason,
	};
}

/** A value with all its texts cut to 2000 characters, each saying how long it was. */
export function withShortTexts(value: unknown): unknown {
	if (typeof value === 'string' && value.length > MAX_TEXT) {
		return `${value.slice(0, MAX_TEXT)}… (${value.length} characters)`;
	}
	if (Array.isArray(value)) return value.map(withShortTexts);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, withShortTexts(inner)]),
	);
}

/**
 * The item of one request with its files in n8n's binary store. Segmind deletes files after seven days: one that cannot
 * be fetched is named in `download_error`, and does not stop the other files and requests.
 */
export async function historyItem(
	connection: Connection,
	request: RequestSummary,
): Promise<INodeExecutionData> {
	const { requestId, model, cost, urls } = request;
	const result = {
		model,
		requestId,
		isJob: false,
		seed: null,
		metrics: { ...NO_METRICS, cost },
		files: [],
	};
	const binary: IBinaryKeyData = {};
	const errors: string[] = [];
	for (const [index, url] of urls.entries()) {
		const file = { url, contentType: null, fileName: null, fileSize: null, role: null };
		const place = { index, count: urls.length };
		try {
			const stored = await connection.fileTransfers.use(
				async () =>
					await storeOutputFile(connection, file, {
						result,
						place,
						fileName: '',
						maxBytes: Infinity,
					}),
			);
			binary[index === 0 ? FIELD : `${FIELD}_${index}`] = stored.binary;
		} catch (thrown) {
			const failure = asFailure(thrown);
			if (failure.details.stopped || failure.details.unexpected) throw failure;
			errors.push(`${url}: ${failure.message}`);
		}
	}
	return {
		json: {
			...historyJson(request),
			...(errors.length ? { download_error: errors.join('; ') } : {}),
		},
		...(Object.keys(binary).length ? { binary } : {}),
	};
}
