import { describe, descriptionOf, type Sentence } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import type { HistoryRequest } from '../api/historyRows';
import type { Search } from './requestSearch';

/** Maximum number of candidates named in a message. */
const MAX_NAMED = 10;

/** Reports a search for a lost request to the user; undefined means that the request was too large to be searched for. */
export function describeSearch(search: Search | undefined): string {
	if (!search) return 'It is too large to be found in the request history by its inputs.';
	const { candidates, failure } = search;
	if (candidates.length) return describeCandidates(candidates);
	if (failure) return `The request history could not be read: ${failure.message}.`;
	return 'The request history does not show it so far; it may fill in later.';
}

function describeCandidates(candidates: readonly HistoryRequest[]): string {
	const listed = candidates.slice(0, MAX_NAMED).map(describeRequest).join(', ');
	const more = candidates.length > MAX_NAMED ? ` and ${candidates.length - MAX_NAMED} more` : '';
	return candidates.length === 1
		? `The request history has one that may be it, but it could be another one with the same inputs, so it was not used: ${listed}. Check it with Segmind Check Status.`
		: `The request history has ${candidates.length} that may be it, so none was used: ${listed}${more}. Check them with Segmind Check Status.`;
}

function describeRequest({ requestId, status, cost }: HistoryRequest): string {
	return `${requestId} (${status}, ${cost === null ? 'cost not known yet' : `$${cost}`})`;
}

/** The failure with one more sentence in its description. */
export function withSentence(failure: SegmindFailure, sentence: Sentence): SegmindFailure {
	const { message, details, cause } = failure;
	const { person, agent } = descriptionOf(details);
	const before = { person: withFullStop(person), agent: withFullStop(agent) };
	return new SegmindFailure(message, { ...details, ...describe(before, sentence) }, cause);
}

function withFullStop(text: string): string {
	return text.replace(/([^.!?])$/, '$1.');
}
