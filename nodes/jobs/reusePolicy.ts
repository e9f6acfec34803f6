import type { IDataObject } from 'n8n-workflow';

import type { HistoryRequest } from '../api/historyRows';
import { isRequestId } from '../api/requestId';
import type { ModelCall } from './modelCall';
import { isSentAsUrl, placeFiles } from './placeFiles';

const DAY_MS = 24 * 3600_000;

/** How long Segmind keeps the answer of a job. Source: Segmind documentation "Async inference". */
const ANSWER_KEPT_MS = 3600_000;

/** Leaves time to collect it. */
const MARGIN_MS = 5 * 60_000;

/** The first moment from which requests may be reused (wall-clock time). */
export function reusableSince(days: number, now: number): number {
	return now - days * DAY_MS;
}

/** Whether Segmind itself may still have the answer of a job; assumed if its age is unknown. */
export function mayHaveAnswer({ createdAt }: HistoryRequest, now: number): boolean {
	return createdAt === null || now - createdAt < ANSWER_KEPT_MS - MARGIN_MS;
}

/**
 * Whether a request of the history may be reused for the model: completed, with known inputs, made between the two
 * moments (wall-clock times), and with files, or so recent that Segmind still has its answer.
 */
export function isReusable(
	request: HistoryRequest,
	model: string,
	{ since, before, now }: { since: number; before: number; now: number },
): boolean {
	const { createdAt, urls } = request;
	if (request.status !== 'COMPLETED' || request.model !== model) return false;
	if (request.parameters === null || !isRequestId(request.requestId)) return false;
	if (createdAt !== null && (createdAt < since || createdAt >= before)) return false;
	return urls.length > 0 || (createdAt !== null && mayHaveAnswer(request, now));
}

/** What an equal earlier request must have had as its body; `notReusable` says why there cannot be one. */
export function reusableBody(call: ModelCall): { body: IDataObject } | { notReusable: string } {
	const { body, inputFiles, hasRandomSeed } = call;
	if (hasRandomSeed) {
		return {
			notReusable: 'A random seed (-1) is never reused: it asks for something new each time',
		};
	}
	const files = inputFiles.map((file) => ({ file, url: urlOf(file) }));
	if (files.some(({ url }) => url === undefined)) {
		return {
			notReusable:
				'An item whose file is uploaded is never reused, since each upload has its own URL: enter the file’s URL instead (Source: URL), such as the url from the previous node',
		};
	}
	const placed = files.map(({ file, url = '' }) => ({
		file,
		as: { mimeType: null, fileName: null, content: { url } },
	}));
	return { body: placeFiles({ ...call, body }, placed).body };
}

function urlOf(file: ModelCall['inputFiles'][number]): string | undefined {
	return 'url' in file.source && isSentAsUrl(file) ? file.source.url : undefined;
}
