/** The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
	let rowBeforeLast: number[] = [];
	let lastRow = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const isSame = a[i - 1] === b[j - 1];
			let best = Math.min(
				at(lastRow, j) + 1,
				at(row, j - 1) + 1,
				at(lastRow, j - 1) + (isSame ? 0 : 1),
			);
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				best = Math.min(best, at(rowBeforeLast, j - 2) + 1);
			}
			row.push(best);
		}
		rowBeforeLast = lastRow;
		lastRow = row;
	}
	return at(lastRow, b.length);
}

function at(row: number[], index: number): number {
	return row[index] ?? Infinity;
}
