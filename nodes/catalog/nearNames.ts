import { editDistance } from './editDistance';

/** Limits the cost of the comparison, which is the product of both lengths; no real name is longer. */
const MAX_LENGTH = 100;

/**
 * Up to `limit` known names that `wanted` most likely refers to, likeliest first. Ignores case and separators; empty if
 * nothing is close.
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

/** Half a point per missing letter if one name contains the other, else the number of wrong letters. */
function distance(wanted: string, name: string): number {
	const edits = editDistance(wanted, name);
	const [short, long] = wanted.length < name.length ? [wanted, name] : [name, wanted];
	const inside = short.length >= 3 && long.includes(short);
	return inside ? Math.min(edits, (long.length - short.length) / 4) : edits;
}
