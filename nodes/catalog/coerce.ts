import type { IDataObject } from 'n8n-workflow';

import { addressList } from '../api/addressList';
import { parseJson } from '../api/json';
import type { ModelParameter } from './parameters';

type Value = IDataObject[string];

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Converts a value to the type in the model's table if only its notation changes: "25" for a number field, "true" for a
 * switch, a number for a text field, one or more URLs for a list of URLs. Text fields keep their text (a prompt "42"
 * stays text); whatever does not fit is returned unchanged.
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
			// A number with too many digits for JavaScript would become a different one.
			return NUMBER.test(text) && isExact(text) ? Number(text) : value;
		case 'boolean':
			return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : value;
		case 'array': {
			const parsed = parseContainer(text);
			if (Array.isArray(parsed)) return parsed;
			return media && parsed === undefined ? urls(text) : value;
		}
		case 'object': {
			const parsed = parseContainer(text);
			return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
				? parsed
				: value;
		}
	}
}

/** The URLs and data URIs in a text; a comma or URL inside a data URI does not split it. */
function urls(text: string): string[] {
	if (!text.includes('data:')) return addressList(text);
	return text
		.split(/\n|,(?=\s*(?:https?:|data:))/)
		.map((address) => address.trim())
		.filter((address) => address);
}

function isExact(text: string): boolean {
	const number = Number(text);
	return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** Parses a text that is a JSON list or object; undefined for any other text. */
export function parseContainer(text: string): IDataObject | Value[] | undefined {
	return /^[[{]/.test(text) ? (parseJson(text) as IDataObject | Value[] | undefined) : undefined;
}
