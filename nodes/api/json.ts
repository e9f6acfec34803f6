/**
 * More than any model's input or answer has. JSON.stringify, and every walk through a value, gives up at some thousands of
 * levels, on each machine at another number.
 */
export const MAX_LEVELS = 100;

/** Whether lists and objects lie within each other more than `levels` deep, as they do without end in a circle. */
export function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
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

/**
 * JSON with every whole number that JavaScript would round as the text of its digits: a rounded seed makes another
 * picture, a rounded id is another one.
 */
function parseExactly(text: string): unknown {
	if (!/\d{16}/.test(text)) return JSON.parse(text) as unknown;
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
