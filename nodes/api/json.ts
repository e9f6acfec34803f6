import { parseInSteps } from './jsonParser';
import { atOnce, type Steps } from './slices';

/**
 * More than any model's input or answer has. JSON.stringify, like any recursive walk, overflows the stack at a few
 * thousand levels; the exact number varies by machine.
 */
export const MAX_LEVELS = 100;

/** Whether lists and objects are nested more than `levels` deep; true for circular structures. */
export function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	// Lists of numbers are long, so they are not copied.
	const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
	for (const inner of inside) {
		if (typeof inner === 'object' && inner !== null && isTooDeep(inner, levels - 1)) return true;
	}
	return false;
}

/** Parses JSON; undefined for invalid or too deeply nested JSON. */
export function parseJson(text: string): unknown {
	try {
		// Without a byte order mark, which JSON does not allow.
		const value = parseExactly(text.replace(/^\uFEFF/, ''));
		return isTooDeep(value) ? undefined : value;
	} catch {
		return undefined;
	}
}

/**
 * More than any answer's object has. To grow an object, or to list its keys, cannot be interrupted, and holds n8n's event
 * loop for too long from about 20,000 keys on: see bench/loop.ts.
 */
export const MAX_KEYS = 15_000;

/** Longer texts are parsed step by step, in characters: hardly more than the shortest object of so many keys has. */
const MAX_AT_ONCE = 150_000;

/** As `parseJson`, for a text of any length: see `inSlices`; undefined for an object of too many keys too. */
export function* parseJsonInSteps(text: string): Steps<unknown> {
	if (text.length <= MAX_AT_ONCE) return parseJson(text);
	try {
		const limits = { maxLevels: MAX_LEVELS, maxKeys: MAX_KEYS };
		return yield* parseInSteps(text.replace(/^\uFEFF/, ''), { keepsDigits: true, ...limits });
	} catch {
		return undefined;
	}
}

/** How much of each end of a text is searched for long numbers, in characters. */
const MAX_END = 500_000;

/**
 * Parses JSON, keeping every integer that JavaScript would round as a string of digits: a rounded seed makes a
 * different picture, a rounded ID is a different ID.
 */
function parseExactly(text: string): unknown {
	// In an answer full of base64 only the ends are worth searching: that is where its own fields are.
	const ends = text.length > 2 * MAX_END ? text.slice(0, MAX_END) + text.slice(-MAX_END) : text;
	const mayRound = /\d{16}/.test(ends);
	return mayRound ? atOnce(parseInSteps(text, { keepsDigits: true })) : JSON.parse(text);
}
