import { shorten } from '../api/quote';
import { badValue } from './value';

/**
 * Reads a text parameter, empty if not set. An expression may also yield a number, a boolean, or a date such as `$now`,
 * which becomes ISO 8601. Throws a failure for lists and other objects.
 */
export function readTextParameter(label: string, value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'object') return String(value);
	const date = dateText(value);
	if (date !== undefined) return date;
	throw badValue(label, 'text', value, adviceFor(value));
}

/** JavaScript's and Luxon's dates, and Luxon's durations and intervals, have a JSON form of their own. */
function dateText(value: object): string | undefined {
	const { toJSON } = value as { toJSON?: unknown };
	const text: unknown = typeof toJSON === 'function' ? toJSON.call(value, '') : undefined;
	return typeof text === 'string' ? text : undefined;
}

function adviceFor(value: object): string {
	if (Array.isArray(value)) {
		return 'To turn a list into one text, add .join(", ") to the expression; to make one picture per entry, put a Split Out node before this one';
	}
	const keys = Object.keys(value).slice(0, 5);
	return keys.length
		? `Its keys are ${shorten(keys.join(', '), 100)}: add the one with the text to the expression, such as .${shorten(keys[0] ?? '', 30)}`
		: 'Does the previous node return what the expression refers to?';
}
