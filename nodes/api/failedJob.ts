import { SegmindFailure } from './failure';
import type { JobState } from './jobState';

/**
 * The failure of a job that Segmind reports as failed. Source: Segmind documentation "Async inference": a FAILED job is
 * never billed. Other words for failure are undocumented.
 */
export function jobFailed(
	requestId: string,
	model: string | null,
	{ failureReason: reason = 'Segmind gave no reason', unknownEnd, recovered }: Partial<JobState>,
): SegmindFailure {
	return new SegmindFailure(`The job failed: ${reason}`, {
		requestId,
		...(model ? { model } : {}),
		status: 'FAILED',
		failureReason: reason,
		...(unknownEnd ? { mayBeBilled: true } : {}),
		...(recovered ? { recovered: true } : {}),
		description: unknownEnd
			? `Segmind ended it as ${unknownEnd}, and it is not known whether that is billed: compare your balance before you run it again. Job ${requestId}`
			: `Nothing was billed. Change the prompt or the fields that Segmind names and run it again. Job ${requestId}`,
	});
}

/**
 * The failure of a PixelFlow. Its price is the sum of its models', and no source says whether those that ran are
 * refunded.
 */
export function flowFailed(
	requestId: string,
	{ failureReason: reason = 'Segmind gave no reason', recovered }: Partial<JobState>,
): SegmindFailure {
	return new SegmindFailure(`The job failed: ${reason}`, {
		requestId,
		status: 'FAILED',
		failureReason: reason,
		mayBeBilled: true,
		...(recovered ? { recovered: true } : {}),
		description: `A PixelFlow costs the sum of its models: those that ran before it failed may have been billed, so it was not repeated. Compare your balance, and change the inputs before you run it again. Job ${requestId}`,
	});
}
