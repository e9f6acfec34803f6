import type { IDataObject } from 'n8n-workflow';

import { addressList } from '../api/addressList';
import { parseJson } from '../api/json';
import { mediaText } from './mediaValue';
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
	if (type === 'string' && typeof value === 'number') return String(value);
	if (media) return fileTexts(type, value);
	if (type === 'string') return value;
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
			return Array.isArray(parsed) ? parsed : value;
		}
		case 'object': {
			const parsed = parseContainer(text);
			return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
				? parsed
				: value;
		}
	}
}

/** One file as text, or several as a list; a field for one file also accepts a list of one. */
function fileTexts(type: ModelParameter['type'], value: Value): Value {
	const parsed = typeof value === 'string' ? (parseContainer(value.trim()) ?? value) : value;
	if (type === 'array') {
		const entries = typeof parsed === 'string' ? urls(parsed) : parsed;
		return Array.isArray(entries) ? (entries.map(fileText) as Value) : value;
	}
	const single = Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : value;
	return fileText(single) as Value;
}

function fileText(value: unknown): unknown {
	return typeof value === 'string' ? mediaText(value) : value;
}

/** The URLs and data URIs in a text; a comma, line break or URL inside a data URI does not split it. */
function urls(text: string): string[] {
	if (!text.includes('data:')) return addressList(text);
	const addresses: string[] = [];
	for (const part of text.split(/\n|,(?=\s*(?:https?:|data:))/)) {
		const isNew = /^\s*(https?:|data:)/i.test(part);
		if (isNew || !addresses.at(-1)?.startsWith('data:')) addresses.push(part.trim());
		else addresses[addresses.length - 1] += part.trim();
	}
	return addresses.filter((address) => address);
}

function isExact(text: string): boolean {
	const number = Number(text);
	return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** Parses a text that is a JSON list or object; undefined for any other text. */
export function parseContainer(text: string): IDataObject | Value[] | undefined {
	return /^[[{]/.test(text) ? (parseJson(text) as IDataObject | Value[] | undefined) : undefined;
}
