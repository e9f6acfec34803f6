import type { IDataObject } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { isTooDeep, MAX_LEVELS } from '../api/json';
import { jsonProblem } from '../api/jsonProblem';
import { shorten } from '../api/quote';
import { expectFieldName } from './fieldName';
import { badValue } from './value';

/** Reads a JSON parameter, a text or an object from an expression; throws a failure for anything but an object. */
export function readJsonObject(
	label: string,
	json: unknown,
	example = '{ "seed": 42 }',
): IDataObject {
	if (json === null || json === undefined || json === '') return {};
	let value: unknown = json;
	if (typeof json === 'string') {
		const text = withoutFence(json.trim());
		if (!text) return {};
		value = parseText(label, text, example);
		// Encoded as JSON twice, as by JSON.stringify of a text.
		if (typeof value === 'string' && value.trimStart().startsWith('{')) {
			value = parseText(label, value, example);
		}
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw badValue(label, `an object such as ${example}`, value);
	}
	return asBody(label, value as IDataObject);
}

/** Reads the fields of a request body like `readJsonObject`; also rejects a whole HTTP request with a body inside. */
export function readBodyFields(label: string, json: unknown): IDataObject {
	const fields = readJsonObject(label, json);
	const { method, headers } = fields;
	const bodyKey = ['body', 'json', 'data'].find((key) => /^\s*[[{"]/.test(textOf(fields[key])));
	const isRequest =
		/^(GET|POST|PUT|PATCH)$/i.test(textOf(method)) || textOf(headers).startsWith('{');
	if (bodyKey === undefined || !isRequest) return fields;
	throw new SegmindFailure(`${label} is a whole HTTP request`, {
		description: `Nothing was sent. Only its body belongs here: the part in "${bodyKey}"`,
	});
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'object' && value !== null ? '{' : '';
}

function parseText(label: string, text: string, example: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (thrown) {
		throw invalidJson(label, jsonProblem(text) ?? (thrown as Error).message, example);
	}
}

/** Language models put JSON in a code fence. */
function withoutFence(text: string): string {
	const end = text.lastIndexOf('```');
	if (!text.startsWith('```') || end < 3) return text;
	return text
		.slice(0, end)
		.replace(/^```[a-z]{0,10}/i, '')
		.trim();
}

/**
 * The fields of a request body; throws a failure, before anything is sent, for a value that cannot be serialised as JSON
 * without loss.
 */
export function asBody(label: string, fields: IDataObject): IDataObject {
	for (const [name, value] of Object.entries(fields)) {
		expectFieldName(label, name);
		if (isTooDeep(value)) {
			throw new SegmindFailure(
				`${label}: the value of "${shorten(name)}" is nested more than ${MAX_LEVELS} levels deep`,
				{ description: 'Nothing was sent. No model takes such a value: check where it comes from' },
			);
		}
		if (holds(value, hasPrototypeKey)) expectFieldName(label, '__proto__');
		if (holds(value, isNotFinite)) {
			throw new SegmindFailure(
				`${label}: "${shorten(name)}" holds an impossible number (NaN or infinity)`,
				{
					description:
						'Nothing was sent. An expression calculates with something that is not a number, or a number is too large: check it, or leave the field empty',
				},
			);
		}
		if (holds(value, isRounded)) {
			throw new SegmindFailure(
				`${label}: the number in "${shorten(name)}" is too long to be sent exactly`,
				{
					description:
						'Nothing was sent. Beyond 15 digits a whole number would be rounded: use a shorter one, or put it in quotation marks if the model takes text',
				},
			);
		}
	}
	return fields;
}

/** Whether the predicate is true of a value, or of anything inside it. */
function holds(value: unknown, isTrueOf: (inner: unknown) => boolean): boolean {
	if (isTrueOf(value)) return true;
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((inner) => holds(inner, isTrueOf));
}

function hasPrototypeKey(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__');
}

/** Whether a value is NaN or infinite, which JSON would send as null. */
function isNotFinite(value: unknown): boolean {
	return typeof value === 'number' && !Number.isFinite(value);
}

/** Whether a value is an integer that JavaScript may have rounded: a rounded seed makes a different image. */
function isRounded(value: unknown): boolean {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function invalidJson(label: string, problem: string, example: string): SegmindFailure {
	return new SegmindFailure(`${label} is not valid JSON: ${problem}`, {
		description: `Nothing was sent. It must be an object such as ${example}`,
	});
}
