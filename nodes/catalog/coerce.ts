import type { IDataObject } from 'n8n-workflow';

import { parseJson } from '../api/json';
import type { ModelParameter } from './parameters';

type Value = IDataObject[string];

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The value in the type that the model's table names, where that changes nothing but the way it is written: "25" for a
 * number field, "true" for a switch, a number for a text field, one address or several for a list of addresses. Text fields keep
 * their text (a prompt "42" stays one); whatever does not fit comes back as it is.
 */
export function coerce(
	{ type, media }: Pick<ModelParameter, 'type' | 'media'>,
	value: Value,
): Value {
	if (type === 'string') return typeof value === 'number' ? String(value) : value;
	if (typeof value !== 'string') return value;
	const text = value.trim();
	switch (type) {
		case 'integer':
		case 'number':
			// A number with more digits than JavaScript holds would become another one.
			return NUMBER.test(text) && isExact(text) ? Number(text) : value;
		case 'boolean':
			return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : value;
		case 'array': {
			const parsed = parseContainer(text);
			if (Array.isArray(parsed)) return parsed;
			return media && parsed === undefined ? addresses(text) : value;
		}
		case 'object': {
			const parsed = parseContainer(text);
			return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
				? parsed
				: value;
		}
	}
}

/** One in a line, or with commas between them; a comma inside an address does not part it. */
function addresses(text: string): string[] {
	return text.split(/\s*(?:\n|,\s*(?=https?:|data:))\s*/).filter((address) => address);
}

function isExact(text: string): boolean {
	const number = Number(text);
	return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** The JSON list or object that the text is; undefined for any other text. */
export function parseContainer(text: string): IDataObject | Value[] | undefined {
	return /^[[{]/.test(text) ? (parseJson(text) as IDataObject | Value[] | undefined) : undefined;
}
