/** The dollars of a workspace. */
export class Purse {
	constructor(
		public credits: number,
		public free: number,
	) {}

	total(): number {
		return money(this.credits + this.free);
	}

	/** Takes dollars, the free ones first. */
	spend(dollars: number): void {
		const fromFree = Math.min(this.free, dollars);
		this.free = money(this.free - fromFree);
		this.credits = money(this.credits - (dollars - fromFree));
	}
}

/** Without the dust of binary fractions. */
function money(dollars: number): number {
	return Number(dollars.toFixed(8));
}
