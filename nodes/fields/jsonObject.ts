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
		if (!json.trim()) return {};
		try {
			value = JSON.parse(json) as unknown;
		} catch (thrown) {
			throw invalidJson(label, jsonProblem(json) ?? (thrown as Error).message, example);
		}
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw badValue(label, `an object such as ${example}`, value);
	}
	return asBody(label, value as IDataObject);
}

/**
 * The fields of a request body; throws a failure, before anything is sent, for one that cannot be serialised as JSON,
 * or only with different digits.
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
		if (holdsPrototype(value)) expectFieldName(label, '__proto__');
		if (holdsRoundedNumber(value)) {
			throw new SegmindFailure(
				`${label}: the number in "${shorten(name)}" is too long to be sent exactly`,
				{
					description:
						'Nothing was sent. Beyond 15 digits a whole number would be rounded: use a shorter one, or put it in quotation marks if the model takes a text',
				},
			);
		}
	}
	return fields;
}

function holdsPrototype(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsPrototype);
}

/**
 * Whether a value contains an integer that JavaScript has, or may have, rounded: a rounded seed makes a different
 * image.
 */
function holdsRoundedNumber(value: unknown): boolean {
	if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsRoundedNumber);
}

function invalidJson(label: string, problem: string, example: string): SegmindFailure {
	return new SegmindFailure(`${label} is not valid JSON: ${problem}`, {
		description: `Nothing was sent. It must be an object such as ${example}`,
	});
}
