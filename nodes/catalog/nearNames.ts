/** Nobody mistypes a longer name; the distance of two texts costs the product of their lengths. */
const MAX_LENGTH = 100;

/**
 * The known names that someone who wrote `wanted` most likely meant, likeliest first, at most `limit`. Capitals and
 * separators do not count; nothing is returned where nothing is near.
 */
export function nearNames(wanted: string, known: Iterable<string>, limit: number): string[] {
	const target = bare(wanted.slice(0, MAX_LENGTH));
	if (!target) return [];
	return [...new Set(known)]
		.map((name) => ({ name, distance: distance(target, bare(name.slice(0, MAX_LENGTH))) }))
		.filter(({ distance: far }) => far <= Math.max(1, target.length / 3))
		.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.slice(0, limit)
		.map(({ name }) => name);
}

function bare(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Half a letter per missing letter where one name holds the other whole, else the number of wrong letters. */
function distance(wanted: string, name: string): number {
	const edits = editDistance(wanted, name);
	const [short, long] = wanted.length < name.length ? [wanted, name] : [name, wanted];
	const inside = short.length >= 3 && long.includes(short);
	return inside ? Math.min(edits, (long.length - short.length) / 4) : edits;
}

/** Letters to add, drop, replace or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				best = Math.min(best, at(beforeLast, j - 2) + 1);
			}
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return at(last, b.length);
}

function at(row: number[], index: number): number {
	return row[index] ?? Infinity;
}
