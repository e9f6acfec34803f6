import { wallTime } from '../clock';
import { asFailure, SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import { describeSearch, withSentence } from './searchReport';
import type { SubmittedJob } from './ledgerEntry';
import { close, giveUp, rememberId, toSentRequest } from './openRequests';
import type { Run } from './run';

/**
 * Sends a paid call. If its answer is lost in transit, the request history is searched for it until the deadline (see
 * clock), and what is found there is collected as the call's job.
 */
export async function sendOrRecover<T>(
	run: Run,
	key: string,
	work: { send: () => Promise<T>; collect: (job: SubmittedJob) => Promise<T> },
	deadline: number,
): Promise<T> {
	try {
		return await work.send();
	} catch (thrown) {
		const failure = asFailure(thrown);
		const request = run.lost.get(key);
		if (!request) throw failure;
		run.lost.delete(key);
		const { sentAt = request.sentAt } = failure.details;
		const sent = toSentRequest({ ...request, sentAt }, wallTime());
		const search = sent && (await run.search.find(sent, request, deadline));
		if (search?.found) {
			close(request);
			return await work.collect(acceptFound(run, key, search.found));
		}
		if (sent) giveUp(request, sent);
		else close(request);
		const report = describeSearch(search);
		if (sent) run.ledger.lost(key, sent, report, idsOf(search?.candidates));
		throw withSentence(failure, report);
	}
}

/**
 * Searches once for the request of a call whose answer an earlier try lost; if it is found, it becomes the call's job.
 * @throws SegmindFailure if a person pressed Retry without knowing of the requests that may be it: nothing is sent before
 *   they have been told
 */
export async function searchAgain(run: Run, key: string): Promise<void> {
	const { ledger } = run;
	const earlier = ledger.findLostRequest(key);
	if (!earlier) return;
	ledger.knownIds().forEach(rememberId);
	const search = await run.search.searchOnce(earlier.request, ledger.otherLost(key));
	if (search.found) {
		acceptFound(run, key, search.found);
		return;
	}
	const ids = idsOf(search.candidates);
	const report = describeSearch(search);
	const hasNewCandidates = ids.some((id) => !earlier.told.includes(id));
	ledger.lost(key, earlier.request, report, [...new Set([...earlier.told, ...ids])]);
	if (!hasNewCandidates || !ledger.isRetryPressed(key)) return;
	throw withSentence(new SegmindFailure(earlier.message, earlier.details), {
		person: `${report} Nothing was sent: if it is none of these, press Retry once more.`,
		agent: `${report} Nothing was sent.`,
	});
}

function acceptFound({ ledger }: Run, key: string, found: HistoryRequest): SubmittedJob {
	const { requestId, createdAt, parameters } = found;
	const seed = parameters?.seed;
	const job: SubmittedJob = {
		requestId,
		acceptedAt: createdAt ?? wallTime(),
		seed: typeof seed === 'number' || typeof seed === 'string' ? seed : null,
		recovered: true,
	};
	ledger.accepted(key, job);
	return job;
}

function idsOf(requests: readonly HistoryRequest[] = []): string[] {
	return requests.map(({ requestId }) => requestId);
}
