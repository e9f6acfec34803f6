/**
 * More than any model's input or answer has. JSON.stringify, and every walk through a value, gives up at some thousands of
 * levels, on each machine at another number.
 */
export const MAX_LEVELS = 100;

/** Whether lists and objects lie within each other more than `levels` deep, as they do without end in a circle. */
export function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	// Lists of numbers are long, and not copied to be looked through.
	const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
	for (const inner of inside) {
		if (typeof inner === 'object' && inner !== null && isTooDeep(inner, levels - 1)) return true;
	}
	return false;
}

/** What a JSON text means; undefined for a text that is no JSON, or one nested too deep. */
export function parseJson(text: string): unknown {
	try {
		const value = parseExactly(text);
		return isTooDeep(value) ? undefined : value;
	} catch {
		return undefined;
	}
}

/** How much of each end of a text is looked through for long numbers, in characters. */
const MAX_END = 500_000;

/**
 * JSON with every whole number that JavaScript would round as the text of its digits: a rounded seed makes another
 * picture, a rounded id is another one.
 */
function parseExactly(text: string): unknown {
	// In an answer full of base64 only the ends are worth the time: its own facts stand there.
	const ends = text.length > 2 * MAX_END ? text.slice(0, MAX_END) + text.slice(-MAX_END) : text;
	if (!/\d{16}/.test(ends)) return JSON.parse(text) as unknown;
	const exact = text.replace(
		/([:[,]\s*)(-?\d{16,})(?=\s*[,}\]])/g,
		(whole, before: string, digits: string) =>
			Number.isSafeInteger(Number(digits)) ? whole : `${before}"${digits}"`,
	);
	try {
		return JSON.parse(exact) as unknown;
	} catch {
		// The digits stood within a text, which the quotation marks have broken.
		return JSON.parse(text) as unknown;
	}
}
