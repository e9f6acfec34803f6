import { now, wallTime } from '../clock';
import type { Connection } from '../api/connection';
import { asFailure, SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import type { JobState } from '../api/jobState';
import type { Poll } from '../api/poll';
import { requestById } from '../api/requestHistory';
import { withSentence } from './searchReport';
import type { JobApi } from './jobApi';

/**
 * Polls a job with its own endpoints as long as they know it, then in the request history, which forgets nothing. Must be
 * created once per job, since it remembers which of the two knows the job.
 */
export function withHistory({ poll, fetch }: JobApi): JobApi {
	let inHistory: HistoryJob | undefined;
	const orHistory =
		(endpoint: JobApi['poll']): JobApi['poll'] =>
		async (connection, requestId, maxRetries) => {
			if (inHistory) return await inHistory.poll(connection);
			try {
				return await endpoint(connection, requestId, maxRetries);
			} catch (thrown) {
				const notFound = asFailure(thrown);
				if (notFound.details.httpStatus !== 404) throw notFound;
				const request = await lookUp(connection, requestId, notFound);
				inHistory = new HistoryJob(requestId);
				return inHistory.read(request);
			}
		};
	if (!fetch) return { poll: orHistory(poll) };
	const fetchOrHistory = orHistory(fetch);
	return {
		poll: orHistory(poll),
		// What the history says of a finished request includes its files.
		fetch: async (connection, requestId) =>
			inHistory?.finalPoll ?? (await fetchOrHistory(connection, requestId)),
	};
}

/** Throws the failure of the job's own endpoint if the history does not know the job either, or does not answer. */
async function lookUp(
	connection: Connection,
	requestId: string,
	notFound: SegmindFailure,
): Promise<HistoryRequest> {
	let request: HistoryRequest | undefined;
	try {
		request = await requestById(connection, requestId);
	} catch (thrown) {
		const failure = asFailure(thrown);
		if (failure.details.stopped) throw failure;
		throw withSentence(notFound, `The request history could not be read: ${failure.message}.`);
	}
	if (!request) throw withSentence(notFound, 'The request history does not have it either.');
	return request;
}

/** A job that only the history knows. */
class HistoryJob {
	/** The history's answer once the job had ended. */
	finalPoll: Poll | undefined;

	/** When it was first seen finished without a file (see clock). */
	private emptySince: number | undefined;

	constructor(private readonly requestId: string) {}

	async poll(connection: Connection): Promise<Poll> {
		const pollAgain = (instead: string): Poll => ({ again: true, waitMs: undefined, instead });
		let request: HistoryRequest | undefined;
		try {
			request = await requestById(connection, this.requestId, { maxRetries: 0 });
		} catch (thrown) {
			const failure = asFailure(thrown);
			if (failure.details.stopped) throw failure;
			return pollAgain(failure.message);
		}
		return request ? this.read(request) : pollAgain('The request history no longer has it');
	}

	/** @throws SegmindFailure if it is finished and the history will not get a file of it any more */
	read(request: HistoryRequest): Poll {
		const isEmpty = request.status === 'COMPLETED' && !request.urls.length;
		if (isEmpty) this.emptySince ??= now();
		const ageMs = request.createdAt === null ? 0 : wallTime() - request.createdAt;
		const waitedMs = now() - (this.emptySince ?? now());
		if (isEmpty && (ageMs > FILLED_IN_MS || waitedMs > GRACE_MS)) throw noFileLeft(request);
		const poll = { state: stateOf(isEmpty ? { ...request, status: 'PENDING' } : request) };
		if (poll.state.status !== 'PROCESSING') this.finalPoll = poll;
		return poll;
	}
}

/** How old a finished request may be before its file is filled in. Source: Segmind help "Logging". */
const FILLED_IN_MS = 2 * 3600_000;
/** How long a run waits for that. */
const GRACE_MS = 60_000;

/** The job's state according to the history, with a body like that of the job's own endpoint. */
function stateOf(request: HistoryRequest): JobState {
	const { status, model, parameters, urls, cost, latencyMs, createdAt } = request;
	const { prompt, seed } = parameters ?? {};
	const recovered = { model, createdAt, prompt: typeof prompt === 'string' ? prompt : null };
	if (status === 'PENDING') return { status: 'PROCESSING', body: {}, recovered };
	const metrics = { cost, inference_time: latencyMs === null ? null : latencyMs / 1000 };
	const body = {
		metrics,
		seed,
		...(urls.length ? { output: urls.length > 1 ? urls : urls[0] } : {}),
	};
	if (status === 'COMPLETED') return { status, body, recovered };
	const failureReason = request.failureReason ?? 'Segmind gave no reason';
	// Contrary to Segmind's own rules.
	const isBilled = cost !== null && cost > 0;
	return {
		status,
		failureReason,
		...(isBilled ? { undocumentedStatus: status } : {}),
		body,
		recovered,
	};
}

function noFileLeft({ requestId, model, cost }: HistoryRequest): SegmindFailure {
	const price = cost === null ? '' : ` ($${cost})`;
	return new SegmindFailure(`The request history has no file of job ${requestId}`, {
		requestId,
		status: 'COMPLETED',
		...(model ? { model } : {}),
		lost: true,
		// Nothing is left to collect.
		mayBeBilled: true,
		description: `The job is finished and billed${price}. The history keeps only the URLs of files, no texts, and Segmind itself forgets a job one hour after its submission.`,
	});
}
