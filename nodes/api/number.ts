/** A finite number, which the API or an expression may have sent as text; otherwise null. */
export function asNumber(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || !value.trim()) return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}
