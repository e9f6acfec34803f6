import { wallTime } from '../clock';
import type { Connection } from '../api/connection';
import { asFailure, SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import type { JobState } from '../api/jobState';
import type { Poll } from '../api/poll';
import { requestById } from '../api/requestHistory';
import type { JobApi } from './jobApi';

/** How long the history may take to fill in a finished request. Source: Segmind help "Logging". */
const FILLED_IN_MS = 2 * 3600_000;

/**
 * Polls a job with its own endpoints as long as they know it, then in the request history, which forgets nothing. Makes
 * one object per job: it remembers where the job is.
 */
export function withHistory({ poll, fetch }: JobApi): JobApi {
	let inHistory: Poll | undefined;
	const orHistory =
		(ask: JobApi['poll']): JobApi['poll'] =>
		async (connection, requestId, maxRetries) => {
			if (inHistory) return (inHistory = await pollHistory(connection, requestId));
			try {
				return await ask(connection, requestId, maxRetries);
			} catch (thrown) {
				const unknown = asFailure(thrown);
				if (unknown.details.httpStatus !== 404) throw unknown;
				return (inHistory = await lookUp(connection, requestId, unknown));
			}
		};
	if (!fetch) return { poll: orHistory(poll) };
	const fetchOrHistory = orHistory(fetch);
	return {
		poll: orHistory(poll),
		// What the history says of a finished request includes its files.
		fetch: async (connection, requestId) =>
			inHistory && hasEnded(inHistory) ? inHistory : await fetchOrHistory(connection, requestId),
	};
}

/** Throws the failure of the job's own endpoint if the history does not know the job either, or does not answer. */
async function lookUp(
	connection: Connection,
	requestId: string,
	unknown: SegmindFailure,
): Promise<Poll> {
	let request: HistoryRequest | undefined;
	try {
		request = await requestById(connection, requestId);
	} catch (thrown) {
		const { message, details } = asFailure(thrown);
		if (details.stopped) throw asFailure(thrown);
		throw withMore(unknown, `The request history could not be asked: ${message}.`);
	}
	if (!request) throw withMore(unknown, 'The request history does not have it either.');
	return { state: stateOf(request) };
}

async function pollHistory(connection: Connection, requestId: string): Promise<Poll> {
	try {
		const request = await requestById(connection, requestId, { maxRetries: 0 });
		if (request) return { state: stateOf(request) };
	} catch (thrown) {
		const failure = asFailure(thrown);
		if (failure.details.stopped) throw failure;
	}
	return { again: true, waitMs: undefined };
}

/**
 * The job's state by the history, with the body that a job of its own would have. A finished one without a file may get
 * it later; after that time it has none.
 */
function stateOf(request: HistoryRequest): JobState {
	const { status, model, parameters, urls, cost, latencyMs, createdAt, failureReason } = request;
	const inference_time = latencyMs === null ? null : latencyMs / 1000;
	const { prompt = null, seed = null } = parameters ?? {};
	const body = {
		metrics: { cost, inference_time },
		...(seed === null ? {} : { seed }),
	};
	const recovered = { model, createdAt, prompt: typeof prompt === 'string' ? prompt : null };
	if (status === 'FAILED') {
		const reason = failureReason ?? 'Segmind gave no reason';
		// Segmind says that a failed job is never billed.
		const isBilled = cost !== null && cost > 0;
		return {
			status,
			failureReason: reason,
			...(isBilled ? { unknownEnd: status } : {}),
			body,
			recovered,
		};
	}
	if (status === 'COMPLETED' && urls.length) {
		return { status, body: { ...body, output: urls.length > 1 ? urls : urls[0] }, recovered };
	}
	const isLate = createdAt === null || wallTime() - createdAt < FILLED_IN_MS;
	if (status === 'PENDING' || isLate) return { status: 'PROCESSING', body: {}, recovered };
	return { status, body, recovered };
}

function hasEnded(poll: Poll): boolean {
	return 'state' in poll && (poll.state.status === 'COMPLETED' || poll.state.status === 'FAILED');
}

function withMore(failure: SegmindFailure, more: string): SegmindFailure {
	const { message, details, cause } = failure;
	const description = [details.description, more].filter(Boolean).join(' ');
	return new SegmindFailure(message, { ...details, description }, cause);
}
