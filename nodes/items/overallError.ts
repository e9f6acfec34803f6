import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { fileAddresses } from './fileAddresses';
import { joinOutcomes, type OutcomeText } from './joinOutcomes';
import { readerOf, toNodeError } from './nodeError';

/** The outcome of an item; undefined if it was not started. */
export type Outcome = { done: INodeExecutionData[][] } | { failed: SegmindFailure } | undefined;

/**
 * The error of the whole node: the first failure, and every other item's outcome.
 * @param jobOf the job of an item that Segmind Check Status can collect
 */
export function overallError(
	context: IExecuteFunctions,
	outcomes: Outcome[],
	jobOf: (itemIndex: number) => string | undefined,
): Error {
	const failed = (outcome: Outcome) =>
		outcome && 'failed' in outcome ? outcome.failed : undefined;
	// A stop fails every started item; a real failure says more.
	const firstRealFailure = outcomes.findIndex(
		(outcome) => failed(outcome) && !failed(outcome)?.details.stopped,
	);
	const itemIndex =
		firstRealFailure >= 0 ? firstRealFailure : outcomes.findIndex((outcome) => failed(outcome));
	const { message, details, cause } = failed(outcomes[itemIndex]) as SegmindFailure;
	const texts = outcomes.map((outcome, index) => describeOutcome(context, outcome, index, jobOf));
	const others = texts.map((text, index) => (index === itemIndex ? undefined : text));
	const notes = new Set(others.flatMap((text) => text?.note ?? []));
	const description = [details.description, ...joinOutcomes(others), ...notes]
		.filter(Boolean)
		.join('\n');
	return toNodeError(
		context.getNode(),
		new SegmindFailure(message, { ...details, description }, cause),
		itemIndex,
		readerOf(context),
	);
}

function describeOutcome(
	context: IExecuteFunctions,
	outcome: Outcome,
	itemIndex: number,
	jobOf: (itemIndex: number) => string | undefined,
): OutcomeText {
	if (!outcome) return { text: 'not started, nothing was sent', isFree: true };
	if ('failed' in outcome) return describeFailure(outcome.failed);
	const inputBinary = context.getInputData()[itemIndex]?.binary;
	const { addresses, note } = fileAddresses(context, outcome.done.flat(), inputBinary);
	const job = jobOf(itemIndex);
	const facts = [...addresses, ...(job === undefined ? [] : [`job ${job}`])];
	return { text: `finished${facts.length ? `: ${facts.join(', ')}` : ''}`, isFree: false, note };
}

function describeFailure({ message, details }: SegmindFailure): OutcomeText {
	const { requestId, status, mayBeBilled } = details;
	const isNamed = requestId === undefined || message.includes(requestId);
	const text = [
		message,
		isNamed ? '' : ` (job ${requestId}${status ? `, ${status}` : ''})`,
		mayBeBilled ? ', may have been carried out and billed' : '',
	].join('');
	return { text, isFree: requestId === undefined && !mayBeBilled };
}
