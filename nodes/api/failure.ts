import {
	ApplicationError,
	BaseError,
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
} from 'n8n-workflow';

import { shorten } from './quote';

/** What a failure is about, beside its sentence. */
export interface FailureDetails {
	/** What to do next and whether anything was billed: shown below the message. */
	description?: string;
	/** HTTP status of the answer, when there was one. */
	httpStatus?: number;
	/** The accepted job that can still be collected. */
	requestId?: string;
	/** The job's last known status. */
	status?: string;
	/** Why a job that Segmind itself reports as FAILED failed. */
	failureReason?: string;
	model?: string;
	/** True for paid work that was, or may have been, carried out and billed: it must not be sent again. */
	mayBeBilled?: boolean;
	/** Whether it was billed, where more is known than the rest of the details tell; see `failedItem.ts`. */
	billed?: 'no' | 'yes' | 'unknown';
	/** True when what was paid for cannot be had any more: only sending it again would bring it. */
	lost?: boolean;
	/** True when the run was stopped: nothing more may be sent. */
	stopped?: boolean;
	/** An answer that does not hold what was asked for, as it came; files left out. */
	rawResponse?: IDataObject;
	/** True for an error that neither this package nor n8n raised on purpose: its cause belongs in n8n's log. */
	unexpected?: boolean;
}

/**
 * The one kind of error that this package's own code throws: a sentence for a tired no-code user. It becomes a node
 * error, with its item, in `toNodeError`.
 */
export class SegmindFailure extends Error {
	constructor(
		message: string,
		readonly details: FailureDetails = {},
		/** What went wrong beneath, for n8n's log. */
		cause?: unknown,
	) {
		super(message, cause === undefined ? undefined : { cause });
	}
}

/** Turns whatever was thrown into a failure with it as its cause; a bug's own text is kept, because it is all there is. */
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

/** An expression that cannot be evaluated, a file that is not there, and so on. */
function isRaisedByN8n(thrown: unknown): boolean {
	return thrown instanceof BaseError || thrown instanceof ApplicationError;
}

/** In characters: the text of somebody else's error may quote a whole file. */
const MAX_FOREIGN_MESSAGE = 300;

/** A shorter text in the key's place is none, and may be part of any word. */
const MIN_KEY_LENGTH = 8;

/** A text with the API key taken out, and whatever looks like one. */
export function withoutKey(text: string, apiKey: string): string {
	return (apiKey.length >= MIN_KEY_LENGTH ? text.split(apiKey).join('[API key]') : text).replace(
		/SG_[0-9a-f]{8,}/gi,
		'[API key]',
	);
}

/** A failure with the API key taken out of every text it carries. */
export function failureWithoutKey(failure: SegmindFailure, apiKey: string): SegmindFailure {
	const clean = (text: string) => withoutKey(text, apiKey);
	const details = Object.fromEntries(
		Object.entries(failure.details).map(([key, value]) => [
			key,
			typeof value === 'string'
				? clean(value)
				: typeof value === 'object'
					? (JSON.parse(clean(JSON.stringify(value))) as unknown)
					: value,
		]),
	);
	return new SegmindFailure(clean(failure.message), details, failure.cause);
}

/** The error n8n shows: with the item it belongs to and, after an HTTP answer, its status as `httpCode`. */
export function toNodeError(
	node: INode,
	failure: SegmindFailure,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const { message } = failure;
	const { description, httpStatus } = failure.details;
	const error =
		httpStatus === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message },
					{ message, description, itemIndex, httpCode: String(httpStatus) },
				);
	// n8n swaps the message for one of its own when it finds a word such as "ENOTFOUND" in it, even in a quoted answer.
	error.message = message;
	if (description) error.description = description;
	return error;
}
