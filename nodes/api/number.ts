/** A finite number that the API, or an expression, may have given as text; or null. */
export function asNumber(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || !value.trim()) return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}
