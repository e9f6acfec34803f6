import { answererOf, type Signature } from './answerer';
import { asNumber } from './number';
import type { RateReport } from './ratePolicy';

/** The parts of an answer that show who sent it, and what it says about the rate limit. */
export interface LimitedAnswer extends Signature {
	file?: unknown;
	waitMs: number | undefined;
}

/**
 * What an answer says about the rate limit; undefined if Segmind did not send it. A proxy, a firewall or a gateway
 * answers with a page or a few words, and its refusals and successes say nothing about the key's limit.
 */
export function rateReport(answer: LimitedAnswer): RateReport | undefined {
	if (!isFromApi(answer)) return undefined;
	const { status, headers, waitMs } = answer;
	const remaining = asNumber(headers['x-rate-limit-remaining']);
	return {
		status,
		...(remaining === null ? {} : { remaining }),
		...(waitMs === undefined ? {} : { waitMs }),
	};
}

/** The API answers in JSON or with a file, or else has headers of its own; its redirects and pages say nothing. */
function isFromApi(answer: LimitedAnswer): boolean {
	const { status, text, file } = answer;
	if (status >= 300 && status < 400) return false;
	return file !== undefined || (answererOf(answer) === 'segmind' && !/^\s*</.test(text));
}
