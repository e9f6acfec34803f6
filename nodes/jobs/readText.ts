import type { INodeExecutionData } from 'n8n-workflow';

import { chatFacts, isChatAnswer, type ChatFacts } from '../api/chatFacts';
import type { SegmindFailure } from '../api/failure';
import { jsonInText } from '../api/jsonInText';
import { missingResult } from '../api/missingResult';
import { shorten } from '../api/quote';
import type { Result } from '../api/result';
import { unusableAnswer } from '../api/unusableAnswer';
import type { JsonSchema } from '../catalog/chat/jsonSchema';
import { isObject } from '../catalog/chat/jsonValue';
import { mismatches } from '../catalog/chat/schemaCheck';
import { textJson } from '../media/textJson';

/** What a text answer must contain, and how it is returned. */
export interface ExpectedText {
	prompt: string | null;
	/** Set if the answer must be JSON; without a schema any object will do. */
	json?: { schema: JsonSchema | undefined };
	includeRawResponse: boolean;
	/** The input item's files, which the output item keeps. */
	inputBinary: INodeExecutionData['binary'];
}

const MAX_REASON = 200;

/**
 * The output item of a text answer.
 * @throws SegmindFailure for an answer without text, a refusal, or one that is not the requested JSON
 */
export function readText(result: Result, expected: ExpectedText): INodeExecutionData[] {
	const { model, requestId, metrics, data, raw } = result;
	const chat = chatFacts(data);
	const text = textOf(result, chat);
	const json = expected.json
		? checkedJson({ ...result, text }, chat, expected.json.schema)
		: factsOf(data);
	const facts = { model, prompt: expected.prompt, requestId, text, json, chat, metrics };
	return [
		{
			json: {
				...textJson({ status: 'COMPLETED', ...facts }),
				...(expected.includeRawResponse ? { raw_response: raw } : {}),
			},
			...(expected.inputBinary ? { binary: expected.inputBinary } : {}),
		},
	];
}

/** A hint on an answer that was cut off at its token limit. */
export function truncationHint({ json }: INodeExecutionData): string[] {
	const { finish_reason: reason, request_id: requestId } = json;
	if (!chatFacts({ finish_reason: reason }).isTruncated) return [];
	return [
		`The answer ${String(requestId)} was cut off at its token limit (${String(reason)}): raise the option Max Tokens`,
	];
}

function textOf(result: Result, { refusal, isTruncated, finishReason }: ChatFacts): string {
	const { text, data, files } = result;
	if (refusal) throw refused(result, refusal);
	const isRefusal = missingResult({ ...result, files: [] }, 'anything') !== undefined;
	if (text?.trim() && !isRefusal) return text;
	if (isTruncated) {
		throw unusableAnswer(
			result,
			`The model used up its token limit before it answered (${finishReason})`,
			{
				person: 'Raise the option Max Tokens: models that think first need more.',
				agent: 'Ask for less in one call.',
			},
		);
	}
	// Anything but text in a known format is shown as is, unless it is a refusal or empty.
	const needsText = isChatAnswer(data) || !isObject(data) || files.length > 0;
	const missing = missingResult({ ...result, files: [], text: needsText ? '' : null }, 'anything');
	if (!missing) return JSON.stringify(data);
	if (!files.length) throw missing;
	throw unusableAnswer(result, 'The model returned files and no text', {
		person: 'Use the node for files of this kind.',
		agent: 'Choose a model that returns text.',
	});
}

function refused(result: Result, refusal: string): SegmindFailure {
	const reasons = [refusal, result.text?.trim()].filter(Boolean);
	return unusableAnswer(
		result,
		`The model refused: ${shorten(reasons.at(-1) ?? refusal, MAX_REASON)}`,
		'Change the prompt or the files before you run it again.',
	);
}

/**
 * Data from a model other than a chat model, such as a transcript's word timings; null for a chat envelope or plain
 * text.
 */
function factsOf(data: unknown): unknown {
	if (!isObject(data) || isChatAnswer(data)) return null;
	return Object.values(data).some((value) => typeof value === 'object' && value !== null)
		? data
		: null;
}

function checkedJson(
	result: Result & { text: string },
	{ isTruncated, finishReason }: ChatFacts,
	schema: JsonSchema | undefined,
): unknown {
	const { text, data } = result;
	if (isTruncated) {
		throw unusableAnswer(
			result,
			`The answer was cut off at its token limit (${finishReason}), so it is not the requested JSON`,
			{
				person: 'Raise the option Max Tokens, or ask for less.',
				agent: 'Ask for less in one call.',
			},
		);
	}
	const inText = jsonInText(text);
	// A model that follows none of the providers' formats may return the object itself.
	const objectAnswer = isChatAnswer(data) || !isObject(data) ? [] : [data];
	const answers = [...(inText === undefined ? [] : [inText]), ...objectAnswer];
	const expected = schema ?? { type: 'object' };
	const matching = answers.find((value) => !mismatches(expected, value).length);
	if (matching !== undefined) return matching;
	if (inText === undefined) {
		throw unusableAnswer(
			result,
			'The answer is not JSON',
			'JSON was requested: try again, word the prompt more clearly, or choose another model.',
		);
	}
	throw unusableAnswer(
		result,
		`The answer does not match the JSON Schema: ${mismatches(expected, inText).join('; ')}`,
		'Change the prompt or the JSON Schema, or choose another model.',
	);
}
