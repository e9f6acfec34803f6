import { priceText } from '../catalog/price';

/** The hint on the estimates of a run, each in US dollars or null; none without estimates. */
export function estimateHint(estimates: ReadonlyArray<number | null>): string[] {
	if (!estimates.length) return [];
	const known = estimates.filter((usd) => usd !== null);
	const total = known.reduce((sum, usd) => sum + usd, 0);
	const unknown = estimates.length - known.length;
	const all = itemsText(estimates.length);
	const price = known.length
		? `${unknown ? `${itemsText(known.length)} of ${estimates.length}` : all} would cost about ${priceText(total)}${known.length > 1 ? ' together' : ''}`
		: `what ${all} would cost is not known`;
	const rest = known.length && unknown ? `; for ${itemsText(unknown)} the price is not known` : '';
	return [
		`Estimate Only: nothing was sent; ${price}${rest}. These are average prices of the models, not quotes: size, length and quality change the price`,
	];
}

function itemsText(count: number): string {
	return count === 1 ? 'one item' : `${count} items`;
}
