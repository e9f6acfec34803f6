/** A price as text: two significant digits below ten cents, else whole cents. */
export function priceText(usd: number): string {
	return `$${usd < 0.1 ? Number(usd.toPrecision(2)) : usd.toFixed(2)}`;
}
