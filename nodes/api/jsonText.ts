import { Pace, type Steps } from './slices';

/** A value with no more parts than this is written in one step; long texts count as several parts. */
const MAX_PARTS = 1_000;
const TEXT_PER_PART = 1_000;
/** How many values of a long list or object are written together, if they are small enough. */
const BLOCK = 100;

/** The JSON of plain data in pieces: JSON.stringify holds n8n's event loop for as long as it takes. */
export function* jsonPieces(value: unknown): Generator<string> {
	if (typeof value !== 'object' || value === null || isSmall(value)) {
		yield JSON.stringify(value) ?? 'null';
	} else if (Array.isArray(value)) {
		let separator = '[';
		for (let at = 0; at < value.length; at += BLOCK) {
			const block: unknown[] = value.slice(at, at + BLOCK);
			for (const part of isSmall(block) ? [block] : block.map((entry) => [entry])) {
				yield separator;
				if (isSmall(part)) yield JSON.stringify(part).slice(1, -1);
				else yield* jsonPieces(part[0]);
				separator = ',';
			}
		}
		yield separator === '[' ? '[]' : ']';
	} else {
		let separator = '{';
		for (const key of Object.keys(value)) {
			const inner = (value as Record<string, unknown>)[key];
			if (inner === undefined) continue;
			yield `${separator}${JSON.stringify(key)}:`;
			yield* jsonPieces(inner);
			separator = ',';
		}
		yield separator === '{' ? '{}' : '}';
	}
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

/** The same text as JSON.stringify makes of plain data, of any size: see `inSlices`. */
export function* jsonInSteps(value: unknown): Steps<string> {
	const pace = new Pace();
	let text = '';
	for (const piece of jsonPieces(value)) {
		text += piece;
		if (pace.isDue(piece)) yield;
	}
	return text;
}
