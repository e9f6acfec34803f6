import { Pace, type Steps } from './slices';

/** A value with no more parts than this is written in one step; long texts count as several parts. */
const MAX_PARTS = 1_000;
const TEXT_PER_PART = 1_000;
/** Longer texts are written in pieces, in characters. */
const MAX_TEXT = 50_000;
/** How many values of a long list or object are written together, if they are small enough. */
const BLOCK = 100;

/**
 * The JSON of plain data in pieces: JSON.stringify holds n8n's event loop for as long as it takes.
 * @param change what is done to each key and value, written as JSON; to a long text before it is written
 */
export function* jsonPieces(value: unknown, change = unchanged): Generator<string> {
	const write = (part: unknown) => change(JSON.stringify(part) ?? 'null');
	if (typeof value === 'string' && value.length > MAX_TEXT) {
		yield* textPieces(change(value));
	} else if (typeof value !== 'object' || value === null) {
		yield write(value);
	} else if (Array.isArray(value)) {
		let separator = '[';
		for (let at = 0; at < value.length; at += BLOCK) {
			const block: unknown[] = value.slice(at, at + BLOCK);
			if (isSmall(block)) {
				yield separator + write(block).slice(1, -1);
				separator = ',';
				continue;
			}
			for (const entry of block) {
				yield separator;
				yield* jsonPieces(entry, change);
				separator = ',';
			}
		}
		yield separator === '[' ? '[]' : ']';
	} else {
		// To list the keys of a wide object takes long, so it is done once.
		const keys = Object.keys(value);
		if (keys.length <= MAX_PARTS && isSmall(value)) {
			yield write(value);
			return;
		}
		let separator = '{';
		for (const key of keys) {
			const inner = (value as Record<string, unknown>)[key];
			if (inner === undefined) continue;
			yield `${separator}${write(key)}:`;
			yield* jsonPieces(inner, change);
			separator = ',';
		}
		yield separator === '{' ? '{}' : '}';
	}
}

function unchanged(text: string): string {
	return text;
}

function* textPieces(text: string): Generator<string> {
	yield '"';
	for (let at = 0; at < text.length; ) {
		// The halves of a surrogate pair stay together: one alone is written as an escape.
		const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(at + MAX_TEXT - 1));
		const end = at + MAX_TEXT + (isHalf ? 1 : 0);
		yield JSON.stringify(text.slice(at, end)).slice(1, -1);
		at = end;
	}
	yield '"';
}

function isSmall(value: unknown): boolean {
	return partsLeft(value, MAX_PARTS) > 0;
}

/** What remains of a number of parts after subtracting those of a value; stops counting at zero. */
function partsLeft(value: unknown, parts: number): number {
	let left = parts - 1;
	if (typeof value === 'string') left -= value.length / TEXT_PER_PART;
	if (typeof value !== 'object' || value === null) return left;
	const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
	if (inside.length > left) return 0;
	for (const inner of inside) {
		if (left <= 0) break;
		left = partsLeft(inner, left);
	}
	return left;
}

/** The same text as JSON.stringify makes of plain data, of any size: see `inSlices`; `change` as in `jsonPieces`. */
export function* jsonInSteps(value: unknown, change = unchanged): Steps<string> {
	const pace = new Pace();
	let text = '';
	for (const piece of jsonPieces(value, change)) {
		text += piece;
		if (pace.isDue(piece)) yield;
	}
	return text;
}
