import type { IDataObject } from 'n8n-workflow';

import { parseInSteps } from './jsonParser';
import { jsonInSteps } from './jsonText';
import { shorten } from './quote';
import { inSlices, type Steps } from './slices';

/** The facts of a failure besides its message. */
export interface FailureDetails {
	/** What to do next and whether anything was billed: shown below the message. */
	description?: string;
	/** The same for an agent, where it differs; see `advice.ts`. */
	agentDescription?: string;
	/** HTTP status of the answer, if there was one. */
	httpStatus?: number;
	/** The accepted job that can still be collected. */
	requestId?: string;
	/** The job's last known status. */
	status?: string;
	/** True for a failed job that only the request history knows. */
	recovered?: true;
	/** Why the job failed, when Segmind itself reports FAILED. */
	failureReason?: string;
	model?: string;
	/** True for paid work that was, or may have been, carried out and billed: it must not be sent again. */
	mayBeBilled?: boolean;
	/** When the request whose fate is unknown was sent (wall-clock time). */
	sentAt?: number;
	/** Whether it was billed, if known beyond what the other details imply; see `failedItem.ts`. */
	billed?: 'no' | 'yes' | 'unknown';
	/** True when the paid result can no longer be retrieved; only a new request would produce it. */
	lost?: boolean;
	/** True for a call that was not sent because it could cost too much. */
	notSent?: boolean;
	/** True when the run was stopped: nothing more may be sent. */
	stopped?: boolean;
	/** The raw answer when it lacks what was asked for, without its files. */
	rawResponse?: IDataObject;
	/** True for an error that neither this package nor n8n raised on purpose; its cause goes to n8n's log. */
	unexpected?: boolean;
}

/**
 * The only error type this package throws: a message for a tired no-code user. `items/nodeError.ts` turns it into a node
 * error with its item.
 */
export class SegmindFailure extends Error {
	constructor(
		message: string,
		readonly details: FailureDetails = {},
		/** The underlying error, for n8n's log. */
		cause?: unknown,
	) {
		super(message, cause === undefined ? undefined : { cause });
	}
}

/**
 * Wraps whatever was thrown in a failure that keeps it as its cause. A bug's own message is kept, since it is all there
 * is.
 */
export function asFailure(thrown: unknown): SegmindFailure {
	if (thrown instanceof SegmindFailure) return thrown;
	const { message, description } = (thrown ?? {}) as { message?: string; description?: string };
	return new SegmindFailure(
		shorten(message ?? String(thrown), MAX_FOREIGN_MESSAGE),
		{
			...(description ? { description } : {}),
			...(isRaisedByN8n(thrown) ? {} : { unexpected: true }),
		},
		thrown,
	);
}

/**
 * An expression that cannot be evaluated, a missing file, and so on. Recognised by the two properties that all of n8n's
 * own errors have: with `instanceof`, those of another copy of n8n-workflow would look like bugs.
 */
function isRaisedByN8n(thrown: unknown): boolean {
	return thrown instanceof Error && 'level' in thrown && 'tags' in thrown;
}

/** In characters: a foreign error message may quote a whole file. */
const MAX_FOREIGN_MESSAGE = 300;

/** Anything shorter in the key field is not a key and might be part of any word. */
const MIN_KEY_LENGTH = 8;

/** Removes the API key, and whatever looks like one, from a text. */
export function withoutKey(text: string, apiKey: string): string {
	return (apiKey.length >= MIN_KEY_LENGTH ? text.split(apiKey).join('[API key]') : text).replace(
		/SG_[0-9a-f]{8,}/gi,
		'[API key]',
	);
}

/** Removes the API key from every text of a failure, whose raw answer may be large. */
export async function failureWithoutKey(
	{ message, details, cause }: SegmindFailure,
	apiKey: string,
): Promise<SegmindFailure> {
	const clean = (text: string) => withoutKey(text, apiKey);
	const cleaned = await inSlices(cleanedInSteps(details, clean));
	return new SegmindFailure(clean(message), cleaned as FailureDetails, cause);
}

function* cleanedInSteps(value: unknown, clean: (text: string) => string): Steps<unknown> {
	return yield* parseInSteps(yield* jsonInSteps(value, clean));
}

/** The failure as an agent is told of it. */
export function forAgent({ message, details, cause }: SegmindFailure): SegmindFailure {
	const { agentDescription, ...others } = details;
	if (agentDescription === undefined) return new SegmindFailure(message, details, cause);
	return new SegmindFailure(message, { ...others, description: agentDescription }, cause);
}
