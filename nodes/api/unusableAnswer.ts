import { describe, type Sentence } from './advice';
import { SegmindFailure } from './failure';
import { billedBy } from './missingResult';
import { shorten } from './quote';
import type { Result } from './result';

/** Maximum length of an answer in a message, in characters. */
const MAX_SHOWN = 2_000;

/**
 * The failure of a finished call whose answer is not what was asked for: says whether it was billed, and shows the
 * answer, which was paid for.
 * @param advice what to do next
 */
export function unusableAnswer(result: Result, message: string, advice: Sentence): SegmindFailure {
	const { model, requestId, isJob, metrics, text, files, raw } = result;
	const urls = files.flatMap(({ url }) => url ?? []);
	return new SegmindFailure(message, {
		status: 'FAILED',
		failureReason: message,
		...(model ? { model } : {}),
		...(isJob && requestId ? { requestId } : {}),
		...(metrics.cost === 0 ? {} : { mayBeBilled: true }),
		billed: metrics.cost === null ? 'unknown' : metrics.cost === 0 ? 'no' : 'yes',
		rawResponse: raw,
		...describe(
			billedBy(result),
			text?.trim() ? `The answer was: ${shorten(text.trim(), MAX_SHOWN)}` : '',
			urls.length ? `Its files: ${urls.join(' ')}` : '',
			advice,
			requestId && `Request ${requestId}`,
		),
	});
}
