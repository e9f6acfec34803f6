import { describe, type Sentence } from './advice';
import { causeOf, contentTitle, CREDITS_TITLE } from './cause';
import { ADD_CREDITS, CHANGE_CONTENT } from './explainStatus';
import { SegmindFailure } from './failure';
import type { JobState } from './jobState';

const NO_REASON = 'Segmind gave no reason';
const COMPARE = 'check your balance before you run it again.';

/**
 * The failure of a job that Segmind reports as failed. Source: Segmind documentation "Async inference": a FAILED job is
 * never billed. Other status words for failure are undocumented.
 */
export function jobFailed(
	requestId: string,
	model: string | null,
	{ failureReason: reason = NO_REASON, undocumentedStatus, recovered }: Partial<JobState>,
): SegmindFailure {
	const { message, quotedReason, advice } = explainReason(reason);
	return new SegmindFailure(message, {
		requestId,
		...(model ? { model } : {}),
		status: 'FAILED',
		failureReason: reason,
		...(undocumentedStatus ? { mayBeBilled: true } : {}),
		...(recovered ? { recovered: true } : {}),
		...describe(
			undocumentedStatus
				? `Segmind ended it as ${undocumentedStatus}, and it is not known whether that is billed: ${COMPARE}`
				: 'Nothing was billed.',
			!undocumentedStatus &&
				(advice ?? 'Change the prompt or the fields that Segmind names and run it again.'),
			quotedReason,
			`Job ${requestId}`,
		),
	});
}

/**
 * The failure of a PixelFlow. Its price is the sum of its models', and no source says whether those that ran are
 * refunded.
 */
export function flowFailed(
	requestId: string,
	{ failureReason: reason = NO_REASON, recovered }: Partial<JobState>,
): SegmindFailure {
	const { message, quotedReason, advice } = explainReason(reason);
	return new SegmindFailure(message, {
		requestId,
		status: 'FAILED',
		failureReason: reason,
		mayBeBilled: true,
		...(recovered ? { recovered: true } : {}),
		...describe(
			'A PixelFlow costs the sum of its models: those that ran before it failed may have been billed, so it was not repeated.',
			advice
				? `Check your balance.`
				: 'Check your balance, and change the inputs before you run it again.',
			advice,
			quotedReason,
			`Job ${requestId}`,
		),
	});
}

/** A failed job's title by its cause, Segmind's words unless the title has them, and advice for the cause. */
function explainReason(reason: string): {
	message: string;
	quotedReason?: Sentence;
	advice?: Sentence;
} {
	const cause = causeOf(reason);
	if (cause === 'content') return { message: contentTitle(reason), advice: CHANGE_CONTENT };
	if (cause === 'credits') {
		return {
			message: CREDITS_TITLE,
			quotedReason: `Segmind said: "${reason}"`,
			advice: ADD_CREDITS,
		};
	}
	return { message: `The job failed: ${reason}` };
}
