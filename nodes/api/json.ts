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
		const value = JSON.parse(text) as unknown;
		return isTooDeep(value) ? undefined : value;
	} catch {
		return undefined;
	}
}
