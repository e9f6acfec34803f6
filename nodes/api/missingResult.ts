import type { IDataObject } from 'n8n-workflow';

import { isChatAnswer } from './chatFacts';
import { SegmindFailure } from './failure';
import { finalStatusOf } from './jobState';
import { jsonPieces } from './jsonText';
import { shorten } from './quote';
import { reasonOf } from './reason';
import type { Result } from './result';

/** What a finished call must contain: a file, or any kind of result. */
export type Expected = 'file' | 'anything';

/** Maximum length of a quoted answer, in characters. */
const MAX_TITLE = 200;
const MAX_QUOTE = 1_000;

/** Keys that describe a run and hold none of its results. */
const STATUS_KEYS =
	/^(status|state|success|ok|error|errors|error_?(message|description|code)|code|(http_?)?status_?(code|text)?|message|msg|detail|details|reason|failure_reason|refusal|warnings?|request_?id|trace_?id|id|metrics|timings|timestamp|seed|prompt|model|created|inference_time|cost|version)$|nsfw|_url$/i;
/** Keys whose value is an explanation of a failure, in whatever form. */
const FAILURE_KEYS = /^(errors?|error_?(message|description)|exception|traceback|fault)$/i;
const FAILED_FLAGS = /^(failed|blocked|rejected|refused)$/i;
const STATUS_CODE_KEYS = /^(code|(http_?)?status(_?code)?)$/i;
/** Keys that hold the actual answer. */
const WRAPPER_KEYS = ['output', 'result', 'results', 'response', 'data', 'body'];

/**
 * The failure of a finished call whose answer lacks what was asked for; undefined if it does not. An answer that is not
 * understood never counts as a success: it is quoted, and kept for `raw_response`.
 */
export function missingResult(result: Result, expected: Expected): SegmindFailure | undefined {
	if (isDelivered(result, expected)) return undefined;
	const { model, requestId, isJob, metrics, raw } = result;
	const explanation = explanationIn(result);
	const missing = result.missingOutputs?.length || expected === 'file' ? 'file' : 'result';
	const place = result.missingOutputs?.length ? ` in ${result.missingOutputs.join(', ')}` : '';
	const title = `Segmind ended the run without a ${missing}${place}`;
	const otherUrls = result.files.flatMap(({ url }) => url ?? []);
	return new SegmindFailure(explanation ? `${title}: ${shorten(explanation, MAX_TITLE)}` : title, {
		status: 'FAILED',
		failureReason: shorten(explanation ?? `The answer holds no ${missing}`, MAX_QUOTE),
		...(model ? { model } : {}),
		...(isJob && requestId ? { requestId } : {}),
		...(metrics.cost === 0 ? {} : { mayBeBilled: true }),
		billed: metrics.cost === null ? 'unknown' : metrics.cost === 0 ? 'no' : 'yes',
		rawResponse: raw,
		description: [
			billedBy(result),
			explanation
				? `Segmind said: "${shorten(explanation, MAX_QUOTE)}"`
				: `The answer was: ${quoted(raw)}`,
			otherUrls.length ? `Its other files: ${otherUrls.join(' ')}` : '',
			'Change the prompt or the input before you run it again.',
			requestId ? `Request ${requestId}` : '',
		]
			.filter(Boolean)
			.join(' '),
	});
}

function isDelivered(
	{ files, text, data: allData, missingOutputs = [], hasNamedOutputs }: Result,
	expected: Expected,
): boolean {
	if (missingOutputs.length) return false;
	if (files.length) return true;
	if (expected === 'file') return false;
	const data = hasNamedOutputs ? Object.values(allData as IDataObject) : allData;
	if (isRefused(data) && !isChatAnswer(data)) return false;
	if (text !== null) return text.trim() !== '';
	return !isEmpty(data) && !isFailure(data);
}

/** Maximum number of values examined, more than any answer without a result has. */
const MAX_EMPTY_VALUES = 10_000;

/** What the answer's cost and balance say about billing. */
export function billedBy({ metrics: { cost, remaining_credits: left } }: Result): string {
	if (cost === 0) return 'Nothing was billed: Segmind reported a cost of $0.';
	const careful = 'It was not repeated.';
	if (cost !== null) return `It was billed: Segmind reported a cost of $${cost}. ${careful}`;
	const balance =
		left === null ? 'Compare your balance' : `Your balance is now $${left}: compare it`;
	return `It is not known whether it was billed: Segmind reported no cost. ${balance} with what it was before. ${careful}`;
}

/** Null, undefined, empty text, and lists and objects that contain nothing else. */
function isEmpty(data: unknown): boolean {
	let left = MAX_EMPTY_VALUES;
	const isBlank = (value: unknown): boolean => {
		if (value === null || value === undefined) return true;
		if (typeof value === 'string') return !value.trim();
		if (left-- <= 0 || typeof value !== 'object') return false;
		if (Array.isArray(value)) return value.every(isBlank);
		return Object.keys(value).every((key) => isBlank((value as IDataObject)[key]));
	};
	return isBlank(data);
}

/** Whether data is an error, or nothing but errors and status information. */
function isFailure(data: unknown): boolean {
	if (typeof data !== 'object' || data === null) return false;
	if (Array.isArray(data)) return data.slice(0, MAX_EMPTY_VALUES).every(isFailure);
	if (isRefused(data) || isNsfw(data as IDataObject)) return true;
	const values = data as Record<string, unknown>;
	return Object.keys(values).every((key) => {
		return STATUS_KEYS.test(key) || isEmpty(values[key]) || isFailure(values[key]);
	});
}

/** Whether an object says outright that it is a failure. */
function isRefused(data: unknown): boolean {
	if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
	const values = data as Record<string, unknown>;
	return Object.keys(values).some((key) => {
		const value = values[key];
		// A mere number may be a measurement.
		if (FAILURE_KEYS.test(key))
			return typeof value !== 'number' && value !== false && !isEmpty(value);
		if (FAILED_FLAGS.test(key)) return value === true;
		if (/^(success|ok)$/i.test(key)) return value === false || value === 'false';
		if (STATUS_CODE_KEYS.test(key) && Number(value) >= 400) return Number(value) < 600;
		const isStatus = /^(status|state|result)$/i.test(key) && typeof value === 'string';
		return isStatus && finalStatusOf(value) === 'FAILED';
	});
}

function isNsfw(body: Record<string, unknown>): boolean {
	return Object.keys(body).some((key) => /nsfw/i.test(key) && [body[key]].flat().includes(true));
}

/** Segmind's own explanation for the missing result: in the model's output, then in the answer around it. */
function explanationIn({ text, data, raw }: Result): string | undefined {
	if (text?.trim()) return text.trim();
	const body = 'headers' in raw && 'body' in raw ? raw.body : raw;
	for (const place of [data, body, ...wrappedIn(data), ...wrappedIn(body)]) {
		const reason = reasonOf(place);
		if (reason) return reason;
	}
	const found = [data, body].find((place) => {
		return typeof place === 'object' && place !== null && isNsfw(place as IDataObject);
	});
	return found ? 'the content was judged unsafe (nsfw)' : undefined;
}

/** What an answer wraps: its reason may be in there. */
function wrappedIn(place: unknown): unknown[] {
	if (typeof place !== 'object' || place === null) return [];
	return WRAPPER_KEYS.map((key) => (place as IDataObject)[key]).filter(
		(value) => typeof value === 'object',
	);
}

function quoted(raw: IDataObject): string {
	const body = 'headers' in raw ? raw.body : raw;
	// Stops at what is shown: the answer may have a million values.
	let text = '';
	for (const piece of jsonPieces(body ?? null)) {
		text += piece;
		if (text.length > MAX_QUOTE) break;
	}
	return shorten(text, MAX_QUOTE);
}
