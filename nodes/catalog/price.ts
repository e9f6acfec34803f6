/** A price in words: two figures below ten cents, else cents. */
export function priceText(usd: number): string {
	return `$${usd < 0.1 ? Number(usd.toPrecision(2)) : usd.toFixed(2)}`;
}
